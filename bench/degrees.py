"""Reads of a hub of 50,000 mentions beside those of an entity of 1,000, and beside a bare look-up of one node; places
up to their continent. Db hits do not know the machine's load; times are of all in turn.
"""

import random
from collections.abc import Callable, Iterator

import orjson

from api.settings import Settings
from api.wiring import Clients, open_clients, prepare
from bench.figures import Figure, in_turn, share, spread
from bench.profiled import Profiled
from bench.statements import raw
from bench.world import lines
from graph.database import Database, Row
from graph.embedded import start
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.co_mentions import co_mentions
from graph.reading.entities import entity_detail
from graph.reading.hierarchy import ancestors
from graph.reading.neighbourhood import neighbourhood
from graph.reading.timeline import entity_timeline
from graph.reading.via import co_mentions_via
from graph.trending import rank, trending
from ingest import hierarchy

HUB, MIDDLE = "Quorvane Treskild", "Ildrova Marenfeld"
DEGREE, SMALL = 50_000, 1_000
SEED = 61
CONTINENT = "Quelvarandia"
WIDTH = (3, 5, 8, 10)
"""Places in each of one: countries of the continent, regions, counties, towns."""
_SYLLABLES = "ba de fi go ka lu mo na pe ri sa tu vo xi ze bren dor mir sol quin lar ven osk ilm".split()
TIMES, ROUNDS = 300, 3
_EVERY = 10**9
"""A budget that no count reaches: so all is counted live."""


def measure(settings: Settings) -> list[Figure]:
    """Rows of the table, on stores of their own."""
    with start(settings.embedded(), owned=True), open_clients(settings) as clients:
        prepare(clients)
        clients.pipeline.ingest(enumerate(_events(), 1))
        places = list(_places())
        clients.pipeline.ingest(enumerate(places, 1))
        clients.projections.catch_up()
        hierarchy.follow(clients.database)
        names = (HUB, MIDDLE, orjson.loads(places[-1])["where"][0]["name"])
        hub, middle, town = (_key(clients, name) for name in names)
        return [*_hits(clients, hub, middle), *_times(clients, hub, town)]


def _events() -> Iterator[bytes]:
    """One of the two is in each event; the small one in every fifty-first."""
    for number, line in enumerate(lines(DEGREE + SMALL, seed=SEED)):
        record = orjson.loads(line)
        record["who"][0]["name"] = HUB if number % (DEGREE // SMALL + 1) else MIDDLE
        yield orjson.dumps(record)


def _places() -> Iterator[bytes]:
    """One event in each place of a continent, from the top down, with the way to it; the last is in a town."""
    first = orjson.loads(next(lines(1, seed=SEED + 1)))
    chance = random.Random(SEED)
    level = [[CONTINENT]]
    for width in (*WIDTH, 0):
        for path in level:
            place = {"name": path[-1], "kind": "region", "path": path}
            yield orjson.dumps({**first, "id": f"place-{'-'.join(path)}", "where": [place]})
        level = [[*path, _made(chance)] for path in level for _ in range(width)]


def _made(chance: random.Random) -> str:
    """A name of five syllables: no two are alike."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(5)).title()


def _key(clients: Clients, name: str) -> str:
    return clients.database.read(raw("key_of_name"), {"name": name})[0]["key"]


def _hits(clients: Clients, hub: str, middle: str) -> list[Figure]:
    """By PROFILE, of all statements that a read is made of."""
    beside = {key: co_mentions(clients.database, key, limit=1).rows[0].key for key in (hub, middle)}
    reads: dict[str, Callable[[Database, str], object]] = {
        "timeline 100": entity_timeline,
        "co-mentions 10": co_mentions,
        "A through B": lambda graph, key: co_mentions_via(graph, beside[key], key),
        "ego of 2 rings": lambda graph, key: neighbourhood(graph, key, depth=2),
    }
    profiled = Profiled(clients.database)
    figures: list[Figure] = []
    for name, read in reads.items():
        of_hub, of_middle = (profiled.of(lambda graph, key=key, read=read: read(graph, key)) for key in (hub, middle))
        figures.append(Figure(f"{name}, degree {DEGREE:,} / {SMALL:,}", of_hub, of_middle, "db hits", "<= 1.2"))
    return figures


def _times(clients: Clients, hub: str, town: str) -> list[Figure]:
    graph, now = clients.database.impatient(), epoch_ms(clients.clock())
    lookup = raw("point_lookup")
    sides: dict[str, Callable[[], object]] = {
        "look-up": lambda: graph.read(lookup, {"key": hub}),
        "timeline 100": lambda: entity_timeline(graph, hub),
        "timeline 20": lambda: entity_timeline(graph, hub, limit=20),
        "entity": lambda: entity_detail(graph, hub),
        "rank": lambda: rank(graph, clients.boards, hub, now),
        "board 50": lambda: trending(graph, clients.boards, now),
        "co-mentions 10": lambda: co_mentions(graph, hub),
        "ancestors": lambda: ancestors(graph, town),
    }
    assert len(ancestors(graph, town).rows) == len(WIDTH)
    taken = in_turn(sides, TIMES, ROUNDS)
    middle, late = ({name: share(lists, part) for name, lists in taken.items()} for part in (0.5, 0.99))
    figures: list[Figure] = []
    for name in list(sides)[1:-1]:
        by_round = spread([share([one], 0.99) for one in taken[name]])
        label = f"{name}, degree {DEGREE:,} / point look-up"
        figures += [
            Figure(label, late[name], late["look-up"], "ms p99", "<= 3", spread=by_round),
            Figure(label, middle[name], middle["look-up"], "ms p50"),
        ]
    by_round = spread([share([one], 0.5) for one in taken["ancestors"]])
    up = Figure("ancestors of a town, at the driver", middle["ancestors"], None, "ms p50", "<= 1.25", spread=by_round)
    figures.append(up)
    live: Row = {"keys": [hub], "limit": 10, "kind": None, "budget": _EVERY}
    counted: dict[str, Callable[[], object]] = {
        "live": lambda: graph.read(statement("read/co_mentions_live"), live, timeout=60),
        "co-mentions 10": lambda: graph.read(raw("naive_co_mentions"), {"key": hub, "limit": 10}, timeout=60),
        "timeline 100": lambda: graph.read(raw("naive_timeline"), {"key": hub, "limit": 100}, timeout=60),
    }
    slow = {name: share(lists, 0.5) for name, lists in in_turn(counted, 3).items()}
    figures.append(Figure("counting co-mentions live / kept", slow["live"], middle["co-mentions 10"], "ms", ">= 50"))
    return figures + [
        Figure(f"{name}, degree {DEGREE:,} / naive Cypher", middle[name], None, "ms p50", "", slow[name])
        for name in ("timeline 100", "co-mentions 10")
    ]
