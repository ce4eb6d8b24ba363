"""Blurbs of "In the news" as events: what Pentad itself reads in one-sentence texts of 54 languages.

`python -m ingest.sample.blurbs TEXTS > EVENTS` made the bundled file of events from the bundled texts (id, lang, time,
text). Names are those that the reader of pages finds, the story is the group of texts that tell of one event; nothing
else is known of them. The time is when the page carried the blurb, as far as that is told.
"""

import gzip
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from graph.keys import W
from ingest.forming.grouping import Text, group
from ingest.semantics.page import Page
from ingest.semantics.reading import Semantics, semantics

TITLE = 160


def blurbs(texts: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A record in the 5-W shape for each text, in their order. The same texts give the same records."""
    roots = group([Text(one["id"], one["lang"], one["text"]) for one in texts])
    for one, root in zip(texts, roots, strict=True):
        day = datetime.fromisoformat(one["time"])
        read = semantics(Page(one["id"], text=one["text"], published=day.date(), language=one["lang"]))
        yield _record(one, read, texts[root]["id"])


def _record(one: dict[str, Any], read: Semantics, story: str) -> dict[str, Any]:
    text = one["text"]
    title = text if len(text) <= TITLE else text[:TITLE].rsplit(" ", 1)[0] + "…"
    named = {w: [{"name": entity.surface} for entity in read.entities if entity.w is w] for w in (W.WHO, W.WHERE)}
    record: dict[str, Any] = {"id": one["id"], "occurred_at": one["time"], "title": title, "category": "In the news"}
    if title != text:
        record["text"] = text
    parts = {"who": named[W.WHO], "where": named[W.WHERE], "story": f"In the news: {story}"}
    source = {"name": f"Wikipedia ({one['lang']})", "title": f"{one['id']}: {title}"}
    return {**record, **{name: value for name, value in parts.items() if value}, "source": source}


def texts_of(path: Path) -> list[dict[str, Any]]:
    """The texts of a file, one line of JSON each, plain or gzip."""
    data = path.read_bytes()
    return [orjson.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def main(given: Sequence[str]) -> int:
    """Writes the records of a file of texts to standard output."""
    if len(given) != 1:
        sys.stderr.write("usage: python -m ingest.sample.blurbs TEXTS\n")
        return 2
    lines: Iterable[bytes] = (orjson.dumps(record) for record in blurbs(texts_of(Path(given[0]))))
    sys.stdout.write("".join(f"{line.decode()}\n" for line in lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
