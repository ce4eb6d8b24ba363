"""How much of either name the other accounts for."""

from resolution.features.meeting import Meeting


def of_shorter(m: Meeting) -> float:
    """Share of what the shorter name tells that meets a word of the longer. 0..1."""
    return m.covered_a


def of_longer(m: Meeting) -> float:
    """Share of what the longer name tells that meets a word of the shorter. 0..1."""
    return m.covered_b
