"""Laws 4 and 5 under whatever comes: ingest, retraction, merge, sweep, loss, duplicates, disorder, purge and roll."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from graph.database import Database
from graph.trending import BoardOptions, Boards, apply_record, check_boards, rebuild, tend
from graph.trending.names import groups
from graph.trending.record import record
from tests.board_world import DAY, NOW, Mention, World, assert_boards

Step = Callable[[], object]


class Life:
    """One seeded life of a world and its boards, begun at `now`, which only moves on."""

    def __init__(self, world: World, redis_client: Any, seed: int, now: int) -> None:
        self.world, self.redis, self.seed = world, redis_client, seed
        self.boards = Boards(redis_client, BoardOptions(rest=0))
        self.chance = random.Random(seed)
        self.now = now
        self.keys = world.entities(8)
        self.n = 0

    def commit(self) -> None:
        keys = self.chance.sample(self.keys, self.chance.randint(1, 3))
        age = self.chance.choice((-2, 0, 0, 1, 5, 30, 90)) * DAY
        at = self.now - age
        self.n += 1
        told = [
            Mention(
                f"{self.seed}-{self.n}",
                key,
                at,
                self.chance.random() + 0.01,
                w,
                boarded=at <= self.now,
                risk=self.chance.choice((None, self.chance.random())),
                sanctioned=self.chance.choice((None, None, self.chance.random())),
            )
            for key, w in zip(keys, ("WHO", "WHERE", "WHAT"), strict=False)
        ]
        change = self.world.commit(*told)
        if self.chance.random() < 0.7:
            self.apply(change)

    def apply(self, change: int) -> None:
        apply_record(self.world.graph, self.boards, change, self.world.payloads[change], self.now)

    def retract(self) -> None:
        living = [m.event for m in self.world.mentions if m.live and m.key in self.keys]
        if living:
            self.world.retract(self.chance.choice(living), self.now)

    def merge(self) -> None:
        places = {m.key for m in self.world.mentions if m.w != "WHO"}
        people = [key for key in self.keys if key not in places]
        if len(people) > 2:
            loser, winner = self.chance.sample(people, 2)
            self.world.merge(loser, winner, self.now)
            self.keys.remove(loser)

    def repeat(self) -> None:
        if self.world.payloads:
            self.apply(self.chance.choice(list(self.world.payloads)))

    def disorder(self) -> None:
        for change in self.chance.sample(list(self.world.payloads), min(3, len(self.world.payloads))):
            told = record(change, self.world.payloads[change])
            group = self.chance.choice(groups())
            self.boards.of(group.metric).apply([told], group.half_life, self.now)

    def lose(self) -> None:
        keys = sorted(self.redis.scan_iter("pentad:*:seq")) + sorted(self.redis.scan_iter("pentad:*:landmark"))
        self.chance.choice((self.redis.flushall, lambda: self.redis.delete(*keys[:2]) if keys else None))()

    def restart(self) -> None:
        self.boards = Boards(self.redis, BoardOptions(rest=0))

    def rebuild(self) -> None:
        rebuild(self.world.graph, self.boards, self.now, self.chance.sample(groups(), 2))

    def later(self) -> None:
        self.now += self.chance.choice((DAY // 24, DAY, 3 * DAY, 60 * DAY))
        tend(self.world.graph, self.boards, self.now)
        self.world.swept(self.now)

    def live(self, steps: int) -> None:
        rare: tuple[Step, ...] = (self.lose, self.restart, self.rebuild, self.merge)
        often: tuple[Step, ...] = (self.retract, self.repeat, self.disorder, self.later)
        for _ in range(steps):
            self.chance.choice((*rare, *often * 2, *(self.commit,) * 10))()
        tend(self.world.graph, self.boards, self.now)
        self.world.swept(self.now)
        assert_boards(self.world, self.boards, self.now)
        assert check_boards(self.world.graph, self.boards, self.now) == []


def lives(graph: Database, redis_client: Any, seeds: range, steps: int) -> None:
    # Each life begins where the one before ended, with its graph and boards under it.
    world, now = World(graph), NOW
    for seed in seeds:
        life = Life(world, redis_client, seed, now)
        life.live(steps)
        now = life.now


def test_boards_equal_their_definition_after_anything(graph: Database, redis_client: Any) -> None:
    lives(graph, redis_client, range(4), steps=40)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(100, 400, 50))
def test_boards_equal_their_definition_after_anything_in_full(graph: Database, redis_client: Any, first: int) -> None:
    lives(graph, redis_client, range(first, first + 50), steps=60)
