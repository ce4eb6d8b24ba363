"""A line of ranks as points of an SVG: the best rank stands highest. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, MARGIN = 240.0, 56.0, 6.0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Corners of the line, oldest first, in a picture of `WIDTH` x `HEIGHT`; `best` and `worst` are ranks."""

    points: list[tuple[float, float]]
    best: int
    worst: int

    @property
    def path(self) -> str:
        """The corners as the `points` of a polyline."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


def sparkline(ranks: Sequence[tuple[date, int]]) -> Sparkline | None:
    """The line of ranks by day, days at their distance in time; None for fewer than two, which make no line."""
    if len(ranks) < 2:
        return None
    ordered = sorted(ranks)
    best, worst = min(rank for _, rank in ordered), max(rank for _, rank in ordered)
    first, days = ordered[0][0], max(1, (ordered[-1][0] - ordered[0][0]).days)
    points = [
        (
            round(MARGIN + (day - first).days / days * (WIDTH - 2 * MARGIN), 1),
            round(MARGIN + (rank - best) / max(1, worst - best) * (HEIGHT - 2 * MARGIN), 1),
        )
        for day, rank in ordered
    ]
    return Sparkline(points, best, worst)
