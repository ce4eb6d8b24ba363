"""Files of others come to events: each of the format's own columns where it belongs. The files are MADE, in the true
format."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import InvalidInput
from graph.event import Event
from ingest.feeds import ADAPTERS, Format
from ingest.feeds.syndication import listing
from ingest.payload import parse_record

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = {
    Format.GDELT_EVENTS: "gdelt.export.CSV",
    Format.GDELT_GKG: "gdelt.gkg.csv",
    Format.ACLED: "acled.csv",
    Format.CURRENT_EVENTS: "current_events.wiki",
}


def read(form: Format) -> tuple[list[Event], dict[int, str]]:
    """Events of the sample of a format, and why others were refused, by position."""
    events: list[Event] = []
    refused: dict[int, str] = {}
    with (SAMPLES / FILES[form]).open("rb") as file:
        for position, record in ADAPTERS[form](file):
            if isinstance(record, InvalidInput):
                refused[position] = str(record)
            else:
                events.append(parse_record(record))
    return events, refused


def test_gdelt_events_are_who_did_what_to_whom_where() -> None:
    (visit, protest), refused = read(Format.GDELT_EVENTS)
    assert (visit.id, visit.occurred_at) == ("gdelt-1234567001", datetime(2026, 1, 10, tzinfo=UTC))
    assert [(one.name, one.kind, one.role) for one in visit.who] == [
        ("Norway", "government", "source"),
        ("Latvia", "country", "target"),
    ]
    assert (visit.what[0].code, visit.what[0].label, visit.category) == ("042", "Consult", "verbal cooperation")
    [place] = visit.where
    assert (place.name, place.kind, place.point) == ("Riga", "city", (56.95, 24.1))
    assert place.attributes["path"] == ["Latvia", "Riga (general)", "Riga"]
    assert [one.url for one in visit.documents] == ["https://www.post.example/visit"]
    assert visit.title == "Consult: Norway to Latvia in Riga"
    assert [one.source.name for one in protest.documents if one.source] == ["BBC Monitoring"]
    assert refused == {
        3: "SQLDATE: is no date of the form YYYYMMDD",
        4: "has 2 cells, this format has 61",
    }


def test_gdelt_articles_are_who_is_named_together() -> None:
    [article], refused = read(Format.GDELT_GKG)
    assert article.title == "Norway & Latvia talk in Riga"
    assert [(one.name, one.kind) for one in article.who] == [
        ("Marta Ozola", "person"),
        ("Ann Lee", "person"),
        ("Harbour Board", "organization"),
    ]
    assert [one.name for one in article.where] == ["Riga", "Latvia"]
    assert [one.code for one in article.what] == ["DIPLOMACY", "GENERAL_GOVERNMENT"]
    assert article.occurred_at == datetime(2026, 1, 10, 12, tzinfo=UTC)
    assert refused == {2: "names nobody and no place"}


def test_acled_rows_keep_actors_place_notes_and_version() -> None:
    (protest, clash), refused = read(Format.ACLED)
    assert (protest.id, protest.given_version, protest.category) == ("acled-LVA101", 1768300000, "Protests")
    assert [(one.name, one.role) for one in protest.who] == [
        ("Protesters (Latvia)", "source"),
        ("Northern Grain Union", "with source"),
        ("Harbour Workers", "with source"),
    ]
    assert [(one.name, one.kind) for one in protest.where] == [("Riga", "city"), ("Latvia", "country")]
    assert protest.text is not None
    assert protest.text.endswith("in Riga, over wages.")
    assert [one.source.name for one in protest.documents if one.source] == ["Selwyn Post", "The Ebb"]
    assert [(one.kind, one.role) for one in clash.who] == [("government", "source"), ("group", "target")]
    assert clash.what[0].kind == "military"
    assert refused == {4: "event_date: is no date such as 2024-01-05 or 05 January 2024"}


def test_current_events_are_cited_lines_with_story_category_and_pages() -> None:
    (boat, court, acme), refused = read(Format.CURRENT_EVENTS)
    assert boat.text == "A boat of the Board is stopped near Varna, as reported."
    assert (boat.story, boat.category) == ("Harbour dispute", "Armed conflicts and attacks")
    assert [(one.name, one.identifiers) for one in boat.who] == [
        ("Board", {"wikipedia": "en:Harbour Board"}),
        ("Varna", {"wikipedia": "en:Varna, Bulgaria"}),
    ]
    assert [(one.url, one.source.name) for one in boat.documents if one.source] == [
        ("https://post.example/boat", "The Selwyn Post"),
        ("https://ebb.example/boat", "The Ebb"),
    ]
    assert (court.story, court.category) == (None, "Law and crime")
    assert acme.occurred_at == datetime(2026, 1, 11, tzinfo=UTC)
    assert [one.name for one in acme.who] == ["Acme", "Oslo"]
    assert refused == {12: "cites a source and says nothing"}


@pytest.mark.parametrize("form", [Format.ACLED, Format.CURRENT_EVENTS])
def test_another_file_is_refused_whole(form: Format) -> None:
    with pytest.raises(InvalidInput):
        list(ADAPTERS[form](iter([b"date,who\n", b"2026-01-10,Ann\n"])))


@pytest.mark.parametrize("form", list(Format))
def test_torn_and_strange_bytes_are_told_not_raised_by_surprise(form: Format) -> None:
    whole = (SAMPLES / FILES[form]).read_bytes()

    def torn() -> Iterator[bytes]:
        for cut in range(0, len(whole), max(1, len(whole) // 40)):
            yield whole[:cut] + b"\xff\x00[[" + whole[cut:]

    for one in torn():
        try:
            for _, record in ADAPTERS[form](iter(one.splitlines(keepends=True))):
                if not isinstance(record, InvalidInput):
                    parse_record(record)
        except InvalidInput:
            continue


RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Selwyn Post</title>
<item><title>Boat stopped</title><link>/boat?utm_source=rss</link>
<pubDate>Sat, 10 Jan 2026 09:00:00 +0100</pubDate></item>
<item><title>Twice</title><link>/boat?utm_source=rss</link></item>
<item><guid>https://ebb.example/guid</guid></item><item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ebb</title>
<entry><title type="html">Acme <b>opens</b></title>
<link rel="self" href="https://ebb.example/self"/><link href="https://ebb.example/acme"/>
<updated>2026-01-10T08:00:00Z</updated></entry></feed>"""


def test_rss_and_atom_list_addresses_with_titles_and_dates() -> None:
    found = listing(RSS, "https://post.example/feed")
    assert found.title == "The Selwyn Post"
    assert [(one.url, one.title) for one in found.items] == [
        ("https://post.example/boat?utm_source=rss", "Boat stopped"),
        ("https://ebb.example/guid", None),
    ]
    assert found.items[0].published == datetime(2026, 1, 10, 8, tzinfo=UTC)
    [entry] = listing(ATOM, "https://ebb.example/feed").items
    assert (entry.url, entry.published) == ("https://ebb.example/acme", datetime(2026, 1, 10, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>no feed</body></html>",
        b"{}",
        b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>',
    ],
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(InvalidInput):
        listing(body, "https://post.example/feed")
