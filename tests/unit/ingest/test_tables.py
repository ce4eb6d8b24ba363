"""Tables as analysts make them: dialects, mappings, and what is wrong with them told by row or byte."""

from pathlib import Path
from typing import Any

import pytest

from graph.errors import InvalidInput
from ingest.mapping import Columns, from_file, inline, of_columns
from ingest.shapes import read
from ingest.tables import Table

HEADER = "title,occurred_at,who,where\n"


def rows(text: str | bytes, *options: str, columns: Columns | None = None) -> list[tuple[int, Any]]:
    data = text.encode() if isinstance(text, str) else text
    wanted = inline(options) if options else columns
    return list(Table(data.splitlines(keepends=True), wanted, "t.csv").header().records())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_dialect_is_told_from_the_header(delimiter: str, mark: str, end: str) -> None:
    text = mark + end.join(
        ['title,"occurred_at",who', '"A, B; C",2026-01-10,Ann Lee', '"two\nlines",2026,', ""]
    ).replace(",", delimiter).replace(f"A{delimiter} B; C", "A, B; C")
    found = rows(text)
    assert [(row, record["title"]) for row, record in found] == [(2, "A, B; C"), (3, "two\nlines")]
    assert read(found[0][1]).event.who[0].name == "Ann Lee"


def test_columns_that_are_called_as_fields_are_map_themselves() -> None:
    event = read(rows("Title,OCCURRED_AT,who,where,where.lat,where.lon,notes\nT,2026,A,P,1.5,-2,x\n")[0][1]).event
    assert (event.title, event.who[0].name, event.where[0].point) == ("T", "A", (1.5, -2.0))


def test_without_a_mapping_the_error_lists_the_columns_and_shows_one() -> None:
    with pytest.raises(InvalidInput) as refused:
        rows("Headline;Day;Actor\nx;y;z\n")
    assert "'Headline', 'Day', 'Actor'" in refused.value.reason
    assert "--map title=Headline" in refused.value.reason


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("title",), "is no FIELD=COLUMN"),
        (("=x",), "is no FIELD=COLUMN"),
        (("colour=Day",), "is no field"),
        (("who.colour=Day",), "is no field"),
        (("title=Nothing", "occurred_at=Day"), "has no column 'Nothing'"),
        (("title=Day;Actor",), "holds one value"),
        (("title=Day split ,",), "cannot be split"),
        (("who.role=Day", "title=Day"), "who itself is not"),
    ],
)
def test_a_wrong_mapping_is_refused_before_anything_is_read(options: tuple[str, ...], reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        rows("Headline,Day,Actor\nx,y,z\n", *options)


def test_several_columns_cells_that_are_split_and_constants_make_names_with_their_parts() -> None:
    found = rows(
        "t,d,a,b,ra,rb\nT,03.02.2026 14:30,Ann Lee,Bo Ek / Cy Day,source,target\n",
        "title=t",
        "occurred_at=d format %d.%m.%Y %H:%M",
        "who=a;b split /",
        "who.role=ra;rb",
        "who.kind==person",
        "category==talks",
        "source.name==The Desk",
        "source.url==https://desk.example/1",
    )
    event = read(found[0][1]).event
    assert [(one.name, one.kind, one.role) for one in event.who] == [
        ("Ann Lee", "person", "source"),
        ("Bo Ek", "person", "target"),
        ("Cy Day", "person", "target"),
    ]
    assert (event.occurred_at.isoformat(), event.category) == ("2026-02-03T14:30:00+00:00", "talks")
    assert event.documents[0].url == "https://desk.example/1"


@pytest.mark.parametrize(
    ("shown", "score"),
    [("0.5", 0.5), ("0,5", 0.5), ("1", 1.0), ("", None), ("high", InvalidInput), ("7", InvalidInput)],
)
def test_numbers_are_read_as_they_are_shown(shown: str, score: Any) -> None:
    record = rows(f"title;occurred_at;who;risk_score\nT;2026;A;{shown}\n")[0][1]
    if score is InvalidInput:
        with pytest.raises(InvalidInput):
            read(record)
    else:
        assert read(record).event.who[0].risk_score == score


def test_ragged_and_broken_rows_are_told_by_row_and_the_others_are_taken() -> None:
    text = HEADER + 'T,2026,A,P\nT,2026\nT,2026,A,P,more\n\n"x"y,2026,A,P\nT,2026,B,P\n'
    found = rows(text)
    assert [(row, str(record)) for row, record in found if isinstance(record, InvalidInput)][:2] == [
        (3, "has 2 cells, the header has 4"),
        (4, "has 5 cells, the header has 4"),
    ]
    assert [row for row, record in found if isinstance(record, InvalidInput)] == [3, 4, 6]
    assert [record["who"] for _, record in found if not isinstance(record, InvalidInput)] == [["A"], ["B"]]


def test_a_date_of_another_form_is_told_with_the_form_wanted() -> None:
    record = rows("t,d\nT,31/12/2025\n", "title=t", "occurred_at=d format %Y-%m-%d")[0][1]
    assert str(record) == "occurred_at: is no date of the form %Y-%m-%d"


def test_what_is_no_utf8_is_told_with_its_byte() -> None:
    data = HEADER.encode() + "Caf\u00e9,2026,A,P\n".encode("latin-1")
    with pytest.raises(InvalidInput, match=r"t.csv: is no UTF-8 at byte 31 \(0xe9\)"):
        rows(data)


@pytest.mark.parametrize(
    ("text", "reason"), [("", "is empty"), ("\n\n", "is empty"), ("title,title,occurred_at\n", "two columns called")]
)
def test_a_table_without_a_header_that_tells_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        rows(text)


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        'title = "t"\nwho = ["a", {column = "b", split = "/"}]\n"who.role" = "r"\n'
        'occurred_at = {column = "d", format = "%Y"}\nwhere = "p"\n"where.lat" = "x"\n'
    )
    (tmp_path / "m.json").write_text(
        '{"title": "t", "who": ["a", {"column": "b", "split": "/"}], "who.role": "r",'
        ' "occurred_at": {"column": "d", "format": "%Y"}, "where": "p", "where.lat": "x"}'
    )
    assert from_file(tmp_path / "m.toml") == from_file(tmp_path / "m.json")
    (tmp_path / "bad.toml").write_text("title = ")
    for name, reason in (("bad.toml", "is no TOML"), ("missing.toml", "cannot be read")):
        with pytest.raises(InvalidInput, match=reason):
            from_file(tmp_path / name)


def test_an_unclosed_quote_does_not_take_the_rest_of_the_file() -> None:
    lines = [HEADER.encode(), b'"open,2026,A,P\n', *(b"T,2026,A,P\n" for _ in range(200_000))]
    found = list(Table(lines, of_columns(HEADER.strip().split(",")), "t.csv").header().records())
    assert isinstance(found[0][1], InvalidInput)
    assert len(found) > 50_000
