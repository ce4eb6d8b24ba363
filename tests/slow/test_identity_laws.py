"""Laws 3 and 8 over lives of a graph: ingest, merge, split (of names and of single mentions), judge, revoke, retract,
tell again and replay in any order, several processes at it.

What is told a second time changes nothing. After each life every promise holds, no automatic step has joined what a
live negative parts, and when all retractions and decisions are undone, these the last first, the graph is what the same
events make of an empty one: at once where no context placed a mention and no kind was guessed, and where one was once
names were read anew and the batch has run on both, since only these ask again (docs/identity.md).
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from neo4j import Driver
from redis import Redis

from graph import ledger
from graph.database import Database
from graph.errors import Conflict, InvalidInput, NotFound
from graph.judgement import Author, Judgement, Verdict
from graph.reading.retractions import retractions
from graph.retraction import Sort as Withdrawal
from ingest.backfill import Backfill
from ingest.dedupe_asked import Asked
from ingest.deduping import Deduping
from ingest.forming.service import Forming
from ingest.judging import Decision
from ingest.retraction.service import Retracting
from resolution.clusters import partition
from resolution.resolver import BY_CONTEXT
from tests.factory import assert_counts, country, organization, person, told
from tests.judging_world import Court, dump

PERSONS = (
    *("Anna Kowalska", "Hanna Kowalska", "Kowalska", "A. Kowalska", "Kowalska, Anna", "Anna Nowak", "Piotr Nowak"),
    *("Pjotr Nowak", "Nowak", "P. Nowak", "Zofia Lis", "Dr. Zofia Lis", "Sofia Lis", "Zofia Anna Lis"),
)
OTHERS = (
    organization("International Monetary Fund"),
    organization("IMF"),
    organization("Irish Maritime Federation"),
    organization("Nowak Holding GmbH"),
    organization("Police (Nepal)"),
    organization("Police"),
    country("Georgia"),
)
names = st.one_of(
    st.sampled_from(PERSONS).map(person),
    st.sampled_from(PERSONS).map(person),
    st.sampled_from(PERSONS),
    st.sampled_from(OTHERS),
)
events = st.lists(st.tuples(st.integers(0, 40), st.lists(names, min_size=1, max_size=3)), min_size=1, max_size=3)
AMBIGUOUS = {"Kowalska", "A. Kowalska", "Nowak", "P. Nowak", "IMF", "Police"}
"""Only these can leave the choice of a bearer to the context."""
ACQUAINTED = (
    ("Anna Nowak", "Zofia Lis"),
    ("Anna Nowak", "Zofia Lis"),
    ("Piotr Nowak", "Piotr Kowalski"),
    ("Nowak", "Zofia Lis"),
)
"""Who is told of together, an event each, so that the context chooses Anna for the last."""
_GUESSED = re.compile(r'^Entity\S* (.*)"kind": "\w*", "kind_source": "guessed"')
DOCUMENTS = 5
"""In which the events are told, in turn."""
places = st.integers(0, 1_000)
authors = st.sampled_from(["ann", "ben"])


def document(n: int) -> str:
    """Where an event is told."""
    return f"https://gull.example/{n % DOCUMENTS}"


def name_of(told_name: Any) -> str:
    """The name of one who is told of, by itself or with more."""
    return told_name if isinstance(told_name, str) else told_name["name"]


def unguessed(lines: list[str]) -> list[str]:
    """The lines without the kinds that were guessed, and what follows from them."""
    return sorted(_GUESSED.sub(r"Entity \1", line) for line in lines)


def same(undone: list[str], never: list[str]) -> None:
    """Both tell the same."""
    differing = [f"only undone: {line}" for line in undone if line not in never]
    differing += [f"only never: {line}" for line in never if line not in undone]
    assert not differing, "\n".join(differing)


class Sort(StrEnum):
    """What a life is like. Each is run by itself: Hypothesis takes it amiss when the same choices lead elsewhere, as
    they do where one life begins as another does not."""

    FREE = "free"
    CONTEXT = "context"
    """It begins with events whose context chooses: chance may leave that out."""
    PLAIN = "plain"
    """It tells no name that by itself leaves a choice, likewise."""


SORTS = (Sort.FREE, Sort.CONTEXT, Sort.FREE, Sort.PLAIN)
"""Of four lives."""


class Life(RuleBasedStateMachine):
    """One life; `graph`, `driver`, `redis`, `wipe` and `sort` are given by who runs it."""

    graph: Database
    driver: Driver
    redis: Redis
    wipe: Callable[[], None]
    sort: Sort
    by_context: ClassVar[list[tuple[Sort, bool]]] = []
    """Of each life whether context placed a mention in it."""

    @initialize()
    def begin(self) -> None:
        self.wipe()
        self.court = Court(self.graph, self.redis)
        self.others = [self.court.another()]
        self.retracting = Retracting(
            self.graph,
            self.court.boards,
            self.court.judging,
            lambda: Forming(self.graph, self.court.pipeline, lambda: self.court.now),
            lambda: self.court.now,
            self.court.projections,
        )
        self.withdrawn: list[str] = []
        self.told: list[tuple[dict[str, Any], ...]] = []
        self.decisions: list[Decision] = []
        if self.sort is Sort.CONTEXT:
            for n, names in enumerate(ACQUAINTED):
                self.take(told(f"acquainted{n}", "2025-12-01", who=[person(name) for name in names]))

    @rule(batch=events, elsewhere=st.booleans())
    def ingest(self, batch: list[tuple[int, list[Any]]], elsewhere: bool) -> None:
        day = len(self.told) % 28 + 1
        if self.sort is Sort.PLAIN:
            batch = [(n, [one for one in who if name_of(one) not in AMBIGUOUS] or [PERSONS[0]]) for n, who in batch]
        at, source = f"2025-12-{day:02}", {"name": "The Gull"}
        records = (told(f"e{n}", at, who=who, source={**source, "url": document(n)}) for n, who in dict(batch).items())
        self.take(*records, elsewhere=elsewhere)

    @precondition(lambda self: self.told)
    @rule(which=places, elsewhere=st.booleans())
    def replay(self, which: int, elsewhere: bool) -> None:
        before = dump(self.driver)
        self.court.take(*self.told[which % len(self.told)], by=self.others[0] if elsewhere else None)
        assert dump(self.driver) == before

    @precondition(lambda self: self.told)
    @rule(n=st.integers(0, DOCUMENTS - 1))
    def retract(self, n: int) -> None:
        try:
            self.withdrawn.append(self.retracting.apply(Withdrawal.DOCUMENT, document(n), "ann").id)
        except (NotFound, Conflict):
            return

    @precondition(lambda self: self.withdrawn)
    @rule(which=places)
    def tell_again(self, which: int) -> None:
        self.retracting.undo(self.withdrawn.pop(which % len(self.withdrawn)))

    def take(self, *records: dict[str, Any], elsewhere: bool = False) -> None:
        """Ingests the records, in another process than the one that decides where `elsewhere`."""
        self.told.append(records)
        self.court.take(*records, by=self.others[0] if elsewhere else None)

    @precondition(lambda self: self.told)
    @rule(one=places, other=places, author=authors)
    def merge(self, one: int, other: int, author: str) -> None:
        self.decide(lambda: self.court.merge(self.alias(one), self.alias(other), author=author))

    @precondition(lambda self: self.told)
    @rule(one=places, author=authors)
    def split(self, one: int, author: str) -> None:
        self.decide(lambda: self.court.split(self.alias(one), author=author))

    @precondition(lambda self: self.told)
    @rule(one=places, several=st.integers(1, 2), author=authors)
    def split_mentions(self, one: int, several: int, author: str) -> None:
        mentions = self.mentions_of_one(one)[:several]
        if mentions:
            self.decide(lambda: self.court.split_mentions(*mentions, author=author))

    @precondition(lambda self: self.told)
    @rule(one=places, other=places, verdict=st.sampled_from(Verdict), by=st.sampled_from([Author.PERSON, Author.BATCH]))
    def judge(self, one: int, other: int, verdict: Verdict, by: Author) -> None:
        a, b = self.alias(one), self.alias(other)
        if a != b:
            score = 1.0 if by is Author.PERSON else 0.9
            said = Judgement(a=a, b=b, verdict=verdict, by=by, score=score, reason="law")
            self.decide(lambda: self.court.judging.judge([said], author="ann"))

    @precondition(lambda self: self.decisions)
    @rule(which=places)
    def undo(self, which: int) -> None:
        chosen = self.decisions[which % len(self.decisions)]
        try:
            self.court.undo(chosen)
        except Conflict:
            return
        self.decisions.remove(chosen)

    def teardown(self) -> None:
        if not hasattr(self, "court"):
            return
        assert self.court.faults() == []
        assert_counts(self.driver)
        self.assert_negatives_hold()
        retracted = retractions(self.graph, limit=1) != []
        while self.withdrawn:
            self.retracting.undo(self.withdrawn.pop())
        for decision in reversed(self.decisions):
            self.court.undo(decision)
        assert self.court.faults() == []
        undone = self.seen(retracted)
        undone_later = self.after_batch(self.court, retracted)
        self.wipe()
        again = Court(self.graph, self.redis)
        for records in self.told:
            again.take(*records)
        never = self.seen(retracted)
        by_context = any(BY_CONTEXT in line for line in (*undone, *never))
        self.by_context.append((self.sort, by_context))
        if not by_context:
            same(unguessed(undone), unguessed(never))
        if by_context or undone != never:
            same(undone_later, self.after_batch(again, retracted))

    def seen(self, retracted: bool) -> list[str]:
        """What can be read now. A withdrawal is a version of an event, so where there was one versions tell nothing."""
        return [line for line in dump(self.driver, closed=False) if not (retracted and line.startswith("Event "))]

    def after_batch(self, court: Court, retracted: bool) -> list[str]:
        """The graph as it is when its names were read anew and the batch has run."""
        Backfill(self.graph, court.pipeline).run(None)
        Deduping(court.judging, self.graph, lambda: court.now).run(Asked())
        assert court.faults() == []
        return self.seen(retracted)

    def decide(self, act: Callable[[], Decision]) -> None:
        try:
            decision = act()
        except InvalidInput:
            return
        if decision.change is not None:
            self.decisions.append(decision)

    def alias(self, place: int) -> str:
        with self.driver.session() as session:
            found = session.run(
                "MATCH (a:Alias) WHERE a.family IN ['person', 'collective', 'place', 'unspecified']"
                " RETURN a.key ORDER BY a.born"
            ).values()
        return found[place % len(found)][0]

    def mentions_of_one(self, place: int) -> list[tuple[str, str]]:
        """The live mentions of one entity, by event and id."""
        with self.driver.session() as session:
            found = session.run(
                "MATCH (e:Event)-[m:WHO|WHERE]->(x:Entity) WHERE m.closed_at IS NULL"
                " WITH x.key AS key, collect([e.id, m.id]) AS mentions ORDER BY key UNWIND mentions AS one"
                " RETURN key, one ORDER BY key, one[0], one[1]"
            ).values()
        keys = sorted({key for key, _ in found})
        return [(one[0], one[1]) for key, one in found if key == keys[place % len(keys)]] if keys else []

    def assert_negatives_hold(self) -> None:
        """Law 8: whoever stands together over a negative was put together by persons alone."""
        with self.driver.session() as session:
            held = dict(session.run("MATCH (a:Alias)-[:NAMES]->(x) RETURN a.key, x.key").values())
            born = dict(session.run("MATCH (a:Alias) RETURN a.key, a.born").values())
        judged = self.graph.reading(lambda tx: list(ledger.since(tx, -1)))
        live = [j for j in judged if j.revoked_at is None]
        by_persons = partition(born, [j for j in live if j.by is Author.PERSON])
        for j in live:
            if j.verdict is Verdict.NEGATIVE and held[j.a] == held[j.b]:
                assert j.by is not Author.PERSON
                assert by_persons[j.a] == by_persons[j.b]


PARTS = 20
"""In which the full count is run, so that several machines or sessions can share it."""


@pytest.mark.timeout(7_200)
@pytest.mark.parametrize(
    ("lives", "steps", "chance"),
    [(4, 15, 0), *(pytest.param(500 // PARTS, 50, n, marks=pytest.mark.slow) for n in range(1, PARTS + 1))],
)
def test_any_life_keeps_the_laws(
    graph: Database, driver: Driver, redis_client: Redis, lives: int, steps: int, chance: int
) -> None:
    def wipe(_: Any = None) -> None:
        with driver.session() as session:
            session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
            session.run("MATCH (g:Gate) SET g = {name: 'gate', change: 0}").consume()
        redis_client.flushall()

    calm = settings(
        stateful_step_count=steps,
        deadline=None,
        database=None,
        # A life takes seconds: making a failing one shorter would take longer than finding it.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    Life.by_context.clear()
    for sort in Sort:
        parts = {"graph": graph, "driver": driver, "redis": redis_client, "wipe": wipe, "sort": sort}
        machine = seed(chance)(type("OneLife", (Life,), parts))
        some = sum(SORTS[n % len(SORTS)] is sort for n in range(lives))
        run_state_machine_as_test(machine, settings=settings(calm, max_examples=some))
    assert len(Life.by_context) >= lives
    assert all(placed for sort, placed in Life.by_context if sort is Sort.CONTEXT)
    assert not all(placed for sort, placed in Life.by_context if sort is Sort.PLAIN)
