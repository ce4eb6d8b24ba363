"""The alias: one normalised name of one family, the atom of identity."""

from dataclasses import dataclass

from graph.keys import canonical_key


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
