"""Names that go by letters."""

from functools import lru_cache

from resolution.features.meeting import Meeting
from resolution.names.parts import Parts


def acronym(m: Meeting) -> float:
    """3 both bear the same letters, 2 (two letters: 1) the beginnings of the other's words spell one, -1 letters that
    do not fit, -2 two different acronyms, 0 no acronym."""
    a, b = m.a, m.b
    if not (a.acronym or b.acronym or a.inner or b.inner):
        return 0.0
    if a.acronym and b.acronym:
        return 3.0 if a.acronym == b.acronym else -2.0
    if (a.inner and b.inner and not set(a.inner).isdisjoint(b.inner)) or a.acronym in b.inner or b.acronym in a.inner:
        return 3.0 if a.acronym or b.acronym or (a.inner and b.inner) else 0.0
    best = 0.0
    for short, full in ((a, b), (b, a)):
        for letters in (short.acronym, *(t for t in short.inner if t.isalpha() and len(t) < 8)):
            if letters and letters not in full.texts:
                value = (2.0 if len(letters) > 2 else 1.0) if spells(letters, full) else -1.0 if short.acronym else 0.0
                best = max(best, value) if best > 0 or value > 0 else min(best, value)
    return best


def same_body(m: Meeting) -> float:
    """1 both are known names or letters of one international body (NATO, OTAN), -1 of two, 0 one is not known."""
    one, other = m.a.body, m.b.body
    if one is None or other is None:
        return 0.0
    return 1.0 if one == other else -1.0


def spells(letters: str, full: Parts) -> bool:
    """Whether the beginnings of the words spell the letters: each word that tells gives one to three of its first
    letters, small words and the legal form may give theirs."""
    texts = tuple(word.text for word in full.words)
    if len(texts) + len(full.forms) < 2:
        return False
    return _spells(letters, texts) or any(_spells(letters, (*texts, *form)) for form in full.written)


@lru_cache(maxsize=50_000)
def _spells(letters: str, texts: tuple[str, ...]) -> bool:
    if not letters:
        return all(len(text) < 4 for text in texts)
    if not texts:
        return False
    first = texts[0]
    for taken in range(1, 4):
        if first[:taken] != letters[:taken] or taken > len(letters) or taken > len(first):
            break
        if _spells(letters[taken:], texts[1:]):
            return True
    return len(first) < 4 and _spells(letters, texts[1:])
