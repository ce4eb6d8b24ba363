"""Event forming on its own: concentration, groups, phase and scale; the outcome knows no order (Hypothesis)."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reading.claims import Mentioned, PageTold, Told
from ingest.forming.formed import formed, source
from ingest.forming.regrouping import Words, joined, pair, regroup
from ingest.forming.reports import DAY, FormingOptions, Report, Said, coherence, concentration, report, score

OPTIONS = FormingOptions()
_NAMES = "Abernathy Bondarenko Castellan Drozdov Eskildsen Farouk Grimaldi Haugland Ivanenko Jurgens".split()


def told(key: str, at: int, names: Sequence[str], language: str = "en") -> Report:
    """A page that names these."""
    said = [
        Said(f"{key}{n}", at, frozenset((name, names[0])), f"{name} met {names[0]} at the harbour")
        for n, name in enumerate(names)
    ]
    found = report(key, said, OPTIONS, f"{names[0]} at the harbour", language, at)
    assert found is not None
    return found


@pytest.mark.parametrize(("days", "value"), [(0, 0.95), (1.9, 0.95), (2, 0.8), (6.9, 0.8), (7, 0.6), (14, 0.3)])
def test_concentration_by_days(days: float, value: float) -> None:
    assert concentration(days, OPTIONS) == value


def test_score_is_time_and_names_by_their_shares() -> None:
    assert score(1, 0.5, OPTIONS) == pytest.approx(0.95 * 0.6 + 0.5 * 0.4)
    assert score(1, 0.0, OPTIONS) < OPTIONS.least < score(1, 0.1, OPTIONS)
    assert score(20, 1.0, OPTIONS) < OPTIONS.least


def test_report_of_a_page_leaves_what_happened_long_ago_out() -> None:
    now = [Said(f"c{n}", 1_000 * DAY, frozenset({"ann", f"x{n}"})) for n in range(4)]
    ago = [Said("old", 100 * DAY, frozenset({"ann"})), Said("else", 1_000 * DAY, frozenset({"nobody"}))]
    found = report("d", [ago[0], *now, ago[1]], OPTIONS)
    assert found is not None
    assert {claim.id for claim in found.claims} == {"c0", "c1", "c2", "c3"}
    assert found.at // DAY == 1_000
    assert report("d", [], OPTIONS) is None
    assert 0.6 < coherence(found.claims, OPTIONS) <= 1


def test_pages_a_fortnight_apart_are_two_events_and_look_alikes_of_one_day_are_one() -> None:
    one, same = told("a", 0, _NAMES[:4]), told("b", DAY, _NAMES[:4])
    later, other = told("c", 20 * DAY, _NAMES[:4]), told("d", DAY, _NAMES[5:9])
    assert joined(one, same, OPTIONS) >= OPTIONS.same > joined(one, other, OPTIONS)
    assert joined(one, later, OPTIONS) == 0
    assert regroup([one, same, later, other], OPTIONS).groups == [("a", "b"), ("c",), ("d",)]


def test_word_of_a_person_is_stronger_than_any_likeness() -> None:
    pages = [told("a", 0, _NAMES[:4]), told("b", DAY, _NAMES[:4]), told("c", 60 * DAY, _NAMES[5:9])]
    apart = regroup(pages, OPTIONS, Words(different=frozenset({pair("b", "a")})))
    assert apart.groups == [("a",), ("b",), ("c",)]
    together = regroup(pages, OPTIONS, Words(same=frozenset({pair("c", "a")})))
    assert ("a", "c") in [group[:2] for group in together.groups] or ("a", "b", "c") in together.groups


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.lists(st.sampled_from(_NAMES), min_size=1, max_size=5, unique=True)),
        min_size=1,
        max_size=14,
    ),
    st.randoms(use_true_random=False),
    st.sets(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=4),
)
def test_groups_are_the_same_in_any_order_and_no_negative_is_crossed(
    drawn: list[tuple[int, list[str]]], chance: random.Random, parted: set[tuple[int, int]]
) -> None:
    pages = [told(f"p{n:02}", day * DAY, names, "en" if n % 3 else "fr") for n, (day, names) in enumerate(drawn)]
    different = frozenset(
        pair(f"p{a:02}", f"p{b:02}") for a, b in parted if a != b and a < len(pages) and b < len(pages)
    )
    words = Words(different=different)
    first = regroup(pages, OPTIONS, words)
    shuffled = pages[:]
    chance.shuffle(shuffled)
    again = regroup(shuffled, OPTIONS, words)
    assert (again.groups, again.candidates) == (first.groups, first.candidates)
    assert sorted(key for group in first.groups for key in group) == sorted(page.id for page in pages)
    for one, two in different:
        assert not any({one, two} <= set(group) for group in first.groups)


def claim(key: str, day: int, *about: tuple[str, str, str]) -> Told:
    """A claim about names, each with its W and part."""
    named = tuple(Mentioned(name, w, role, name.lower(), "person") for name, w, role in about)
    return Told(key, day * DAY, f"sentence {key}", "", f"deed {key}", "", "", 0.9, "day", named, ())


def test_event_tells_of_the_people_in_its_page_s_other_sentences() -> None:
    harbour, ships = ("Varna", "WHERE", "place"), ("Burgas", "WHERE", "place")
    claims = (
        *(claim(f"main{n}", 100, harbour, ships, ("Ann", "WHO", "object")) for n in range(3)),
        claim("lead", 100, harbour, ships, ("Bo", "WHO", "subject")),
        claim("beside", 104, ("Cy", "WHO", "subject"), ("Oslo", "WHERE", "place")),
        claim("again", 104, ("Cy", "WHO", "subject")),
        claim("long ago", 60, ("Dee", "WHO", "subject")),
    )
    page = source(PageTold("d", "Strike", None, "en", None, 105 * DAY, 7, 6, None, None, claims), OPTIONS)
    assert page is not None
    event = formed([page], OPTIONS)
    assert {"main0", "lead"} <= set(event.claims) and "beside" not in event.claims
    assert event.record["who"] == [
        {"name": "Bo", "relevance": 1.0},
        {"name": "Ann", "relevance": 0.8},
        {"name": "Cy", "relevance": 0.6},
    ]
    assert {place["name"] for place in event.record["where"]} == {"Varna", "Burgas"}
