"""The gates: their numbers are those of the contract, and each says why."""

import pytest

from ingest.pages.gates import RULES, Gate, GateOptions, State, decision, should_process, type_hint
from ingest.pages.text import Likeness


def text(words: int = 200, sentences: int = 9, paragraphs: int = 4, language: str = "en") -> State:
    return State(Gate.TEXT, text=Likeness(words, sentences, paragraphs, language))


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("https://a.example/report.pdf", 0.3),
        ("https://a.example/report.PDF?x=1", 0.3),
        ("https://a.example/news/1", 0.9),
        ("https://news.a.example/1", 0.9),
        ("https://twitter.com/a/status/1", 0.6),
        ("https://a.example/newsletter", 0.5),
    ],
)
def test_the_form_of_an_address_hints_at_what_it_leads_to(url: str, hint: float) -> None:
    assert type_hint(url)[0] == hint


@pytest.mark.parametrize(
    ("url", "domain", "go"),
    [
        ("https://a.example/x", 0.9, True),
        ("https://a.example/x", 0.8, False),
        ("https://a.example/news/x", 0.57, True),
        ("https://a.example/x.pdf", 0.9, False),
        ("https://a.example/x.pdf", 0.97, True),
    ],
)
def test_an_address_goes_on_from_seven_tenths(url: str, domain: float, go: bool) -> None:
    found = should_process(State(Gate.URL, url=url, domain_score=domain))
    assert (found.go, f"domain {domain:.2f}" in found.reason) == (go, True)
    assert found.confidence == pytest.approx(domain * 0.6 + type_hint(url)[0] * 0.4)


@pytest.mark.parametrize(
    ("state", "go", "reason"),
    [
        (text(), True, "200 words in en, 9 sentences"),
        (text(words=99), False, "99 words of 100"),
        (text(sentences=4), False, "quality 0.4 of 0.7: 4 sentences, 4 paragraphs"),
        (text(paragraphs=1), False, "quality 0.6 of 0.7: 9 sentences, 1 paragraphs"),
        (text(language="de"), False, "language de is none of en zh es fr pt"),
        (text(language=""), False, "language unknown is none of en zh es fr pt"),
        (State(Gate.TEXT), False, "0 words of 100"),
    ],
)
def test_a_text_goes_on_when_it_is_long_clear_and_understood(state: State, go: bool, reason: str) -> None:
    found = should_process(state)
    assert (found.go, found.reason) == (go, reason)
    assert 0 <= found.confidence <= 1


@pytest.mark.parametrize(
    ("state", "go"),
    [
        (State(Gate.SEMANTIC), False),
        (State(Gate.SEMANTIC, entities=(0.59,), claims=(0.69,)), False),
        (State(Gate.SEMANTIC, entities=(0.6,)), True),
        (State(Gate.SEMANTIC, claims=(0.7,)), True),
        (State(Gate.EVENT, entities=(0.9, 0.8, 0.6), claims=(0.7, 0.8, 0.9)), True),
        (State(Gate.EVENT, entities=(0.9, 0.8, 0.5), claims=(0.7, 0.8, 0.9)), False),
        (State(Gate.EVENT, entities=(0.9,) * 9, claims=(0.7, 0.8)), False),
        (State(Gate.ENRICHMENT, event_confidence=0.9), True),
        (State(Gate.ENRICHMENT, event_confidence=0.89), False),
    ],
)
def test_later_gates_count_what_is_sure_enough(state: State, go: bool) -> None:
    assert should_process(state).go is go


def test_every_number_is_a_setting_and_every_gate_has_a_rule() -> None:
    easy = GateOptions(words=1, quality=0.1, languages=("de",), url=0.1, claims=0, entities=0)
    assert should_process(text(5, 1, 1, "de"), easy).go
    assert should_process(State(Gate.EVENT), easy).go
    assert decision(State(Gate.URL, url="https://a.example/a.pdf"), easy).go
    assert set(RULES) == set(Gate)
