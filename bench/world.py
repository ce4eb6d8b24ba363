"""A seeded stream of events like the news: Zipf actors, a hub or two, a few mentions an event, days in order."""

import random
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import orjson

_SYLLABLES = "ba de fi go ka lu mo na pe ri sa tu vo xi ze tha bren dor mir sol quin lar ven osk ilm".split()
_START = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=60)
"""The stream ends about now, so that the boards are full."""


def lines(events: int, seed: int = 7, names: int = 12_000, first: int = 0) -> Iterator[bytes]:
    """`events` records in the 5-W shape, one JSON line each; the same seed and `first` give the same
    bytes on the same day."""
    chance = random.Random(seed)
    actors = [_name(chance) for _ in range(names)]
    places = [f"{_word(chance).title()}land" for _ in range(200)]
    heavy = list(accumulate(1 / (rank + 3) for rank in range(names)))
    near = list(accumulate(1 / (rank + 2) for rank in range(200)))
    chance = random.Random(f"{seed}/{first}")
    for n in range(first, first + events):
        day = (_START + timedelta(minutes=n)).date().isoformat()
        one, two = (actors[bisect(heavy, chance.random() * heavy[-1])] for _ in range(2))
        where = [{"name": places[bisect(near, chance.random() * near[-1])]} for _ in range(chance.randint(0, 2))]
        code = chance.randint(10, 200)
        yield orjson.dumps(
            {
                "id": f"bench-{seed}-{n}",
                "occurred_at": day,
                "title": f"{one} – does {code} to – {two}",
                "who": [
                    {"name": one, "type": "person", "role": "source"},
                    {"name": two, "type": "person", "role": "target"},
                ],
                "what": {"text": f"Deed {code}", "category": f"category {code % 20}", "code": str(code)},
                "where": where,
                "when": day,
                "source": {"name": "Bench", "url": f"https://bench.example/{n % 500}"},
            }
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4)))


def _name(chance: random.Random) -> str:
    return f"{_word(chance).title()} {_word(chance).title()}"
