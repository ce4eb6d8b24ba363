"""Events whose title or text of then holds words: from the full-text index, which knows what stands now, and from the
former versions that stood then, which no index holds."""

import re
from typing import Any

from graph.database import Row, Transaction
from graph.errors import InvalidInput
from graph.queries import statement
from graph.reading.events import TEXT_SCAN
from graph.reading.lucene import CHARACTERS_AT_MOST, WORDS_AT_MOST, words

VERSIONS = 20_000
"""Former versions that are looked through, the newest."""

_IDEOGRAPH = "\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"[{_IDEOGRAPH}]|(?:[^\W{_IDEOGRAPH}]|(?<={_LETTER})[.'\u2019:\u00b7](?={_LETTER})|(?<=\d)[.,'\u2019](?=\d))+"
)
"""Words as the index's standard analyzer cuts them: those scripts that write without spaces character by character."""


def holding(tx: Transaction, text: str, window: Row) -> tuple[list[tuple[int, str]], bool]:
    """(ts, id) of the events of a window (since, until, after, known, category) that held all the words, newest first;
    whether more match than were looked at: the 1,000 best as they stand now, the newest 20,000 former versions. Raises
    InvalidInput for a text without words."""
    query = words(text)
    phrases = [cut(word) for word in text[:CHARACTERS_AT_MOST].split()]
    phrases = [one for one in phrases if one][:WORDS_AT_MOST]
    if not query or not phrases:
        raise InvalidInput("there is no word in it", "text")
    asked: dict[str, Any] = {name: window[name] for name in ("since", "until", "after", "known", "category")}
    standing = tx.rows(statement("read/past_event_text"), {**asked, "words": query, "scan": TEXT_SCAN})[0]
    letters = sorted({token for phrase in phrases for token in phrase})
    former = tx.rows(statement("read/past_version_text"), {**asked, "letters": letters, "scan": VERSIONS})[0]
    found = {(ts, event) for ts, event in standing["rows"]}
    found |= {(ts, event) for ts, event, title, told in former["rows"] if _holds(phrases, title, told)}
    return sorted(found, reverse=True), standing["matched"] >= TEXT_SCAN or former["looked"] >= VERSIONS


def cut(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _TOKEN.findall(text.lower())


def _holds(phrases: list[list[str]], *told: str | None) -> bool:
    """Whether each of these stands in one of the texts."""
    lines = [f" {' '.join(cut(text))} " for text in told if text]
    return all(any(f" {' '.join(phrase)} " in line for line in lines) for phrase in phrases)
