"""`python -m bench.review FILE [--events N]`: what share of an event file's mentions would be sent to a person.

Resolves the events in their order, in memory, as ingest does; a mention counts when its name still waits for a person
at the end: a live unsure judgement that no join has settled.
"""

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from graph.judgement import Verdict
from ingest.prepare import mentions, settle
from ingest.shapes import read
from resolution.index import RESOLVED, AliasIndex
from resolution.resolver import BatchResolver

BATCH = 1_000


def main() -> None:
    """Reads, resolves and tells."""
    parser = argparse.ArgumentParser(prog="python -m bench.review", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, default=None)
    parser.add_argument("--shown", type=int, default=0, help="tell so many of the pairs that wait")
    asked = parser.parse_args()
    with gzip.open(asked.file) if asked.file.suffix == ".gz" else asked.file.open("rb") as lines:
        index, told = resolved(islice(lines, asked.events))
    waits = {key for key in told if waiting(index, key)}
    total, share = told.total(), sum(told[key] for key in waits)
    print(f"{total} mentions of {len(told)} names; {len(waits)} names wait, {share} mentions: {share / total:.4f}")
    for key in sorted(waits, key=lambda key: -told[key])[: asked.shown]:
        others = [index.by_key[j.b if j.a == key else j.a].alias.name for j in index.judgements(key)]
        print(f"  {told[key]} x {index.by_key[key].alias.name!r}: {others}")


def resolved(lines: Iterator[bytes]) -> tuple[AliasIndex, Counter[str]]:
    """The index after all events, and how often each alias was mentioned."""
    index, told, change = AliasIndex(), Counter[str](), 0
    while chunk := list(islice(lines, BATCH)):
        change += 1
        resolver = BatchResolver(index, change)
        for line in chunk:
            event = read(line).event
            known = settle(mentions(event), resolver.known_kind, resolver.is_person_word)
            for one in resolver.event(event.id, known):
                if one.mention.family in RESOLVED:
                    told[one.entry.alias.key] += 1
        index.settle(change)
    return index, told


def waiting(index: AliasIndex, key: str) -> bool:
    """True when the alias is one of an unsure pair that are two entities still, and it was the one that asked."""
    made = [j for j in index.judgements(key) if j.a == key]
    return any(j.verdict is Verdict.UNSURE for j in made) and not any(
        j.verdict is Verdict.POSITIVE and index.by_key[j.a].entity == index.by_key[j.b].entity for j in made
    )


if __name__ == "__main__":
    main()
