"""From a name as written to the form that keys and comparisons use. No script is ever erased.

The display form is NFC; the key form is NFKC, case folded, without punctuation, honorifics (person) or legal forms
(collective), with "Surname, First" turned round. A romanised form stands beside it for comparison only.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from graph.keys import Family
from resolution.names.words import GENERATIONS, HONORIFICS, LEGAL_FORMS, SMALL_WORDS

NORMALISED_LENGTH = 1_500
"""Characters a normalised name may have: an index of Neo4j holds about 8,000 bytes, and NFKC may blow a name up 18
times."""
_QUALIFIER = re.compile(r"^(?P<name>.*\S)\s*\((?P<qualifier>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9`\u00b4]")
_NONE: frozenset[str] = frozenset()
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{1,6}")


@dataclass(slots=True)
class Name:
    """A name taken apart. `normalised` with `qualifier` makes the key; the other parts serve comparison.

    `tokens` and `roman` are the words of the normalised name in order, as they are and romanised; `acronym` is true
    when the name as written is one (2 to 7 capitals); `initials` are the first letters of the words that count;
    `numerals` are the words that hold a digit, and generation marks: names that differ in them are of different things.
    """

    display: str
    normalised: str
    qualifier: str
    tokens: tuple[str, ...]
    roman: tuple[str, ...]
    acronym: bool
    initials: str
    numerals: frozenset[str]


@lru_cache(maxsize=100_000)
def normalise(name: str, family: str) -> Name:
    """Takes a display name (NFC, cleaned) apart by the rules of its family. Pure and total: a name that is all
    punctuation keeps its folded characters, so it still has a key."""
    if family in (Family.WHAT, Family.WHEN, Family.WHY):
        folded = _bounded(" ".join(unicodedata.normalize("NFKC", name).casefold().split()))
        return Name(name, folded, "", (folded,), (folded,), False, "", _NONE)
    base, qualifier = _split_qualifier(name)
    if family == Family.PERSON:
        base = _natural_order(base)
    tokens = _tokens(base)
    if family == Family.PERSON:
        tokens = _without_honorifics(tokens, _initials_of(base))
    elif family in (Family.COLLECTIVE, Family.UNSPECIFIED):
        tokens = _without_legal_forms(tokens)
    if not tokens:
        tokens = ["".join(unicodedata.normalize("NFKC", name).casefold().split())]
        qualifier = ""
    roman = tuple(part for token in tokens for part in romanise(token).split()) or tuple(tokens)
    return Name(
        display=name,
        normalised=_bounded(" ".join(tokens)),
        qualifier=" ".join(_tokens(qualifier)),
        tokens=tuple(tokens),
        roman=roman,
        acronym=bool(_ACRONYM.fullmatch(base.replace(".", "").replace("-", ""))) and " " not in base,
        initials="".join([word[:1] for word in roman if word not in SMALL_WORDS]),
        numerals=_numerals(roman),
    )


def _numerals(words: tuple[str, ...]) -> frozenset[str]:
    found = [word for word in words if word in GENERATIONS or (not word.isalpha() and any(c.isdigit() for c in word))]
    return frozenset(found) if found else _NONE


def _bounded(text: str) -> str:
    """The text, or where it is too long for an index its beginning with the hash of it all."""
    if len(text) <= NORMALISED_LENGTH:
        return text
    return f"{text[:200].rstrip()} {hashlib.sha256(text.encode()).hexdigest()}"


def romanise(text: str) -> str:
    """Latin letters and digits for comparison, lower case; never used in keys."""
    if text.isascii():
        return text
    return "".join(c if c.isalnum() or c == " " else " " for c in anyascii(text).lower()).strip()


def _split_qualifier(name: str) -> tuple[str, str]:
    if not name.endswith(")"):
        return name, ""
    found = _QUALIFIER.match(name)
    return (found["name"], found["qualifier"]) if found else (name, "")


def _natural_order(name: str) -> str:
    surname, comma, first = name.partition(",")
    if not comma or "," in first or not first.strip() or _tokens(first)[-1:] in ([g] for g in GENERATIONS):
        return name
    return f"{first.strip()} {surname.strip()}"


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _DOTTED.sub(lambda m: m.group().replace(".", ""), folded)
    folded = _APOSTROPHES.sub("", folded)
    if folded.replace(" ", "").isalnum():
        return folded.split()
    words = "".join([c if c.isalnum() or unicodedata.category(c).startswith("M") else " " for c in folded])
    return words.split()


def _initials_of(name: str) -> frozenset[str]:
    """Initials with a dot each, as one word: M.R. Sharma is not Mr Sharma, D.R. Horton no doctor."""
    if "." not in name:
        return _NONE
    return frozenset(found.replace(".", "").casefold() for found in _DOTTED.findall(name))


def _without_honorifics(tokens: list[str], initials: frozenset[str]) -> list[str]:
    start, last = 0, len(tokens) - 1
    while last > 0 and tokens[last] in GENERATIONS:
        last -= 1
    while start < last and tokens[start] in HONORIFICS and tokens[start] not in initials:
        start += 1
    return tokens[start:]


def _without_legal_forms(tokens: list[str]) -> list[str]:
    end = len(tokens)
    while end > 1 and tokens[end - 1] in LEGAL_FORMS:
        end -= 1
    return tokens[:end]
