"""The bundled sample: real events of September 2015, a small made story, and blurbs in 54 languages as Pentad reads
them (`blurbs.py`); see NOTICE.md for origin and licence."""

import gzip
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files

FILES = ("wikicep_2015-09.jsonl.gz", "made.jsonl", "itn_2023.jsonl.gz")
EARLY = FILES[:2]
"""September 2015 and the made story alone."""
END = datetime(2015, 10, 1, tzinfo=UTC)
"""The end of September 2015: boards `as_of` this time are full."""


def lines(names: Sequence[str] = FILES) -> Iterator[bytes]:
    """All records of the sample, one line of JSON each, those of September 2015 first."""
    for name in names:
        data = files("ingest.sample").joinpath(name).read_bytes()
        yield from (gzip.decompress(data) if name.endswith(".gz") else data).splitlines()
