"""Which labels and edge types there are, and what a backup does with each. What is not named here is refused, never
lost silently: a backup compares the totals of these with those of the whole graph.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from graph.errors import Conflict
from graph.keys import W


class Label(StrEnum):
    """What a node is; every node has exactly one of these. The order is that of a backup."""

    SOURCE = "Source"
    DOCUMENT = "Document"
    ENTITY = "Entity"
    ALIAS = "Alias"
    EVENT = "Event"
    EVENT_VERSION = "EventVersion"
    JUDGEMENT = "Judgement"
    CHANGE = "Change"
    PASSAGE = "Passage"
    CLAIM = "Claim"
    EVENT_JUDGEMENT = "EventJudgement"
    READER = "Reader"
    RANK_HISTORY = "RankHistory"
    LOAD = "Load"
    API_KEY = "ApiKey"
    JOB = "Job"
    SITE = "Site"
    PROJECTION = "Projection"
    OUTBOX = "Outbox"
    FEED = "Feed"
    PREDICATE = "Predicate"
    RETRACTION = "Retraction"
    FACT_JUDGEMENT = "FactJudgement"
    WATCH = "Watch"
    FIRING = "Firing"
    GATE = "Gate"
    SCHEMA_STEP = "SchemaStep"
    PROFILE = "Profile"
    EVENT_PROFILE = "EventProfile"
    REPLY = "Reply"
    AUDIT = "Audit"


@dataclass(frozen=True, slots=True)
class Paged:
    """A label that may have millions of nodes: read page by page while others write."""

    label: Label
    plural: str

    @property
    def after(self) -> str:
        """The statement that answers the next keys."""
        return f"read/backup_{self.plural}_after"

    @property
    def units(self) -> str:
        """The statement that answers whole nodes with their outgoing edges, by key."""
        return f"read/backup_{self.plural}"


PAGED = (
    Paged(Label.SOURCE, "sources"),
    Paged(Label.DOCUMENT, "documents"),
    Paged(Label.ENTITY, "entities"),
    Paged(Label.ALIAS, "aliases"),
    Paged(Label.EVENT, "events"),
    Paged(Label.EVENT_VERSION, "event_versions"),
    Paged(Label.JUDGEMENT, "judgements"),
    Paged(Label.CHANGE, "changes"),
    Paged(Label.PASSAGE, "passages"),
    Paged(Label.CLAIM, "claims"),
    Paged(Label.EVENT_JUDGEMENT, "event_judgements"),
)
RANKS = Paged(Label.RANK_HISTORY, "rank_history")
"""Written once a day without a change number: read last, and again if that day came meanwhile."""
READERS = Paged(Label.READER, "readers")
"""Written without a change number, by a count of their own (`touch`): those touched since are read again at the end."""
WHOLE = (
    *(Label.LOAD, Label.API_KEY, Label.JOB, Label.SITE, Label.PROJECTION, Label.OUTBOX, Label.WATCH, Label.FIRING),
    *(Label.PREDICATE, Label.FACT_JUDGEMENT, Label.RETRACTION, Label.FEED, Label.AUDIT),
)
"""Small bookkeeping, read at the end, while nobody writes."""
APART = (Label.GATE, Label.SCHEMA_STEP, Label.PROFILE, Label.EVENT_PROFILE, Label.REPLY)
"""Every graph has its own; of the gate the backup keeps the change number. Profiles are made again, kept answers are
not missed."""
ALSO = frozenset({"Who", "What", "Where", "When", "Why"})
"""Further labels that an entity has."""
LEFT_OUT = ("CO_MENTIONED", "LOCATED_IN")
"""Edges that are made again after a restore, as PART_OF between dates is: co-mentions, with the property `hub` that
says who keeps them, and the hierarchy."""


class Edge(NamedTuple):
    """A type of edge between two labels."""

    start: Label
    type: str
    end: Label

    @property
    def statement(self) -> str:
        """What makes such edges."""
        return f"write/restore_{_snake(self.start)}_{_snake(self.end)}"


EDGES = (
    *(Edge(Label.EVENT, w, Label.ENTITY) for w in W),
    Edge(Label.EVENT, "REPORTED_IN", Label.DOCUMENT),
    Edge(Label.EVENT, "CAUSED_BY", Label.EVENT),
    Edge(Label.EVENT, "FOLLOWS", Label.EVENT),
    Edge(Label.EVENT, "PART_OF", Label.EVENT),
    Edge(Label.EVENT, "HAD_VERSION", Label.EVENT_VERSION),
    Edge(Label.DOCUMENT, "PUBLISHED_BY", Label.SOURCE),
    Edge(Label.ALIAS, "NAMES", Label.ENTITY),
    Edge(Label.JUDGEMENT, "OF", Label.ALIAS),
    Edge(Label.CHANGE, "OF", Label.ALIAS),
    Edge(Label.ENTITY, "RELATED", Label.ENTITY),
    Edge(Label.DOCUMENT, "HAS_PASSAGE", Label.PASSAGE),
    Edge(Label.DOCUMENT, "MAKES", Label.CLAIM),
    Edge(Label.DOCUMENT, "NAMES_ENTITY", Label.ENTITY),
    Edge(Label.CLAIM, "ABOUT", Label.ENTITY),
    Edge(Label.CLAIM, "SUPPORTS", Label.EVENT),
    Edge(Label.EVENT_JUDGEMENT, "OF", Label.DOCUMENT),
    Edge(Label.READER, "READ", Label.DOCUMENT),
    Edge(Label.READER, "INTERESTED_IN", Label.ENTITY),
)
_BY_START = {(edge.start, edge.type): edge for edge in EDGES}
TYPES = (*dict.fromkeys(edge.type for edge in EDGES), *LEFT_OUT)


def edge_of(start: str, type_: str) -> Edge:
    """The edge of that type from that label. Raises Conflict for one that is not named here."""
    found = _BY_START.get((Label(start), type_)) if start in set(Label) else None
    if found is None:
        raise Conflict(f"an edge {type_} from {start} is not one that backups know")
    return found


def label_of(labels: list[str]) -> Label:
    """The one label of ours among those of a node. Raises Conflict."""
    own = [label for label in labels if label in set(Label)]
    if len(own) != 1 or not ALSO.issuperset(set(labels) - set(own)):
        raise Conflict(f"a node labelled {', '.join(labels) or 'nothing'} is not one that backups know")
    return Label(own[0])


def refuse_unknown(counts: dict[str, int]) -> None:
    """Raises Conflict where the graph holds labels or types that are not named here."""
    for all_of, known in (("nodes", list(Label)), ("edges", TYPES)):
        strange = counts[all_of] - sum(counts[str(name)] for name in known)
        if strange:
            raise Conflict(f"{abs(strange)} {all_of} are of a sort that backups do not know: nothing was backed up")


def portable(label: Label, props: dict[str, Any]) -> dict[str, Any]:
    """Properties as a backup keeps them: who is a hub is found out again, and nobody holds a restored job."""
    if label is Label.ENTITY:
        return {name: value for name, value in props.items() if name != "hub"}
    if label is Label.JOB and props.get("state") == "running":
        kept = {name: value for name, value in props.items() if name not in ("lease_until", "worker")}
        return kept | {"state": "queued", "wake_at": props["not_before"]}
    return props


def _snake(label: Label) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", label).lower()
