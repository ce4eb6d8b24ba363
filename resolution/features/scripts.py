"""The scripts that the names are written in."""

from resolution.features.meeting import Meeting
from resolution.names.scripts import LATIN

_KINDS = {"arabic": 3.0, "hebrew": 4.0, "han": 5.0, "hangul": 6.0, "kana": 7.0}


def scripts(m: Meeting) -> float:
    """0 both Latin, 1 one other script in both, 2 Latin beside Cyrillic, Greek, Indic or another alphabet, 3 beside
    Arabic, 4 Hebrew, 5 Han, 6 Hangul, 7 Kana."""
    one, other = m.a.script, m.b.script
    if one == other:
        return 0.0 if one == LATIN else 1.0
    return _KINDS.get(one if other == LATIN else other, 2.0)
