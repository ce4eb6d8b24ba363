"""How like two words are, 0..1: the ground on which names meet."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from resolution.features.letters import letter_odds
from resolution.names.east_asia import east_asian
from resolution.names.lists import groups
from resolution.names.parts import Word
from resolution.names.scripts import LATIN
from resolution.names.sounds import bones, sound

EXACT, SOUND, ARTICLE, PET, INITIAL = 1.0, 0.97, 0.95, 0.92, 0.5
CUSTOM = 0.97
"""Likeness of a word in East Asian signs and one that some custom of romanising makes of it."""
LEAST = 0.55
"""Below this two words do not meet."""
_PETS, _SYNONYMS = groups("nicknames"), groups("synonyms")
_alike = OSA.normalized_similarity


def likeness(a: Word, b: Word, person: bool) -> float:
    """1 the same letters, .97 the same sound, .95 an article written as one with the word or an umlaut
    written out, .92 short or pet form (of an
    institution word: abbreviation or translation), .5 an initial, else how near letters and sounds are (optimal string
    alignment, Damerau 1964); across scripts, how often these letters stand for those."""
    if a.script == b.script:
        return within(a.text, b.text, person)
    return _across(a.text, a.script, b.text, b.script)


def within(a: str, b: str, person: bool) -> float:
    """Likeness of two words of one script."""
    if a == b:
        return EXACT
    if len(a) < 2 or len(b) < 2:
        return INITIAL if a[:1] == b[:1] and (a + b).isalpha() else 0.0
    table = _PETS if person else _SYNONYMS
    names = table.get(a)
    if names and not names.isdisjoint(table.get(b, ())):
        return PET
    letters = _alike(a, b)
    if letters < 0.3:
        return 0.0
    if len(a) != len(b) and _UMLAUT.sub("", a) == _UMLAUT.sub("", b):
        return ARTICLE
    heard_a, heard_b = sound(a), sound(b)
    if heard_a == heard_b and len(heard_a) > 2:
        return SOUND if a.isalpha() and b.isalpha() else 0.0
    near = _alike(heard_a, heard_b)
    value = 0.5 * letters + 0.5 * near
    bones_a, bones_b = bones(a), bones(b)
    if bones_a == bones_b and len(bones_a) > 2:
        value = max(value, 0.8 + 0.15 * near)
    elif bones_a[:1] != bones_b[:1] and a[0] != b[0]:
        value -= 0.1
    if value < 0.8 and (a[:2] in _ATTACHED) != (b[:2] in _ATTACHED):
        bare_a, bare_b = (a[2:], b) if a[:2] in _ATTACHED else (a, b[2:])
        if min(len(bare_a), len(bare_b)) > 3:
            value = max(value, within(bare_a, bare_b, person) - (EXACT - ARTICLE))
    return value if value > LEAST and a.isalpha() and b.isalpha() else 0.0


_UMLAUT = re.compile("(?<=[aou])e")
"""Müller may be written Mueller, and in Latin letters without marks it is Muller."""
_ATTACHED = ("al", "el")
"""Articles that some write as one with the word: Alnaimi, Elbaradei."""


def forget() -> None:
    """Empties what is remembered of words across scripts: after the letter tables were changed, by fitting."""
    _across.cache_clear()


@lru_cache(maxsize=200_000)
def _across(a: str, script_a: str, b: str, script_b: str) -> float:
    if a == b:
        return EXACT
    foreign, script, plain = (a, script_a, b) if script_a != LATIN else (b, script_b, a)
    if not a or not b or LATIN not in (script_a, script_b):
        return within(a, b, True) if a and b else 0.0
    odds = letter_odds(foreign, script, plain)
    if odds is None:
        return within(a, b, True)
    learned = min(0.97, 0.5 + 0.3 * odds)
    said = east_asian(plain, script)
    if said and said == east_asian(foreign, script):
        learned = max(learned, CUSTOM)
    value = max(learned, within(a, b, True)) if script in ("cyrillic", "greek") else learned
    return value if value > LEAST else 0.0
