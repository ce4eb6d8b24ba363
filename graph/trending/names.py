"""What the boards are called in Redis. All keys of one metric and half-life share a hash slot, so that one script may
touch them together on a Redis Cluster too; see docs/boards.md."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.entity import BOARD_KINDS, UNSPECIFIED
from graph.errors import InvalidInput
from graph.keys import W
from graph.trending import decay

BOARD_WS = (W.WHO, W.WHERE)
"""The W's that boards cover."""
ALL = "all"
BOARDS = (ALL, *BOARD_KINDS)
MENTIONS = "mentions"
RISK = "risk"
SANCTIONS = "sanctions"
METRICS = (MENTIONS, RISK, SANCTIONS)
"""What a mention can weigh by: its weight, its risk, its best sanctions match."""

REBUILDING = "pentad:rebuilding"
"""Key of the note that somebody is rebuilding boards: advice against doing it twice, no lock."""


def metric_of(name: str) -> str:
    """The name of a metric, checked. Raises InvalidInput."""
    if name not in METRICS:
        raise InvalidInput(f"no such metric: {name!r}; choose one of {', '.join(METRICS)}", "metric")
    return name


def board_kind(kind: str | None) -> str:
    """The kind board of an entity of this kind; what has none of its own goes to 'unspecified'."""
    return kind if kind in BOARD_KINDS else UNSPECIFIED


@dataclass(frozen=True, slots=True)
class Group:
    """The boards of one metric and half-life: one landmark, one sequence, one hash slot."""

    metric: str
    half_life: str

    @property
    def name(self) -> str:
        """Short and readable: `mentions:7d`."""
        return f"{self.metric}:{self.half_life}"

    @property
    def seconds(self) -> float:
        """The half-life in seconds."""
        return decay.half_life_seconds(self.half_life)

    @property
    def tag(self) -> str:
        return f"pentad:{{{self.name}}}"

    @property
    def landmark(self) -> str:
        """Key of the landmark, epoch seconds."""
        return f"{self.tag}:landmark"

    def sequence(self, landmark: int) -> str:
        """Key of the number of the last change applied."""
        return f"{self.tag}:{landmark}:seq"

    def board(self, landmark: int, kind: str) -> str:
        """Key of a sorted set: member = entity key, score = Σ w · 2^((t - landmark) / half-life)."""
        return f"{self.tag}:{landmark}:{kind}"

    def boards(self, landmark: int) -> list[str]:
        """Keys of all boards of the group, in the order of BOARDS."""
        return [self.board(landmark, kind) for kind in BOARDS]

    def shadow(self, token: str, part: str) -> str:
        """Key of a board under construction; `part` is a kind, or 'puts' for the count of what was put there."""
        return f"{self.tag}:shadow:{token}:{part}"


def groups(metrics: Iterable[str] = METRICS, half_lives: Iterable[str] = tuple(decay.HALF_LIVES)) -> list[Group]:
    """The groups of some metrics and half-lives, metric by metric; all nine when nothing is said."""
    return [Group(metric, half_life) for metric in metrics for half_life in half_lives]
