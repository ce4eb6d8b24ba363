"""`python -m bench.records 1000000 out.csv`: a table of people, some of them several times, as clerks write them."""

import argparse
import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from bench.many_names import Maker, written_otherwise
from graph.keys import Family

COLUMNS = ("id", "cluster", "full_name", "dob", "birth_place", "postcode", "occupation")
COPIES = (1, 2, 3, 4, 5, 8)
OFTEN = (50, 25, 12, 7, 4, 2)
MOST_TOWNS, TRADES = 4_000, 300
_FIRST_DAY = date(1900, 1, 1)
_DAYS = 36_000


def records(count: int, seed: int = 11) -> Iterator[dict[str, str]]:
    """`count` records in an order of chance; the same for the same seed."""
    chance = random.Random(seed)
    maker = Maker(seed, min(120_000, 20 * count))
    persons = (name for name, family in maker.names(count * 2) if family is Family.PERSON)
    many = min(MOST_TOWNS, max(50, count // 25))
    places = (name for name, family in Maker(seed + 1, 12_000).names(many * 30) if family is Family.PLACE)
    towns = list(islice(places, many))
    made: list[dict[str, str]] = []
    for number, name in enumerate(persons):
        if len(made) >= count:
            break
        town = int(abs(chance.gauss(0, 0.3)) * many) % many
        told = {
            "cluster": f"p{number}",
            "full_name": name,
            "dob": (_FIRST_DAY + timedelta(chance.randrange(_DAYS))).isoformat(),
            "birth_place": towns[town],
            "postcode": f"{town:04d}{chance.randrange(40):02d}",
            "occupation": f"trade {int(chance.paretovariate(1)) % TRADES}",
        }
        copies = chance.choices(COPIES, OFTEN)[0]
        made += [told, *(_otherwise(told, chance) for _ in range(copies - 1))]
    made = made[:count]
    chance.shuffle(made)
    for number, record in enumerate(made):
        yield {"id": f"r{number}", **record}


def _otherwise(told: dict[str, str], chance: random.Random) -> dict[str, str]:
    """The same person as another clerk writes it down: with slips, things left out, and moves."""
    record = dict(told)
    if chance.random() < 0.5:
        way = chance.choice(("typo", "order", "initial", "custom"))
        record["full_name"] = written_otherwise(told["full_name"], way, chance) or told["full_name"]
    if chance.random() < 0.2:
        at = chance.choice((2, 3, 6, 8, 9))
        record["dob"] = record["dob"][:at] + str(chance.randrange(10)) + record["dob"][at + 1 :]
    if chance.random() < 0.1:
        record["postcode"] = f"{chance.randrange(MOST_TOWNS):04d}{chance.randrange(40):02d}"
    for column in ("dob", "birth_place", "postcode", "occupation"):
        if chance.random() < 0.15:
            record[column] = ""
    return record


def main() -> None:
    """Writes the table."""
    asked = argparse.ArgumentParser(prog="python -m bench.records", description=__doc__)
    asked.add_argument("count", type=int)
    asked.add_argument("out", type=Path)
    given = asked.parse_args()
    with given.out.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(records(given.count))


if __name__ == "__main__":
    main()
