"""Words of a text with their offsets, and its sentences."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|am|pm|mph|km|m|ft|bn|%)?\b"
    r"|[^\W\d_]+(?:[-'’.][^\W\d_]+)*(?:['’](?=\s|$))?|[^\W_]+(?:-[^\W_]+)*|\.{3}|--|[^\w\s]"
)
_END = re.compile(r"(?:(?<![.!?…])[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])|[。！？]|\n\s*\n)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|St|Jr|Sr|Co|Corp|Inc|Ltd|No|vs|etc|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|a\.m|p\.m|U\.S|U\.K|U\.N)|\.\.)\.$"
)
POSSESSIVE = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. `start` and `end` are offsets in the text it was cut from."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """True for a word with a capital at its head."""
        return self.text[0].isupper()


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order. A possessive 's stands alone."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        for tail in POSSESSIVE if "'" in word or "’" in word else ():
            if len(word) > len(tail) and word.endswith(tail) and word[0].isalnum():
                found.append(Token(word[: -len(tail)], word[: -len(tail)].lower(), start, end - len(tail)))
                word, start = tail, end - len(tail)
                break
        found.append(Token(word, word.lower().replace("’", "'"), start, end))
    return found


def sentences(text: str, limit: int) -> list[tuple[int, int]]:
    """Offsets of the first `limit` sentences."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[max(0, match.end() - 8) : match.end()].rstrip("\"”’')]")):
            continue
        if text[start : match.end()].strip():
            found.append(_trimmed(text, start, match.end()))
        start = match.end()
        if len(found) == limit:
            return found
    if text[start:].strip():
        found.append(_trimmed(text, start, len(text)))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
