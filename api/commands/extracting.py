"""`pentad extract --articles FILE`: the five W's of articles, without a server or a language model."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from api.commands.lines import lines_of, object_of
from ingest.extraction.article import Article

Articles = Annotated[
    Path,
    typer.Option(
        "--articles",
        help="NDJSON file (also .gz), or - for stdin, one article a line: id, title, description, text, date_publish.",
    ),
]
LONGEST = 10_000_000
"""Characters a line may have; longer ones are reported, not read."""


def extract(articles: Articles) -> None:
    """Answer who, what, when, where and why of each article. Needs no server and no language model.

    One JSON object a line: up to three answers a question, best first, each with its confidence, its place and its
    sentence. Exit code 1 if a line could not be read.
    """
    # Lists of places are read with it: only who asks for answers waits for them.
    from ingest.extraction.answers import answers

    with lines_of(articles, read_article) as found:
        for article in found:
            told = {question: [one.row() for one in best] for question, best in answers(article).items()}
            sys.stdout.write(orjson.dumps({"id": article.id} | told).decode() + "\n")


def read_article(line: bytes) -> Article:
    """An article of a line of JSON. Raises ValueError with the reason."""
    if len(line) > LONGEST:
        raise ValueError(f"longer than {LONGEST} bytes")
    row = object_of(line)
    title, description, text = (_text(row, name) for name in ("title", "description", "text"))
    if not (title + description + text).strip():
        raise ValueError("title, description and text are empty")
    day = _day(row.get("date_publish") or row.get("published"))
    return Article(str(row.get("id", "")), title, description, text, day)


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name}: no text")
    return value


def _day(value: object) -> date | None:
    """The day of publication; None when it is not told. Raises ValueError."""
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"date_publish: {value!r} is no ISO 8601 date") from error
