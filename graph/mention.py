"""A mention: one surface form in one event, in one W, with its role and what was stated of it. Hot, so slotted."""

from dataclasses import dataclass, field

from graph.keys import W, canonical_key, mention_id

Value = str | float | list[str]
Attributes = dict[str, Value]
"""What a mention states of its entity, by name of the attribute."""


@dataclass(slots=True)
class Mention:
    """One occurrence of a name. `family`, `normalised` and `discriminator` make the key of its own alias (`alias0`);
    `kind` is stated or `unspecified`; `identified` tells that the discriminator is a stated identifier."""

    w: W
    surface: str
    role: str
    nth: int
    family: str
    normalised: str
    discriminator: str
    kind: str
    display: str
    identified: bool = False
    relevance: float = 1.0
    risk: float | None = None
    sanctions: str | None = None
    attributes: Attributes = field(default_factory=dict[str, Value])
    point: tuple[float, float] | None = None
    event: str | None = None
    """Id of the event that a WHY mention names."""
    untyped: bool = False
    """Told without a W: `w` is WHO or WHERE by a guess, and may become the other when more is known."""
    alias0: str = ""

    def __post_init__(self) -> None:
        """Fills in the key of its own alias."""
        self.alias0 = canonical_key(self.family, self.normalised, self.discriminator)

    def id(self, event_id: str) -> str:
        """Its id within the event; see `graph.keys.mention_id`."""
        return mention_id(event_id, self.w, self.surface, self.role, self.nth)
