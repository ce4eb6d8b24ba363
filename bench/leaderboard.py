"""A board of a million members: one update, a page and a place beside PING; ten million updates, then its thousand best
beside a recount from all contributions; what a roll to another landmark keeps Redis busy for.

The peer is what people build first: one ZINCRBY an update, without decay, and all members counted anew each night.
"""

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.settings import Settings
from bench.figures import Figure, in_turn, seconds, share, spread
from graph.embedded import start
from graph.entity import BOARD_KINDS
from graph.trending import ALL, Boards, connect_redis, decay
from graph.trending.board import BoardOptions
from graph.trending.members import Member
from graph.trending.names import MENTIONS, METRICS, Group
from graph.trending.record import Part, Record
from graph.trending.shadow import Shadow

MEMBERS, UPDATES, BATCH = 1_000_000, 10_000_000, 3_000
BEST, CANDIDATES = 1_000, 3_000
TIMES = 300
HALF_LIFE = "7d"
SECONDS = decay.half_life_seconds(HALF_LIFE)
DAYS, HOUR, DAY = 60, 3_600_000, 86_400_000
AT_ONCE = 5_000
PLAIN = "plain"
_PATIENCE = 120.0


@dataclass(slots=True)
class Told:
    """Everything that was ever told: member by number, time (epoch ms) and weight of each contribution."""

    members: np.ndarray
    times: np.ndarray
    weights: np.ndarray

    def and_(self, other: "Told") -> "Told":
        """Both."""
        parts = ("members", "times", "weights")
        return Told(*(np.concatenate([getattr(self, name), getattr(other, name)]) for name in parts))


def measure(settings: Settings, updates: int = UPDATES) -> list[Figure]:
    """Rows of the table, on a Redis of its own."""
    with start(settings.embedded(), owned=True) as servers:
        redis: Any = connect_redis(servers.redis_url, _PATIENCE)
        try:
            return _Leaderboard(redis, updates).figures()
        finally:
            redis.close()


class _Leaderboard:
    def __init__(self, redis: Any, updates: int) -> None:
        self._redis = redis
        self._boards = Boards(redis, BoardOptions(rest=0.0))
        self._now = int(time.time()) // 3600 * HOUR
        self._keys = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(MEMBERS)]
        self._chance = np.random.default_rng(41)
        self._updates = updates
        self._change = 0
        self._group = Group(MENTIONS, HALF_LIFE)

    def figures(self) -> list[Figure]:
        """All of it, in the order in which it has to happen."""
        first = Told(np.arange(MEMBERS), self._some_times(MEMBERS), np.ones(MEMBERS))
        built = seconds(lambda: self._build(self._now, self._shown(first)))
        peer = seconds(lambda: self._build_plain(first.weights))
        key, _ = self._boards.address(HALF_LIFE) or ("", 0)
        size = self._redis.memory_usage(key, samples=1000) / MEMBERS
        figures = [
            Figure(f"build of a board of {MEMBERS:,} and of its kinds", built, None, "s", peer=peer),
            Figure("memory a member of it", size, None, "B"),
        ]
        singles, timed = self._singles()
        figures += timed
        many = self._drawn(self._updates)
        taken = seconds(lambda: self._tell(many))
        figures.append(self._batched(taken, many))
        return [*figures, *self._exact(first.and_(singles).and_(many)), *self._rolled()]

    def _some_times(self, count: int) -> np.ndarray:
        """Hours of the last sixty days, in no order."""
        return self._now - self._chance.integers(0, DAYS * 24, count) * HOUR

    def _drawn(self, count: int) -> Told:
        """Contributions, most of them of few members, as in the news."""
        members = np.minimum(self._chance.zipf(1.15, count) - 1, 2**40) % MEMBERS
        return Told(members, self._some_times(count), self._chance.integers(1, 101, count) / 100)

    def _shown(self, told: Told) -> np.ndarray:
        """Scores of all members now, by plain sums."""
        weighed = told.weights * np.exp2((told.times - self._now) / 1000 / SECONDS)
        return np.bincount(told.members, weighed, minlength=MEMBERS)

    def _build(self, now: int, values: np.ndarray) -> None:
        """As a roll or a repair does: beside what holds, then in its place."""
        shadow = Shadow(self._boards, [self._group], now)
        nothing = {metric: {HALF_LIFE: 0.0} for metric in METRICS}
        for begin in range(0, MEMBERS, AT_ONCE):
            found = [
                Member(self._keys[n], _kind(n), nothing | {MENTIONS: {HALF_LIFE: float(values[n])}})
                for n in range(begin, begin + AT_ONCE)
            ]
            shadow.put(found, anew=False)
        shadow.swap(self._group, self._change)

    def _build_plain(self, values: np.ndarray) -> None:
        """What the peer does each night."""
        for begin in range(0, MEMBERS, AT_ONCE):
            part = zip(self._keys[begin : begin + AT_ONCE], values[begin : begin + AT_ONCE].tolist(), strict=True)
            self._redis.zadd(PLAIN + ":new", dict(part))
        self._redis.rename(PLAIN + ":new", PLAIN)

    def _singles(self) -> tuple[Told, list[Figure]]:
        """One update, one page, one place, each beside PING in turn."""
        rounds = 3
        drawn = self._drawn(TIMES * rounds + TIMES)
        records = self._records(drawn, 1)
        done = 0

        def update() -> None:
            nonlocal done
            self._apply([next(records)])
            done += 1

        places = iter(self._chance.integers(0, MEMBERS, TIMES * rounds + TIMES).tolist())
        sides: dict[str, Callable[[], object]] = {
            "PING": self._redis.ping,
            "ZINCRBY": lambda: self._redis.zincrby(PLAIN, 1, self._keys[next(places)]),
            "board update": update,
            "top 50": lambda: self._boards.top(ALL, HALF_LIFE, self._now),
            "place": lambda: self._boards.rank(self._keys[done], HALF_LIFE, self._now),
        }
        taken = {name: [[ms * 1e3 for ms in one] for one in lists] for name, lists in in_turn(sides, TIMES).items()}
        middle = {name: share(lists, 0.5) for name, lists in taken.items()}
        targets = {"board update": "<= 1.3", "top 50": "<= 4", "place": ""}
        figures = [
            Figure(
                f"{name} / PING, {MEMBERS:,} members",
                middle[name],
                middle["PING"],
                "us p50",
                target,
                peer=middle["ZINCRBY"] if name == "board update" else None,
                spread=spread([share([one], 0.5) for one in taken[name]]),
            )
            for name, target in targets.items()
        ]
        return Told(drawn.members[:done], drawn.times[:done], drawn.weights[:done]), figures

    def _tell(self, told: Told) -> None:
        for record in self._records(told, BATCH):
            self._apply([record])

    def _batched(self, taken: float, many: Told) -> Figure:
        """An update within a batch, beside as many ZINCRBY in one pipeline."""
        some = [self._keys[n] for n in many.members[: 20 * BATCH].tolist()]

        def plainly() -> None:
            for begin in range(0, len(some), BATCH):
                pipe = self._redis.pipeline(transaction=False)
                for key in some[begin : begin + BATCH]:
                    pipe.zincrby(PLAIN, 1, key)
                pipe.execute()

        plain = seconds(plainly) / len(some) * 1e6
        name = f"board update in batches of {BATCH:,} (two boards), {self._updates:,} of them"
        return Figure(name, taken / self._updates * 1e6, None, "us", peer=plain)

    def _records(self, told: Told, size: int) -> Iterator[Record]:
        for begin in range(0, len(told.members), size):
            end = begin + size
            add: dict[str, dict[str, list[tuple[int, float]]]] = {}
            numbers = (told.members[begin:end].tolist(), told.times[begin:end].tolist())
            for member, at, weight in zip(*numbers, told.weights[begin:end].tolist(), strict=True):
                add.setdefault(_kind(member), {}).setdefault(self._keys[member], []).append((at, weight))
            self._change += 1
            yield Record(self._change, {MENTIONS: Part(add)}, frozenset())

    def _apply(self, records: list[Record]) -> None:
        outcome = self._boards.apply(records, HALF_LIFE, self._now).outcome
        assert outcome == "applied", outcome

    def _exact(self, told: Told) -> list[Figure]:
        """The thousand best as the board has them, as every contribution counted anew has them, and as the peer has
        them three quarters of a day after its last night."""
        best = self._recounted(told)
        page = self._boards.top(ALL, HALF_LIFE, self._now, limit=BEST)
        assert page is not None
        same = sum(one[0] == key for one, (key, _) in zip(page.rows, best, strict=True))
        error = max(abs(one[1] - score) / score for one, (_, score) in zip(page.rows, best, strict=True))
        plain = self._by_night(told)
        right = sum(one == key for one, (key, _) in zip(plain, best, strict=True))
        name = f"places of the {BEST:,} best that a recount of {len(told.members):,} contributions confirms"
        return [
            Figure(name, same, BEST, "places", "1", peer=right),
            Figure("largest relative error of their scores", error * 1e15, None, "1e-15"),
        ]

    def _recounted(self, told: Told) -> list[tuple[str, float]]:
        """Keys and scores, best first: sums without rounding on the way, of those that can be among the best."""
        wanted = np.argsort(self._shown(told))[::-1][:CANDIDATES]
        place = np.full(MEMBERS, -1)
        place[wanted] = np.arange(CANDIDATES)
        of = place[told.members]
        kept = np.flatnonzero(of >= 0)
        kept = kept[np.argsort(of[kept], kind="stable")]
        weighed = told.weights[kept] * np.exp2((told.times[kept] - self._now) / 1000 / SECONDS)
        parts = np.split(weighed, np.searchsorted(of[kept], np.arange(1, CANDIDATES)))
        scores = [(math.fsum(part.tolist()), self._keys[n]) for part, n in zip(parts, wanted.tolist(), strict=True)]
        return [(key, score) for score, key in sorted(scores, reverse=True)[:BEST]]

    def _by_night(self, told: Told) -> list[str]:
        """The best by the peer: decayed up to the last night, and each as it came since then."""
        aged = np.exp2(np.minimum(told.times - (self._now - DAY * 3 // 4), 0) / 1000 / SECONDS)
        scores = np.bincount(told.members, told.weights * aged, minlength=MEMBERS)
        return [self._keys[n] for n in np.argsort(scores)[::-1][:BEST].tolist()]

    def _rolled(self) -> list[Figure]:
        """The longest that one command keeps Redis from others while the board is rolled, beside a rescale in place."""
        later = self._now + int(460 * SECONDS * 1000)
        assert decay.landmark_for(later, SECONDS) != decay.landmark_for(self._now, SECONDS)
        values = 1 + self._chance.random(MEMBERS)
        rolled, blocked = self._watched(lambda: self._build(later, values))
        _, peer = self._watched(lambda: self._redis.zunionstore(PLAIN, {PLAIN: 0.5}))
        return [
            Figure(f"pause of Redis while {MEMBERS:,} members are rolled", blocked, None, "ms", peer=peer),
            Figure("the whole roll beside it", rolled, None, "s"),
        ]

    def _watched(self, work: Callable[[], object]) -> tuple[float, float]:
        """Seconds of the work, and milliseconds of the longest command meanwhile by the server's own clock."""
        self._redis.config_set("slowlog-log-slower-than", 1_000)
        self._redis.config_set("slowlog-max-len", 100_000)
        self._redis.slowlog_reset()
        taken = seconds(work)
        longest = max((entry["duration"] for entry in self._redis.slowlog_get(100_000)), default=1_000)
        return taken, longest / 1e3


def _kind(number: int) -> str:
    return BOARD_KINDS[number % len(BOARD_KINDS)]
