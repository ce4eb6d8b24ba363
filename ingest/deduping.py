"""The batch: thinks who is who through anew and brings the ledger to it. The same for the command, the job and the API.

What it decides depends on the names, what is stated and told of them and on persons' decisions, not on what the online
path or an earlier batch decided: those judgements are superseded. Rules are asked again by the service that decides.
At the end the mentions of names that do not identify by themselves are placed anew (`ingest.placing_anew`).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph import ledger
from graph.alias import Alias
from graph.database import Database, Transaction
from graph.judgement import Author, Judgement, Verdict
from graph.keys import Family
from graph.queries import statement
from graph.reading import dedupe as reading
from ingest.dedupe_asked import Asked, Engine, Report, Strategy
from ingest.judging import Decision, Judging, Order
from ingest.placing_anew import place_anew, placed_families
from resolution.batch import splinking
from resolution.batch.grouping import Grouping, Pair, Wanted, changes, grouping, silent
from resolution.batch.memory import Memory, load, save
from resolution.batch.model import Label, Model
from resolution.batch.subject import Scene, Subject, record_of, stamp_of, taken

AUTHOR = "dedupe"
AT_ONCE = 5_000
"""Judgements of one decision, more only where one component has more: the gate is held while it is written."""
READ_AT_ONCE = 500
LONG = 600.0
"""Seconds that reading all names and judgements may take."""
_REASON = "grouped with the whole graph in view"
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class _World:
    """One look at the graph."""

    subjects: dict[Family, list[Subject]]
    aliases: dict[str, Alias]
    standing: dict[Pair, list[Judgement]]
    said: dict[Pair, Judgement]


class Deduping:
    """Runs the batch. `folder` keeps what spares work; None keeps nothing."""

    def __init__(
        self, judging: Judging, database: Database, clock: Callable[[], datetime], folder: Path | None = None
    ) -> None:
        self._judging = judging
        self._database = database
        self._clock = clock
        self._folder = folder

    def run(self, asked: Asked, told: Progress = silent) -> Report:
        """Thinks the families through, one after another, and decides. Raises InvalidInput, DatabaseUnavailable,
        BudgetExceeded; what was decided before that stands, and the next run goes on."""
        report = Report(dry_run=asked.dry_run, engine=asked.engine.value)
        families = asked.families
        world = self._database.reading(lambda tx: _look(tx, families), timeout=LONG)
        sure: list[float] = []
        for family in families:
            thought = self._think(family, world, asked, told)
            report.labels += sum(one in world.aliases and world.aliases[one].family == family for one, _ in world.said)
            sure += [want.score for want in thought.wanted.values() if want.verdict is Verdict.POSITIVE]
            self._bring(family, world, thought, asked, report, told)
        self._place(asked, report, told)
        report.precision = round(sum(sure) / len(sure), 4) if sure else None
        return report

    def _think(self, family: Family, world: _World, asked: Asked, told: Progress) -> Grouping:
        labels = self._labels(world, family)
        if asked.engine is Engine.SPLINK:
            given = splinking.Given(asked.out, asked.pairs)
            return splinking.grouping(family, world.subjects[family], labels, self._scenes, given, told)
        model = Model(family, labels)
        file = self._folder / f"{family.value}.npz" if self._folder is not None else None
        memory = load(file, model.version) if file is not None and not asked.full else Memory()
        thought = grouping(family, world.subjects[family], model, self._scenes, memory, told)
        if file is not None and not asked.dry_run:
            # A folder that cannot be written costs time at the next run, nothing else.
            with suppress(OSError):
                save(file, model.version, thought.memory)
        return thought

    def _bring(
        self, family: Family, world: _World, thought: Grouping, asked: Asked, report: Report, told: Progress
    ) -> None:
        """Brings the ledger to what was thought."""
        report.pairs += thought.blocked
        report.scored += thought.scored
        report.fresh += thought.fresh
        report.clusters += len(thought.groups)
        wanted = {pair: want for pair, want in thought.wanted.items() if pair not in world.said}
        mine = {pair: rows for pair, rows in world.standing.items() if world.aliases[pair[0]].family == family}
        made, revoked = changes(wanted, _plain(mine))
        report.made += len(made)
        report.revoked += len(revoked)
        before = {pair for pair, rows in mine.items() if any(row.verdict is Verdict.UNSURE for row in rows)}
        report.review += sum(wanted[pair].verdict is Verdict.UNSURE and pair not in before for pair in made)
        cause = _cause(asked, report)
        for done, (pairs, ids) in enumerate(_portions(made, revoked, mine)):
            told("decided", done, 0)
            judgements = [_judgement(pair, wanted[pair]) for pair in pairs]
            decision = self._judging.judge(judgements, ids, author=AUTHOR, cause=cause, dry_run=asked.dry_run)
            _count(report, decision)
            if asked.strategy is Strategy.MOST_COMPLETE and decision.change is not None:
                name_fully(self._judging, sorted(decision.merged), self._clock())

    def _place(self, asked: Asked, report: Report, told: Progress) -> None:
        """Places the mentions of names that do not identify by themselves; a dry run does so on who is who as it is."""
        order = Order(AUTHOR, Author.BATCH, _cause(asked, report), dry_run=asked.dry_run)
        done = place_anew(self._judging, self._database, placed_families(asked.families), order, told)
        report.placed += done.mentions
        report.made += done.made
        report.revoked += done.revoked
        report.decisions += done.decisions

    def _labels(self, world: _World, family: Family) -> list[Label]:
        """What persons decided of names of a family, with what is told of these today."""
        pairs = [
            (pair, judgement)
            for pair, judgement in sorted(world.said.items())
            if all(key in world.aliases and world.aliases[key].family == family for key in pair)
        ]
        scenes = self._scenes(sorted({key for pair, _ in pairs for key in pair}))
        records = {key: record_of(world.aliases[key], scenes.get(key, Scene())) for pair, _ in pairs for key in pair}
        return [
            Label(records[a], records[b], judgement.verdict is Verdict.POSITIVE, reviewed=True)
            for (a, b), judgement in pairs
        ]

    def _scenes(self, keys: Sequence[str]) -> Mapping[str, Scene]:
        return scenes_of(self._database, keys)


def _cause(asked: Asked, report: Report) -> str:
    return asked.cause or f"dedupe run {report.run}"


def name_fully(judging: Judging, keys: Sequence[str], at: datetime) -> None:
    """Entities go by their fullest name."""
    if keys:
        judging.note(lambda tx: tx.rows(statement("write/dedupe_names"), {"keys": list(keys), "at": at}))


def scenes_of(database: Database, keys: Sequence[str]) -> dict[str, Scene]:
    """Where names were told of late."""
    found: dict[str, Scene] = {}
    for start in range(0, len(keys), READ_AT_ONCE):
        rows = reading.told(database, keys[start : start + READ_AT_ONCE])
        found |= {key: Scene(row.events, row.company) for key, row in rows.items()}
    return found


def _look(tx: Transaction, families: Sequence[Family]) -> _World:
    world = _World({family: [] for family in families}, {}, {}, {})
    standing = [judgement for judgement in ledger.since(tx, -1) if judgement.revoked_at is None]
    occupied = {judgement.a for judgement in standing if judgement.is_placement and judgement.by is Author.PERSON}
    for held in reading.held(tx, [family.value for family in families]):
        vacant = held.alias.is_of_mention and held.alias.key not in occupied
        if taken(held.alias) and not vacant:
            world.aliases[held.alias.key] = held.alias
            stamp = stamp_of(held.mentions, held.last, held.alias.kind)
            world.subjects[Family(held.alias.family)].append(Subject(held.alias, held.entity, stamp))
    for judgement in standing:
        one, other = world.aliases.get(judgement.a), world.aliases.get(judgement.b)
        if judgement.is_placement or judgement.a == judgement.b:
            # A name judged with itself tells whether it is an entity at all.
            continue
        if one is None or other is None or one.family != other.family:
            continue
        pair = (min(judgement.a, judgement.b), max(judgement.a, judgement.b))
        if judgement.by in (Author.ONLINE, Author.BATCH):
            world.standing.setdefault(pair, []).append(judgement)
        elif judgement.by is Author.PERSON and judgement.verdict is not Verdict.UNSURE:
            world.said[pair] = judgement
    return world


def _plain(standing: Mapping[Pair, Sequence[Judgement]]) -> dict[Pair, list[tuple[str, bool, Verdict, float]]]:
    return {
        pair: [(row.id, row.by is Author.BATCH, row.verdict, row.score) for row in rows]
        for pair, rows in standing.items()
    }


def _judgement(pair: Pair, want: Wanted) -> Judgement:
    return Judgement(a=pair[0], b=pair[1], verdict=want.verdict, by=Author.BATCH, score=want.score, reason=_REASON)


def _portions(
    made: Sequence[Pair], revoked: Sequence[str], standing: Mapping[Pair, Sequence[Judgement]]
) -> list[tuple[list[Pair], list[str]]]:
    """What is to be decided at a time: components of what changes are never torn apart."""
    pair_of = {row.id: pair for pair, rows in standing.items() for row in rows}
    root: dict[str, str] = {}

    def top(key: str) -> str:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for a, b in (*made, *(pair_of[id_] for id_ in revoked)):
        one, other = sorted((top(a), top(b)))
        root[other] = one
    parts: dict[str, tuple[list[Pair], list[str]]] = {}
    for pair in made:
        parts.setdefault(top(pair[0]), ([], []))[0].append(pair)
    for id_ in revoked:
        parts.setdefault(top(pair_of[id_][0]), ([], []))[1].append(id_)
    portions: list[tuple[list[Pair], list[str]]] = []
    for _, (pairs, ids) in sorted(parts.items()):
        if not portions or len(portions[-1][0]) + len(portions[-1][1]) + len(pairs) + len(ids) > AT_ONCE:
            portions.append(([], []))
        portions[-1][0].extend(pairs)
        portions[-1][1].extend(ids)
    return portions


def _count(report: Report, decision: Decision) -> None:
    report.merges += sum(len(gone) for gone in decision.merged.values())
    report.splits += len(decision.split)
    if decision.change is not None:
        report.decisions.append(decision.id)
