"""Every statement carries the header of cypher/README.md, so that it can be read and tried without the code."""

import re

import pytest

from graph.queries import names, statement

FILES = [name for folder in ("read", "write", "explore", "retrieve") for name in names(folder)]
TYPE = r"(?:STRING|INTEGER|FLOAT|BOOLEAN|MAP|ZONED DATETIME|LIST<[A-Z<>|]+>|POINT|ANY)(?:\|NULL)?"
PARAMETER = re.compile(rf"^// \$(?P<name>\w+) +(?P<type>{TYPE})(?: +\S.*)?$")


def header(name: str) -> list[str]:
    """The comment lines before the statement."""
    lines = statement(name).text.splitlines()
    return lines[: next(at for at, line in enumerate(lines) if not line.startswith("//"))]


def body(name: str) -> str:
    """The statement without its comments."""
    return "\n".join(line for line in statement(name).text.splitlines() if not line.lstrip().startswith("//"))


@pytest.mark.parametrize("name", FILES)
def test_first_line_names_the_file_and_promises_something(name: str) -> None:
    stem = name.rsplit("/", 1)[-1]
    assert re.match(rf"^// {stem}: \S.+\.$", header(name)[0]), header(name)[0]


@pytest.mark.parametrize("name", FILES)
def test_each_parameter_used_is_declared_with_its_type_and_no_other(name: str) -> None:
    declared = [match["name"] for line in header(name) if (match := PARAMETER.match(line))]
    lines = [line for line in header(name) if line.startswith("// $")]
    assert len(declared) == len(lines), f"a parameter line is not understood: {lines}"
    assert set(re.findall(r"\$(\w+)", body(name))) == set(declared)


@pytest.mark.parametrize("name", FILES)
def test_columns_door_and_trial_stand_in_order(name: str) -> None:
    marks = [mark for line in header(name) for mark in ("->", "door:", "try:") if line.startswith(f"// {mark}")]
    assert marks == ["->", "door:", "try:"]


@pytest.mark.parametrize("name", FILES)
def test_pastes_into_the_browser_as_one_statement(name: str) -> None:
    assert ";" not in statement(name).text
    assert body(name).strip()


@pytest.mark.parametrize("name", FILES)
def test_trial_of_a_read_sets_every_parameter(name: str) -> None:
    trial = next(line for line in header(name) if line.startswith("// try:"))
    declared = {match["name"] for line in header(name) if (match := PARAMETER.match(line))}
    if name.startswith("write/") or not declared:
        return
    assert ":params {" in trial
    assert all(re.search(rf"[{{ ]{parameter}:", trial) for parameter in declared), trial


def test_no_statement_is_written_in_python() -> None:
    from pathlib import Path

    root = Path(__file__).parents[2]
    clause = re.compile(r"\b(MATCH \(|MERGE \(|UNWIND \$|CREATE \()")
    found = [
        f"{path.relative_to(root)}:{number}"
        for room in ("graph", "resolution", "ingest", "api")
        for path in (root / room).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if clause.search(line)
    ]
    assert found == []
