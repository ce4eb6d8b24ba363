"""Words that only one of the names has."""

from resolution.features.tokens import Alignment


def leftover(aligned: Alignment) -> float:
    """Number of words that meet nothing on the other side, over both names."""
    return float(len(aligned.left_a) + len(aligned.left_b))
