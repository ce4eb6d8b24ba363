"""Words that only one of the names has, and words in which the two stand against each other."""

from resolution.features.meeting import Meeting


def left_of_shorter(m: Meeting) -> float:
    """Number of words of the shorter name that meet nothing in the longer."""
    return float(m.alone_a)


def left_of_longer(m: Meeting) -> float:
    """Number of words of the longer name that meet nothing in the shorter."""
    return float(m.alone_b)


def told_by_left(m: Meeting) -> float:
    """What the words tell that only the longer name has: a generic word little, a rare one 1."""
    return m.left_told_b


def conflict(m: Meeting) -> float:
    """What the words tell that stand against each other: Kim *Jong* Nam, Kim *Yong* Nam. 0 when one name is only
    shorter."""
    return m.against


def sharpest_left(m: Meeting) -> float:
    """What the one word tells that tells most of those only one name has. 0..1."""
    return m.sharpest
