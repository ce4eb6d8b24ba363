"""What an entity can be: its kinds, the family each kind belongs to, and the label it wears in the graph."""

from graph.keys import Family, W

UNSPECIFIED = "unspecified"

KINDS: dict[W, tuple[str, ...]] = {
    W.WHO: ("person", "organization", "government", "group"),
    W.WHAT: ("political", "economic", "military", "diplomatic"),
    W.WHERE: ("country", "region", "city", "facility"),
    W.WHEN: ("date", "time_range", "recurring"),
    W.WHY: ("motive", "cause", "justification"),
}
"""Kinds by the W they are at home in; any of them may also be `unspecified`."""

HOME: dict[str, W] = {kind: w for w, kinds in KINDS.items() for kind in kinds}
"""The W a kind is at home in: a country is Where, also when it acts in a WHO edge."""

LABELS: dict[W, str] = {W.WHO: "Who", W.WHAT: "What", W.WHERE: "Where", W.WHEN: "When", W.WHY: "Why"}

BOARD_KINDS: tuple[str, ...] = (*KINDS[W.WHO], *KINDS[W.WHERE], UNSPECIFIED)
"""Kinds that have a trending board of their own, beside the board of all."""

_FAMILIES: dict[str, Family] = {
    "person": Family.PERSON,
    "organization": Family.COLLECTIVE,
    "government": Family.COLLECTIVE,
    "group": Family.COLLECTIVE,
    "country": Family.PLACE,
    "region": Family.PLACE,
    "city": Family.PLACE,
    "facility": Family.PLACE,
}
_OF_SLOT: dict[W, Family] = {
    W.WHO: Family.UNSPECIFIED,
    W.WHERE: Family.PLACE,
    W.WHAT: Family.WHAT,
    W.WHEN: Family.WHEN,
    W.WHY: Family.WHY,
}


def family_of(w: W, kind: str) -> Family:
    """Family of a mention by its stated kind (`unspecified` when none was stated).

    The WHERE slot itself states a place; the WHO slot states nothing, since countries act there too.
    """
    if w in (W.WHO, W.WHERE):
        return _FAMILIES.get(kind, _OF_SLOT[w])
    return _OF_SLOT[w]


def label_of(kind: str, family: str) -> str:
    """The label beside `Entity`: what it is, by kind where that is known, else by family."""
    if kind in HOME:
        return LABELS[HOME[kind]]
    return {Family.PLACE: "Where", Family.WHAT: "What", Family.WHEN: "When", Family.WHY: "Why"}.get(
        Family(family), "Who"
    )
