"""A waterfall as SVG: how each feature of a pair of names moved the log-odds, up to the probability. Pure."""

import math
from collections.abc import Mapping
from html import escape

WIDTH, ROW, LEFT, RIGHT = 720, 22, 210, 90
FEATURES = 14
"""Bars at most; what is left is summed in one."""
LEAST = 0.05
"""Log-odds that text tells of at least."""
_UP, _DOWN, _TOTAL = "#2a9d6f", "#c8553d", "#3d5a80"


def waterfall(a: str, b: str, log_odds: Mapping[str, float], probability: float) -> str:
    """The picture: bars in the order of their weight, each from where the last ended. Readable without colour: each bar
    bears its number."""
    bars = _bars(log_odds)
    ends = [0.0]
    for _, value in bars:
        ends.append(ends[-1] + value)
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0
    height = (len(bars) + 3) * ROW

    def x(value: float) -> float:
        return LEFT + (value - low) / span * (WIDTH - LEFT - RIGHT)

    rows = [_title(f"{a}  |  {b}")]
    for place, (name, value) in enumerate(bars):
        start, end = ends[place], ends[place + 1]
        rows.append(_bar(place + 1, name, f"{value:+.2f}", x(min(start, end)), x(max(start, end)), value))
    told = f"{ends[-1]:+.2f}, probability {probability:.3f}"
    y = (len(bars) + 2) * ROW
    rows.append(f'<text x="{LEFT}" y="{y}" fill="{_TOTAL}" font-weight="bold">{told}</text>')
    zero = x(0.0)
    rows.append(f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{ROW}" y2="{y - ROW / 2:.0f}" stroke="#999"/>')
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="12" role="img">'
    )
    return head + "".join(rows) + "</svg>"


def moving(log_odds: Mapping[str, float]) -> list[tuple[str, float]]:
    """Features by name that moved the log-odds by .05 or more, most first."""
    ranked = sorted(log_odds.items(), key=lambda share: -abs(share[1]))
    return [(name.replace("_", " "), value) for name, value in ranked if abs(value) >= LEAST]


def _bars(log_odds: Mapping[str, float]) -> list[tuple[str, float]]:
    start = [("start", log_odds["bias"])] if "bias" in log_odds else []
    ranked = sorted(((n, v) for n, v in log_odds.items() if n != "bias" and v), key=lambda one: (-abs(one[1]), one[0]))
    shown = [(name.replace("_", " "), value) for name, value in ranked[:FEATURES]]
    rest = math.fsum(value for _, value in ranked[FEATURES:])
    return start + shown + ([(f"{len(ranked) - FEATURES} others", rest)] if rest else [])


def _title(text: str) -> str:
    return f'<title>{escape(text)}</title><text x="8" y="{ROW - 6}" font-weight="bold">{escape(text[:110])}</text>'


def _bar(place: int, name: str, told: str, left: float, right: float, value: float) -> str:
    y = place * ROW
    colour = _UP if value > 0 else _DOWN
    return (
        f'<text x="8" y="{y + 15}">{escape(name[:34])}</text>'
        f'<rect x="{left:.1f}" y="{y + 4}" width="{max(1.0, right - left):.1f}" height="{ROW - 8}" fill="{colour}"/>'
        f'<text x="{right + 6:.1f}" y="{y + 15}">{told}</text>'
    )
