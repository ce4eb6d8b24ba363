"""Entities are found by any name and key they have or had, and lists go on exactly where a page ended."""

import pytest

from graph.database import Database
from graph.errors import NotFound
from graph.reading.entities import EntityRow, Order, entity_detail, entity_list
from graph.reading.search import search
from tests.reading_world import DAY, NOON, Told, World, key_of


@pytest.fixture
def told(graph: Database) -> Database:
    World(graph).tell(
        [
            Told("e1", NOON, who=("Jamal Khashoggi", "Ali"), where=("Istanbul",)),
            Told("e2", NOON + DAY, who=("Jamal Khashoggi", "Jamal Benomar"), where=("Istanbul",)),
            Told("e3", NOON + 2 * DAY, who=("Jamal Khashoggi", "北京大学", "Владимир Путин", "عبد الله")),
        ],
        {"Istanbul": "city", "北京大学": "organization"},
    )
    return graph


def names(rows: list[EntityRow]) -> list[str]:
    return [row.name for row in rows]


def test_unknown_key_is_not_found(graph: Database) -> None:
    with pytest.raises(NotFound):
        entity_detail(graph, "0" * 64)


def test_merged_entity_is_found_by_every_key_it_ever_had(told: Database) -> None:
    World(told).merge("Ali", "Jamal Benomar")
    by_old, by_new = entity_detail(told, key_of("Ali")), entity_detail(told, key_of("Jamal Benomar"))
    assert by_old == by_new
    assert by_new.row.key == key_of("Jamal Benomar")
    assert by_new.row.mentions == 2
    assert {alias.name for alias in by_new.aliases} == {"Ali", "Jamal Benomar"}
    assert by_new.alias_count == 2


@pytest.mark.parametrize(("kind", "rows"), [(None, 7), ("person", 5)])
@pytest.mark.parametrize("order", list(Order))
def test_pages_of_one_hold_what_one_page_holds(told: Database, order: Order, kind: str | None, rows: int) -> None:
    whole = entity_list(told, order, kind=kind, limit=50)
    assert not whole.more
    paged: list[EntityRow] = []
    after = None
    while True:
        page = entity_list(told, order, kind=kind, after=after, limit=1)
        paged += page.rows
        if not page.more:
            break
        last = page.rows[-1]
        value = {Order.MENTION_COUNT: last.mentions, Order.LAST_SEEN: last.last_seen, Order.NAME: last.name}[order]
        after = (value, last.key)
    assert paged == whole.rows
    assert len(whole.rows) == rows


def test_lists_are_ordered_and_keep_to_a_kind(told: Database) -> None:
    assert names(entity_list(told, limit=2).rows) == ["Jamal Khashoggi", "Istanbul"]
    assert names(entity_list(told, Order.NAME, kind="person", limit=2).rows) == ["Ali", "Jamal Benomar"]
    assert names(entity_list(told, Order.LAST_SEEN, kind="city").rows) == ["Istanbul"]
    assert entity_list(told, kind="facility").rows == []


def test_whole_name_comes_before_beginnings_and_those_by_mentions(told: Database) -> None:
    assert names(search(told, "jamal", "jamal")) == ["Jamal Khashoggi", "Jamal Benomar"]
    assert names(search(told, "jamal benomar", "jamal benomar"))[0] == "Jamal Benomar"
    assert names(search(told, "jamal", "jamal", kind="city")) == []


def test_words_are_found_in_any_order_and_script(told: Database) -> None:
    assert names(search(told, "Khashoggi Jamal", "")) == ["Jamal Khashoggi"]
    assert names(search(told, "北京", "")) == ["北京大学"]
    assert names(search(told, "путин", "")) == ["Владимир Путин"]
    assert names(search(told, "الله", "")) == ["عبد الله"]


def test_row_tells_which_alias_matched_and_stands_once(told: Database) -> None:
    World(told).merge("Ali", "Jamal Benomar")
    (row,) = search(told, "ali", "ali")
    assert (row.name, row.alias, row.alias_key) == ("Jamal Benomar", "Ali", key_of("Ali"))


HOSTILE = [
    "(((",
    '"',
    "\\",
    "a AND",
    "OR",
    "*",
    "?",
    "[a TO",
    "name:x",
    "/re/",
    "~2",
    "^",
    "!!! -x",
    "{",
    "🙂",
    "x" * 5_000,
]


@pytest.mark.parametrize("text", [*HOSTILE, " ".join(HOSTILE), "jamal " * 2_000, "", " "])
def test_no_text_is_an_error(told: Database, text: str) -> None:
    assert isinstance(search(told, text, ""), list)
