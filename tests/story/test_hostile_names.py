"""Two thousand hostile names through the front door: none fails the service, none makes two people one."""

import json
import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import httpx2
import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.trending import Boards
from tests.story.test_api import served

PEOPLE = [
    *("Anna Keller", "Boris Malinov", "Carla Esposito", "Dmitri Wolkow", "Elena Marquez", "Farid Hosseini"),
    *("Greta Lindqvist", "Hamza Benali", "Ines Carvalho", "Jakub Nowicki", "Kenji Watanabe", "Leila Haddad"),
    *("Mateo Quispe", "Nadia Petrova", "Oskar Bergmann", "Priya Raman", "Quentin Leroux", "Rosa Villanueva"),
    *("Stefan Dragomir", "Tamara Ivanishvili"),
]
BIDI = "‎‏‪‫‬‭‮⁦⁧⁨⁩"
HIDDEN = "​‌‍⁠﻿­͏︀️ᅟㅤ"
LOOKALIKES = str.maketrans("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ")  # Latin letters as Cyrillic ones
FULL = {ord(c): chr(ord(c) + 0xFEE0) for c in map(chr, range(0x21, 0x7F))}
BOLD = {ord(c): chr(0x1D400 + ord(c) - 65) for c in map(chr, range(65, 91))} | {
    ord(c): chr(0x1D41A + ord(c) - 97) for c in map(chr, range(97, 123))
}
NUMBER = 2_000


def strewn(chance: random.Random, name: str, among: str, many: int = 6) -> str:
    letters = list(name)
    for _ in range(chance.randint(1, many)):
        letters.insert(chance.randint(0, len(letters)), chance.choice(among))
    return "".join(letters)


def zalgo(chance: random.Random, name: str) -> str:
    return "".join(c + "".join(chr(chance.randint(0x300, 0x36F)) for _ in range(chance.randint(0, 30))) for c in name)


VARIANTS: list[Callable[[random.Random, str], str]] = [
    lambda chance, name: strewn(chance, name, BIDI),
    lambda chance, name: strewn(chance, name, HIDDEN),
    lambda chance, name: strewn(chance, name, BIDI + HIDDEN, 40),
    lambda chance, name: "".join(c.translate(LOOKALIKES) if chance.random() < 0.5 else c for c in name),
    lambda _, name: name.translate(FULL),
    lambda _, name: name.translate(BOLD),
    lambda _, name: unicodedata.normalize("NFKD", name),
    zalgo,
    lambda chance, name: strewn(chance, name, "\0\x01\x08\x1b\x7f", 2),
    lambda chance, name: strewn(chance, name, "\ud800\udfff", 2),
    lambda chance, name: name + " " + "ﷺ" * chance.randint(1, 500),
    lambda chance, name: name + "x" * chance.choice((190, 5_000, 20_000)),
    lambda _, name: "‮" + name[::-1],
    lambda chance, name: chance.choice(("=", "+", "-", "@", "\t", "`", "\\u0060", "<script>")) + name,
]
NOTHING = [
    *("", " ", "​", "‮", "́", "͏", "ㅤ", "...", "---", "'", '"', "\\", "`", "``", "\\u0060", "´", "（）", "🏳️‍🌈", "👨‍👩‍👧‍👦"),
    *("İ", "ı", "ß", "ſ", "K", "Å", "ﬃ", "㎏", "①", "½", "٣", "۳", "𝟘", "ﷺ", "ﷺ" * 300, "̀" * 500, "a" + "̀" * 5_000),
    *(
        "null",
        "None",
        "undefined",
        "NaN",
        "true",
        "0",
        "-1",
        "__proto__",
        "constructor",
        "${x}",
        "{{7*7}}",
        "%s%n",
        "../..",
    ),
    *(
        "');MATCH (n) DETACH DELETE n//",
        "*",
        "(((",
        "AND OR NOT",
        "name:*",
        "~",
        "^",
        "\r\nFLUSHALL\r\n",
        "\ud83d",
        "\x00",
    ),
    "x" * 1_000_000,
]


def hostile() -> Iterator[tuple[str | None, str]]:
    """Names with the person that each is a form of; None for what is nobody's."""
    chance = random.Random(13)
    yield from ((name, name) for name in PEOPLE)
    yield from ((None, text) for text in NOTHING)
    while True:
        person = chance.choice(PEOPLE)
        yield person, chance.choice(VARIANTS)(chance, person)


def told(number: int, name: str) -> dict[str, Any]:
    who = [{"name": name, "kind": "person"}]
    return {"id": f"hostile-{number}", "occurred_at": "2018-10-31", "title": "Somebody was seen", "who": who}


def post(api: httpx2.Client, body: Any) -> httpx2.Response:
    """Escaped, so that lone surrogates can be sent."""
    headers = {"content-type": "application/json"}
    return api.post("/api/events", content=json.dumps(body), headers=headers, timeout=120)


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


def test_no_name_fails_the_service_or_makes_two_people_one(api: httpx2.Client, driver: Driver) -> None:
    names = list(islice(hostile(), NUMBER))
    taken = set_aside = 0
    for start in range(0, NUMBER, 100):
        part = [told(start + n, name) for n, (_, name) in enumerate(names[start : start + 100])]
        long = [one for one in part if len(one["who"][0]["name"]) > 100_000]
        answer = post(api, [one for one in part if one not in long])
        assert answer.status_code in (200, 201), answer.text[:500]
        taken += answer.json()["events"]["new"]
        set_aside += answer.json()["rejected"]
        for one in long:
            alone = post(api, one)
            assert alone.status_code in (413, 422)
            set_aside += 1
    assert taken + set_aside == NUMBER
    assert taken > NUMBER / 2

    held: dict[str, set[str]] = defaultdict(set)
    with driver.session() as session:
        rows = session.run("MATCH (e:Event)-[:WHO]->(x:Entity) RETURN e.id AS event, x.key AS entity")
        for row in rows:
            person, name = names[int(row["event"].split("-")[1])]
            held[row["entity"]].add(person or f"nobody: {name}")
    wrong = [people for people in held.values() if len(people & set(PEOPLE)) > 1]
    assert wrong == []
    assert [people for people in held.values() if people & set(PEOPLE) and len(people) > 1] == []


def test_hostile_names_can_be_asked_for(api: httpx2.Client) -> None:
    for name in (name.encode("utf-8", "replace").decode() for _, name in islice(hostile(), 130) if len(name) < 300):
        for path in ("/api/entities", "/api/search"):
            assert api.get(path, params={"q": name}).status_code in (200, 422), (path, name)
