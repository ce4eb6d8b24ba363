"""The k cheapest paths are those that trying every path finds."""

import itertools
import math
import random

import pytest

from graph.reading.shortest import Link, Links, Wanted, shortest


def some_links(seed: int, nodes: int = 9, edges: int = 18) -> Links:
    """A seeded small graph; events of a link have seeded times."""
    chance = random.Random(seed)
    links = Links({str(n): chance.choice((1, 10, 1_000)) for n in range(nodes)})
    for _ in range(edges):
        a, b = chance.sample(range(nodes), 2)
        times = sorted((chance.randrange(10) for _ in range(chance.randint(1, 3))), reverse=True)
        links.add(str(a), str(b), Link(len(times), [(ts, f"{a}-{b}-{ts}") for ts in times]))
    return links


def fits(links: Links, keys: tuple[str, ...], ordered: bool) -> bool:
    at = -1
    for a, b in itertools.pairwise(keys):
        link = links.of.get(a, {}).get(b)
        if link is None:
            return False
        later = [ts for ts, _ in link.events if ts >= at]
        if ordered and not later:
            return False
        at = min(later) if ordered else at
    return True


def tried(links: Links, wanted: Wanted) -> list[float]:
    """Costs of all paths, by trying them."""
    others = [key for key in links.mentions if key not in (wanted.start, wanted.end)]
    found: list[float] = []
    for steps in range(1, wanted.hops + 1):
        for middle in itertools.permutations(others, steps - 1):
            keys = (wanted.start, *middle, wanted.end)
            if (wanted.via is None or wanted.via in middle) and fits(links, keys, wanted.ordered):
                found.append(steps + sum(math.log10(1 + links.mentions[key]) for key in middle))
    return sorted(found)[: wanted.k]


@pytest.mark.parametrize("seed", range(40))
def test_as_many_as_wanted_and_none_is_dearer_than_it_must_be(seed: int) -> None:
    links = some_links(seed)
    for via, ordered, hops in itertools.product((None, "2"), (False, True), (1, 2, 3, 4)):
        wanted = Wanted("0", "1", via, k=3, hops=hops, ordered=ordered)
        ways, cut = shortest(links, wanted)
        assert not cut
        assert [way.cost for way in ways] == pytest.approx(tried(links, wanted)), wanted
        assert len({way.keys for way in ways}) == len(ways)
        assert all(fits(links, way.keys, ordered) and len(way.keys) <= hops + 1 for way in ways)


def test_of_two_links_the_one_that_tells_more_is_kept() -> None:
    links = Links()
    links.add("a", "b", Link(3, [(1, "x")]))
    links.add("b", "a", Link(2, [(2, "y")]))
    assert links.of["a"]["b"].n == links.of["b"]["a"].n == 3
