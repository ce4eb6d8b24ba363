"""Law 7: a read with all clocks at T equals the read of a graph built only from what was there at T."""

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis

from graph.database import Database
from graph.errors import InvalidInput, NotFound, PentadError
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading import reach
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import PLAYERS, co_mentions
from graph.reading.entities import entity_detail
from graph.reading.events import event_detail, event_list
from graph.reading.finding import Filters
from graph.reading.history import History
from graph.reading.neighbourhood import neighbourhood
from graph.reading.paths import Paths
from graph.reading.timeline import Place, entity_timeline
from graph.reading.why import Direction, Reason
from graph.trending import ALL
from graph.trending.as_of import top_as_of
from graph.trending.standings import Which
from ingest import sample
from resolution.past.at import causation_at, connections_at, find_at, history_at, paths_at, relationships_at
from resolution.past.boards import board_then, rank_then
from resolution.past.events import event_list_then, event_then
from resolution.past.paths import Then
from resolution.past.reads import co_mentions_then, entity_then, neighbourhood_then, timeline_then
from tests.factory import NOW, counts, person, some_news, told
from tests.judging_world import Court, key_of

STEP = timedelta(minutes=10)


@dataclass
class Seen:
    """What reads answered at one time."""

    at: datetime
    entities: dict[str, Any]
    board: list[tuple[str, float]]
    events: list[Any]
    ways: dict[tuple[Any, ...], Any]
    """What was asked of paths -> what was answered."""


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine cuts no search for paths."""
    monkeypatch.setattr(reach, "SECONDS", 20.0)
    monkeypatch.setattr(Then, "seconds", 20.0)


def live(graph: Database, key: str) -> tuple[Any, ...]:
    """What is asked of one entity, now."""
    detail = entity_detail(graph, key)
    line = entity_timeline(graph, key, limit=200)
    beside = co_mentions(graph, key, limit=50)
    others = co_mentions(graph, key, limit=50, ws=tuple(W))
    past = _past(history_at(graph, key, Clocks(), limit=200))
    around = neighbourhood(graph, key, depth=2)
    return (*_of(detail), _line(line), _beside(beside), _beside(others), _around(around), past)


def then(graph: Database, key: str, at: datetime) -> tuple[Any, ...]:
    """The same, by the clocks."""
    clocks = Clocks(known_at=at, identity_at=at)
    detail = entity_then(graph, key, clocks)
    line = timeline_then(graph, key, clocks, limit=200)
    beside = co_mentions_then(graph, key, clocks, limit=50)
    others = co_mentions_then(graph, key, clocks, limit=50, ws=tuple(W))
    around = neighbourhood_then(graph, key, clocks, depth=2)
    past = _past(history_at(graph, key, clocks, limit=200))
    return (*_of(detail), _line(line), _beside(beside), _beside(others), _around(around), past)


def _of(detail: Any) -> tuple[Any, ...]:
    row = detail.row
    names = sorted((one.key, one.mentions, one.first_seen, one.last_seen) for one in detail.aliases)
    return row.key, row.name, row.mentions, row.first_seen, row.last_seen, row.roles, row.ws, names


def _line(line: Any) -> Any:
    shown = ("event", "mention", "ts", "w", "occurred_at", "precision", "title", "category", "surface", "role", "alias")
    return line.key, line.name, line.total_mentions, [[getattr(row, name) for name in shown] for row in line.rows]


def _beside(found: Any) -> Any:
    assert found.exact
    return found.key, found.name, [(row.key, row.name, row.n, row.first_at, row.last_at) for row in found.rows]


def _around(found: Any) -> Any:
    nodes = sorted((node.key, node.name, node.depth) for node in found.nodes)
    return nodes, sorted((*sorted((edge.source, edge.target)), edge.n) for edge in found.edges), found.truncated


def _ways(found: Paths) -> Any:
    ways = [
        (path.cost, [(node.key, node.name, node.mentions) for node in path.nodes], path.confidence, path.hops)
        for path in found.paths
    ]
    return found.expanded, found.truncated, ways


def snapshot(court: Court, keys: list[str], nth: int) -> Seen:
    """All that is asked, now."""
    at = court.now
    board = top_as_of(court.graph, epoch_ms(at), limit=200)
    listed = event_list(court.graph, limit=100)
    events = [(row.id, row.version, row.title, row.ts) for row in listed.rows]
    told_of = [_event(event_detail(court.graph, row.id)) for row in listed.rows[:10]]
    told_of += [_causes(court.graph, row.id, Clocks()) for row in listed.rows[:4]]
    entities = {key: live(court.graph, key) for key in keys}
    # Steps of any W in every second time; through a third, and by dates that do not fall, in the others.
    asked = (keys[0], keys[1], keys[2] if nth % 2 else None, tuple(W) if nth % 2 == 0 else PLAYERS, nth % 4 == 3)
    ways = {asked: _ways(_sought(court.graph, asked, Clocks()))}
    return Seen(at, entities, [(key, score) for key, score, _ in board.rows], [events, told_of], ways)


def _sought(graph: Database, asked: tuple[Any, ...], clocks: Clocks) -> Paths:
    start, end, via, ws, ordered = asked
    return paths_at(graph, start, end, clocks, via=via, ws=ws, ordered=ordered, k=5)


def _past(found: History) -> Any:
    return found.key, found.name, found.rows, found.end


def _causes(graph: Database, event: str, clocks: Clocks) -> Any:
    """Both ways; without the kinds that reasons are guessed to have."""
    both = [causation_at(graph, event, direction, clocks) for direction in Direction]
    return [
        (found.links, found.truncated, [(replace(one, reasons=[]), *map(_reason, one.reasons)) for one in found.events])
        for found in both
    ]


def _reason(one: Reason) -> Any:
    return replace(one, kind="")


def _event(found: Any) -> Any:
    mentions = sorted((one.id, one.w, one.alias, one.entity, one.name, one.role or "") for one in found.mentions)
    versions = [(row.version, row.title) for row in found.versions]
    neighbours = sorted((one.type, one.id) for one in found.relations)
    return found.row.id, found.row.version, found.row.title, mentions, versions, neighbours


def a_life(court: Court, seed: int, steps: int, asked: int = 6) -> list[Seen]:
    """Ingests, merges, splits and what takes them back, at random; answers what was seen between the steps."""
    chance = random.Random(seed)
    news = some_news(seed, 9 * steps)
    seen: list[Seen] = []
    done: list[Any] = []
    for nth in range(steps):
        court.now = NOW + STEP * (2 * nth)
        # Of what was told before some is told anew, in another version.
        court.take(*news[nth * 10 : nth * 10 + 10])
        court.now += STEP / 4
        keys = known(court)
        for _ in range(2):
            try:
                _decide(court, chance, keys, done)
            except PentadError:
                continue
        court.now += STEP / 4
        seen.append(snapshot(court, chance.sample(keys, min(asked, len(keys))), nth))
    court.now = NOW + STEP * (2 * steps)
    return seen


def _decide(court: Court, chance: random.Random, keys: list[str], done: list[Any]) -> None:
    what = chance.random()
    if what < 0.5:
        done.append(court.merge(*chance.sample(keys, 2)))
    elif what < 0.75 and done:
        court.undo(done.pop(chance.randrange(len(done))))
    else:
        detail = entity_detail(court.graph, chance.choice(keys))
        if detail.alias_count > 1:
            done.append(court.split(chance.choice(detail.aliases).key))


def known(court: Court) -> list[str]:
    """Keys of persons and bodies that are mentioned."""
    rows = court.graph.read(
        statement("read/entity_list_mentions"), {"kind": None, "mentions": None, "after": None, "limit": 60}
    )
    return sorted(row["key"] for row in rows[0]["rows"] if {"WHO", "WHERE"} & set(row["ws"]))


def hold(court: Court, seen: list[Seen]) -> None:
    """Every former answer is given again."""
    for one in seen:
        for key, answer in one.entities.items():
            assert then(court.graph, key, one.at) == answer, (key, one.at)
        clocks = Clocks(one.at, one.at, one.at)
        for asked, ways in one.ways.items():
            found = _sought(court.graph, asked, clocks)
            assert _ways(found) == ways, (asked, one.at)
        board = board_then(
            court.graph, Which("mentions", "all", "7d"), epoch_ms(court.now), clocks, limit=200, offset=0
        )
        assert [row.entity_id for row in board.rows] == pytest.approx([key for key, _ in one.board]) or _ties(
            board, one
        )
        assert [row.trending_score for row in board.rows] == pytest.approx([score for _, score in one.board], rel=1e-9)
        page = event_list_then(court.graph, Clocks(None, one.at, one.at), limit=100)
        listed, told_of = one.events
        assert [(row.id, row.version, row.title, row.ts) for row in page.rows] == listed
        asked_again = [_event(event_then(court.graph, row.id, Clocks(None, one.at, one.at))) for row in page.rows[:10]]
        asked_again += [_causes(court.graph, row.id, clocks) for row in page.rows[:4]]
        assert asked_again == told_of


def _ties(board: Any, one: Seen) -> bool:
    """Whether the same entities stand there, in another order of equal scores."""
    return dict(one.board).keys() == {row.entity_id for row in board.rows}


def test_a_past_read_is_what_was_read_then(graph: Database, redis_client: Redis) -> None:
    court = Court(graph, redis_client)
    hold(court, a_life(court, 0, 4, asked=4))


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("seed", range(300))
def test_a_past_read_is_what_was_read_then_in_full(graph: Database, redis_client: Redis, seed: int) -> None:
    court = Court(graph, redis_client)
    hold(court, a_life(court, 1_000 + seed, 4))


def test_each_clock_tells_its_own(graph: Database) -> None:
    court = Court(graph)
    ann, bob = key_of("Ann Abernathy"), key_of("Bob Bondarenko")
    court.take(told("e1", "2025-03-01", who=[person("Ann Abernathy"), person("Cy Castellan")]))
    court.take(told("e2", "2025-06-01", who=[person("Bob Bondarenko")]))
    first = court.now
    court.now += STEP
    court.merge(ann, bob)
    court.now += STEP
    court.take({**told("e1", "2025-03-01", who=[person("Dina Drozdov")]), "title": "corrected"})
    court.now += STEP
    assert entity_then(graph, bob, Clocks()).row.mentions == 1
    assert entity_then(graph, bob, Clocks(known_at=first)).row.mentions == 2
    assert entity_then(graph, bob, Clocks(known_at=first, identity_at=first)).row.mentions == 1
    assert (
        entity_then(graph, bob, Clocks(as_of=datetime.fromisoformat("2025-04-01T00:00Z"), known_at=first)).row.mentions
        == 1
    )
    assert [row.title for row in timeline_then(graph, ann, Clocks(known_at=first)).rows] == [
        "what e2 tells",
        "what e1 tells",
    ]
    assert [row.key for row in co_mentions_then(graph, ann, Clocks(known_at=first)).rows] == [key_of("Cy Castellan")]
    assert co_mentions_then(graph, ann, Clocks()).rows == []
    found = event_then(graph, "e1", Clocks(known_at=first))
    assert (found.row.title, found.row.version, len(found.mentions)) == ("what e1 tells", 1, 2)
    with pytest.raises(NotFound):
        event_then(graph, "e1", Clocks(known_at=first - STEP))
    cy = key_of("Cy Castellan")
    assert [row.id for row in event_list_then(graph, Clocks(known_at=first), mentions=[(W.WHO, cy)]).rows] == ["e1"]
    both = [(W.WHO, cy), (W.WHO, bob)]
    assert [row.id for row in event_list_then(graph, Clocks(known_at=first), mentions=both).rows] == ["e1"]
    assert event_list_then(graph, Clocks(known_at=first, identity_at=first), mentions=both).rows == []
    place = rank_then(graph, bob, Which("mentions", "person", "30d"), epoch_ms(court.now), Clocks(None, first, None))
    assert (place.entity_id, place.rank) == (ann, 1)


def test_a_mention_that_was_parted_and_came_back_stood_on_its_own_name_before(graph: Database) -> None:
    court = Court(graph)
    ann, bob = key_of("Ann Abernathy"), key_of("Bob Bondarenko")
    court.take(told("e1", "2025-03-01", who=[person("Ann Abernathy"), person("Bob Bondarenko")]))
    court.take(told("e2", "2025-06-01", who=[person("Ann Abernathy"), person("Bob Bondarenko")]))
    before = court.now
    court.now += STEP
    mention = next(one.id for one in event_detail(graph, "e2").mentions if one.entity == ann)
    parted = court.split_mentions(("e2", mention))
    amid = court.now
    court.now += STEP
    court.undo(parted)
    court.now += STEP
    for at, mentions in ((before, 2), (amid, 1), (court.now, 2)):
        clocks = Clocks(at, at, at)
        assert entity_then(graph, ann, clocks).row.mentions == mentions
        assert len(timeline_then(graph, ann, clocks).rows) == mentions
        assert [row.n for row in co_mentions_then(graph, bob, clocks).rows if row.key == ann] == [mentions]
        assert len(neighbourhood_then(graph, bob, clocks, depth=1, limit=10).nodes) == (2 if mentions == 2 else 3)


def test_what_was_told_of_somebody_and_who_was_connected_is_of_then(graph: Database) -> None:
    court = Court(graph)
    ann, cy, dina = (key_of(name) for name in ("Ann Abernathy", "Cy Castellan", "Dina Drozdov"))
    knows = [{"subject": "Ann Abernathy", "predicate": "advises", "object": "Cy Castellan"}]
    both = [person("Ann Abernathy", affiliations=["Acme"]), person("Cy Castellan")]
    court.take(told("e1", "2025-03-01", who=both, relationships=knows))
    first = court.now
    court.now += STEP
    court.take(
        told("e2", "2025-06-01", who=[person("Cy Castellan"), person("Dina Drozdov")], why=[{"event": "e1"}]),
        told("e3", "2025-02-01", who=person("Ann Abernathy", affiliations=["Bolt"])),
    )
    court.now += STEP
    court.take({**told("e1", "2025-03-01", who=both[:1]), "title": "corrected"})
    early = Clocks(as_of=datetime.fromisoformat("2025-04-01T00:00Z"))
    assert entity_then(graph, ann, early).attributes == {"affiliations": ["Acme", "Bolt"]}
    assert "Bolt" not in entity_then(graph, ann, Clocks(known_at=first)).attributes.get("affiliations", [])
    assert relationships_at(graph, ann, Clocks()).rows == []
    (relation,) = relationships_at(graph, ann, Clocks(known_at=first)).rows
    assert (relation.predicate, relation.outgoing, relation.key, relation.n) == ("advises", True, cy, 1)
    assert [one.title for one in relation.events] == ["what e1 tells"]
    before = Clocks(known_at=first)
    assert [row.other.key for row in connections_at(graph, ann, cy, Clocks(known_at=first + STEP)).rows] == [dina]
    assert connections_at(graph, ann, cy, before).rows == []
    assert connections_at(graph, ann, cy, before).link == 1
    assert connections_at(graph, ann, cy, Clocks()).link == 0
    assert [row.row.key for row in find_at(graph, "dina", "dina", Clocks(), filters=Filters(), limit=5).rows] == [dina]
    assert find_at(graph, "dina", "dina", before, filters=Filters(), limit=5).rows == []
    walked = causation_at(graph, "e2", Direction.CAUSES, Clocks(known_at=first + STEP))
    assert [(one.id, one.title) for one in walked.events] == [("e2", "what e2 tells"), ("e1", "what e1 tells")]
    with pytest.raises(NotFound):
        causation_at(graph, "e2", Direction.CAUSES, before)
    later = causation_at(graph, "e1", Direction.CONSEQUENCES, early)
    assert [one.id for one in later.events] == ["e1"]
    assert len(history_at(graph, cy, before).rows) <= len(history_at(graph, cy, Clocks()).rows)
    with pytest.raises(InvalidInput):
        history_at(graph, cy, early)


@counts(4, 20)
def test_a_board_of_any_past_day_is_what_redis_said_that_day(
    graph: Database, redis_client: Redis, examples: int
) -> None:
    """The bundled sample lived day by day, with decisions on the way; days of it asked for again at the end."""
    court = Court(graph, redis_client)
    chance = random.Random(7)
    left = sorted(sample.lines(), key=lambda line: json.loads(line)["occurred_at"])
    said: list[tuple[datetime, list[tuple[str, float]]]] = []
    done: list[Any] = []
    for day in range(1, 31):
        court.now = datetime(2015, 9, day, 23, 30, tzinfo=UTC)
        now = [line for line in left if json.loads(line)["occurred_at"][:10] <= f"2015-09-{day:02}"]
        left = left[len(now) :]
        court.take(*now)
        if day % 3 == 0:
            _decide(court, chance, known(court), done)
        court.projections.catch_up()
        assert court.boards is not None
        court.now += STEP
        board = court.boards.top(ALL, "7d", epoch_ms(court.now), 2_000)
        assert board is not None
        said.append((court.now, [(key, score) for key, score, _ in board.rows]))
    court.now += STEP
    for at, board in chance.sample(said, examples):
        found: dict[str, float] = {}
        for offset in range(0, 2_000, 200):
            which = Which("mentions", "all", "7d")
            page = board_then(graph, which, epoch_ms(court.now), Clocks(at, at, at), limit=200, offset=offset)
            found |= {row.entity_id: row.trending_score for row in page.rows}
            if page.next_offset is None:
                break
        assert found == pytest.approx(dict(board), rel=1e-9), at


def test_pages_of_a_past_timeline_meet(graph: Database) -> None:
    court = Court(graph)
    court.take(*(told(f"e{n}", f"2025-01-{n % 9 + 1:02}", who=person("Ann Abernathy")) for n in range(25)))
    clocks = Clocks(known_at=court.now)
    court.now += STEP
    court.take(*({**told(f"e{n}", "2025-02-01", who=person("Bob Bondarenko"))} for n in range(0, 25, 2)))
    rows: list[str] = []
    after: Place | None = None
    while True:
        page = timeline_then(graph, key_of("Ann Abernathy"), clocks, after=after, limit=7)
        rows += [row.event for row in page.rows]
        after = page.end
        if after is None:
            break
    assert sorted(rows) == sorted(f"e{n}" for n in range(25))
