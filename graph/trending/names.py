"""What the boards are called in Redis. All keys of one metric and half-life share a hash slot, so that one script may
touch them together on a Redis Cluster too; see docs/boards.md."""

from dataclasses import dataclass

from graph.entity import BOARD_KINDS, UNSPECIFIED

ALL = "all"
BOARDS = (ALL, *BOARD_KINDS)
METRIC = "mentions"


def board_kind(kind: str | None) -> str:
    """The kind board of an entity of this kind; what has none of its own goes to 'unspecified'."""
    return kind if kind in BOARD_KINDS else UNSPECIFIED


@dataclass(frozen=True, slots=True)
class Group:
    """The boards of one metric and half-life: one landmark, one sequence, one hash slot."""

    metric: str
    half_life: str

    @property
    def tag(self) -> str:
        return f"pentad:{{{self.metric}:{self.half_life}}}"

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


def rebuilding(metric: str) -> str:
    """Key of the note that somebody is rebuilding: advice against doing it twice, no lock."""
    return f"pentad:{{{metric}}}:rebuilding"
