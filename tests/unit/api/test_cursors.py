"""A cursor goes on where a page ended, and is nothing else."""

import pytest

from api.cursors import Cursors
from graph.errors import InvalidInput

CURSORS = Cursors(b"0123456789abcdef")
PLACE = [1538481600000, "e1", "сегодня/../🙂"]


def test_gives_back_the_place() -> None:
    cursor = CURSORS.make("/api/x", {"kind": None}, PLACE)
    assert CURSORS.read("/api/x", {"kind": None}, cursor) == PLACE


def test_every_changed_character_is_noticed() -> None:
    cursor = CURSORS.make("/api/x", {}, PLACE)
    for at, character in enumerate(cursor[:-1]):
        changed = cursor[:at] + ("A" if character != "A" else "B") + cursor[at + 1 :]
        with pytest.raises(InvalidInput):
            CURSORS.read("/api/x", {}, changed)


@pytest.mark.parametrize("cursor", ["", "A", "====", "é", "0" * 2_000, "not a cursor", "\x00"])
def test_garbage_is_invalid_input(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        CURSORS.read("/api/x", {}, cursor)


def test_another_list_other_filters_and_another_secret_refuse_it() -> None:
    cursor = CURSORS.make("/api/x", {"kind": "person"}, PLACE)
    for cursors, door, filters in (
        (CURSORS, "/api/y", {"kind": "person"}),
        (CURSORS, "/api/x", {"kind": "city"}),
        (Cursors(b"another secret of tests"), "/api/x", {"kind": "person"}),
    ):
        with pytest.raises(InvalidInput):
            cursors.read(door, filters, cursor)


def test_short_secret_is_refused() -> None:
    with pytest.raises(InvalidInput):
        Cursors(b"short")
