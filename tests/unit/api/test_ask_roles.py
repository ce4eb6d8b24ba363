"""Who did it to whom is read from the order of words, and spoken of only where the words leave no doubt."""

import pytest

from api.ask.asked import deeds, parties
from api.ask.question import Link
from api.ask.refusing import refused
from api.ask.roles import Names, deeds_in, turned_round, undone
from api.ask.words import stem, words

LU = "Former vice president Annette Lu files charges of treason against Lien Chan, accusing him of breaching security."


@pytest.mark.parametrize(
    ("text", "verb", "doer", "turned"),
    [
        ("Guyana accuses Venezuela of massing troops.", "accuse", "Venezuela", True),
        ("Guyana accuses Venezuela of massing troops.", "accuse", "Guyana", False),
        ("Venezuela is accused of massing troops by Guyana.", "accuse", "Venezuela", True),
        ("Venezuela is accused of massing troops by Guyana.", "accuse", "Guyana", False),
        ("Ukraine selectively bans certain Russian airlines.", "ban", "Russia", True),
        ("Japan defeat two-time champion South Africa 34-32.", "beat", "South Africa", True),
        ("Heavy rain triggers flash floods killing 10 people.", "kill", "flash floods", False),
        (LU, "accuse", "Lien Chan", True),
        (LU, "accuse", "Annette Lu", False),
        ("Boris Lem met Orla Venn in Norvia.", "meet", "Orla Venn", False),
        ("Norvia", "attack", "Norvia", False),
    ],
)
def test_a_deed_told_the_other_way_round_is_seen(text: str, verb: str, doer: str, turned: bool) -> None:
    assert turned_round(text, (stem(verb),), Names.of([doer])) is turned


@pytest.mark.parametrize(
    ("text", "word", "left"),
    [
        ("Protesters demand the resignation of the minister", "resignation", True),
        ("The minister offers his resignation", "resignation", False),
        ("The governor issues a stay of the execution", "execution", True),
        ("He survives an assassination attempt", "assassination", True),
    ],
)
def test_what_is_only_demanded_or_attempted_is_not_done(text: str, word: str, left: bool) -> None:
    said = words(text)
    at = next(n for n, one in enumerate(said) if one.written == word)
    assert bool(undone(said, at)) is left


@pytest.mark.parametrize(
    ("text", "name", "doer", "sufferer", "deed"),
    [
        ("Whom did Kim Davis marry?", "Kim Davis", "Kim Davis", None, "marry"),
        ("Who accused Annette Lu of treason?", "Annette Lu", None, "Annette Lu", "accused"),
        ("Why was Chris Brown arrested?", "Chris Brown", None, "Chris Brown", "arrested"),
        ("When did Kelly Gissendaner get executed?", "Kelly Gissendaner", None, "Kelly Gissendaner", "executed"),
        ("Did Palestine lower its flag?", "Palestine", "Palestine", None, "lower"),
        ("What happened in Norvia?", "Norvia", None, None, None),
    ],
)
def test_a_question_says_who_did_it_or_to_whom(
    text: str, name: str, doer: str | None, sufferer: str | None, deed: str | None
) -> None:
    link = Link(name, tuple(word for word in words(text) if word.written in name.split()), {})
    found = parties(text, [link], deeds(text))
    told = tuple(one.text if one else None for one in found[:2])
    assert (*told, found[2].written if found[2] else None) == (doer, sufferer, deed)


@pytest.mark.parametrize(
    "text",
    [
        "Should Norvia join the pact?",
        "What is 23 plus 19?",
        "Write me a poem about Lake Auden.",
        "Is it wrong to strike?",
    ],
)
def test_opinions_sums_and_things_to_be_made_are_refused(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize("text", ["Who wrote Into the River?", "How many ships were diverted?", "Is X ill?"])
def test_other_questions_are_not_refused(text: str) -> None:
    assert not refused(text)


def test_a_text_without_verbs_has_no_deeds() -> None:
    assert deeds_in("") == deeds_in("Norvia, Sundermark") == ()
