"""Texts of pages: counted, cut into passages, their language, encoding and addresses; what is learnt of a site."""

import random
from typing import Any

import pytest

from ingest.fetching import FetchError
from ingest.pages.addresses import canonical, host_of
from ingest.pages.answer import Answer, decoded
from ingest.pages.classifier import failure_of
from ingest.pages.failures import Failure
from ingest.pages.main_text import main_text
from ingest.pages.options import Rung
from ingest.pages.requests import packed, unpacked
from ingest.pages.sites import HALF_LIFE, domain_score, first_rung
from ingest.pages.text import LONGEST, language_of, likeness, mended, one_line, passages
from tests.pages_site import SENTENCES, article, paragraphs


@pytest.mark.parametrize(
    ("url", "one"),
    [
        ("https://A.example:443/x/", "https://a.example/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?utm_source=y&id=7&fbclid=z#top", "https://a.example/x?id=7"),
        ("https://a.example/x?b=1&p=2&id=1", "https://a.example/x?id=1&p=2"),
        ("https://a.example/x?storyid=5&gclid=9&gbraid=8&session_id=", "https://a.example/x?storyid=5"),
        ("http://a.example:80//x//y", "http://a.example/x/y"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
    ],
)
def test_an_address_has_one_form(url: str, one: str) -> None:
    assert canonical(url) == one
    assert canonical(one) == one


def test_what_is_no_address_is_refused() -> None:
    for url in ("", "a.example", "ftp://a.example", "http://a b", "http://", "javascript:1"):
        with pytest.raises(FetchError):
            canonical(url)
    assert host_of("https://www.a.example/x") == "a.example"


@pytest.mark.parametrize("language", SENTENCES)
def test_the_language_is_told_by_its_words_or_script(language: str) -> None:
    assert language_of("\n\n".join(paragraphs(language, 3))) == language


def test_a_text_of_hardly_any_words_has_no_language_but_the_one_it_states() -> None:
    assert language_of("Xq zzt") == ""
    assert likeness("Xq zzt", "pt").language == "pt"
    assert language_of("これは日本語の文章です。東京で会議が開かれました。") == "ja"
    assert language_of("") == ""


def test_ideographs_count_two_to_a_word() -> None:
    assert likeness("港务局开放新码头。").words == 4
    found = likeness(mended("One two three. Four!\nFive six? Seven"))
    assert (found.words, found.sentences, found.paragraphs) == (7, 3, 2)


def test_a_text_is_mended() -> None:
    assert mended("a\r\n\r\n\r\n  b \t c\x00\ud800\n") == "a\n\nb c"
    assert mended("e\u0301") == "é"
    assert one_line("  a\n b ") == "a b"
    assert one_line("\x07") is None


def test_passages_joined_are_the_text_and_none_is_too_long() -> None:
    chance = random.Random(3)
    for _ in range(200):
        words = ["ab " * chance.randint(0, 3_000) + chance.choice((".", "。", "", "x" * 9_000)) for _ in range(6)]
        text = mended("\n".join(words))
        parts = passages(text)
        assert "".join(parts) == text
        assert all(0 < len(part) <= LONGEST for part in parts)
    assert passages("") == []


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("né".encode(), "text/html; charset=utf-8", "né"),
        ("né".encode("cp1252"), "text/html; charset=ISO-8859-1", "né"),
        ("“né”".encode("cp1252"), "text/html; charset=latin-1", "“né”"),
        ("码头".encode("gb18030"), "text/html; charset=gb2312", "码头"),
        (b'<meta charset="koi8-r">' + "причал".encode("koi8-r"), "text/html", '<meta charset="koi8-r">причал'),
        ("né".encode("utf-16"), "text/html; charset=utf-8", "né"),
        (b"\xef\xbb\xbfn\xc3\xa9", "", "né"),
        ("né".encode(), "text/html; charset=no-such-thing", "né"),
        ("né".encode(), "text/html; charset=\udcff", "né"),
    ],
)
def test_a_body_is_read_in_the_encoding_that_it_is_in(body: bytes, kind: str, text: str) -> None:
    assert decoded(body, kind) == text


def test_hostile_pages_are_read_in_time() -> None:
    for html in ("<div>" * 50_000, "<p" * 100_000, "<meta " * 50_000, "<script type='application/ld+json'>" * 2_000):
        assert main_text(html).text is not None
    deep = '<script type="application/ld+json">' + '{"@graph":[' * 900 + "]}" * 900 + "</script>"
    assert main_text(deep).free


def judged(html: str, status: int = 200, rung: Rung = Rung.LIGHT, **headers: str) -> Failure | None:
    answer = Answer("https://a.example/x", status, headers, html.encode(), rung)
    page = main_text(html)
    found = failure_of(answer, html, page, likeness(page.text))
    return found.failure if found else None


def test_signs_count_only_where_there_is_hardly_any_other_text() -> None:
    for words in ("Verify you are human", "Subscribe to continue reading", "Page not found", "Before you continue"):
        assert judged(article(salt=words)) is None
        assert judged(f"<html><title>{words}</title><body><p>{words}.</p></body></html>") is not None


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (401, Failure.PAYWALL),
        (402, Failure.PAYWALL),
        (403, Failure.BOT_DETECTED),
        (404, Failure.NOT_FOUND),
        (410, Failure.NOT_FOUND),
        (408, Failure.TIMEOUT),
        (429, Failure.RATE_LIMITED),
        (500, Failure.NETWORK),
        (503, Failure.NETWORK),
        (418, Failure.UNKNOWN),
    ],
)
def test_a_status_says_what_it_is(status: int, failure: Failure) -> None:
    assert judged("<html><body>no</body></html>", status) is failure


def test_only_a_browser_is_asked_for_what_scripts_fill() -> None:
    shell = "<html><body><div id=root></div><script src=/a.js></script></body></html>"
    assert judged(shell) is Failure.THIN
    assert judged(shell, rung=Rung.BROWSER) is None


def tried(rung: str, outcome: str, at: float = 0.0, **more: Any) -> dict[str, Any]:
    return {"rung": rung, "outcome": outcome, "at": at, **more}


RUNGS = (Rung.LIGHT, Rung.IMPERSONATED, Rung.BROWSER)


def test_a_site_is_begun_with_what_opened_it_of_late() -> None:
    walls = [tried("light", "bot_detected"), tried("impersonated", "extracted")] * 2
    assert first_rung([], 0, RUNGS) is Rung.LIGHT
    assert first_rung(walls[:2], 0, RUNGS) is Rung.LIGHT
    assert first_rung(walls, 0, RUNGS) is Rung.IMPERSONATED
    assert first_rung(walls, 3 * HALF_LIFE, RUNGS) is Rung.LIGHT
    assert first_rung([*walls, *[tried("light", "extracted")] * 3], 0, RUNGS) is Rung.LIGHT
    assert first_rung([tried("light", "bot_detected")] * 9, 0, RUNGS) is Rung.LIGHT


def test_a_site_that_shows_nothing_loses_its_score_and_wins_it_back_with_time() -> None:
    walled = [tried("browser", "bot_detected")] * 10
    assert domain_score([], 0, 0.9) == 0.9
    assert domain_score(walled, 0, 0.9) == pytest.approx(0.7)
    assert domain_score(walled, 8 * HALF_LIFE, 0.9) > 0.88
    assert domain_score([tried("light", "extracted")] * 40, 0, 0.9) == pytest.approx(0.98)
    assert domain_score([tried("light", "bot_detected", last=False)] * 10, 0, 0.9) == 0.9
    assert domain_score([tried("light", "not_found"), tried("light", "timeout")] * 9, 0, 0.9) == 0.9


def test_what_waits_in_the_graph_is_what_was_given() -> None:
    for text in ("", "né 码头 🌊", "x" * 100_000):
        assert unpacked(packed(text)) == text
