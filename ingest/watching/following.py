"""Follows the change feed for all watches. Any number of processes may: each change is looked at once in effect.

A look reads the changes after the position that is kept, thinks, and writes position, states and firings in one
transaction that refuses if somebody else was faster; then it is thought anew. Looking writes nothing else and takes no
change number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from graph import watches
from graph.database import Database
from graph.job import Job, Queue
from graph.moment import epoch_ms
from graph.trending import Boards
from graph.watch import Firing, Occasion, Watch, WatchSort
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.matching import Index
from ingest.watching.entities import look_at_entity
from ingest.watching.examples import look_at_example
from ingest.watching.pairs import look_at_pair
from ingest.watching.round import Round, World, read_round
from ingest.watching.searches import look_at_search
from ingest.watching.states import state_of

_COSTLY = (WatchSort.PAIR, WatchSort.QUERY)


@dataclass(frozen=True, slots=True)
class WatchingOptions:
    """`rest`: seconds between two looks of a pair or search, which ask the whole graph; what came meanwhile is looked
    at then. `rounds`: of changes in one call."""

    rest: float = 5.0
    rounds: int = 50


@dataclass(slots=True)
class Followed:
    """What a call did: changes looked at, things told."""

    changes: int = 0
    told: int = 0


class Watching:
    """Looks for all watches of one graph. Thread-safe: it keeps nothing between two calls."""

    def __init__(
        self,
        database: Database,
        boards: Boards | None,
        index: Index,
        clock: Callable[[], datetime],
        options: WatchingOptions | None = None,
    ) -> None:
        self.database = database
        self.boards = boards
        self.index = index
        self.clock = clock
        self._options = options or WatchingOptions()

    def world(self) -> World:
        """The graph as a look that begins now sees it."""
        return World(self.database, self.boards, self.index, epoch_ms(self.clock()))

    def follow(self, woken: Callable[[Job], None] = lambda _: None) -> Followed:
        """Looks at what was committed since the last look; `woken` is told of jobs that deliver what is told."""
        done = Followed()
        for _ in range(self._options.rounds):
            standing = watches.standing(self.database)
            if not standing.watches:
                break
            if standing.position is None:
                # After a restore: what was told before it was told.
                watches.keep(self.database, standing.watches[0].id, {}, None)
                continue
            found = read_round(self.database, standing.position, standing.change)
            if found is None and not self._waiting(standing.watches):
                break
            look = found or Round(standing.position, standing.position)
            states, firings = self._looked(standing.watches, look)
            moved = (standing.position, look.last) if found is not None else None
            if moved is None and not states and not firings:
                break
            told = watches.tell(self.database, self.clock(), moved, states, firings)
            if told is None:
                continue
            done.changes += look.last - look.first if found is not None else 0
            done.told += len(firings)
            for job in told:
                woken(job)
        return done

    def upkeep(self) -> Kind:
        """The job that looks where no service does, and drops what was told long ago."""

        def run(context: Context) -> dict[str, Any]:
            same = Watching(context.database, self.boards, self.index, self.clock, self._options)
            done = same.follow()
            before = self.clock() - timedelta(days=watches.KEPT_DAYS)
            return {"changes": done.changes, "told": done.told, "purged": watches.purge(context.database, before)}

        return Kind("watches", run, Queue.UPKEEP)

    def _looked(self, looking: list[Watch], look: Round) -> tuple[list[tuple[Watch, dict[str, Any]]], list[Firing]]:
        world = self.world()
        if look.formed or look.changed:
            world.find_mentions(look, _entities(looking, world))
        states: list[tuple[Watch, dict[str, Any]]] = []
        firings: list[Firing] = []
        for watch in looking:
            if look.last < watch.since:
                continue
            if look.lost:
                told = [Firing(watch.id, Occasion.GAP, look.first, {"gone_until": look.first})]
                state = state_of(world, watch.sort, watch.spec, watch.on)
            else:
                state, told = self._look(watch, look, world)
            firings += told
            if state != watch.state:
                states.append((watch, state))
        return states, firings

    def _look(self, watch: Watch, look: Round, world: World) -> tuple[dict[str, Any], list[Firing]]:
        if watch.sort in _COSTLY:
            return self._look_far(watch, look, world)
        work = look_at_entity if watch.sort is WatchSort.ENTITY else look_at_example
        return work(watch, look, world) if look.last > look.first else (watch.state, [])

    def _look_far(self, watch: Watch, look: Round, world: World) -> tuple[dict[str, Any], list[Firing]]:
        """Puts the costly part of a look off while the last one was a moment ago."""
        owed = look.stirs or watch.state.get("owed", False)
        far = owed and self._rested(watch, world.now)
        work = look_at_pair if watch.sort is WatchSort.PAIR else look_at_search
        state, told = work(watch, look, world, far=far)
        return {**state, "owed": owed and not far, **({"looked_at": world.now} if far else {})}, told

    def _waiting(self, looking: list[Watch]) -> bool:
        """Whether a look that was put off is due."""
        now = epoch_ms(self.clock())
        return any(one.state.get("owed", False) and self._rested(one, now) for one in looking)

    def _rested(self, watch: Watch, now: int) -> bool:
        return now - watch.state.get("looked_at", 0) >= self._options.rest * 1000


def _entities(looking: list[Watch], world: World) -> set[str]:
    """Who is looked for in new events."""
    keys: list[str] = []
    for watch in looking:
        if watch.sort is WatchSort.ENTITY:
            keys.append(watch.spec["key"])
        elif watch.sort is WatchSort.QUERY and Occasion.EVENTS in watch.on:
            keys += watch.state["found"]
    return {one.key for one in world.holders(keys).values()}
