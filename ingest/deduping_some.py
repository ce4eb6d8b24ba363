"""Some entities, told by their keys, made one where the batch's model says so: the small sister of the whole batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from graph.alias import Alias
from graph.database import Database, Row
from graph.errors import InvalidInput, NotFound
from graph.judgement import Author, Judgement, Verdict
from graph.keys import Family
from graph.queries import statement
from ingest.dedupe_asked import Strategy
from ingest.deduping import AUTHOR, name_fully, scenes_of
from ingest.judging import Decision, Judging
from resolution import five_w
from resolution.batch.model import Model
from resolution.batch.subject import FAMILIES, Scene, may_meet, record_of
from resolution.index import AliasIndex

_DESCRIBED = (Family.WHAT, Family.WHEN, Family.WHY)
"""Families that are compared by what describes them."""
NAMES = 500
"""Names that the entities of one call may have together: each is compared with each."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Entities by their keys, the least probability, what names the outcome, and whether anything is written."""

    keys: Sequence[str]
    threshold: float = 0.8
    strategy: Strategy = Strategy.HIGHEST_CONFIDENCE
    dry_run: bool = False


@dataclass(slots=True)
class Joined:
    """One group: the key that stands for it, the keys that went into it, the least probability that holds it together,
    and the judgements that say so."""

    canonical: str
    merged: list[str]
    similarity: float
    trail: list[Judgement] = field(default_factory=list[Judgement])


@dataclass(frozen=True, slots=True)
class _Member:
    alias: Alias
    entity: str


def dedupe_some(
    judging: Judging, database: Database, clock: Callable[[], datetime], chosen: Chosen, cause: str = ""
) -> tuple[list[Joined], Decision | None]:
    """Joins those of the entities that are one. Judgements of the batch are made, so a person beats them.

    Raises NotFound for a key that nothing has, InvalidInput for entities of too many names.
    """
    members = judging.peek(lambda index: _members(index, chosen.keys))
    if len(members) > NAMES:
        raise InvalidInput(f"these entities have {len(members)} names; {NAMES} can be compared at a time", "entity_ids")
    scores, told = _scores(database, members)
    groups = _groups(members, scores, told, chosen.threshold)
    judgements = [judgement for group in groups for judgement in group.trail]
    if not judgements:
        return [], None
    decision = judging.judge(judgements, author=AUTHOR, cause=cause or "deduplicate", dry_run=chosen.dry_run)
    done = [group for group in (_stands(group, decision) for group in groups) if group is not None]
    if chosen.strategy is Strategy.MOST_COMPLETE and decision.change is not None:
        name_fully(judging, [group.canonical for group in done], clock())
    return done, decision


def _members(index: AliasIndex, keys: Sequence[str]) -> list[_Member]:
    entities: dict[str, None] = {}
    for key in keys:
        entry = index.by_key.get(key)
        if entry is None:
            raise NotFound("entity", key)
        entities[entry.entity] = None
    return [_Member(entry.alias, entity) for entity in sorted(entities) for entry in index.members[entity]]


Features = dict[tuple[str, str], dict[str, float]]
"""What was compared of two entities, by their keys in order."""


def _scores(database: Database, members: Sequence[_Member]) -> tuple[dict[tuple[str, str], float], Features]:
    """Probability of each pair of names of two entities that may be one; what else was compared of the entities."""
    told = _five_w(database, members)
    found = {
        (min(a.alias.key, b.alias.key), max(a.alias.key, b.alias.key)): five_w.score(told.get(_ends(a, b), {}))
        for a, b in combinations(members, 2)
        if a.entity != b.entity and a.alias.family == b.alias.family and a.alias.family in _DESCRIBED
    }
    for ends, value in _of_model(database, members).items():
        one, other = (member for member in members if member.alias.key in ends)
        found[ends] = five_w.corrected(value, told.get(_ends(one, other), {}))
    return found, told


def _ends(one: _Member, other: _Member) -> tuple[str, str]:
    return min(one.entity, other.entity), max(one.entity, other.entity)


def _five_w(database: Database, members: Sequence[_Member]) -> Features:
    """Description, attributes, hierarchy and proximity of each pair of the entities."""
    keys = sorted({member.entity for member in members})
    things = {row["key"]: _thing(row) for row in database.read(statement("read/five_w_things"), {"keys": keys})}
    return {
        (one, other): five_w.features(things[one], things[other])
        for one, other in combinations(keys, 2)
        if one in things and other in things
    }


def _thing(row: Row) -> five_w.Thing:
    props: Row = row["props"]
    point = props.get("location")
    return five_w.Thing(row["texts"], props, props.get("path") or (), (point[0], point[1]) if point else None)


def _of_model(database: Database, members: Sequence[_Member]) -> dict[tuple[str, str], float]:
    """Probability of each pair of names of two entities that the model compares."""
    scenes = scenes_of(database, [member.alias.key for member in members])
    found: dict[tuple[str, str], float] = {}
    for family in FAMILIES:
        own = [member for member in members if member.alias.family == family]
        records = {m.alias.key: (m.alias.key, record_of(m.alias, scenes.get(m.alias.key, Scene()))) for m in own}
        pairs = [
            (records[one.alias.key], records[other.alias.key])
            for one, other in combinations(sorted(own, key=lambda member: member.alias.key), 2)
            if one.entity != other.entity and may_meet(one.alias, other.alias)
        ]
        if pairs:
            found |= Model(Family(family)).score(pairs)
    return found


def _groups(
    members: Sequence[_Member], scores: dict[tuple[str, str], float], told: Features, threshold: float
) -> list[Joined]:
    """Entities joined by their best pair of names, best first, while all entities of a group are like each other."""
    entity_of = {member.alias.key: member.entity for member in members}
    best: dict[tuple[str, str], tuple[float, tuple[str, str]]] = {}
    for (a, b), score in sorted(scores.items()):
        one, other = sorted((entity_of[a], entity_of[b]))
        if score > best.get((one, other), (0.0, ("", "")))[0]:
            best[one, other] = score, (a, b)
    group_of = {entity: [entity] for entity in entity_of.values()}
    held: dict[str, Joined] = {}
    for (one, other), (score, (a, b)) in sorted(best.items(), key=lambda row: (-row[1][0], row[0])):
        left, right = group_of[one], group_of[other]
        if score < threshold:
            break
        if left is right:
            continue
        between = [best.get((min(x, y), max(x, y)), (0.0, None))[0] for x in left for y in right]
        if sum(between) / len(between) < threshold:
            continue
        trail = [
            _said(a, b, score, told.get((one, other), {})),
            *(t for end in (left, right) if (kept := held.pop(end[0], None)) for t in kept.trail),
        ]
        left += right
        for entity in right:
            group_of[entity] = left
        held[left[0]] = Joined(left[0], left[1:], min(judgement.score for judgement in trail), trail)
    return [held[key] for key in sorted(held)]


def _said(a: str, b: str, score: float, features: dict[str, float]) -> Judgement:
    return Judgement(
        a=a,
        b=b,
        verdict=Verdict.POSITIVE,
        by=Author.BATCH,
        score=round(min(score, 1.0), 6),
        reason="asked to be compared, and one by the model",
        features=features,
    )


def _stands(group: Joined, decision: Decision) -> Joined | None:
    """The group as the ledger took it: without those that a stronger word keeps apart."""
    entities = {group.canonical, *group.merged}
    into = {gone: kept for kept, gones in decision.merged.items() for gone in gones}
    ends: dict[str, list[str]] = {}
    for entity in sorted(entities):
        ends.setdefault(into.get(entity, entity), []).append(entity)
    kept = {end: [e for e in gone if e != end] for end, gone in ends.items() if len({*gone, end}) > 1}
    if not kept:
        return None
    canonical = max(kept, key=lambda end: (len(kept[end]), end))
    return Joined(canonical, kept[canonical], group.similarity, group.trail)
