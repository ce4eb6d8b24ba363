"""A page read without a graph: names, claims, times and confidences, the same every time."""

import math
import time
from datetime import date

import pytest

from graph.keys import W
from ingest.semantics.cache import Cache, hit_rate
from ingest.semantics.confidence import FACTORS, Parts, confidence, factors
from ingest.semantics.options import SemanticOptions, Weights
from ingest.semantics.page import Page
from ingest.semantics.reading import semantics
from ingest.semantics.switches import Switch, Switches
from tests.pages_world import HARBOUR, HARBOUR_FR, LAKE

DAY = date(2026, 1, 14)


def named(text: str, title: str = "", language: str = "en") -> dict[str, str]:
    done = semantics(Page("x", title, "", text, DAY, language))
    return {one.surface: one.w.value for one in done.entities}


def test_formula_is_the_weighted_sum_of_its_parts() -> None:
    parts = Parts(base=0.0, source=0.5, contextual=1.0, temporal=0.4, geographic=0.8)
    assert confidence(parts, SemanticOptions()) == pytest.approx(0.4 * 0.5 + 0.2 * 0.5 + 0.15 + 0.15 * 0.4 + 0.08)
    other = SemanticOptions(weights=Weights(1.0, 0.0, 0.0, 0.0, 0.0))
    assert confidence(Parts(2.0, 0, 0, 0, 0), other) == pytest.approx(1 / (1 + math.exp(-2)), abs=1e-6)
    assert confidence(parts, SemanticOptions(calibrated=False)) == 0.5


def test_each_w_keeps_its_factors_by_name() -> None:
    parts = Parts(1.0, 0.5, 0.6, 0.7, 0.8)
    for w in W:
        told = factors(w, parts)
        assert tuple(told) == FACTORS[w] and all(0 <= value <= 1 for value in told.values())


def test_a_source_that_is_not_trusted_lowers_what_it_says() -> None:
    sure = semantics(Page("x", "", "", HARBOUR, DAY, "en", 1.0)).claims
    doubtful = {one.id: one.confidence for one in semantics(Page("x", "", "", HARBOUR, DAY, "en", 0.4)).claims}
    assert sure and all(one.confidence > doubtful[one.id] for one in sure if one.id in doubtful)


def test_names_are_told_apart_by_what_they_are_and_titles_are_roles() -> None:
    found = named("Prime Minister Greta Haugland met Pavel Drozdov of the Northern Grain Union in Varna on Monday.")
    assert found == {
        "Greta Haugland": "WHO",
        "Pavel Drozdov": "WHO",
        "Northern Grain Union": "WHO",
        "Varna": "WHERE",
    }
    done = semantics(Page("x", "", "", "Prime Minister Greta Haugland resigned.", DAY, "en"))
    assert [(one.surface, one.role) for one in done.entities] == [("Greta Haugland", "prime minister")]


def test_a_family_name_is_the_person_named_before_and_nobody_when_two_were() -> None:
    one = semantics(Page("x", "", "", "Greta Haugland arrived in Varna. Haugland met workers.", DAY, "en"))
    assert {entity.surface: entity.n for entity in one.entities}["Greta Haugland"] == 2
    two = named("Greta Haugland and Jonas Haugland arrived in Varna. Haugland met workers at the port. Haugland left.")
    assert "Haugland" in two


def test_adjectives_of_peoples_and_words_that_begin_sentences_are_no_names() -> None:
    found = named("Later the German consulate in Varna closed. Yesterday rescuers found two Chilean sailors.")
    assert found == {"Varna": "WHERE"}


def test_event_time_is_told_by_the_sentence_else_by_the_page() -> None:
    done = semantics(Page("x", "", "", LAKE, DAY, "en"))
    times = [one.read.at.text for one in done.claims if one.read.at]
    assert set(times) == {"2026-01-10"}
    told = [one.read.told for one in done.claims]
    assert told[0] and not all(told)


def test_other_languages_have_claims_by_names() -> None:
    done = semantics(Page("x", "Accord signé à Varna", "", HARBOUR_FR, DAY))
    assert done.page.language == "fr"
    assert {"Mira Castellan", "Harbour Board", "Varna", "Selwyn Shipping"} <= {one.surface for one in done.entities}
    assert len(done.claims) >= 3
    chinese = semantics(Page("x", "", "", "挪威与保加利亚周二签署协议。智利总统访问挪威。", DAY, "zh"))
    assert {one.surface for one in chinese.entities} == {"挪威", "保加利亚", "智利"} and chinese.claims


def test_what_the_graph_knows_of_a_name_decides_what_it_is() -> None:
    text = "Selwyn was quiet on Monday. Ann Tide visited Selwyn."
    done = semantics(Page("x", "", "", text, DAY, "en"), lookup=lambda names: dict.fromkeys(names, "city"))
    assert {one.surface: one.w for one in done.entities}["Selwyn"] is W.WHERE


def test_the_same_page_is_read_the_same_and_in_bounded_time() -> None:
    assert semantics(Page("x", "t", "", HARBOUR, DAY)).claims == semantics(Page("x", "t", "", HARBOUR, DAY)).claims
    began = time.monotonic()
    done = semantics(Page("x", "", "", (HARBOUR + "\n\n") * 2_000 + "a " * 100_000, DAY, "en"))
    assert time.monotonic() - began < 10
    assert len(done.claims) <= 60 and len(done.entities) <= 100


def test_a_share_is_the_same_for_the_same_content_and_about_as_large_as_told() -> None:
    half = Switches({Switch.EXTRACTION: 0.5})
    on = [half.on(Switch.EXTRACTION, f"text {n}") for n in range(1_000)]
    assert on == [half.on(Switch.EXTRACTION, f"text {n}") for n in range(1_000)]
    assert 430 < sum(on) < 570
    assert all(half.on(Switch.CALIBRATION, f"text {n}") for n in range(10))
    assert not any(Switches({Switch.EXTRACTION: 0.0}).on(Switch.EXTRACTION, f"{n}") for n in range(10))


def test_memory_is_bounded_and_counts_its_hits() -> None:
    cache: Cache[object] = Cache(2)
    assert [cache.get(n, lambda n=n: n) for n in (1, 2, 1, 3, 2)] == [1, 2, 1, 3, 2]
    assert (len(cache), cache.hits, cache.misses) == (2, 1, 4)
    assert hit_rate(cache) == 0.2
    cache.clear()
    assert len(cache) == 0
