"""What a language model says stays only where its evidence bears it: words, figures, dates, denials, who did it."""

from datetime import UTC, datetime

import pytest

from api.ask.answer import Sentence
from api.ask.checking import borne
from api.ask.evidence import Evidence, Named

AT = datetime(2018, 10, 1, tzinfo=UTC)


def says(text: str) -> list[Sentence]:
    return [Sentence(text, AT, ("one",), ())]


def mention(name: str, role: str) -> Named:
    return Named("WHO", name, role, f"key-{name}", name, "organization")


def event(title: str, *mentions: Named) -> Evidence:
    return Evidence("one", title, title, AT, None, "day", "", "", mentions, ())


BORNE = [
    ("Norvia attacked Sundermark.", "Norvia attacked Sundermark on Monday."),
    ("Sundermark was attacked by Norvia.", "Norvia attacked Sundermark."),
    ("Kestrel Bank froze the credit of Halden Marine.", "Kestrel Bank freezes Halden Marine's credit line"),
    ("Ten people were killed and five were injured.", "A blast kills 10 people and injures five others."),
    ("On 1 October 2018 Orla Venn resigned.", "Orla Venn resigns."),
    ("Orla Venn did not resign.", "Orla Venn does not resign."),
    ("Protesters demand the resignation of Orla Venn.", "Protesters demand the resignation of Orla Venn."),
    ("Orla Venn met Boris Lem.", "Boris Lem met Orla Venn."),
    ("The court fined Acme $5 million.", "A court fines Acme $5 million for fraud."),
    ("The toll rose to 1,200.", "The toll rises to 1,200, officials say."),
]
NOT_BORNE = [
    ("Sundermark attacked Norvia.", "Norvia attacked Sundermark on Monday."),
    ("Norvia was attacked by Sundermark.", "Norvia attacked Sundermark."),
    ("Halden Marine froze the credit of Kestrel Bank.", "Kestrel Bank freezes Halden Marine's credit line"),
    ("Venezuela accuses Guyana of massing troops.", "Guyana accuses Venezuela of massing troops on its border."),
    ("Five people were killed and ten were injured.", "A blast kills 10 people and injures five others."),
    ("The blast killed 12 people.", "A blast kills 10 people."),
    ("On 2 October 2018 Orla Venn resigned.", "Orla Venn resigns."),
    ("In 2017 Orla Venn resigned.", "Orla Venn resigns."),
    ("Orla Venn did not resign.", "Orla Venn resigns."),
    ("Orla Venn resigned.", "Orla Venn does not resign."),
    ("Orla Venn resigned.", "Protesters demand the resignation of Orla Venn."),
    ("Boris Lem resigned.", "Orla Venn resigns."),
    ("The court fined Acme $6 million.", "A court fines Acme $5 million for fraud."),
    ("Acme is a wonderful employer with happy staff.", "A court fines Acme $5 million for fraud."),
]


@pytest.mark.parametrize(("claim", "evidence"), BORNE)
def test_a_claim_that_its_evidence_bears_stays(claim: str, evidence: str) -> None:
    assert borne(claim, says(evidence))


@pytest.mark.parametrize(("claim", "evidence"), NOT_BORNE)
def test_a_claim_that_its_evidence_does_not_bear_goes(claim: str, evidence: str) -> None:
    assert not borne(claim, says(evidence))


def test_parts_in_the_event_count_where_words_tell_none() -> None:
    title = "Freeze of credit: Kestrel Bank, Halden Marine"
    told = event(title, mention("Kestrel Bank", "source"), mention("Halden Marine", "target"))
    assert borne("Kestrel Bank freezes credit of Halden Marine.", says(title), [told])
    assert not borne("Halden Marine freezes credit of Kestrel Bank.", says(title), [told])


@pytest.mark.parametrize("claim", ["", "x" * 501, "?!", "the of and"])
def test_what_is_no_claim_is_not_borne(claim: str) -> None:
    assert not borne(claim, says("Orla Venn resigns."))


def test_a_claim_without_evidence_is_not_borne() -> None:
    assert not borne("Acme opens a mine in Norvia.", ())
