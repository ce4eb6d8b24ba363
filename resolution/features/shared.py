"""What the words tell in which two names meet."""

from resolution.features.meeting import Meeting


def shared(m: Meeting) -> float:
    """What the meeting words tell together: a rare word counts 1, a frequent or generic one less, an initial
    nothing."""
    return m.shared


def rarest(m: Meeting) -> float:
    """What the one word tells that tells most of those that meet. 0..1."""
    return m.best


def exact_words(m: Meeting) -> float:
    """Number of words that are the same, letter by letter."""
    return float(m.exact)


def near_words(m: Meeting) -> float:
    """Number of words that differ by a slip, a custom of spelling or a pet form."""
    return float(m.close)


def worst_word(m: Meeting) -> float:
    """Likeness of the two words that meet worst; 1 when all that meet are the same, 0 when none meet."""
    return m.worst


def shortest_slip(m: Meeting) -> float:
    """Letters of the shortest word in which the names differ by a slip: in a short word a slip is another word. 20 when
    nothing slips."""
    return float(m.shortest_slip)


def slips(m: Meeting) -> float:
    """Letters that differ in all in the words that meet by a slip (edits, Damerau 1964)."""
    return float(m.slips)


def slips_heard(m: Meeting) -> float:
    """Sounds that differ in all in the words that meet by a slip; 0 when only the spelling differs."""
    return float(m.slips_heard)


def other_beginning(m: Meeting) -> float:
    """Number of words that meet by a slip and begin with another sound: Sigma, Cigna."""
    return float(m.other_beginning)


def slips_at_end(m: Meeting) -> float:
    """Letters after the common beginning of the worst slip: Albanese, Albano differ in their end only."""
    return float(m.slips_at_end)
