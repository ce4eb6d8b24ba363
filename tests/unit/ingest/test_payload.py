"""The 5-W shape: what is forgiven, what is refused with which field and reason, and that nothing else can happen."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from graph.document import Document
from graph.errors import InvalidInput
from graph.event import Deed, Event, Named, Reason
from graph.source import Source
from ingest.payload import ATTRIBUTES, EVENT_FIELDS, NAMED_FIELDS, parse_line, parse_record
from ingest.prepare import mentions
from tests.factory import counts, forall, told


def who(value: object) -> tuple[Named, ...]:
    return parse_record(told(who=value)).who


def where(value: object) -> tuple[Named, ...]:
    return parse_record(told(where=value)).where


@pytest.mark.parametrize(
    "value", ["Ban Ki-moon", ["Ban Ki-moon"], {"name": "Ban Ki-moon"}, [{"name": " Ban  Ki-moon "}]]
)
def test_a_bare_name_or_one_object_stands_for_a_list(value: object) -> None:
    assert who(value) == (Named(name="Ban Ki-moon"),)


@pytest.mark.parametrize("value", [None, [], [None]])
def test_missing_null_and_empty_w_are_nobody(value: object) -> None:
    assert who(value) == ()


@pytest.mark.parametrize("field", ["kind", "type"])
@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("person", "person"),
        ("Person", "person"),
        ("PER", "person"),
        ("people", "person"),
        ("org", "organization"),
        ("Organisation", "organization"),
        ("company", "organization"),
        ("state", "country"),
        ("town", "city"),
        ("building", "facility"),
        ("unknown", None),
        ("GPE", None),
        ("location", None),
        ("unspecified", None),
        ("", None),
        (None, None),
    ],
)
def test_common_words_for_kinds_are_understood(field: str, word: str | None, kind: str | None) -> None:
    assert who({"name": "X", field: word})[0].kind == kind


@pytest.mark.parametrize("value", [[41.2, -8.1], {"lat": 41.2, "lon": -8.1}])
def test_a_point_is_a_pair_or_an_object(value: object) -> None:
    assert where({"name": "X", "coordinates": value})[0].point == (41.2, -8.1)


def test_a_point_may_stand_beside_the_name() -> None:
    assert where({"name": "X", "lat": 90, "lon": -180})[0].point == (90.0, -180.0)


@pytest.mark.parametrize(
    ("stated", "identifiers"),
    [
        ({"wikidata": "Q42"}, {"wikidata": "Q42"}),
        ({"qid": "Q42"}, {"wikidata": "Q42"}),
        ({"lei": "5493"}, {"lei": "5493"}),
        ({"identifiers": {"ISNI": "0001"}}, {"isni": "0001"}),
        ({"url": "https://en.wikipedia.org/wiki/Ban_Ki-moon"}, {"wikipedia": "en:Ban Ki-moon"}),
        ({"url": "https://fr.m.wikipedia.org/wiki/X"}, {"wikipedia": "en:X"}),
        ({"url": "https://fr.wikipedia.org/wiki/%C3%89lys%C3%A9e"}, {"wikipedia": "fr:Élysée"}),
        ({"url": "https://example.org/wiki/X"}, {}),
        ({"url": "https://evilwikipedia.org/wiki/X"}, {}),
        ({"url": "http://[broken"}, {}),
        ({"url": "https://en.wikipedia.org/wiki/X", "qid": "Q1"}, {"wikidata": "Q1"}),
        ({"identifiers": None}, {}),
    ],
)
def test_identifiers_are_gathered_by_scheme(stated: dict[str, Any], identifiers: dict[str, str]) -> None:
    assert who({"name": "X", **stated})[0].identifiers == identifiers


@pytest.mark.parametrize(
    ("what", "deeds", "title"),
    [
        ("Consult", (Deed(label="Consult"),), "Consult"),
        ({"text": "They consult", "category": "talks"}, (Deed(label="talks"),), "They consult"),
        ({"text": "Consult", "category": "talks", "code": "040"}, (Deed(label="Consult", code="040"),), "Consult"),
        ({"code": "040"}, (Deed(label="040", code="040"),), None),
        ({"code": 40}, (Deed(label="40", code="40"),), None),
        ({"label": "Consult", "type": "diplomatic"}, (Deed(label="Consult", kind="diplomatic"),), None),
        (["Consult", "Demand"], (Deed(label="Consult"), Deed(label="Demand")), "Consult"),
        ("  ", (), None),
        ({}, (), None),
    ],
)
def test_what_is_a_label_a_code_or_a_text(what: object, deeds: tuple[Deed, ...], title: str | None) -> None:
    event = parse_record({"occurred_at": "2015", "what": what, "who": "X"})
    assert event.what == deeds
    assert event.title == (title or "")


@pytest.mark.parametrize(
    ("why", "reasons"),
    [
        ("for the harvest", (Reason(text="for the harvest"),)),
        ({"event": "e0"}, (Reason(event="e0"),)),
        ({"event": 7, "kind": "cause"}, (Reason(event="7", kind="cause"),)),
        ("", ()),
        ({"text": ""}, ()),
        (None, ()),
    ],
)
def test_why_is_a_text_or_an_event(why: object, reasons: tuple[Reason, ...]) -> None:
    assert parse_record(told(why=why)).why == reasons


@pytest.mark.parametrize(
    ("when", "normalised"),
    [
        ("2015-09-01", ["2015-09-01"]),
        ("2015-09-01/2015-09-03", ["2015-09-01/2015-09-03"]),
        ("after the rains", ["after the rains"]),
        ("2015-09-01/later", ["2015-09-01/later"]),
        ({"start": "2015", "end": "2015"}, ["2015/2015"]),
        ({"recurrence": "weekly"}, ["R/weekly"]),
        (["2015", "2016"], ["2015", "2016"]),
        ("", []),
        (["  ", None], []),
    ],
)
def test_when_is_a_time_a_stretch_or_a_phrase(when: object, normalised: list[str]) -> None:
    assert [moment.normalised for moment in parse_record(told(when=when)).when] == normalised


def test_without_occurred_at_the_first_date_of_when_counts() -> None:
    event = parse_record({"title": "T", "when": ["long ago", "2015-09-01/2015-09-04"]})
    assert (event.occurred_at, event.precision) == (datetime(2015, 9, 1, tzinfo=UTC), "day")


def test_the_end_of_when_is_the_end_of_the_event() -> None:
    event = parse_record({"title": "T", "when": {"start": "2015-09-01", "end": "2015-09-04"}})
    assert event.ended_at == datetime(2015, 9, 4, tzinfo=UTC)


def test_an_end_known_less_exactly_than_the_start_is_not_before_it() -> None:
    event = parse_record(told(at="2015-09-01T10:00:00Z", ended_at="2015-09-01"))
    assert event.ended_at == event.occurred_at


@pytest.mark.parametrize(
    ("fields", "documents"),
    [
        ({"source": "The Post"}, (Document(source=Source(name="The Post")),)),
        ({"source": "https://a.example/1"}, (Document(url="https://a.example/1", source=Source(name="a.example")),)),
        (
            {"source": {"name": "The Post", "url": "https://a.example/1"}},
            (Document(url="https://a.example/1", source=Source(name="The Post")),),
        ),
        ({"sources": [{"title": "T"}, None, {}]}, (Document(title="T"),)),
        (
            {"source": "A", "sources": ["A", "B"]},
            (Document(source=Source(name="A")), Document(source=Source(name="B"))),
        ),
        ({"source": {"url": "http://[broken"}}, (Document(url="http://[broken"),)),
        ({"source": ""}, ()),
    ],
)
def test_sources_are_names_addresses_or_objects(fields: dict[str, Any], documents: tuple[Document, ...]) -> None:
    assert parse_record(told(**fields)).documents == documents


def test_risk_and_sanctions_of_the_event_hold_for_each_name_that_states_none() -> None:
    event = parse_record(
        told(who=["A", {"name": "B", "risk_score": 0.9}], risk_score=0.2, sanctions=[{"list": "EU", "id": "1"}])
    )
    assert [one.risk_score for one in event.who] == [0.2, 0.9]
    assert event.who[0].sanctions == ({"list": "EU", "id": "1", "score": 1.0},)


def test_text_that_only_repeats_the_title_is_left_out() -> None:
    event = parse_record({"occurred_at": "2015", "what": {"text": "They meet"}})
    assert (event.title, event.text) == ("They meet", None)


def test_attributes_may_stand_beside_the_name_or_in_their_own_object() -> None:
    assert who({"name": "X", "sector": "Police", "country": "Nepal"})[0].attributes == {
        "sector": "Police",
        "country": "Nepal",
    }
    assert who({"name": "X", "attributes": {"affiliations": ["A", "B"]}})[0].attributes == {"affiliations": ["A", "B"]}


@pytest.mark.parametrize("given", [7, "7"])
def test_a_number_serves_as_an_id(given: object) -> None:
    assert parse_record({"id": given, "occurred_at": "2015", "title": "T"}).id == "7"


@pytest.mark.parametrize("given", [None, ""])
def test_without_an_id_the_content_is_the_id(given: object) -> None:
    one = parse_record({"id": given, "occurred_at": "2015", "title": "T", "version": 3})
    other = parse_record({"title": "  T ", "when": None, "occurred_at": "2015", "who": []})
    assert one.id == one.content_hash == other.id


@pytest.mark.parametrize(
    ("at", "occurred", "precision"),
    [
        ("0001", datetime(1, 1, 1, tzinfo=UTC), "year"),
        ("9999-12-31", datetime(9999, 12, 31, tzinfo=UTC), "day"),
        ("2015-09-01T00:30:00+14:00", datetime(2015, 8, 31, 10, 30, tzinfo=UTC), "second"),
        ("2015-09-01T12:00:00", datetime(2015, 9, 1, 12, tzinfo=UTC), "second"),
        ("2036-01-01", datetime(2036, 1, 1, tzinfo=UTC), "day"),
    ],
)
def test_any_time_of_the_calendar_is_taken(at: str, occurred: datetime, precision: str) -> None:
    event = parse_record(told(at=at))
    assert (event.occurred_at, event.precision) == (occurred, precision)


REFUSED: list[tuple[object, str, str]] = [
    (None, "", "no JSON object"),
    ([], "", "no JSON object"),
    (5, "", "no JSON object"),
    ("text", "", "no JSON object"),
    ({}, "occurred_at", "is missing"),
    ({"title": "T"}, "occurred_at", "is missing"),
    ({"title": "T", "when": "soon"}, "occurred_at", "is missing"),
    ({"occurred_at": "2015"}, "", "says nothing"),
    ({"occurred_at": "2015", "why": "x"}, "", "says nothing"),
    (told(at="1 May 2015"), "occurred_at", "no ISO 8601"),
    (told(occurred_at=20150901), "occurred_at", "no ISO 8601 text"),
    (told(at="0000-01-01"), "occurred_at", "years 1 to 9999"),
    (told(at="9999-12-31T23:00:00-02:00"), "occurred_at", "years 1 to 9999"),
    (told(at="2015-02-30"), "occurred_at", "years 1 to 9999"),
    (told(ended_at="2015-08-31"), "ended_at", "before occurred_at"),
    (told(ended_at="later"), "ended_at", "no ISO 8601"),
    (told(colour="red"), "", "unknown field colour"),
    (told(**{"with blank": 1}), "", "unknown field that name"),
    (told(**{"\ud800": 1}), "", "unknown field that name"),
    (told(title=["T"]), "title", "no text"),
    (told(title=True), "title", "no text"),
    (told(title="a\x00b"), "title", "control character (U+0000) at character 1"),
    (told(title="a\ud800"), "title", "lone surrogate"),
    (told(title="x" * 10_001), "title", "10001 characters"),
    (told(text="a\x1bb"), "text", "control character"),
    (told(id="x" * 513), "id", "513 characters"),
    (told(id=10**600), "id", "601 characters"),
    (told(id=1.5), "id", "no text"),
    (told(id=True), "id", "no text"),
    (told(version=0), "version", "no whole number from 1"),
    (told(version=1.0), "version", "no whole number"),
    (told(version=True), "version", "no whole number"),
    (told(version=2**53), "version", "no whole number"),
    (told(count=0), "count", "no whole number from 1"),
    (told(confidence=1.01), "confidence", "no number of 0..1"),
    (told(confidence="high"), "confidence", "no number"),
    (told(confidence=float("nan")), "confidence", "no number"),
    (told(confidence=float("inf")), "confidence", "no number"),
    (told(impact="huge"), "impact", "none of low, medium, high, critical"),
    (told(category="x" * 501), "category", "501 characters"),
    (told(what={"category": "x" * 501}), "what.category", "501 characters"),
    (told(story="x" * 501), "story", "501 characters"),
    (told(story={"colour": 1}), "story", "unknown field colour"),
    (told(risk_score=2, who="X"), "risk_score", "no number of 0..1"),
    (told(who=5), "who", "no JSON object"),
    (told(who=""), "who.name", "is empty"),
    (told(who=["A", {"name": " "}]), "who[1].name", "is empty"),
    (told(who=["A", {"role": "x"}]), "who[1].name", "is missing"),
    (told(who=[["A"]]), "who[0]", "no JSON object"),
    (told(who={"name": 5}), "who.name", "no text"),
    (told(who={"name": "x" * 1_001}), "who.name", "1001 characters"),
    (told(who={"name": "A\x00"}), "who.name", "control character"),
    (told(who={"name": "A", "kind": "robot"}), "who.kind", "none of person"),
    (told(who={"name": "A", "kind": "political"}), "who.kind", "none of person"),
    (told(who={"name": "A", "relevance": -0.1}), "who.relevance", "no number of 0..1"),
    (told(who={"name": "A", "relevance": True}), "who.relevance", "no number"),
    (told(who={"name": "A", "colour": 1}), "who", "unknown field colour"),
    (told(who={"name": "A", "identifiers": ["Q1"]}), "who.identifiers", "no JSON object"),
    (told(who={"name": "A", "identifiers": {"x" * 41: "1"}}), "who.identifiers", "41 characters"),
    (told(who={"name": "A", "identifiers": {"\ud800": 5}}), "who.identifiers", "lone surrogate"),
    (told(who={"name": "A", "qid": ["Q1"]}), "who.identifiers.wikidata", "no text"),
    (told(who={"name": "A", "attributes": {"colour": "red"}}), "who.attributes", "unknown field colour"),
    (told(who={"name": "A", "affiliations": [5]}), "who.affiliations", "no text"),
    (told(who={"name": "A", "sanctions": [{"list": None}]}), "who.sanctions[0].list", "is missing"),
    (told(sanctions=[{"list": "EU", "score": 9}], who="A"), "sanctions[0].score", "no number of 0..1"),
    (told(who=["x"] * 501), "who", "501 entries, at most 500"),
    (told(where={"name": "A", "lat": 91, "lon": 0}), "where.lat", "no number of -90..90"),
    (told(where={"name": "A", "lat": 1}), "where", "one half of a point"),
    (told(where={"name": "A", "coordinates": [1]}), "where.coordinates", "neither"),
    (told(where={"name": "A", "coordinates": "1,2"}), "where.coordinates", "neither"),
    (told(what=[5]), "what[0]", "no JSON object"),
    (told(what={"code": "1", "colour": 2}), "what", "unknown field colour"),
    (told(what={"text": "x", "kind": "person"}), "what.kind", "none of political"),
    (told(when=5), "when", "no JSON object"),
    (told(when={"end": "2015"}), "when", "end without a start"),
    (told(when={"start": "2016", "end": "2015"}), "when", "ends before it starts"),
    (told(when="2016/2015"), "when", "ends before it starts"),
    (told(when={}), "when", "says no time"),
    (told(when=[{"start": "x"}]), "when[0].start", "no ISO 8601"),
    (told(when="x" * 501), "when", "501 characters"),
    (told(why=[{"text": "x", "colour": 1}]), "why[0]", "unknown field colour"),
    (told(why={"text": "x", "kind": "person"}), "why.kind", "none of motive"),
    (told(why={"event": "x" * 513}), "why.event", "513 characters"),
    (told(source=[{"name": 5, "url": []}]), "source[0].url", "no text"),
    (told(sources={"colour": 1}), "sources", "unknown field colour"),
    (told(source="x" * 2_001), "source", "2001 characters"),
]


@pytest.mark.parametrize(("record", "field", "reason"), REFUSED, ids=lambda value: repr(value)[:40])
def test_what_cannot_be_taken_is_refused_with_field_and_reason(record: object, field: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_record(record)
    assert refused.value.field == field
    assert reason in refused.value.reason


@pytest.mark.parametrize("line", [b"", b"{", b"nonsense", b"\xff\xfe", b'{"a": NaN}', b'"\\ud800"', b"[" * 5_000])
def test_a_line_that_is_no_json_is_refused(line: bytes) -> None:
    with pytest.raises(InvalidInput):
        parse_line(line)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)
some_names = sorted(
    EVENT_FIELDS | NAMED_FIELDS | ATTRIBUTES | {"code", "text", "event", "start", "end", "list", "label"}
)
near_values = st.recursive(
    scalars | st.sampled_from(["person", "2015-09-01", "2015/2016", "https://en.wikipedia.org/wiki/X", "A", 0.5, 1]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(some_names), inner, max_size=5),
)
near_records = st.fixed_dictionaries(
    {"occurred_at": st.sampled_from(["2015-09-01", "2015", "9999-12-31T23:59:60Z", "x"])},
    optional=dict.fromkeys(sorted(EVENT_FIELDS - {"occurred_at"}), near_values),
)


def taken_or_refused(record: object) -> None:
    try:
        event = parse_record(record)
    except InvalidInput as refused:
        f"{refused.field} {refused.reason}".encode()
        return
    sound(event)


def sound(event: Event) -> None:
    assert event.id
    assert 1 <= event.occurred_at.year <= 9999
    assert event.ended_at is None or event.ended_at >= event.occurred_at
    assert len(event.content_hash) == 64
    json.dumps(event.model_dump(mode="json")).encode()
    found = mentions(event)
    assert all(one.normalised for one in found)
    ids = [one.id(event.id) for one in found]
    assert len(set(ids)) == len(ids)


@counts(150, 20_000)
def test_any_json_is_taken_or_refused_and_nothing_else(examples: int) -> None:
    forall(examples, json_values)(taken_or_refused)


@counts(120, 40_000)
def test_any_record_near_the_shape_is_taken_or_refused_and_nothing_else(examples: int) -> None:
    forall(examples, near_records)(taken_or_refused)


@counts(60, 20_000)
def test_any_bytes_are_taken_or_refused_and_nothing_else(examples: int) -> None:
    near = near_records.map(lambda record: json.dumps(record).encode("utf-8", "surrogatepass"))

    @forall(examples, st.binary(max_size=60) | near)
    def law(line: bytes) -> None:
        try:
            event = parse_line(line)
        except InvalidInput:
            return
        sound(event)
