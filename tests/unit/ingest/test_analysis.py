"""Analyses of news: which W each name gets, what is passed over and told, and that the 5-W shape is left as it was."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import strategies as st

from graph.errors import InvalidInput
from ingest import sample
from ingest.payload import EVENT_FIELDS, UNTYPED, parse_record
from ingest.prepare import mentions, settle
from ingest.shapes import read
from tests.factory import counts, forall, some_news, told


def analysis(entities: object, **more: Any) -> dict[str, Any]:
    return {"id": "a", "title": "T", "date": "2026-01-10", "entities": entities, **more}


def named(record: dict[str, Any]) -> list[tuple[str, str, str]]:
    """W, surface and kind of each mention, before the graph is asked."""
    return [(str(m.w), m.surface, m.kind) for m in mentions(read(record).event)]


def settled(record: dict[str, Any]) -> list[tuple[str, str]]:
    found = settle(mentions(read(record).event), lambda _: None, lambda _: False)
    return [(str(m.w), m.surface) for m in found]


@pytest.mark.parametrize(
    "entities",
    [
        ["Ann Lee", "Norway"],
        '["Ann Lee", "Norway"]',
        "['Ann Lee', 'Norway']",
        "Ann Lee; Norway",
        "Ann Lee\nNorway",
        [{"name": "Ann Lee"}, {"text": "Norway", "type": "unknown"}],
        '[{"entity": "Ann Lee"}, "Norway"]',
        {"Ann Lee": "MISC", "Norway": "thing"},
    ],
)
def test_names_without_a_type_get_a_w_by_their_form(entities: object) -> None:
    assert settled(analysis(entities)) == [("WHO", "Ann Lee"), ("WHERE", "Norway")]


@pytest.mark.parametrize(
    ("word", "w", "kind"),
    [
        ("PERSON", "WHO", "person"),
        ("Political Party", "WHO", "organization"),
        ("ORG", "WHO", "organization"),
        ("government", "WHO", "government"),
        ("NORP", "WHO", "group"),
        ("country", "WHERE", "country"),
        ("City", "WHERE", "city"),
        ("GPE", "WHERE", "unspecified"),
        ("DATE", "WHEN", "unspecified"),
        ("event", "WHAT", "unspecified"),
    ],
)
def test_a_type_tells_the_w_and_the_kind(word: str, w: str, kind: str) -> None:
    for name in ("type", "kind", "entity_type", "label"):
        assert named(analysis([{"name": "Xerxo", name: word}])) == [(w, "Xerxo", kind)]


@pytest.mark.parametrize(
    ("role", "w"), [("mediator", "WHO"), ("location", "WHERE"), ("Venue", "WHERE"), (None, "WHERE")]
)
def test_a_place_that_acts_is_who(role: str | None, w: str) -> None:
    assert named(analysis([{"name": "Norway", "type": "country", "role": role}])) == [(w, "Norway", "country")]


@pytest.mark.parametrize("carrier", ["event", "llm_analysis", "both"])
def test_names_stand_in_the_event_or_in_what_a_model_says_of_it(carrier: str) -> None:
    groups = {"people": ["Ann Lee"], "organizations": [{"name": "Harbour Board"}], "locations": ["Riga"]}
    record: dict[str, Any] = {
        "event": {"event": {"id": "a", "title": "T", "date": "2026", "entities": groups}},
        "llm_analysis": {"id": "a", "title": "T", "date": "2026", "llm_analysis": json.dumps({"entities": groups})},
        "both": {
            "event": {"id": "a", "title": "T", "date": "2026", "entities": ["Ann Lee", "Riga"]},
            "llm_analysis": {"entities": groups},
        },
    }[carrier]
    assert named(record) == [
        ("WHO", "Ann Lee", "person"),
        ("WHO", "Harbour Board", "organization"),
        ("WHERE", "Riga", "unspecified"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "at"),
    [
        ("date", "2026-01-10", "2026-01-10T00:00:00+00:00"),
        ("published_at", "Sat, 10 Jan 2026 08:00:00 +0200", "2026-01-10T06:00:00+00:00"),
        ("timestamp", 1_768_032_000, "2026-01-10T08:00:00+00:00"),
        ("timestamp", 1_768_032_000_000, "2026-01-10T08:00:00+00:00"),
        ("event_date", "2026-01", "2026-01-01T00:00:00+00:00"),
    ],
)
def test_times_are_told_in_many_ways(name: str, value: object, at: str) -> None:
    record = {"title": "T", "entities": ["Ann Lee"], name: value}
    assert read(record).event.occurred_at.isoformat() == at


def test_the_date_of_the_event_goes_before_that_of_its_report() -> None:
    record = analysis(["A"], published_at="2026-02-01")
    assert (read(record).event.occurred_at.month, read(record).ignored) == (1, ())


def test_what_is_not_known_is_told_with_an_example_and_the_rest_is_taken() -> None:
    taken = read(
        analysis(
            [{"name": "Ann Lee", "mood": "x" * 100, "attributes": {"age": 3, "sector": "Ports"}}, "Norway"],
            language="en",
            empty=None,
            sources=[{"name": "Post", "rank": 1}],
        )
    )
    assert sorted((one.field, len(one.example)) for one in taken.ignored) == [
        ("entities[].attributes.age", 1),
        ("entities[].mood", 60),
        ("language", 4),
        ("sources[].rank", 1),
    ]
    assert taken.event.who[0].attributes == {"sector": "Ports"}
    assert taken.event.documents[0].source is not None


@pytest.mark.parametrize(
    ("record", "field", "reason"),
    [
        (analysis([{"name": ""}]), "entities[0].name", "is missing"),
        (analysis([{"name": 5}]), "entities[0].name", "is no text"),
        (analysis([5]), "entities[0]", "no JSON object"),
        (analysis(["A\x00"]), "entities[0].name", "control character"),
        (analysis([{"name": "A", "type": "person", "risk_score": 2}]), "entities[0].risk_score", "no number of 0..1"),
        (analysis({"people": ["A", {"name": "B", "relevance": "high"}]}), "entities.people[1].relevance", "no number"),
        (analysis(["A"], date="soon"), "date", "no ISO 8601"),
        (analysis(["A"], risk_score="high"), "risk_score", "no number of 0..1"),
        (analysis(["A"], relationships=[{"subject": "A", "object": "B"}]), "relationships[0].predicate", "is missing"),
        (analysis(["A"], llm_analysis="text"), "llm_analysis", "no JSON object"),
        ({"event": {"title": "T", "entities": ["A"]}}, "occurred_at", "is missing"),
        ({"event": {"title": "T", "date": "2026", "entities": [[]]}}, "event.entities[0]", "no JSON object"),
    ],
)
def test_what_is_known_must_hold_and_is_told_where_it_was_sent(record: Any, field: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(record)
    assert (refused.value.field, reason in refused.value.reason) == (field, True), refused.value


@pytest.mark.parametrize("record", [{"url": "https://a.example"}, {"text": "News", "title": "T"}, {"content": "x"}])
def test_pages_and_texts_are_refused_with_a_word_that_says_so(record: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="not part of this version"):
        read(record)
    with pytest.raises(InvalidInput, match="text or an address alone"):
        read(b'"https://a.example"')


def test_a_name_told_with_and_without_a_type_is_told_once() -> None:
    entities = ["Ann Lee", {"name": "ann lee", "type": "person"}, "Ann  Lee"]
    assert named(analysis(entities)) == [("WHO", "ann lee", "person")]


def test_a_relationship_brings_its_names_along() -> None:
    event = read(
        analysis(
            ["Ann Lee"], risk_score=0.3, relationships=[{"from": "ANN LEE", "type": "Met With", "to": {"name": "Bo"}}]
        )
    ).event
    assert [(one.subject, one.predicate, one.object) for one in event.relationships] == [("ANN LEE", "met_with", "Bo")]
    assert [(one.name, one.relevance, one.risk_score, one.untyped) for one in event.who] == [
        ("Ann Lee", 1.0, 0.3, True),
        ("Bo", 0.5, 0.3, True),
    ]


def test_senders_of_the_5w_shape_cannot_leave_the_w_open() -> None:
    with pytest.raises(InvalidInput, match="unknown field"):
        read(told("e", **{UNTYPED: ["A"]}))


GOLDEN: dict[str, Any] = {
    "id": "g1",
    "occurred_at": "2026-01-10",
    "title": "T",
    "description": "D",
    "who": [
        {
            "name": "A B",
            "kind": "org",
            "role": "r",
            "relevance": 0.5,
            "sector": "S",
            "affiliations": "X",
            "qid": "Q1",
            "risk_score": 0.3,
        },
        "C",
    ],
    "where": {"name": "P", "lat": 1, "lon": 2, "attributes": {"boundary_type": "natural", "of": ["a", "b"]}},
    "what": [{"text": "x", "category": "c", "code": "04", "type": "military"}, "y"],
    "when": ["2026-01-10/2026-01-11", {"recurrence": "weekly"}, {"start": "2026", "end": "2027"}],
    "why": [{"text": "w", "kind": "motive"}, {"event": "e0"}],
    "sanctions": [{"list": "EU"}],
    "sources": ["Post", {"url": "https://a.example/1"}],
    "story": {"name": "s"},
    "count": 3,
    "impact_level": "High",
    "confidence": 0.5,
}


def test_the_5w_shape_has_the_hashes_that_it_always_had() -> None:
    """Else every event of every graph would be a new version when it is loaded again. Taken from Pentad as of
    2026-11-20."""
    hashes = "".join(parse_record(record).content_hash for record in some_news(3, 200, risky=False))
    assert read(GOLDEN).event.content_hash == "ff82693b21246618d1f5a38b55ba77e1f5512150fa841777d953f0092a69842d"
    assert _of(hashes) == "c6cad21ca32d229eee9f2b419850a9a1bd56e0f77aac710c9d7e461edffa446e"
    hashes = "".join(read(line).event.content_hash for line in sample.lines(sample.EARLY))
    assert _of(hashes) == "41cb7f9d364bf0c944015debba42598d49bad920e9e3733aec28109c0302c3ac"


def _of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["A", "2026"])
words = sorted(EVENT_FIELDS) + "entities llm_analysis event name type role people date subject predicate object".split()
near = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(words), inner, max_size=4),
    max_leaves=20,
)
further = dict.fromkeys(sorted(set(words) - {"date", "entities"}), near)
records = st.fixed_dictionaries(
    {"date": st.just("2026"), "entities": near}, optional=dict.fromkeys(sorted(set(words) - {"date", "entities"}), near)
)


@counts(120, 20_000)
def test_any_record_near_the_shape_is_taken_or_refused_and_nothing_else(examples: int) -> None:
    @forall(examples, records)
    def law(record: dict[str, Any]) -> None:
        try:
            taken = read(record)
        except InvalidInput as refused:
            f"{refused.field} {refused.reason}".encode()
            return
        found = mentions(taken.event)
        for guess in ("person", "country"):
            ids = [m.id("e") for m in settle(found, lambda _, guess=guess: guess, lambda _: False)]
            assert len(set(ids)) == len(ids)
        f"{taken.ignored}".encode()
