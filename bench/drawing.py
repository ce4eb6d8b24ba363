"""Draws the growth curves of a run as SVG, from its JSON alone: `python -m bench --draw RUN.json`."""

import math
from collections.abc import Callable
from html import escape
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 150, 64, 46, 90
COLUMNS = 2
Point = dict[str, Any]
_WHAT: tuple[tuple[str, Callable[[Point], float]], ...] = (
    ("cost of a mention, µs", lambda point: 1e6 / point["rate"]),
    ("store, MB", lambda point: point["store"] / 1e6),
    ("memory of the loading process, MB", lambda point: point["loader"] / 1e6),
    ("timeline of the hub, db hits", lambda point: point["hits"]["timeline 100"]),
    ("co-mentions of the hub, db hits", lambda point: point["hits"]["co-mentions 10"]),
    ("mentions of the hub", lambda point: point["hub"]),
)


def curves(run: dict[str, Any]) -> str:
    """One small picture for each of what was measured, by mentions loaded (logarithmic). Raises ValueError for a run
    that measured no growth."""
    points: list[Point] = run.get("growth") or []
    if len(points) < 2:
        raise ValueError("this run measured no growth: run the part scale")
    rows = math.ceil(len(_WHAT) / COLUMNS)
    width, height = COLUMNS * (WIDTH + GAP) + LEFT, rows * (HEIGHT + GAP) + TOP
    told = f"Growth, {run['at'][:10]}, {run['cores']} cores, load {run['load_before'][0]:.1f} before"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        f' font-size="12" role="img" aria-label="{escape(told)}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="22" font-size="14">{escape(told)}</text>',
    ]
    for number, (name, of) in enumerate(_WHAT):
        x, y = LEFT + number % COLUMNS * (WIDTH + GAP), TOP + 24 + number // COLUMNS * (HEIGHT + GAP)
        parts += _picture(name, [(point["mentions"], of(point)) for point in points], x, y)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _picture(name: str, values: list[tuple[float, float]], x: float, y: float) -> list[str]:
    first, last = math.log10(values[0][0]), math.log10(values[-1][0])
    most = max(value for _, value in values) or 1
    places = [
        (x + (math.log10(at) - first) / (last - first) * WIDTH, y + HEIGHT - value / most * HEIGHT * 0.9)
        for at, value in values
    ]
    line = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
    parts = [
        f'<text x="{x}" y="{y - 8}" font-weight="bold">{escape(name)}</text>',
        f'<path d="M{x} {y}V{y + HEIGHT}H{x + WIDTH}" fill="none" stroke="#888"/>',
        f'<polyline points="{line}" fill="none" stroke="#0b6e99" stroke-width="2"/>',
    ]
    for (at, value), (px, py) in zip(values, places, strict=True):
        parts += [
            f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="#0b6e99"/>',
            f'<text x="{px:.1f}" y="{py - 8:.1f}" text-anchor="middle">{value:,.0f}</text>',
            f'<text x="{px:.1f}" y="{y + HEIGHT + 16}" text-anchor="middle" fill="#555">{at:,}</text>',
        ]
    return parts
