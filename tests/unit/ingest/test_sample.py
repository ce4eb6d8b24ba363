"""The bundled blurbs are what the reader of today finds in the texts, and nothing of the corpus's own answers."""

import gzip
from importlib.resources import files
from itertools import islice

import orjson

from ingest.payload import parse_record
from ingest.sample import blurbs, lines


def test_blurbs_are_read_by_this_reader_and_by_nothing_else() -> None:
    texts = orjson.loads(
        b"["
        + b",".join(
            gzip.decompress(files("ingest.sample").joinpath("itn_2023.texts.jsonl.gz").read_bytes()).splitlines()
        )
        + b"]"
    )
    assert {name for one in texts for name in one} == {"id", "lang", "time", "text"}
    assert len({one["lang"] for one in texts}) == 54
    held = [orjson.loads(line) for line in lines(("itn_2023.jsonl.gz",))]
    assert [one["id"] for one in held] == [one["id"] for one in texts]
    # Which texts are grouped depends on all of them: names alone are read again here.
    again = [{**one, "story": ""} for one in islice(blurbs.blurbs(texts[:60]), 60)]
    assert again == [{**one, "story": ""} for one in held[:60]]


def test_every_record_of_the_sample_is_an_event() -> None:
    ids = [parse_record(orjson.loads(line)).id for line in lines(("itn_2023.jsonl.gz",))]
    assert len(set(ids)) == 1722
