"""Boards under construction beside those that hold: filled in any order, then put in their place by one script.

The keys carry a token of their own, so two rebuilds at once do not mix, and they expire, so one that died leaves
nothing. The server counts what was put: a Redis that is emptied meanwhile is noticed at the swap.
"""

from collections.abc import Sequence
from secrets import token_hex

from graph.errors import BoardUnavailable
from graph.trending import decay
from graph.trending.board import Boards
from graph.trending.members import Member
from graph.trending.names import ALL, BOARDS, Group

_LIFE = 3600
_KEYS_AT_ONCE = 500


class ShadowLost(BoardUnavailable):
    """The shadow is not whole any more (an emptied server): begin again."""


class Shadow:
    """Shadow boards of some groups, each with the landmark it will have; values are those at `now`."""

    def __init__(self, boards: Boards, groups: Sequence[Group], now: int) -> None:
        self._boards = boards
        self._now = now
        self._puts = 0
        self.token = token_hex(8)
        self.landmarks = {group: decay.landmark_for(now, group.seconds) for group in groups}
        self.swapped: dict[Group, int] = {}

    @property
    def pending(self) -> list[Group]:
        """Groups that are not swapped yet."""
        return [group for group in self.landmarks if group not in self.swapped]

    @property
    def half_lives(self) -> list[str]:
        """Half-lives of the groups that are not swapped yet."""
        return list(dict.fromkeys(group.half_life for group in self.pending))

    def put(self, members: Sequence[Member], *, anew: bool = True) -> None:
        """Writes the values of members above the floor; `anew` first takes them off every board.

        Nothing to put is put too: it makes the shadow of an empty graph.
        """
        for begin in range(0, max(len(members), 1), _KEYS_AT_ONCE):
            part = members[begin : begin + _KEYS_AT_ONCE]
            calls: list[Sequence[str | int]] = []
            for group in self.pending:
                calls += self._calls(part, group, anew)
            self._boards.line.commands(calls)
            self._puts += 1

    def swap(self, group: Group, change: int) -> None:
        """Puts the shadow in the place of the boards that hold, which are then gone, with `change` as sequence.

        Once swapped it stays so: a second call does nothing. Raises ShadowLost.
        """
        if group in self.swapped:
            return
        line, half_life, landmark = self._boards.of(group.metric).line, group.half_life, self.landmarks[group]
        for _ in range(4):
            held = line.landmark(half_life, fresh=True)
            keys = [group.landmark, group.sequence(landmark), group.shadow(self.token, "puts")]
            for kind in BOARDS:
                keys += (group.shadow(self.token, kind), group.board(landmark, kind))
            if held is not None and held != landmark:
                keys += (group.sequence(held), *group.boards(held))
            expected = "" if held is None else str(held)
            words = [expected, *map(str, (landmark, change, self._puts, len(BOARDS)))]
            outcome = line.script("swap", keys, words)[0]
            if outcome == "lost":
                raise ShadowLost("Redis was emptied while the boards were rebuilt; rebuild again")
            if outcome == "swapped":
                line.learn(half_life, landmark)
                self.swapped[group] = change
                return
        raise BoardUnavailable("the boards are being rolled by others; try again")

    def drop(self) -> None:
        """Removes what was not swapped."""
        for group in self.pending:
            self._boards.line.command("UNLINK", *self._keys(group))

    def _keys(self, group: Group) -> list[str]:
        return [group.shadow(self.token, part) for part in (*BOARDS, "puts")]

    def _calls(self, members: Sequence[Member], group: Group, anew: bool) -> list[Sequence[str | int]]:
        landmark, seconds = self.landmarks[group], group.seconds
        words: dict[str, list[str]] = {}
        for member in members:
            value = member.of(group.metric)[group.half_life]
            if value >= decay.FLOOR:
                pair = (repr(decay.raised(value, self._now, landmark, seconds)), member.key)
                words.setdefault(ALL, []).extend(pair)
                words.setdefault(member.kind, []).extend(pair)
        calls: list[Sequence[str | int]] = []
        if anew and members:
            keys = [member.key for member in members]
            calls += [("ZREM", group.shadow(self.token, kind), *keys) for kind in BOARDS]
        calls += [("ZADD", group.shadow(self.token, kind), *pairs) for kind, pairs in words.items()]
        calls.append(("INCR", group.shadow(self.token, "puts")))
        return calls + [("EXPIRE", key, _LIFE) for key in self._keys(group)]
