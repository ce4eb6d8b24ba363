"""The alias: one normalised name of one family, the atom of identity."""

import re
from dataclasses import dataclass

from graph.keys import canonical_key

_MENTION = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Alias:
    """One normalised name. `born` orders aliases by founding: change number x 2^20 + place in its batch.

    `kind` is the kind that its founding mention stated, else `unspecified`.
    """

    key: str
    name: str
    normalised: str
    family: str
    discriminator: str
    kind: str
    born: int = 0

    @classmethod
    def of(cls, name: str, normalised: str, family: str, discriminator: str, kind: str, born: int = 0) -> "Alias":
        """An alias with the key that its parts give."""
        return cls(
            canonical_key(family, normalised, discriminator), name, normalised, family, discriminator, kind, born
        )

    @property
    def is_of_mention(self) -> bool:
        """Whether a person founded it for single mentions: the id of the first tells it from its namesakes."""
        return _MENTION.fullmatch(self.discriminator) is not None
