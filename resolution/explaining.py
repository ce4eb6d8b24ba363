"""Why two names are or are not one entity: the chain of judgements between them, the scores of their likest names, and
what parts them. Pure."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.judgement import Judgement, Verdict
from graph.keys import Family
from graph.reading.explain import Facing, NamedAlias
from resolution.clusters import order
from resolution.matching import match
from resolution.score import UNSURE

COMPARED = 20
"""Names of each side that are compared, the most frequent ones."""
SHOWN = 5
"""Pairs of names that are told, the likest ones."""
KIND_OF = {Family.PERSON: "person", Family.COLLECTIVE: "organization", Family.PLACE: "place"}
"""A kind that stands for each family when names are compared."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two names with the probability that they are one thing's; `why` is the veto or rule that decided, empty when the
    table did. `log_odds` is what each feature added."""

    a: NamedAlias
    b: NamedAlias
    probability: float
    verdict: str
    why: str
    features: dict[str, float]
    log_odds: dict[str, float] = field(default_factory=dict[str, float])


@dataclass(frozen=True, slots=True)
class Explanation:
    """`one` when both keys are the same entity's: then `chain` leads from the first name to the second. Otherwise
    `parting` are the negatives between them and `others` what else was judged. `verdict` says it in a sentence."""

    one: bool
    verdict: str
    chain: list[Judgement]
    parting: list[Judgement]
    others: list[Judgement]
    compared: list[Compared]


def explain(found: Facing) -> Explanation:
    """Why the two are or are not one."""
    a, b = found.a, found.b
    if a.key == b.key:
        chain = path(a.aliases[0].key, b.aliases[0].key, found.judgements)
        compared = likest(a.aliases[:1], b.aliases[:1])
        return Explanation(True, _joined(chain), chain, [], [], compared)
    compared = likest(a.aliases[:COMPARED], b.aliases[:COMPARED])
    mine, theirs = ({alias.key for alias in one.aliases} for one in (a, b))
    between = [j for j in found.judgements if (j.a in mine) != (j.b in mine) and {j.a, j.b} & theirs]
    parting = [j for j in between if j.verdict is Verdict.NEGATIVE]
    others = [j for j in between if j.verdict is not Verdict.NEGATIVE]
    return Explanation(False, _apart(parting, others, compared), [], parting, others, compared)


def path(start: str, end: str, judgements: Iterable[Judgement]) -> list[Judgement]:
    """The shortest chain of live positives from one alias to another, strongest first among equals; empty when there
    is none."""
    links: dict[str, list[tuple[str, Judgement]]] = {}
    for judgement in sorted((j for j in judgements if j.verdict is Verdict.POSITIVE), key=order):
        links.setdefault(judgement.a, []).append((judgement.b, judgement))
        links.setdefault(judgement.b, []).append((judgement.a, judgement))
    came: dict[str, tuple[str, Judgement] | None] = {start: None}
    todo = deque([start])
    while todo and end not in came:
        here = todo.popleft()
        for there, judgement in links.get(here, ()):
            if there not in came:
                came[there] = here, judgement
                todo.append(there)
    chain: list[Judgement] = []
    step = came.get(end)
    while step is not None:
        chain.append(step[1])
        step = came[step[0]]
    return chain[::-1]


def likest(ours: Sequence[NamedAlias], theirs: Sequence[NamedAlias]) -> list[Compared]:
    """The likest pairs of names, best first."""
    found = [_compared(a, b) for a in ours for b in theirs if a.key != b.key]
    found.sort(key=lambda one: (-one.probability, one.a.name, one.b.name))
    return found[:SHOWN]


def _compared(a: NamedAlias, b: NamedAlias) -> Compared:
    families = {a.family, b.family} - {Family.UNSPECIFIED}
    if len(families) > 1:
        kinds = " and ".join(sorted(families))
        return Compared(a, b, 0.0, "negative", f"stated kinds clash: {kinds}", {})
    if a.discriminator and b.discriminator and a.discriminator != b.discriminator:
        return Compared(a, b, 0.0, "negative", f"{a.discriminator} is not {b.discriminator}", {})
    if a.discriminator and a.discriminator == b.discriminator:
        return Compared(a, b, 1.0, "positive", f"both carry {a.discriminator}", {})
    kind = KIND_OF.get(Family(families.pop()), "") if families else ""
    weighed = match(a.name, b.name, kind, explain=True)
    return Compared(a, b, weighed.probability, weighed.verdict, weighed.why, weighed.features, weighed.shares or {})


def _joined(chain: Sequence[Judgement]) -> str:
    if not chain:
        return "one alias: both keys are its own"
    weakest = max(chain, key=order)
    steps = f"{len(chain)} judgement{'s' if len(chain) > 1 else ''}"
    return f"one entity by {steps}, the weakest by {_who(weakest)} ({weakest.score:.2f}): {weakest.reason}"


def _apart(parting: Sequence[Judgement], others: Sequence[Judgement], compared: Sequence[Compared]) -> str:
    if parting:
        return f"two: parted by {_who(parting[0])}: {parting[0].reason}"
    unsure = [j for j in others if j.verdict is Verdict.UNSURE]
    if unsure:
        best = max(unsure, key=lambda j: j.score)
        return f"two so far: {_who(best)} is unsure ({best.score:.2f}): {best.reason}"
    if compared and compared[0].why and compared[0].probability == 0.0:
        return f"two: {compared[0].why}"
    best = compared[0].probability if compared else 0.0
    if best >= UNSURE:
        return f"two: nothing has joined them, though their likest names come to {best:.2f}"
    return f"two: no judgement is on them, their likest names come to {best:.2f}"


def _who(judgement: Judgement) -> str:
    return f"{judgement.by.value} {judgement.author}".strip()
