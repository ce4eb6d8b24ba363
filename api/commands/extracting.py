"""`pentad extract --articles FILE`: the five W's of articles, without a server or a language model."""

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from api.commands.lines import lines_of, object_of
from api.commands.opening import DataDir, opened
from api.commands.servers import plain_failures
from api.settings import load
from api.wiring import Clients
from graph.errors import InvalidInput
from ingest.extraction.article import Article

if TYPE_CHECKING:
    from ingest.extraction.answers import Answer

Answering = Callable[[Article], "tuple[Mapping[str, Sequence[Answer]], str]"]
"""An article -> its answers, and why a model did not give its own."""

Articles = Annotated[
    Path,
    typer.Option(
        "--articles",
        help="NDJSON file (also .gz), or - for stdin, one article a line: id, title, description, text, date_publish.",
    ),
]
LONGEST = 10_000_000
"""Characters a line may have; longer ones are reported, not read."""


def extract(
    articles: Articles,
    llm: Annotated[
        bool, typer.Option("--llm", help="Ask the language model that is set, too; running servers count its tokens.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Answer who, what, when, where and why of each article. Needs no server and no language model.

    One JSON object a line: up to three answers a question, best first, each with its confidence, its place and its
    sentence. Exit code 1 if a line could not be read, or the model that was asked for did not answer.
    """
    with plain_failures(), ExitStack() as stack:
        answered = _with_model(stack.enter_context(opened(data_dir)), data_dir) if llm else _alone()
        failed = 0
        with lines_of(articles, read_article) as found:
            for article in found:
                told, failure = answered(article)
                if failure:
                    failed += 1
                    sys.stderr.write(f"{article.id or 'an article'}: {failure}\n")
                rows = {question: [one.row() for one in best] for question, best in told.items()}
                sys.stdout.write(orjson.dumps({"id": article.id} | rows).decode() + "\n")
        if failed:
            raise typer.Exit(1)


def _alone() -> "Answering":
    # Lists of places are read with it: only who asks for answers waits for them.
    from ingest.extraction.answers import answers

    return lambda article: (answers(article), "")


def _with_model(clients: Clients, data_dir: Path | None) -> "Answering":
    from api.extraction import model_of
    from ingest.semantics.reading import answers_by

    model = model_of(load(data_dir=data_dir), clients)
    if model is None:
        raise InvalidInput("no language model is set: see `llm` in `pentad settings`")
    return lambda article: answers_by(model, article)


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
