"""Five answers to an article: what they are made of, where they stand, and when a question is left open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extraction.answers import QUESTIONS, answers
from ingest.extraction.article import Article
from ingest.extraction.dates import dates
from ingest.extraction.gazetteer import known_place
from ingest.extraction.tagging import tag
from ingest.extraction.tokens import sentences, tokens
from ingest.extraction.what import what
from ingest.extraction.where import where
from ingest.extraction.who import who

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


def _first(question: str, title: str = "", text: str = "", description: str = "") -> str:
    found = answers(Article("x", title, description, text, DAY))[question]
    return found[0].text if found else ""


def test_furniture_of_a_page_is_no_part_of_a_sentence() -> None:
    text = (
        "Get sports updates directly to your inbox + Subscribe Thank you for subscribing! Could not subscribe, try"
        " again later Invalid Email Rangers closed the pass. (Photo: Agency) Nobody was hurt."
    )
    article = Article("x", "", "", text, DAY)
    assert [one.text for one in article.sentences] == ["Rangers closed the pass.", "Nobody was hurt."]
    assert all(text[one.offset :].startswith(one.text) for one in article.sentences)


@pytest.mark.parametrize("many", ["At least nine people", "More than 40 pupils", "Up to 12 sailors"])
def test_a_count_and_what_it_counts_are_one_who(many: str) -> None:
    assert _first("who", text=f"{many} were hurt when a ferry capsized near Arvik.") == many


def test_those_who_only_tell_of_it_are_marked_wherever_they_stand() -> None:
    text = "The keeper was freed from the mine, Jon Vale said. According to Ida Korr he is well."
    speaks = {one.text: one.features["speaks"] for one in who(Article("x", "", "", text))}
    assert speaks["Jon Vale"] == speaks["Ida Korr"] == 1.0 and speaks["The keeper"] == 0.0


def test_whoever_speaks_in_the_headline_may_be_who() -> None:
    assert _first("who", title="Ida Korr says mine will close") == "Ida Korr"


@pytest.mark.parametrize("name", ["Gov. Ida Korr", "Ida K. Korr", "Dr. Korr"])
def test_a_shortened_word_does_not_cut_a_name(name: str) -> None:
    assert _first("who", text=f"{name} opened the rebuilt mill.") == name
    assert _first("what", title="Mayor", text=f"Miners met {name} in the mill.") == f"met {name}"


def test_times_are_not_who() -> None:
    found = who(Article("x", "Tuesday brings snow", "", "On Wednesday, 13 March, Ida Korr resigned.", DAY))
    assert not {one.text for one in found} & {"Tuesday", "Wednesday", "13 March", "March"}


def test_a_thing_with_an_owner_leaves_the_owner_to_be_who() -> None:
    found = {one.text: one.features for one in who(Article("x", "Ida Korr's ferry sinks"))}
    assert found["Ida Korr's ferry"]["a thing"] == 1.0
    assert found["Ida Korr"]["owner"] == 1.0


def test_of_dozens_of_rescuers_rescuers_are_the_head_and_of_fans_of_a_mill_fans() -> None:
    found = {one.text: one.features for one in who(Article("x", "", "", "Dozens of rescuers met fans of the mill."))}
    assert found["Dozens of rescuers"]["people"] == 1.0
    assert found["fans of the mill"]["people"] == 1.0


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Keeper shows signs of age in final", "shows signs of age"),
        ("Mayor rejects ruling and vows appeal", "rejects ruling"),
        ("Nine dead after ferry sinks off coast", "Nine dead"),
    ],
)
def test_what_ends_where_its_phrase_ends(title: str, told: str) -> None:
    assert told in _first("what", title=title)
    assert told in [one.text for one in what(Article("x", title))]


def test_what_happens_to_somebody_or_something_is_told_with_it() -> None:
    assert _first("what", title="Old bridge collapses in storm").startswith("Old bridge collapses")


def test_without_a_headline_the_first_sentence_stands_for_it() -> None:
    text = "Ida Korr opened the rebuilt mill. The hopes of many are high. Jon Vale left early. Rain fell on the guests."
    assert _first("who", text=text) == "Ida Korr"
    assert "opened" in _first("what", text=text)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked a convoy in the northern city of Qarvesh.",
        "Rebels attacked a convoy in Qarvesh city.",
        "Rebels attacked a convoy in Qarvesh Province.",
    ],
)
def test_a_name_that_the_article_calls_a_city_is_a_place(text: str) -> None:
    found = {one.text: one.features for one in where(Article("x", "Convoy attacked in Qarvesh", "", text))}
    assert found["Qarvesh"]["a known place"] == 1.0


def test_neither_a_people_nor_a_state_of_mind_becomes_a_place_by_a_word_beside_it() -> None:
    text = "Fighters of Islamic State took the Iraqi city."
    found = {one.text: one.features for one in where(Article("x", "", "", text))}
    assert all(not found[name]["a known place"] for name in ("Islamic State", "Islamic", "Iraqi") if name in found)


def test_the_surname_of_somebody_is_no_place() -> None:
    text = "Ida Rockford won the race in Lorvik. Rockford had trained all winter."
    found = {one.text: one.features for one in where(Article("x", "", "", text))}
    assert known_place("Rockford") and found["Rockford"]["somebody's surname"] == 1.0
    assert _first("where", text=text) == "Lorvik"


@pytest.mark.parametrize("name", ["Bogota", "Bogotá", "Malmo", "Malmö", "Zurich", "Medellin"])
def test_places_are_known_with_and_without_marks(name: str) -> None:
    assert known_place(name)


@pytest.mark.parametrize("name", ["bush", "sale", "colon"])
def test_a_word_is_not_taken_for_a_place_whose_marks_are_left_out(name: str) -> None:
    assert not known_place(name)


def test_south_of_a_known_place_is_known_and_south_africa_is_itself() -> None:
    found = {one.text: one.features for one in where(Article("x", "", "", "Floods in South Camden and South Africa."))}
    assert found["South Camden"]["a known place"] == 1.0 and found["South Camden"]["a country"] == 0.0
    assert found["South Africa"]["a country"] == 1.0


def test_the_full_stop_of_a_sentence_is_no_part_of_a_weekday() -> None:
    text = "It closed on Tuesday."
    (one,) = dates(text, DAY)
    assert text[one.start : one.end] == "Tuesday"
