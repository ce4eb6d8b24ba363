"""What one batch brings to the graph, resolved and ready to be written in one transaction."""

from dataclasses import dataclass, field

from graph.alias import Alias
from graph.event import Event
from graph.judgement import Judgement
from graph.mention import Mention


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of an event that comes again."""

    version: int
    given_version: int | None
    content_hash: str
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with the alias and entity (keys) that it was resolved to, and how sure that was, 0..1."""

    mention: Mention
    alias: str
    entity: str
    score: float


@dataclass(slots=True)
class EventWrite:
    """One event to write; `known` is set when it is a new version, or when only its mentions are told anew
    (`reread`)."""

    event: Event
    content_hash: str
    placed: list[Placed]
    known: Known | None = None
    boarded: bool = True
    reread: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """What an entity is, and whether that was stated or guessed."""

    kind: str
    source: str
    family: str


@dataclass(slots=True)
class IdentityWrite:
    """Aliases founded (with the entity each names), judgements, and aliases that go to another entity.

    `moved` is alias key -> (entity before, entity after). `kinds` gives every entity that this batch founded or whose
    aliases it changed; `several` are those that hold more than one alias.
    """

    founded: list[tuple[Alias, str]] = field(default_factory=list[tuple[Alias, str]])
    judgements: list[Judgement] = field(default_factory=list[Judgement])
    revoked: list[Judgement] = field(default_factory=list[Judgement])
    moved: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    kinds: dict[str, Kind] = field(default_factory=dict[str, Kind])
    several: set[str] = field(default_factory=set[str])
    review: int = 0


@dataclass(slots=True)
class Batch:
    """Everything one transaction writes. `awaited` are ids of events in it that some event may have named as its cause,
    by the key of the WHY alias that stands for each."""

    events: list[EventWrite]
    identity: IdentityWrite
    awaited: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Written:
    """What a committed batch did."""

    change: int
    payload: str
    new: list[str]
    changed: list[str]
    mentions: int
    entities: int
