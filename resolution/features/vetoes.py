"""What parts two names whatever else they share."""

from resolution.features.tokens import Alignment
from resolution.names.normalise import Name
from resolution.names.territory import country


def numerals_differ(a: Name, b: Name) -> bool:
    """The numbers or generation marks (Jr, III, 42nd) in the names are not the same."""
    return a.numerals != b.numerals


def discriminators_differ(a: str, b: str) -> bool:
    """Both carry an identifier of one scheme (`wikidata:Q42`), or both a qualifier ("Police (India)"), and not the
    same."""
    return bool(a) and bool(b) and a != b and scheme(a) == scheme(b)


def scheme(discriminator: str) -> str:
    """Scheme of a stated identifier, empty for a qualifier (which never holds a colon)."""
    return discriminator.partition(":")[0] if ":" in discriminator else ""


def territories_differ(a: Name, b: Name, aligned: Alignment) -> bool:
    """The words in which the names differ are names of two countries."""
    differing_a = [a.roman[i] for i in aligned.left_a] + [a.roman[i] for i, _, s in aligned.pairs if s < 1]
    differing_b = [b.roman[j] for j in aligned.left_b] + [b.roman[j] for _, j, s in aligned.pairs if s < 1]
    of_a, of_b = _territories(differing_a), _territories(differing_b)
    return bool(of_a) and bool(of_b) and of_a != of_b


def _territories(words: list[str]) -> set[str]:
    return {code for word in words if len(word) > 3 and (code := country(word))}
