"""Words that only one of the names has, and words in which the two contradict each other."""

from resolution.features.tokens import Alignment


def leftover(aligned: Alignment) -> float:
    """Number of words that one name has beyond the other."""
    return float(abs(len(aligned.left_a) - len(aligned.left_b)))


def conflict(aligned: Alignment) -> float:
    """Number of words that stand against other words: Kim *Jong* Nam, Kim *Yong* Nam."""
    return float(min(len(aligned.left_a), len(aligned.left_b)))
