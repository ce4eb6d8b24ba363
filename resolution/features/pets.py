"""Short and pet forms of given names."""

from resolution.features.meeting import Meeting


def pet_forms(m: Meeting) -> float:
    """Number of words of which one is a short or pet form of the other, or the same name in another language."""
    return float(m.pets)
