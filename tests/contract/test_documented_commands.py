"""Each command that a page of docs shows is one that the command line takes, with these words and options."""

import re
import shlex
from pathlib import Path

import click
import pytest
import typer.main

from api.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CLI = typer.main.get_command(app)
"""What `pentad` is, as click reads it."""


def shown() -> list[tuple[str, str]]:
    """(page, command) of every line of a shell block that runs `pentad`."""
    found: list[tuple[str, str]] = []
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            found += [
                (page.name, line) for line in block.replace("\\\n", " ").splitlines() if line.startswith("pentad ")
            ]
    return found


def words_of(line: str) -> list[str]:
    """The words of the first command of a line, without what is piped, redirected or said beside; N stands for a
    number."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|><;&")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if set(word) <= set("|><;&"):
            break
        words.append("1" if word == "N" else word)
    return words[1:]


@pytest.mark.parametrize(("page", "line"), shown())
def test_the_command_line_takes_it(page: str, line: str) -> None:
    words, group = words_of(line), CLI
    while isinstance(group, click.Group):
        name = words.pop(0)
        inner = group.get_command(click.Context(group), name)
        assert inner is not None, f"{page}: no command {name}"
        group = inner
    group.make_context(group.name, words)


def test_pages_show_commands() -> None:
    assert len(shown()) > 20
    assert {page for page, _ in shown()} >= {"README.md", "jobs.md", "operations.md", "pages.md", "watches.md"}
