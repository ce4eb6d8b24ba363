"""Attributes by W: what each may hold, under which names, and what is refused where."""

import re
from typing import Any

import pytest

from graph import attributes
from graph.errors import InvalidInput
from graph.keys import W
from graph.mention import Attributes
from graph.queries import statement
from ingest.payload import parse_record
from ingest.prepare import mentions
from ingest.stated import KNOWN
from tests.factory import told


def stated(slot: str, **fields: Any) -> Attributes:
    name = {"who": "name", "where": "name", "what": "label", "why": "text"}[slot]
    return mentions(parse_record(told(**{slot: {name: "X", **fields}})))[0].attributes


@pytest.mark.parametrize(
    ("slot", "fields", "kept"),
    [
        ("who", {"contact_info": {"email": "a@b.example", "phone": "+44 20 7946 0000"}}, ("email", "phone")),
        ("who", {"affiliations": ["A", "B"]}, ("affiliations",)),
        ("who", {"attributes": {"email": "a@b.example"}}, ("email",)),
        ("where", {"path": ["Europe", "Latvia"]}, ("path",)),
        ("where", {"boundary_type": "Natural"}, ("boundary_type",)),
        ("what", {"event_type": "strike", "description": "they walk out", "impact_level": "low"}, None),
        ("what", {"affected_parties": "Dockers", "resources_involved": ["cranes"]}, None),
        ("why", {"causal_relationship": "direct", "motivating_factors": ["money"]}, None),
        ("why", {"intended_outcomes": ["pay"], "historical_precedents": ["1889"]}, None),
        ("who", {"contact_info": None, "email": "", "path": []}, ()),
    ],
)
def test_what_each_w_may_state_is_kept(slot: str, fields: dict[str, Any], kept: tuple[str, ...] | None) -> None:
    assert tuple(stated(slot, **fields)) == (tuple(fields) if kept is None else kept)


@pytest.mark.parametrize("path", ["Europe > Latvia > Riga", "Europe/Latvia/Riga", ["Europe", "Latvia", "Riga"]])
@pytest.mark.parametrize("name", ["path", "hierarchy_path", "hierarchy"])
def test_a_path_is_a_list_or_a_text_with_marks(path: object, name: str) -> None:
    assert stated("where", **{name: path})["path"] == ["Europe", "Latvia", "Riga"]


@pytest.mark.parametrize(
    ("slot", "fields", "field"),
    [
        ("who", {"contact_info": {"email": "nobody"}}, "who.contact_info.email"),
        ("who", {"contact_info": {"phone": "call me"}}, "who.contact_info.phone"),
        ("who", {"contact_info": {"fax": "1"}}, "who.contact_info"),
        ("who", {"contact_info": "a@b.example"}, "who.contact_info"),
        ("where", {"boundary_type": "wet"}, "where.boundary_type"),
        ("where", {"path": [5]}, "where.path[0]"),
        ("what", {"impact_level": "huge"}, "what.impact_level"),
        ("what", {"email": "a@b.example"}, "what"),
        ("why", {"motivating_factors": {"a": 1}}, "why.motivating_factors[0]"),
        ("who", {"attributes": {"colour": "red"}}, "who.attributes"),
        ("where", {"attributes": {"path": ["x"] * 501}}, "where.attributes.path"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(slot: str, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        stated(slot, **fields)
    assert refused.value.field == field


@pytest.mark.parametrize("part", ["timezone", "temporal_context"])
def test_a_moment_says_its_zone_and_context_rightly(part: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_record(told(when={"start": "2026", part: "soon"}))
    assert refused.value.field == f"when.{part}"


@pytest.mark.parametrize("zone", ["Europe/Riga", "America/Argentina/Buenos_Aires", "UTC", "EST", "+05:30", "-0800"])
def test_a_zone_is_part_of_the_moment_and_of_its_key(zone: str) -> None:
    with_zone, without = (
        mentions(parse_record(told(when=when)))[0] for when in ({"start": "2026", "timezone": zone}, {"start": "2026"})
    )
    assert with_zone.attributes == {"start": "2026", "timezone": zone}
    assert with_zone.alias0 != without.alias0


def test_the_graph_knows_and_reads_every_attribute_that_can_be_stated() -> None:
    every = {name for known in KNOWN.values() for name in known}
    assert every < attributes.NAMES
    assert set(KNOWN) == {W.WHO, W.WHERE, W.WHAT, W.WHY}
    read = re.findall(r"\.(\w+)[,}]", statement("read/entity_attributes").text)
    assert set(read) == attributes.NAMES
