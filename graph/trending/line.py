"""How the boards are spoken to: named scripts on one group's keys, refused unless the landmark they name holds.

Invariant: nobody touches a board that was rolled away meanwhile. The landmark is remembered between calls; a script
that is refused tells the one that holds, and the call is made again.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha1
from importlib.resources import files
from time import monotonic
from typing import Any, cast

from redis import Redis, RedisCluster
from redis.exceptions import NoScriptError

from graph.changing import Changing, Mark
from graph.errors import BoardUnavailable, InvalidInput
from graph.trending import decay
from graph.trending.client import plain_errors
from graph.trending.names import Group

Arguments = Callable[[int], Sequence[str]]
"""What a script is given after the landmark, which it is told."""

Call = tuple[str, Sequence[str], Sequence[str]]
"""A script's name, its keys and its arguments."""
CHANGING = frozenset({"apply", "swap"})
"""Scripts that change what a board shows; `swap` puts one in the place of another."""


class Rest:
    """After a failed call, none is tried for so many seconds: a dead Redis costs all metrics together one wait."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = 0.0

    @contextmanager
    def calling(self) -> Generator[None]:
        """Around each call. Raises BoardUnavailable at once while at rest."""
        if monotonic() < self._until:
            raise BoardUnavailable("the boards could not be reached a moment ago", retry_after=1)
        try:
            with plain_errors():
                yield
        except BoardUnavailable:
            self._until = monotonic() + self._seconds
            raise


class Line:
    """The calls to one Redis for one metric. Thread-safe."""

    def __init__(self, client: "Redis", metric: str, rest: Rest, changing: Changing | None = None) -> None:
        # redis-py types one signature for its sync and async clients; what comes back is checked where it is read.
        self._client = cast(Any, client)
        self._groups = {name: Group(metric, name) for name in decay.HALF_LIVES}
        self._landmarks: dict[str, int] = {}
        self._rest = rest
        self._changing = changing

    def group(self, half_life: str) -> Group:
        """The boards of a half-life. Raises InvalidInput for one that has no boards."""
        if half_life not in self._groups:
            raise InvalidInput(f"no boards of half-life {half_life!r}; choose one of {', '.join(self._groups)}")
        return self._groups[half_life]

    def landmark(self, half_life: str, *, fresh: bool = False) -> int | None:
        """The landmark that holds, as last heard or asked `fresh`; None when the group is not there."""
        if fresh or half_life not in self._landmarks:
            self.learn(half_life, self.command("GET", self.group(half_life).landmark))
        return self._landmarks.get(half_life)

    def learn(self, half_life: str, told: str | int | None) -> None:
        """Remembers the landmark that a reply told; nothing or empty for none."""
        if told is None or told == "":
            self._landmarks.pop(half_life, None)
        else:
            self._landmarks[half_life] = int(told)

    def on_group(
        self, name: str, half_life: str, kinds: Sequence[str], arguments: Arguments
    ) -> tuple[int, list[Any]] | None:
        """Runs a script on boards of a group: the landmark and the reply, or None when the group is not there."""
        for _ in range(4):
            landmark = self.landmark(half_life)
            if landmark is None:
                return None
            keys = self.keys(half_life, landmark, kinds)
            reply = self.script(name, keys, [str(landmark), *arguments(landmark)])
            if reply[0] != "moved":
                return landmark, reply
            self.learn(half_life, reply[1])
        raise BoardUnavailable("the boards are being rolled; try again")

    def keys(self, half_life: str, landmark: int, kinds: Sequence[str]) -> list[str]:
        """What the scripts on a group are given: its landmark, its sequence, and boards."""
        group = self.group(half_life)
        return [group.landmark, group.sequence(landmark), *(group.board(landmark, kind) for kind in kinds)]

    def script(self, name: str, keys: Sequence[str], arguments: Sequence[str]) -> list[Any]:
        """Runs `scripts/NAME.lua`; the server is sent its text only when it does not know it."""
        text, digest = _lua(name)
        with self._marked(name), self._rest.calling():
            try:
                reply = self._client.evalsha(digest, len(keys), *keys, *arguments)
            except NoScriptError:
                reply = self._client.eval(text, len(keys), *keys, *arguments)
        return as_text(reply)

    def scripts(self, calls: Sequence[Call]) -> list[list[Any]]:
        """Several scripts in one round trip, on any groups, in order and without a promise that they run together. On a
        cluster, whose nodes hold different groups, one after the other."""
        if isinstance(self._client, RedisCluster):
            return [self.script(*call) for call in calls]
        with self._marked(*(name for name, _, _ in calls)), self._rest.calling():
            pipe = self._client.pipeline(transaction=False)
            for name, keys, arguments in calls:
                pipe.evalsha(_lua(name)[1], len(keys), *keys, *arguments)
            replies = pipe.execute(raise_on_error=False)
            for reply in replies:
                if isinstance(reply, Exception) and not isinstance(reply, NoScriptError):
                    raise reply
        unknown = (isinstance(reply, NoScriptError) for reply in replies)
        return [
            self.script(*call) if again else as_text(reply)
            for call, reply, again in zip(calls, replies, unknown, strict=True)
        ]

    @contextmanager
    def _marked(self, *names: str) -> Generator[None]:
        with Mark(self._changing) as mark:
            if not CHANGING.isdisjoint(names):
                mark.begin()
            yield

    def command(self, *words: str | int | float) -> Any:
        """One plain command and its reply."""
        with self._rest.calling():
            return as_text(self._client.execute_command(*words))

    def commands(self, calls: Sequence[Sequence[str | int | float]]) -> None:
        """Several commands in one round trip, without a promise that they run together."""
        with self._rest.calling():
            pipe = self._client.pipeline(transaction=False)
            for words in calls:
                pipe.execute_command(*words)
            pipe.execute()


@cache
def _lua(name: str) -> tuple[str, str]:
    text = files("graph.trending").joinpath(f"scripts/{name}.lua").read_text(encoding="utf-8")
    return text, sha1(text.encode(), usedforsecurity=False).hexdigest()


def as_text(reply: Any) -> Any:
    """A reply with text for bytes, whatever the client was told to decode."""
    if isinstance(reply, bytes):
        return reply.decode()
    if isinstance(reply, list | tuple):
        return [as_text(part) for part in cast(Sequence[Any], reply)]
    return reply
