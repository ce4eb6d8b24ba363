"""Whether the words of two names stand in the same order."""

from resolution.features.tokens import Alignment


def other_order(aligned: Alignment) -> float:
    """1 when words that both names have stand in another order (Liberal National, National Liberal), else 0."""
    places = [j for _, j, _ in aligned.pairs]
    return float(places != sorted(places))
