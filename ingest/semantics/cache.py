"""A bounded memory of answers that counts how often it had one."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Cache(Generic[V]):
    """The last `size` answers by key. Thread-safe; two who ask for the same at once may both work it out."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        self.hits = 0
        self.misses = 0

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The answer that is held, else the one made now."""
        with self._lock:
            if key in self._held:
                self.hits += 1
                self._held.move_to_end(key)
                return self._held[key]
            self.misses += 1
        made = make()
        with self._lock:
            self._held[key] = made
            self._held.move_to_end(key)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forgets all answers; what was counted stays."""
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        return len(self._held)


def hit_rate(*caches: "Cache[object]") -> float:
    """Share of questions that were answered from memory, 0..1; 0 where none was asked."""
    hits = sum(cache.hits for cache in caches)
    asked = hits + sum(cache.misses for cache in caches)
    return round(hits / asked, 4) if asked else 0.0
