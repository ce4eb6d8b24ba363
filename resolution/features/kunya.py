"""Names of fatherhood (Abu Malik, Umm Salama)."""

from resolution.features.meeting import Meeting


def kunya(m: Meeting) -> float:
    """0 neither name is one of fatherhood (Abu Malik), 1 only one is, 2 both are."""
    return float(bool(m.a.kunya)) + bool(m.b.kunya)
