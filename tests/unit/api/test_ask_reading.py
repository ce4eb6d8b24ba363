"""Questions are read: their times in many forms, their shapes in many words, their words by stem and kin."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.ask.question import Slot, Template
from api.ask.templates import shape_of
from api.ask.times import window_of
from api.ask.words import alike, fold, stem, words

TODAY = date(2026, 11, 30)


def told(text: str) -> tuple[str | None, str | None]:
    """First and last day of the window of a question."""
    window, _ = window_of(text, TODAY)
    ends = (window.since, window.until)
    return tuple(f"{one:%Y-%m-%d}" if one else None for one in ends)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What happened on 28 September 2015?", "2015-09-28", "2015-09-28"),
        ("What happened on Sept. 28th, 2015?", "2015-09-28", "2015-09-28"),
        ("What happened on 2015-09-28?", "2015-09-28", "2015-09-28"),
        ("What happened on 28/09/2015?", "2015-09-28", "2015-09-28"),
        ("What happened on 9/28/2015?", "2015-09-28", "2015-09-28"),
        ("Que s'est-il passé le 28 septembre 2015 ?", "2015-09-28", "2015-09-28"),
        ("timeline of X in September 2015", "2015-09-01", "2015-09-30"),
        ("between 2 and 5 September 2015", "2015-09-02", "2015-09-05"),
        ("from September 2 to September 5, 2015", "2015-09-02", "2015-09-05"),
        ("September 14-16, 2015", "2015-09-14", "2015-09-16"),
        ("since May 15, 2024", "2024-05-15", None),
        ("from 2024-05-01 onwards", "2024-05-01", None),
        ("after March 2024", "2024-04-01", None),
        ("before 10 May 2024", None, "2024-05-09"),
        ("by the end of March 2024", None, "2024-03-31"),
        ("in late March 2024", "2024-03-21", "2024-03-31"),
        ("in the first week of September 2015", "2015-09-01", "2015-09-07"),
        ("during Q2 2024", "2024-04-01", "2024-06-30"),
        ("in the second half of September 2015", "2015-09-16", "2015-09-30"),
        ("in the last 7 days", "2026-11-23", "2026-11-30"),
        ("yesterday", "2026-11-29", "2026-11-29"),
        ("last Monday", "2026-11-23", "2026-11-23"),
        ("in 2015", "2015-01-01", "2015-12-31"),
        ("Who may strike?", None, None),
        ("What was found on Mars?", None, None),
        ("What did Theresa May do?", None, None),
        ("What happened in May 2024?", "2024-05-01", "2024-05-31"),
        ("Who hosts the 2024 Summer Olympics?", None, None),
    ],
)
def test_times_are_read_in_many_forms(text: str, since: str | None, until: str | None) -> None:
    assert told(text) == (since, until)


def test_as_of_is_told_apart_from_a_window() -> None:
    window, _ = window_of("As of 10 March 2024, what had happened?", TODAY)
    assert window.as_of is not None and window.as_of.date() == date(2024, 3, 10)
    assert window_of("By 10 March 2024, what had happened?", TODAY)[0].as_of is None


def test_a_date_without_a_year_stands_for_every_year() -> None:
    window, _ = window_of("What did X do on 3 September?", TODAY)
    assert window.yearless
    assert {window.of_year(year).since.year for year in (2015, 2024)} == {2015, 2024}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Who connects A and B?", Template.CONNECTION),
        ("How is A connected to B?", Template.CONNECTION),
        ("What do A and B have in common?", Template.CONNECTION),
        ("Qui relie A et B ?", Template.CONNECTION),
        ("What is trending and why?", Template.TRENDING),
        ("Which countries were most in the news?", Template.TRENDING),
        ("What changed for A?", Template.CHANGES),
        ("Timeline of A", Template.TIMELINE),
        ("What happened to A?", Template.TIMELINE),
        ("What did A do?", Template.TIMELINE),
        ("Tell me about A", Template.TIMELINE),
        ("Why did A resign?", Template.CAUSE),
        ("What led to the fire?", Template.CAUSE),
        ("What came of the fire?", Template.CONSEQUENCE),
        ("What did the strike lead to?", Template.CONSEQUENCE),
        ("Who is most often named with A?", Template.COMPANY),
        ("Who resigned?", Template.EVENT),
        ("What did A do to B?", Template.EVENT),
    ],
)
def test_shapes_are_told_by_their_words(text: str, template: Template) -> None:
    assert shape_of(text).template is template


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("How many people died?", Slot.HOW_MANY),
        ("Where did it crash?", Slot.WHERE),
        ("In which city did it crash?", Slot.WHERE),
        ("On what date did it crash?", Slot.WHEN),
        ("Which company bought it?", Slot.WHO),
        ("Did A meet B?", Slot.WHETHER),
    ],
)
def test_what_is_asked_for_is_told_by_the_question_word(text: str, slot: Slot) -> None:
    assert shape_of(text).slot is slot


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resigned", "resigns"),
        ("blast", "explodes"),
        ("quit", "resignation"),
        ("breaching", "violating"),
        ("boxer", "boxing"),
        ("Turkish", "Turkey"),
    ],
)
def test_words_of_one_meaning_meet(one: str, other: str) -> None:
    assert alike(stem(fold(one)), stem(fold(other))) >= 0.8


@pytest.mark.parametrize(("one", "other"), [("sue", "freeze"), ("die", "resign"), ("born", "appointed")])
def test_words_of_other_meanings_do_not(one: str, other: str) -> None:
    assert alike(stem(fold(one)), stem(fold(other))) < 0.8


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text: str) -> None:
    window, blank = window_of(text, TODAY)
    assert len(blank) == len(text)
    shape_of(blank)
    assert all(text[word.start : word.end].startswith(word.written[:1]) for word in words(text))
    window.of_year(2015)
