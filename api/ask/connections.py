"""Who connects two, and who is named with one: by the paths and co-mentions that the graph tells, with their events."""

from dataclasses import replace
from itertools import product
from typing import Any

from api.ask.answer import Sentence, Step, Table, Told, sentence
from api.ask.asked import Ground
from api.ask.evidence import Evidence, evidence_of
from api.ask.naming import named_in
from api.ask.question import Link, Question
from graph.entity import KINDS
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.reading.paths import Path
from resolution.past.at import co_mentions_at, paths_at, timeline_at

PAIRS = 4
"""Pairs of bearers that are tried where names mean several."""
PATHS = 10
SHOWN = 3
SHARED = 10
"""Events of one step that are told, the newest."""
COMPANY = 5
COMPANY_EVENTS = 3
_LOOK = 300


def ends_of(ground: Ground, *texts: str) -> tuple[list[Link], str | None]:
    """The names that stand in the slots of a template, and the first that nothing has, None where all are known."""
    links: list[Link] = []
    for text in texts:
        named = named_in(ground.database, text, all_of_it=True)
        if not named.links:
            return links, text
        links.append(max(named.links, key=lambda link: len(link.words)))
    return links, None


def connection_told(ground: Ground, question: Question) -> Told:
    """The answer of the template CONNECTION: the shortest chains, each step with the events that name both."""
    one, other = question.links
    best: list[Path] = []
    for a, b in list(product(list(one.keys)[:2], list(other.keys)[:2]))[:PAIRS]:
        found = _paths(ground, question, a, b)
        if found and (not best or len(found[0].hops) < len(best[0].hops)):
            best = found
    if not best:
        return Told(reason=f"Nobody is known to connect {one.text} and {other.text}.")
    shortest = [path for path in best if len(path.hops) == len(best[0].hops)]
    # A place joins all that happened there: whoever acts comes before it.
    acting = [path for path in shortest if not any(node.kind in KINDS[W.WHERE] for node in path.nodes[1:-1])]
    return _told(ground, question, (acting or shortest)[:SHOWN])


def _paths(ground: Ground, question: Question, a: str, b: str) -> list[Path]:
    try:
        window = question.window
        return paths_at(ground.database, a, b, ground.clocks, since=window.since, until=window.until, k=PATHS).paths
    except (NotFound, InvalidInput):
        # Both names lead to one entity: nobody stands between.
        return []


def _told(ground: Ground, question: Question, found: list[Path]) -> Told:
    sentences: list[Sentence] = []
    steps: list[Step] = []
    cited: dict[str, Evidence] = {}
    for path in found:
        for a, b, hop in zip(path.nodes, path.nodes[1:], path.hops, strict=False):
            ids = [event.id for event in hop.evidence]
            if hop.n > len(ids):
                ids = _both(ground, question, a.key, b.key)[:SHARED] or ids
            told = evidence_of(ground.database, ids, ground.clocks)
            cited |= told
            step = Step({"key": a.key, "name": a.name}, {"key": b.key, "name": b.name}, hop.n, tuple(told))
            if step not in steps:
                steps.append(step)
                sentences += [sentence(one, f"{a.name} – {b.name}: {one.said}", "step") for one in told.values()]
    return Told(tuple(sentences), tuple(cited.values()), path=tuple(steps))


def _both(ground: Ground, question: Question, a: str, b: str) -> list[str]:
    """Events that name both, newest first."""
    part: dict[str, Any] = {"since": question.window.since, "until": question.window.until, "limit": _LOOK}
    part["ws"] = [W.WHO, W.WHERE]
    first = timeline_at(ground.database, a, ground.clocks, **part)
    second = {row.event for row in timeline_at(ground.database, b, ground.clocks, **part).rows}
    return [key for key in dict.fromkeys(row.event for row in first.rows) if key in second]


def company_told(ground: Ground, question: Question) -> Told:
    """The answer of the template COMPANY: who is named with one most often, with the newest events that name both."""
    (link,) = question.links
    key = next(iter(link.keys))
    rows = [row for row in co_mentions_at(ground.database, key, ground.clocks, limit=COMPANY).rows if row.n]
    sentences: list[Sentence] = []
    cited: dict[str, Evidence] = {}
    for row in rows:
        ids = _both(ground, question, key, row.key)[:COMPANY_EVENTS]
        told = list(evidence_of(ground.database, ids, ground.clocks).values())
        if not told:
            continue
        cited |= {one.id: one for one in told}
        text = f"{row.name} is named with {link.text} in {row.n} event{'s' if row.n > 1 else ''}."
        sentences.append(replace(sentence(told[0], text, "company", *told[1:]), at=row.last_at))
    table = Table(("name", "kind", "events"), tuple((row.name, row.kind, row.n) for row in rows))
    if not sentences:
        return Told(
            reason=f"Nobody is known to be named with {link.text}{'' if question.window.open else ' in that time'}."
        )
    return Told(tuple(sentences), tuple(cited.values()), table=table)
