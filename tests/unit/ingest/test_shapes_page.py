"""docs/shapes.md cannot rot: each example is taken, and becomes what the page says."""

import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.mapping import Columns, from_file, inline
from ingest.prepare import mentions, settle
from ingest.shapes import Raw, read
from ingest.tables import Table

PAGE = (Path(__file__).parents[3] / "docs" / "shapes.md").read_text(encoding="utf-8")
JSON = re.findall(r"```json\n(.*?)```\n\nBecomes: (.*?)\.\n\n", PAGE, re.DOTALL)
CSV, TOML, SAID = re.findall(r"```csv\n(.*?)```\n\n```toml\n(.*?)```\n\nBecomes: (.*?)\.\n\n", PAGE, re.DOTALL)[0]
SHELL = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)[0]


def becomes(record: Raw) -> list[str]:
    found = settle(mentions(read(record).event), lambda _: None, lambda _: False)
    return [f"{mention.w} {mention.surface}" for mention in found]


@pytest.mark.parametrize(("text", "said"), JSON, ids=lambda text: text[:12])
def test_a_record_becomes_what_the_page_says(text: str, said: str) -> None:
    assert sorted(becomes(text.encode())) == sorted(said.split(", "))


def of_options() -> Columns:
    words = shlex.split(SHELL.replace("\\\n", " "))
    return inline(after for word, after in pairwise(words) if word == "--map")


def test_the_table_becomes_what_the_page_says_by_file_and_by_options(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(TOML, encoding="utf-8")
    assert tomllib.loads(TOML)
    columns = from_file(tmp_path / "m.toml")
    rows = [
        list(Table(CSV.encode().splitlines(keepends=True), one).header().records()) for one in (columns, of_options())
    ]
    first, second = ([read(record).event for _, record in some] for some in rows)
    assert becomes(rows[0][0][1]) == SAID.split(", ")
    assert [one.model_dump(exclude={"who", "id"}) for one in first] == [
        one.model_dump(exclude={"who", "id"}) for one in second
    ]
    assert [(one.role, one.risk_score) for one in first[0].who] == [("source", 0.5), ("target", 0.5), ("target", 0.5)]
    assert [number for number, _ in rows[0]] == [2, 3]
    assert first[1].title == "Ship; and crew\ngo on"


def test_the_page_holds_an_example_of_each_shape() -> None:
    assert len(JSON) == 4
