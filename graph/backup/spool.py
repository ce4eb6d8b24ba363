"""Where a backup under way is kept: what was read in rounds, of which the last version of each node counts."""

import gzip
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson

from graph.backup.file import edge_line, node_line
from graph.backup.kinds import LEFT_OUT, Label, edge_of, label_of, portable
from graph.backup.values import pack
from graph.database import Row

_PARTS = ("nodes", "edges")


class Round:
    """What one round read. A context that closes its files."""

    def __init__(self, folder: Path, name: str, *, keep: bool) -> None:
        self.paths = {part: folder / f"{name}.{part}.gz" for part in _PARTS}
        self.units = 0
        self.held: dict[bytes, bool] = {}
        """Nodes that were looked at, and whether they were there; kept of all rounds but the first."""
        self._keep = keep
        self._open = ExitStack()

    def __enter__(self) -> "Round":
        self._files: dict[str, gzip.GzipFile] = {}
        for part, path in self.paths.items():
            self._files[part] = self._open.enter_context(gzip.GzipFile(path, "wb", compresslevel=1))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def missed(self, label: Label, keys: Iterable[str]) -> None:
        """Nodes that are looked for; those that `put` does not bring are gone."""
        self.held |= dict.fromkeys((_mark(label, key) for key in keys), False)

    def put(self, row: Row) -> None:
        """One node with its outgoing edges, as the statements of `Paged.units` answer it. Raises Conflict."""
        label = label_of(row["labels"])
        key: str = row["key"]
        mark = _mark(label, key)
        if self._keep:
            self.held[mark] = True
        labels = [label, *sorted(set(row["labels"]) - {label})]
        self._files["nodes"].write(mark + node_line(labels, _packed(portable(label, row["props"]))))
        for type_, end, props in row.get("edges", ()):
            if type_ not in LEFT_OUT:
                edge_of(label, type_)
                self._files["edges"].write(mark + edge_line(type_, (label, key), end, _packed(props)))
        self.units += 1


def merged(rounds: list[Round]) -> Iterator[bytes]:
    """The lines of the last version of every node, nodes first, then edges."""
    latest: dict[bytes, int] = {}
    for number, one in enumerate(rounds):
        latest |= {mark: number if there else -1 for mark, there in one.held.items()}
    for part in _PARTS:
        for number, one in enumerate(rounds):
            with gzip.open(one.paths[part], "rb") as file:
                for line in file:
                    mark, _, rest = line.partition(b"\t")
                    if latest.get(mark + b"\t", number) == number:
                        yield rest


def _mark(label: Label, key: str) -> bytes:
    """JSON, so that no key can hold the tab that ends it."""
    return orjson.dumps(f"{label} {key}") + b"\t"


def _packed(props: dict[str, Any]) -> dict[str, Any]:
    return {name: pack(value) for name, value in props.items()}
