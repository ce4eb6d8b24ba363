"""Law 7: a read with all clocks at T equals the read of a graph built only from what was there at T."""

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis

from graph import hierarchy
from graph.database import Database
from graph.errors import InvalidInput, NotFound, PentadError
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading import reach
from graph.reading import view as viewing
from graph.reading.clocks import Clocks
from graph.reading.co_mentions import PLAYERS, co_mentions
from graph.reading.entities import EntityRow, Order, entity_detail
from graph.reading.events import event_detail, event_list
from graph.reading.finding import Filters, Near
from graph.reading.history import History
from graph.reading.neighbourhood import neighbourhood
from graph.reading.paths import Paths
from graph.reading.timeline import Place, entity_timeline
from graph.reading.view import View, view
from graph.reading.why import Direction
from graph.trending import (
    ALL,
    Rank,
    Rising,
    Trending,
    entities_by_score,
    rank,
    rising,
    snapshot_ranks,
    trending,
    trending_as_story,
    trending_by_origins,
    trending_within,
    with_origins,
)
from graph.trending.answer import Order as BoardOrder
from graph.trending.as_of import top_as_of
from graph.trending.standings import Which
from ingest import sample
from ingest.hierarchy import follow
from resolution.past.at import (
    ancestors_at,
    causation_at,
    connections_at,
    descendants_at,
    entity_list_at,
    event_list_at,
    find_at,
    history_at,
    paths_at,
    relationships_at,
    search_at,
)
from resolution.past.boards import board_then, rank_then
from resolution.past.events import event_list_then, event_then
from resolution.past.exploring import view_then
from resolution.past.listing import entities_by_score_then
from resolution.past.paths import Then
from resolution.past.reads import co_mentions_then, entity_then, neighbourhood_then, timeline_then
from resolution.past.rising import rising_then
from resolution.past.weighing import How
from resolution.past.wording import cut
from tests.factory import NOW, counts, named, person, some_news, told
from tests.judging_world import Court, key_of

STEP = timedelta(minutes=10)


@dataclass
class Seen:
    """What reads answered at one time."""

    at: datetime
    entities: dict[str, Any]
    kinds: dict[str, list[tuple[str, float]]]
    """Board of a kind, or of all -> keys and scores."""
    events: list[Any]
    boards: dict[How, dict[str, float]]
    orders: dict[str, dict[str, float]]
    """Metric -> what its other order ranks by."""
    searches: dict[tuple[str, Filters], set[str]]
    told: dict[str, list[str]]
    ways: dict[tuple[Any, ...], Any]
    """What was asked of paths -> what was answered."""
    lists: dict[tuple[Order | None, str | None], list[Any]]
    """(order, None by score; kind) -> rows."""
    lying: dict[str, Any]
    """Place or date -> what it lies in, and what lies in it."""
    drawn: dict[tuple[datetime | None, datetime | None], View]
    """Period -> the graph of those that were asked of."""


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
    return (
        row.key,
        row.name,
        row.kind,
        detail.kind_source,
        row.mentions,
        row.first_seen,
        row.last_seen,
        row.roles,
        row.ws,
        names,
    )


def _line(line: Any) -> Any:
    shown = ("event", "mention", "ts", "w", "occurred_at", "precision", "title", "category", "surface", "role", "alias")
    return line.key, line.name, line.total_mentions, [[getattr(row, name) for name in shown] for row in line.rows]


def _beside(found: Any) -> Any:
    assert found.exact
    return (
        found.key,
        found.name,
        [(row.key, row.name, row.kind, row.n, row.first_at, row.last_at) for row in found.rows],
    )


def _around(found: Any) -> Any:
    nodes = sorted((node.key, node.name, node.kind, node.depth) for node in found.nodes)
    return nodes, sorted((*sorted((edge.source, edge.target)), edge.n) for edge in found.edges), found.truncated


def _ways(found: Paths) -> Any:
    ways = [
        (
            path.cost,
            [(node.key, node.name, node.kind, node.mentions) for node in path.nodes],
            path.confidence,
            path.hops,
        )
        for path in found.paths
    ]
    return found.expanded, found.truncated, ways


def snapshot(court: Court, keys: list[str], nth: int) -> Seen:
    """All that is asked, now."""
    at = court.now
    listed = event_list(court.graph, limit=100)
    events = [(row.id, row.version, row.title, row.ts) for row in listed.rows]
    told_of = [_event(event_detail(court.graph, row.id)) for row in listed.rows[:10]]
    told_of += [_causes(court.graph, row.id, Clocks()) for row in listed.rows[:4]]
    entities = {key: live(court.graph, key) for key in keys}
    # Steps of any W in every second time; through a third, and by dates that do not fall, in the others.
    # Decisions may have made one of two names that were drawn.
    own = [*dict.fromkeys(answer[0] for answer in entities.values()), None]
    asked = (own[0], own[1], own[2] if nth % 2 else None, tuple(W) if nth % 2 == 0 else PLAYERS, nth % 4 == 3)
    ways = {asked: _ways(_sought(court.graph, asked, Clocks()))}
    asked_of = {kind: Which("mentions", kind, "7d") for kind in (ALL, "person", "organization", "unspecified")}
    boards = {
        kind: top_as_of(court.graph, epoch_ms(at), kinds=which.kinds, limit=200) for kind, which in asked_of.items()
    }
    ranked = {kind: [(key, score) for key, score, _ in board.rows] for kind, board in boards.items()}
    others = (
        computed(court),
        ordered(court),
        searched(court),
        saying(court),
        ways,
        listed_of(court, Clocks()),
        lies(court),
    )
    year = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 8, 1, tzinfo=UTC)
    drawn = {(since, until): view(court.graph, keys, since=since, until=until) for since, until in ((None, None), year)}
    return Seen(at, entities, ranked, [events, told_of], *others, drawn)


def _sought(graph: Database, asked: tuple[Any, ...], clocks: Clocks) -> Paths:
    start, end, via, ws, ordered = asked
    return paths_at(graph, start, end, clocks, via=via, ws=ws, ordered=ordered, k=5)


def _past(found: History) -> Any:
    return found.key, found.name, found.rows, found.end


def _causes(graph: Database, event: str, clocks: Clocks) -> Any:
    """Both ways."""
    both = [causation_at(graph, event, direction, clocks) for direction in Direction]
    return [(found.links, found.truncated, found.events) for found in both]


def computed(court: Court) -> dict[How, dict[str, float]]:
    """Boards that only the graph computes, now, by what is asked for."""
    graph, now = court.graph, epoch_ms(court.now)
    found = {
        How(formula="hacker_news"): trending_as_story(graph, "hacker_news", now, limit=1_000),
        How(weigh="origins"): trending_by_origins(graph, now, limit=1_000, half_life="30d"),
    }
    for name in ("Norway", "Varna", "Kenya"):
        try:
            found[How(key_of(name, "place"))] = trending_within(
                graph, key_of(name, "place"), now, limit=1_000, half_life="30d"
            )
        except NotFound:
            continue
    return {how: _scores(board) for how, board in found.items()}


OTHER_ORDERS = {"risk": BoardOrder.AVERAGE, "sanctions": BoardOrder.MENTIONS}


def ordered(court: Court) -> dict[str, dict[str, float]]:
    """What boards in another order than that of their scores rank by, now."""
    now = epoch_ms(court.now)
    return {
        metric: _values(trending(court.graph, None, now, metric=metric, order=order, limit=200, as_of=now))
        for metric, order in OTHER_ORDERS.items()
    }


def lies(court: Court) -> dict[str, Any]:
    """Of all places and dates, and of one that is neither, once the hierarchy is up to date."""
    follow(court.graph)
    rows = [*hierarchy.places(court.graph), *hierarchy.moments(court.graph)]
    return {key: up_and_down(court.graph, key, Clocks()) for key in (*(row.key for row in rows), known(court)[0])}


def up_and_down(graph: Database, key: str, clocks: Clocks) -> Any:
    return ancestors_at(graph, key, clocks), descendants_at(graph, key, clocks, depth=3, limit=200)


def listed_of(court: Court, clocks: Clocks) -> dict[tuple[Order | None, str | None], list[Any]]:
    """The list in each of its orders, of all and of one kind, page after page."""
    asked = [(order, kind) for order in (*Order, None) for kind in (None, "person")]
    return {(order, kind): [_listed(row) for row in _pages(court, clocks, order, kind)] for order, kind in asked}


def _pages(court: Court, clocks: Clocks, order: Order | None, kind: str | None, limit: int = 40) -> list[EntityRow]:
    rows: list[EntityRow] = []
    if order is None:
        now, offset = epoch_ms(court.now), 0
        while True:
            part: dict[str, Any] = {"kind": kind or ALL, "limit": limit, "offset": offset}
            if clocks.past:
                page = entities_by_score_then(court.graph, now, clocks, **part)
            else:
                page = entities_by_score(court.graph, None, now, **part)
            rows += page.rows
            if page.next_offset is None:
                return rows
            offset = page.next_offset
    after: tuple[Any, str] | None = None
    while True:
        page = entity_list_at(court.graph, clocks, order, kind=kind, after=after, limit=limit)
        rows += page.rows
        if not page.more:
            return rows
        last = page.rows[-1]
        values = {Order.MENTION_COUNT: last.mentions, Order.LAST_SEEN: last.last_seen, Order.NAME: last.name}
        after = values[order], last.key


def _listed(row: EntityRow) -> tuple[Any, ...]:
    score = None if row.trending_score is None else round(row.trending_score, 9)
    return row.key, row.name, row.kind, row.mentions, row.first_seen, row.last_seen, row.roles, row.ws, score


def _values(board: Trending) -> dict[str, float]:
    values = {row.entity_id: row.mention_count if row.average is None else row.average for row in board.rows}
    assert list(values.values()) == sorted(values.values(), reverse=True)
    return values


def searched(court: Court) -> dict[tuple[str, Filters], set[str]]:
    """Who is found now, by what is asked for."""
    year = {"since": datetime(2025, 4, 1, tzinfo=UTC), "until": datetime(2025, 9, 1, tzinfo=UTC)}
    kinds = [Filters(kind=kind) for kind in ("person", "organization")]
    filters = [Filters(), *kinds, Filters(**year), Filters(place=key_of("Norway", "place"))]
    asked = [(text, one) for text in ("Farouk", "Selwyn", "a") for one in filters]
    return {(text, one): who_is_found(court.graph, text, one, Clocks()) for text, one in asked}


def saying(court: Court) -> dict[str, list[str]]:
    """Events whose titles hold words, now."""
    asked = ("corrected at", "tells what", "n0")
    return {text: [row.id for row in event_list(court.graph, text=text, limit=100).rows] for text in asked}


def who_is_found(graph: Database, text: str, filters: Filters, clocks: Clocks) -> set[str]:
    """Keys of all who are found."""
    hits = find_at(graph, text, text.casefold(), clocks, filters=filters, limit=200)
    assert not hits.cut
    return {hit.row.key for hit in hits.rows}


def _scores(board: Trending) -> dict[str, float]:
    return {row.entity_id: row.trending_score for row in board.rows}


def _event(found: Any) -> Any:
    mentions = sorted(
        (one.id, one.w, one.alias, one.entity, one.name, one.kind, one.role or "") for one in found.mentions
    )
    versions = [(row.version, row.title) for row in found.versions]
    neighbours = sorted((one.type, one.id) for one in found.relations)
    return found.row.id, found.row.version, found.row.title, mentions, versions, neighbours


def a_life(court: Court, seed: int, steps: int, asked: int = 6) -> list[Seen]:
    """Ingests, merges, splits and what takes them back, at random; answers what was seen between the steps."""
    chance = random.Random(seed)
    news = lands() + some_news(seed, 9 * steps)
    for event in news:
        _tell_more(event, chance)
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


def lands() -> list[dict[str, Any]]:
    """What lies in what, told of places once and long ago, so that no later telling replaces it."""
    return [
        told("l1", "1970-01-01", where=[named("Norway", "country"), named("Varna", "city", path=["Norway", "Varna"])]),
        told("l2", "1970-01-02", where=[named("Oruro", "city", country="Kenya"), named("Kenya", "country")]),
    ]


def _tell_more(event: dict[str, Any], chance: random.Random) -> None:
    """Some are told by several papers, and some say that one place lies in another."""
    if chance.random() < 0.4:
        papers = [f"Paper {n}" for n in range(chance.randint(2, 4))]
        event["sources"] = [
            {"name": paper, "url": f"https://p{n}.example/{chance.random()}"} for n, paper in enumerate(papers)
        ]
    if chance.random() < 0.2:
        inner, outer = chance.sample(("Nepal", "Chile", "Norway", "Varna"), 2)
        event["relationships"] = [{"subject": inner, "predicate": "located_in", "object": outer}]


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
        for kind, ranked in one.kinds.items():
            which = Which("mentions", kind, "7d")
            board = board_then(court.graph, which, epoch_ms(court.now), clocks, limit=200, offset=0)
            assert [row.entity_id for row in board.rows] == [key for key, _ in ranked] or _ties(board, ranked)
            assert [row.trending_score for row in board.rows] == pytest.approx([score for _, score in ranked], rel=1e-9)
        for how, scores in one.boards.items():
            decay = Which("mentions", "all", "30d")
            again = board_then(court.graph, decay, epoch_ms(court.now), clocks, limit=1_000, offset=0, how=how)
            assert _scores(again) == pytest.approx(scores, rel=1e-9), (how, one.at)
            ordered = [row.trending_score for row in again.rows]
            assert ordered == sorted(ordered, reverse=True)
        for metric, values in one.orders.items():
            asked_in = {"limit": 200, "offset": 0, "order": OTHER_ORDERS[metric]}
            again = board_then(court.graph, Which(metric), epoch_ms(court.now), clocks, **asked_in)
            assert _values(again) == pytest.approx(values, rel=1e-9), (metric, one.at)
        for key, way in one.lying.items():
            assert up_and_down(court.graph, key, clocks) == way, (key, one.at)
        for (since, until), before in one.drawn.items():
            assert view_then(court.graph, [*one.entities], clocks, since=since, until=until) == before, one.at
        for asked_for, rows in listed_of(court, clocks).items():
            # Equal scores may be summed up in another order, and stand in it.
            order = list if asked_for[0] else sorted
            assert order(rows) == order(one.lists[asked_for]), (asked_for, one.at)
        for (text, filters), keys in one.searches.items():
            assert who_is_found(court.graph, text, filters, clocks) == keys, (text, filters, one.at)
        for text, ids in one.told.items():
            page = event_list_at(court.graph, Clocks(None, one.at, one.at), text=text, limit=100)
            assert [row.id for row in page.rows] == ids and not page.cut, (text, one.at)
        page = event_list_then(court.graph, Clocks(None, one.at, one.at), limit=100)
        listed, told_of = one.events
        assert [(row.id, row.version, row.title, row.ts) for row in page.rows] == listed
        asked_again = [_event(event_then(court.graph, row.id, Clocks(None, one.at, one.at))) for row in page.rows[:10]]
        asked_again += [_causes(court.graph, row.id, clocks) for row in page.rows[:4]]
        assert asked_again == told_of


def _ties(board: Any, ranked: list[tuple[str, float]]) -> bool:
    """Whether the same entities stand there, in another order of equal scores."""
    return dict(ranked).keys() == {row.entity_id for row in board.rows}


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
    for text, ids in (("WHAT tells", ["e2", "e1"]), ("e1", ["e1"]), ("corrected", []), ("tel", [])):
        assert [row.id for row in event_list_at(graph, Clocks(known_at=first), text=text).rows] == ids
    assert [row.id for row in event_list_at(graph, Clocks(known_at=court.now), text="corrected").rows] == ["e1"]
    with_cy = event_list_at(graph, Clocks(known_at=first), text="tells", mentions=[(W.WHO, cy)])
    assert [row.id for row in with_cy.rows] == ["e1"]
    page = event_list_at(graph, Clocks(known_at=first), text="tells", limit=1)
    rest = event_list_at(graph, Clocks(known_at=first), text="tells", after=(page.rows[0].ts or 0, page.rows[0].id))
    assert page.more and [row.id for row in rest.rows] == ["e1"]
    with pytest.raises(InvalidInput):
        event_list_at(graph, Clocks(known_at=first), text="...")
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


def test_a_past_graph_says_where_not_all_was_looked_at(graph: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    court = Court(graph)
    ann, bob, cy = (key_of(name) for name in ("Ann", "Bob", "Cy"))
    both = [person("Ann"), person("Bob")]
    court.take(*(told(f"e{n}", f"2025-01-{n + 1:02}", who=both) for n in range(5)))
    court.take(told("last", "2025-02-01", who=[person("Cy"), person("Ann")], where=[named("Oslo", "city")]))
    first = court.now
    clocks, keys = Clocks(first, first, first), [bob, ann, cy, ann, "0" * 64]
    seen = {}
    for most in (3, 50):
        monkeypatch.setattr(viewing, "FEWEST", most)
        monkeypatch.setattr(viewing, "MANY", most)
        seen[most] = view(graph, keys)
    told_of = [(edge.source, edge.target, edge.n, edge.at_least) for edge in seen[3].edges]
    assert sorted(told_of) == sorted([(*sorted((ann, bob)), 3, True), (*sorted((ann, cy)), 1, False)])
    court.now += STEP
    court.merge(bob, cy)
    court.take(told("e4", "2025-03-01", who=[person("Dina")]), told("more", "2025-04-01", who=both))
    court.now += STEP
    for most, before in seen.items():
        monkeypatch.setattr(viewing, "FEWEST", most)
        monkeypatch.setattr(viewing, "MANY", most)
        assert view_then(graph, keys, clocks) == before
        assert len(view_then(graph, keys, Clocks(known_at=first)).nodes) == 2
    with pytest.raises(InvalidInput):
        view_then(graph, [f"{n:064}" for n in range(viewing.MOST + 1)], clocks)


def test_computed_boards_are_of_then(graph: Database, redis_client: Redis) -> None:
    """Places, origins, news sites' formulas, who rises, why and since when, while single mentions, reports and what
    lies where come and go."""
    court = Court(graph, redis_client)
    ann, bob, oslo, norway = key_of("Ann"), key_of("Bob"), key_of("Oslo", "place"), key_of("Norway", "place")
    titles = ("Crane falls on grain ship", "Dockers had warned of cables", "Wheat goes up by two per cent")
    paper = [{"name": f"Paper {n}", "url": f"https://p{n}.example/a", "title": title} for n, title in enumerate(titles)]
    court.take(
        told("e1", "2026-01-03", who=[person("Ann")], where=[named("Oslo", "city")], sources=paper[:1]),
        told("e2", "2026-01-05", who=[person("Ann"), person("Bob")], where=[named("Norway", "country")]),
        told("e3", "2026-01-09", who=[person("Bob")], where=[named("Oslo", "city")]),
    )
    seen: list[tuple[datetime, dict[How, dict[str, float]], dict[str, Any]]] = []
    reasons: list[tuple[Any, ...]] = []

    def look() -> None:
        at, now = court.now, epoch_ms(court.now)
        boards = {How(key): trending_within(graph, key, now, half_life="30d") for key in (norway, oslo)} | {
            How(weigh="origins"): trending_by_origins(graph, now, half_life="30d"),
            How(formula="reddit_hot"): trending_as_story(graph, "reddit_hot", now),
        }
        rows = with_origins(graph, trending_by_origins(graph, now, half_life="30d"))
        seen.append((at, {how: _scores(board) for how, board in boards.items()}, _origins(rows)))
        stood = rank(graph, None, bob, now, half_life="7d", why=True, history=9)
        reasons.append((_stood(stood), _rising(rising(graph, None, now, least=-99.0))))
        court.now += STEP

    court.projections.catch_up()
    snapshot_ranks(graph, court.boards, epoch_ms(court.now))
    look()
    court.take(told("e1", "2026-01-03", who=[person("Ann")], where=[named("Oslo", "city")], sources=paper))
    look()
    lies = [{"subject": "Oslo", "predicate": "located_in", "object": "Norway"}]
    court.take(told("e4", "2026-01-10", where=[named("Oslo"), named("Norway")], relationships=lies))
    look()
    mentions = {one.entity: one.id for one in event_detail(graph, "e3").mentions}
    parted = [court.split_mentions(("e3", mentions[key])) for key in (oslo, bob)]
    look()
    court.undo(parted[0])
    court.merge(ann, bob)
    look()
    court.now += timedelta(days=1)
    court.projections.catch_up()
    snapshot_ranks(graph, court.boards, epoch_ms(court.now))
    assert [sorted(boards[How(norway)]) for _, boards, _ in seen][1:3] == [sorted({ann, bob}), sorted({ann, bob, oslo})]
    weights = [boards[How(weigh="origins")][ann] for _, boards, _ in seen]
    assert weights[1] > weights[0] and seen[1][2][ann] == (3, 3, False)
    assert len({frozenset(boards[How(oslo)]) for _, boards, _ in seen}) > 2
    for (at, _, _), (stood, rose) in zip(seen, reasons, strict=True):
        clocks = Clocks(at, at, at)
        again = rank_then(graph, bob, Which(), epoch_ms(court.now), clocks, why=True, history=9)
        assert _stood(again) == stood and stood[-2], at
        assert _rising(rising_then(graph, epoch_ms(court.now), clocks, least=-99.0)) == rose, at
    now = epoch_ms(court.now)
    assert len(rank_then(graph, ann, Which(), now, Clocks(identity_at=court.now), history=9).history or ()) == 2
    with pytest.raises(InvalidInput):
        rank_then(graph, ann, Which("risk"), now, Clocks(identity_at=court.now), history=9)
    for at, boards, rows in seen:
        clocks, which = Clocks(at, at, at), Which("mentions", "all", "30d")
        for how, scores in boards.items():
            again = board_then(graph, which, epoch_ms(court.now), clocks, limit=50, offset=0, how=how)
            assert _scores(again) == pytest.approx(scores, rel=1e-9), (how, at)
        how = How(weigh="origins")
        told_of = board_then(graph, which, 0, clocks, limit=50, offset=0, how=how, origins=True)
        assert _origins(told_of) == rows, at
    with pytest.raises(NotFound):
        board_then(graph, Which(), 0, Clocks(known_at=NOW), limit=5, offset=0, how=How("0" * 64))


def _stood(found: Rank) -> tuple[Any, ...]:
    """A place with its reasons, numbers rounded as sums in another order may differ."""
    why = found.why
    assert why is not None
    events = [replace(one, contribution=round(one.contribution, 9), share=round(one.share, 9)) for one in why.events]
    movers = [(one.key, one.name, round(one.share, 9), one.events) for one in why.co_movers]
    score = round(found.trending_score, 9)
    return found.entity_id, found.rank, score, found.total, why.weighed, movers, events, found.history


def _rising(found: Rising) -> list[tuple[Any, ...]]:
    return sorted(
        (row.entity_id, row.name, *(round(value, 9) for value in (row.short, row.long, row.z, row.p)), row.mentions)
        for row in found.rows
    )


def _origins(board: Trending) -> dict[str, Any]:
    return {row.entity_id: (row.sources, row.independent_origins, row.at_least) for row in board.rows}


def test_a_search_keeps_to_what_was_known_then_of_place_point_and_period(graph: Database) -> None:
    court = Court(graph)
    ann, anna = key_of("Ann Abernathy"), key_of("Anna Abernathy")
    at_oslo = {"who": [person("Ann Abernathy")], "where": [named("Oslo", "city")]}
    court.take(told("e1", "2025-03-01", **at_oslo), told("e2", "2025-06-01", who=[person("Anna Abernathy")]))
    court.take(told("e3", "2025-01-01", where=[named("Norway", "country")]))
    first, before = court.now, search_at(graph, "Ann", "ann", Clocks())
    assert {row.key for row in before} == {ann, anna}
    court.now += STEP
    court.merge(ann, anna)
    court.take(told("e1", "2025-03-01", who=[person("Cy Castellan")], where=[named("Oslo", "city")]))
    placed = named("Oslo", "city", country="Norway", coordinates=[59.9, 10.7])
    court.take(told("e4", "2025-07-01", who=[person("Anna Abernathy")], where=[placed]))
    then, known = Clocks(None, first, first), Clocks(known_at=first)
    oslo, norway = key_of("Oslo", "place"), key_of("Norway", "place")
    assert who_is_found(graph, "Ann", Filters(), then) == {ann, anna}
    assert [row.key for row in search_at(graph, "Ann", "ann", then)] == [row.key for row in before]
    assert [row.key for row in search_at(graph, "Abernathy", "abernathy", then, kind="city")] == []
    assert [row.key for row in search_at(graph, "Abernathy", "abernathy", known)] == [ann]
    assert who_is_found(graph, "Ann", Filters(), known) == {ann}
    assert who_is_found(graph, "Ann", Filters(place=oslo), then) == {ann}
    assert who_is_found(graph, "Ann", Filters(place=norway), then) == set()
    assert who_is_found(graph, "Ann", Filters(place=norway), Clocks(known_at=court.now)) == {ann}
    until = Filters(until=datetime(2025, 4, 1, tzinfo=UTC))
    assert who_is_found(graph, "Ann", until, then) == {ann}
    assert who_is_found(graph, "Ann", until, Clocks(known_at=court.now)) == set()
    assert who_is_found(graph, "Cy", Filters(), then) == set()
    for clocks, near in ((known, set[str]()), (Clocks(known_at=court.now), {oslo}), (Clocks(), {oslo})):
        assert who_is_found(graph, "Oslo", Filters(near=Near(59.0, 10.0, 200)), clocks) == near
    assert who_is_found(graph, "Oslo", Filters(near=Near(59.0, 10.0, 50)), Clocks(known_at=court.now)) == set()
    with pytest.raises(NotFound):
        find_at(graph, "Ann", "ann", then, filters=Filters(place="0" * 64), limit=5)


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
    # Nothing of a log happens before it is written.
    for at in (before.known_at, court.now):
        assert history_at(graph, cy, Clocks(as_of=at)).rows == history_at(graph, cy, Clocks(known_at=at)).rows


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop: U.S. grain, 3.5 t", ["don't", "stop", "u.s", "grain", "3.5", "t"]),
        ("新华社 said Ünïted-Nations", ["新", "华", "社", "said", "ünïted", "nations"]),
    ],
)
def test_words_of_then_are_cut_as_the_index_cuts_them(graph: Database, text: str, words: list[str]) -> None:
    court = Court(graph)
    court.take({**told("e1", "2025-03-01"), "title": text})
    first = court.now
    court.now += STEP
    assert cut(text) == words
    asked = [*words, *(word[:-1] for word in words if len(word) > 1), text]
    now = {word: [row.id for row in event_list(graph, text=word).rows] for word in asked}
    assert all(now[word] for word in words)
    court.take({**told("e1", "2025-03-01"), "title": "another"})
    for word, ids in now.items():
        assert [row.id for row in event_list_at(graph, Clocks(known_at=first), text=word).rows] == ids, word


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
