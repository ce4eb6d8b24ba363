"""The boards of one metric: sorted sets by forward decay, each group knowing how far it has followed the outbox."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from redis import Redis

from graph.changing import Changing
from graph.trending import decay
from graph.trending.line import Arguments, Call, Line, Rest, as_text
from graph.trending.names import ALL, BOARDS, MENTIONS, METRICS, board_kind, metric_of
from graph.trending.record import Delta, Part, Record, fold

FIRST_BOARD = 3
"""Where a script finds its first board in KEYS: after the landmark and the sequence, counted from 1."""
PLACES = {kind: place for place, kind in enumerate(BOARDS, start=FIRST_BOARD)}


@dataclass(frozen=True, slots=True)
class BoardOptions:
    """`rest`: seconds during which nothing is tried after a failed call, so that a dead Redis costs one wait."""

    metric: str = MENTIONS
    rest: float = 1.0


@dataclass(frozen=True, slots=True)
class State:
    """How far a group of boards has followed: what it answers is true at change number `change`."""

    landmark: int
    change: int


@dataclass(frozen=True, slots=True)
class Applied:
    """`outcome`: applied | known | gap (records between are missing) | partial (some are in already) | lost."""

    outcome: str
    change: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows (key, score at the time asked, rank from 1), best first; `total` members stand above the floor."""

    state: State
    total: int
    rows: tuple[tuple[str, float, int], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Place of one member, from 1; None when it is not on the board."""

    state: State
    total: int
    rank: int | None
    score: float


class Boards:
    """Reads and appliers of all boards of one metric; `of` leads to those of another on the same Redis. Thread-safe.

    Times are epoch milliseconds. Every call raises BoardUnavailable within the client's time limit when Redis is
    refused, silent, read-only or full; a group that is not there (never built, or lost) is told by None.
    """

    def __init__(self, client: "Redis", options: BoardOptions | None = None, changing: Changing | None = None) -> None:
        self.options = options or BoardOptions()
        rest = Rest(self.options.rest)
        self._lines = {metric: Line(client, metric, rest, changing) for metric in METRICS}
        self.line = self._lines[metric_of(self.options.metric)]

    def of(self, metric: str) -> "Boards":
        """The boards of a metric, on the same Redis. Raises InvalidInput."""
        other = copy(self)
        other.options = replace(self.options, metric=metric_of(metric))
        other.line = self._lines[metric]
        return other

    def state(self, half_life: str) -> State | None:
        """Landmark and last change applied."""
        asked = self._ask("sizes", half_life, BOARDS, floor_at=None)
        return asked and asked[0]

    def address(self, half_life: str = decay.DEFAULT_HALF_LIFE, kind: str = ALL) -> tuple[str, int] | None:
        """Key and landmark (epoch s) of one board, for any Redis client; docs/boards.md tells how to read it."""
        landmark = self.line.landmark(half_life, fresh=True)
        return None if landmark is None else (self.line.group(half_life).board(landmark, kind), landmark)

    def apply(self, records: Sequence[Record], half_life: str, now: int) -> Applied:
        """Applies consecutive records to the boards of one half-life in one script, exactly once."""
        boards, told = self._telling(records, half_life, now)
        answer = self.line.on_group("apply", half_life, boards, told)
        return Applied("lost", -1) if answer is None else Applied(str(answer[1][0]), int(answer[1][1]))

    def applying(self, record: Record, half_life: str, landmark: int, now: int) -> Call:
        """The script of `apply` for one record, to be sent with others; it answers `moved` where the landmark did."""
        boards, told = self._telling([record], half_life, now)
        return "apply", self.line.keys(half_life, landmark, boards), [str(landmark), *told(landmark)]

    def _telling(self, records: Sequence[Record], half_life: str, now: int) -> tuple[Sequence[str], Arguments]:
        """The boards that records touch, and what `apply.lua` is told of them after the landmark."""
        parts = [record.of(self.options.metric) for record in records]
        span, boards = (str(records[0].change), str(records[-1].change)), _boards_of(parts)
        return boards, lambda landmark: _told(span, boards, fold(parts, half_life, landmark, now))

    def top(self, kind: str, half_life: str, now: int, limit: int = 50, offset: int = 0) -> Page | None:
        """A page of one board with the scores at `now`; ties stand in descending order of key."""
        asked = self._ask("top", half_life, [kind], floor_at=now, more=[str(offset), str(max(limit, 1))])
        if asked is None:
            return None
        state, (total, flat) = asked
        keys, scores = flat[::2], self._shown(flat[1::2], half_life, state, now)
        ranked = enumerate(zip(keys, scores, strict=True), start=offset + 1)
        return Page(state, total, tuple((key, score, rank) for rank, (key, score) in ranked if score >= decay.FLOOR))

    def rank(self, key: str, half_life: str, now: int, kind: str = ALL) -> Standing | None:
        """Place and score at `now` of one entity key on one board."""
        asked = self._ask("standing", half_life, [kind], floor_at=now, more=[key])
        if asked is None:
            return None
        state, (total, place, raw) = asked
        score = self._shown([raw], half_life, state, now)[0]
        if score < decay.FLOOR:
            return Standing(state, total, None, 0.0)
        return Standing(state, total, int(place) + 1, score)

    def size(self, kind: str, half_life: str, now: int) -> int | None:
        """Members of one board above the floor at `now`."""
        page = self.top(kind, half_life, now, limit=1)
        return page and page.total

    def sizes(self, half_life: str) -> dict[str, int]:
        """Members that each board holds, those under the floor included; 0 for a group that is not there."""
        asked = self._ask("sizes", half_life, BOARDS, floor_at=None)
        return dict(zip(BOARDS, asked[1][1], strict=True)) if asked else dict.fromkeys(BOARDS, 0)

    def purge(self, half_life: str, now: int) -> int:
        """Drops what shows less than the floor at `now` from every board of the group; how many that were."""
        asked = self._ask("sizes", half_life, BOARDS, floor_at=now)
        return int(asked[1][0]) if asked else 0

    def held(self, kinds: Mapping[str, str], half_life: str, now: int) -> dict[str, tuple[float, float]]:
        """Scores at `now` on `all` and on the board of its kind, for each key of `kinds`; 0 where it is not held."""
        wanted = [text for key, kind in kinds.items() for text in (key, str(PLACES[kind]))]
        asked = self._ask("held", half_life, BOARDS, floor_at=None, more=wanted)
        if asked is None:
            return dict.fromkeys(kinds, (0.0, 0.0))
        scores = self._shown(asked[1][0], half_life, asked[0], now)
        return dict(zip(kinds, zip(scores[::2], scores[1::2], strict=True), strict=True))

    def members(self, half_life: str, kind: str) -> Iterator[list[str]]:
        """Every key of one board in small lists, some perhaps twice (ZSCAN)."""
        landmark, cursor = self.line.landmark(half_life, fresh=True), "0"
        while landmark is not None:
            board = self.line.group(half_life).board(landmark, kind)
            cursor, flat = _scanned(self.line.command("ZSCAN", board, cursor, "COUNT", 500))
            yield flat
            if cursor == "0":
                return

    def _ask(
        self, script: str, half_life: str, kinds: Sequence[str], *, floor_at: int | None, more: Sequence[str] = ()
    ) -> tuple[State, list[Any]] | None:
        """Runs a reading script with the floor at a time ('' for none) and more: the state and its reply."""
        seconds = decay.half_life_seconds(half_life)

        def arguments(landmark: int) -> list[str]:
            floor = "" if floor_at is None else repr(decay.raised(decay.FLOOR, floor_at, landmark, seconds))
            return [floor, *more]

        answer = self.line.on_group(script, half_life, kinds, arguments)
        if answer is None or int(answer[1][1]) < 0:
            return None
        landmark, reply = answer
        return State(landmark, int(reply[1])), reply[2:]

    def _shown(self, raw: Sequence[str], half_life: str, state: State, now: int) -> list[float]:
        seconds = decay.half_life_seconds(half_life)
        return [decay.shown(float(value or 0), now, state.landmark, seconds) for value in raw]


def _boards_of(parts: Sequence[Part]) -> Sequence[str]:
    """The boards that records touch: all where a value is set, which takes its member off the others."""
    if any(part.sets for part in parts):
        return BOARDS
    return ALL, *sorted({board_kind(kind) for part in parts for kind in part.add})


def _told(span: tuple[str, str], boards: Sequence[str], delta: Delta) -> list[str]:
    """First and last change, and a delta on these boards, as `apply.lua` reads them."""
    places = {kind: str(place) for place, kind in enumerate(boards, start=FIRST_BOARD)}
    words = [*span, str(len(delta.sets))]
    for key, (kind, value) in delta.sets.items():
        words += (key, places[kind], repr(value))
    for kind, members in delta.adds.items():
        words += (places[kind], str(len(members)))
        for key, increment in members.items():
            words += (key, repr(increment))
    return words


def _scanned(reply: Any) -> tuple[str, list[str]]:
    """Cursor and members of a ZSCAN, whose pairs redis-py leaves flat or has parsed into tuples."""
    cursor, found = reply
    if found and isinstance(found[0], list):
        return str(cursor), [as_text(pair[0]) for pair in found]
    return str(cursor), found[::2]
