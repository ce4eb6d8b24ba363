"""The bundled sample: real events of September 2015 and a small made story; see NOTICE.md for origin and licence."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files

FILES = ("wikicep_2015-09.jsonl.gz", "made.jsonl")
END = datetime(2015, 10, 1, tzinfo=UTC)
"""The end of the real part: boards `as_of` this time are full."""


def lines() -> Iterator[bytes]:
    """All records of the sample, one line of JSON each, the real ones first."""
    for name in FILES:
        data = files("ingest.sample").joinpath(name).read_bytes()
        yield from (gzip.decompress(data) if name.endswith(".gz") else data).splitlines()
