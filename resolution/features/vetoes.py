"""What parts two names whatever else they share."""

import re

from resolution.features.meeting import Meeting
from resolution.names.normalise import Name
from resolution.names.parts import Parts
from resolution.names.territory import country

_SURNAMES = re.compile(
    r"^(?:(\w+(?:ov|ev|in|yn)) \1a|(\w+[sct]k)(?:y|i|ij|iy|yi) \2(?:aya|aia|aja|a|ova)|(\w{2,}?)(?:e?)(\w) \3\4ova)$"
)
"""Family names of a man and of a woman: Petrov, Petrova; Tolstoy's Stravinsky, Stravinskaya; Novák, Nováková."""


def numerals_differ(a: Name, b: Name) -> bool:
    """The numbers or generation marks (Jr, III, 42nd) in the names are not the same."""
    return a.numerals != b.numerals


def sexes_differ(m: Meeting) -> bool:
    """Given name and family name both take the ending of the other sex: Aleksandr Petrov, Aleksandra Petrova; Jan
    Novák, Jana Nováková. Within Cyrillic these endings may be cases of one name (of Aleksandr Petrov: Александра
    Петрова)."""
    if m.a.script == m.b.script == "cyrillic" or m.left_a or m.left_b or len(m.pairs) < 2:
        return False
    sides = [_feminine(m.a.words[i].text, m.b.words[j].text, i in m.a.family) for i, j, _ in m.pairs]
    return len(set(sides)) == 1 and sides[0] != 0


def _feminine(one: str, other: str, family: bool) -> int:
    """1 the first is the second's form for a woman, -1 the second is the first's, 0 neither."""
    for side, long, short in ((1, one, other), (-1, other, one)):
        if not family and len(short) > 2 and long in (f"{short}a", f"{short.rstrip('oiy')}a"):
            return side
        if family and _SURNAMES.search(f"{short} {long}"):
            return side
    return 0


def discriminators_differ(a: str, b: str) -> bool:
    """Both carry an identifier of one scheme (`wikidata:Q42`), or both a qualifier ("Police (India)"), and not the
    same."""
    return bool(a) and bool(b) and a != b and scheme(a) == scheme(b)


def scheme(discriminator: str) -> str:
    """Scheme of a stated identifier, empty for a qualifier (which never holds a colon)."""
    return discriminator.partition(":")[0] if ":" in discriminator else ""


def territories_differ(m: Meeting) -> bool:
    """The words in which the names differ, or their brackets, name two countries."""
    differing_a, differing_b = m.left_a, m.left_b
    if m.worst < 1.0:
        differing_a = [*differing_a, *(i for i, _, value in m.pairs if value < 1.0)]
        differing_b = [*differing_b, *(j for _, j, value in m.pairs if value < 1.0)]
    if (not differing_a and not m.a.inner) or (not differing_b and not m.b.inner):
        return False
    of_a = _territories(m.a, differing_a)
    return bool(of_a) and bool(of_b := _territories(m.b, differing_b)) and of_a != of_b


def _territories(parts: Parts, places: list[int]) -> set[str]:
    words = [*(parts.words[place].text for place in places), *parts.inner]
    return {code for word in words if len(word) > 3 and (code := country(word))}
