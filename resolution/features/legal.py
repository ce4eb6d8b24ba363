"""Legal forms of companies."""

from resolution.features.meeting import Meeting


def legal_form(m: Meeting) -> float:
    """1 both names show legal forms of one family (Ltd, Limited), -1 of two (Ltd, AG), 0 one or none shows any."""
    if not m.a.forms or not m.b.forms:
        return 0.0
    return -1.0 if m.a.forms.isdisjoint(m.b.forms) else 1.0
