"""Five answers to an article: what they are made of, where they stand, and when a question is left open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction.answers import QUESTIONS, answers
from ingest.extraction.article import Article
from ingest.extraction.dates import dates
from ingest.extraction.tagging import tag
from ingest.extraction.tokens import sentences, tokens

DAY = date(2024, 3, 13)
"""A Wednesday."""
STORY = Article(
    "a1",
    "Harbour workers strike in Valparaiso after pension talks collapse",
    "Port workers walked out on Tuesday because talks on pensions had failed.",
    "VALPARAISO (Agency) -- Port workers in Valparaiso, Chile, walked out on Tuesday because talks on pensions had"
    " failed. The union said the strike would last until Friday.",
    DAY,
)


def test_a_plain_story_is_answered_in_all_five_questions() -> None:
    told = {question: [one.text for one in found] for question, found in answers(STORY).items()}
    assert "workers" in told["who"][0].lower()
    assert "strike" in told["what"][0] or "walked out" in told["what"][0]
    assert "Tuesday" in told["when"]
    assert told["where"][0].lower().startswith("valparaiso")
    assert "talks" in told["why"][0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_answer_stands_word_for_word_where_it_says(question: str) -> None:
    parts = {"title": STORY.title, "description": STORY.description, "text": STORY.text}
    for one in answers(STORY)[question]:
        assert 0.0 < one.confidence <= 1.0
        if one.field:
            assert parts[one.field][one.start : one.end] == one.text
            assert one.text in one.sentence
        else:
            assert question == "when" and one.moment == DAY.isoformat()


def test_the_same_article_is_answered_the_same_twice() -> None:
    again = Article(STORY.id, STORY.title, STORY.description, STORY.text, DAY)
    assert answers(again) == answers(STORY)


def test_an_article_of_a_single_word_leaves_questions_open() -> None:
    told = answers(Article("x", "Hello"))
    assert told["where"] == [] and told["when"] == [] and told["why"] == []


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=600))
def test_any_text_is_read_without_failing_and_stands_where_it_says(title: str, description: str, text: str) -> None:
    parts = {"title": title, "description": description, "text": text}
    for found in answers(Article("x", title, description, text, DAY)).values():
        for one in found:
            assert not one.field or parts[one.field][one.start : one.end] == one.text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("It happened on Tuesday.", "2024-03-12"),
        ("It happened on Wednesday.", "2024-03-13"),
        ("It begins next Friday.", "2024-03-15"),
        ("on Nov. 9, 2016", "2016-11-09"),
        ("at 6.10am on Wednesday, 9 November 2016", "2016-11-09"),
        ("yesterday", "2024-03-12"),
        ("Le mardi 3 novembre 2020, à Lyon", "2020-11-03"),
        ("El 5 de mayo de 2020", "2020-05-05"),
        ("Em 7 de setembro de 2021", "2021-09-07"),
        ("am 12. Oktober 2020", "2020-10-12"),
        ("2020年11月20日，北京", "2020-11-20"),
        ("in March 2019", "2019-03"),
        ("on 28 December", "2023-12-28"),
    ],
)
def test_times_are_resolved_against_the_day_of_publication(text: str, moment: str) -> None:
    assert [one.moment for one in dates(text, DAY)] == [moment]


@pytest.mark.parametrize("text", ["they may be so", "march on", "sat down", "a second chance", "30 February 2020"])
def test_words_that_only_look_like_times_tell_none(text: str) -> None:
    assert [one.moment for one in dates(text, DAY) if one.form in ("date", "weekday")] == []


def test_without_a_day_of_publication_a_weekday_has_no_date() -> None:
    (one,) = dates("It happened on Tuesday.", None)
    assert one.moment is None


def test_sentences_do_not_end_at_titles_and_initials() -> None:
    text = 'Mr. J. Smith of the U.S. Navy left. "Why?" he asked. Nobody knew.'
    cut = [text[start:end] for start, end in sentences(text, 10)]
    assert cut == ["Mr. J. Smith of the U.S. Navy left.", '"Why?" he asked.', "Nobody knew."]


def test_a_headline_has_its_verb_found_among_plurals() -> None:
    words = tokens("Rebels attack convoy near border")
    assert tag(words, headline=True)[1] == "VBP"
    words = tokens("Minister visits flooded villages")
    assert tag(words, headline=True)[1] == "VBZ"
