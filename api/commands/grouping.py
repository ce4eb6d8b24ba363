"""`pentad cluster --texts FILE` groups texts by the event they tell of, `pentad mentions --sentences FILE` the mentions
in them by what they mean; neither needs a server."""

import sys
from pathlib import Path
from typing import Annotated, Any, cast

import orjson
import typer

from api.commands.lines import lines_of, object_of
from ingest.forming.grouping import Text, group
from ingest.forming.mentions import Read, Span, identities

Sentences = Annotated[
    Path,
    typer.Option("--sentences", help="NDJSON file (also .gz), or - for stdin, one document a line: id, sentences."),
]
Texts = Annotated[
    Path,
    typer.Option("--texts", help="NDJSON file (also .gz), or - for stdin, one text a line: id, text, lang if known."),
]


def cluster(texts: Texts) -> None:
    """Group texts by the event they tell of, in any languages. Needs no server.

    One line {"id", "cluster"} a text, a cluster named by one of its ids. Exit code 1 if a line could not be read; the
    others are grouped all the same.
    """
    with lines_of(texts, read_text) as lines:
        found = list(lines)
        for one, root in zip(found, group(found), strict=True):
            sys.stdout.write(orjson.dumps({"id": one.id, "cluster": found[root].id}).decode() + "\n")


def mentions(sentences: Sentences) -> None:
    """Group the mentions in documents by what they mean: who, what, when, where. Needs no server.

    One line {"id", "cluster", "doc", "s", "b", "e", "kind", "text"} a mention: words b to before e of sentence s, from
    0. A line may give the spans itself ("mentions": s, b, e, kind, id if it has one); else they are found. Exit code 1
    if a line could not be read.
    """
    with lines_of(sentences, read_sentences) as lines:
        documents = list(lines)
        for document, told in zip(documents, identities(documents), strict=True):
            for span, meaning in told:
                sys.stdout.write(orjson.dumps(_row_of(document, span, meaning)).decode() + "\n")


def _row_of(document: Read, span: Span, meaning: str) -> dict[str, Any]:
    return {
        "id": span.id or f"{document.id}:{span.sentence}:{span.start}-{span.end}",
        "cluster": meaning,
        "doc": document.id,
        "s": span.sentence,
        "b": span.start,
        "e": span.end,
        "kind": span.kind,
        "text": span.text,
    }


def read_text(line: bytes) -> Text:
    """A text of a line of JSON. Raises ValueError with the reason."""
    row = _row(line)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ValueError("text is missing")
    return Text(str(row["id"]), str(row.get("lang") or ""), text)


def read_sentences(line: bytes) -> Read:
    """A document of a line of JSON. Raises ValueError with the reason."""
    row = _row(line)
    sentences = _sentences(row.get("sentences"))
    # Of an answer sheet the places and kinds alone are looked at, never what they mean.
    given = cast(list[Any] | None, row.get("mentions") or (row.get("gold") or {}).get("mentions"))
    spans = None if given is None else [_span(one, sentences) for one in given]
    return Read(str(row["id"]), str(row.get("lang") or ""), sentences, spans)


def _row(line: bytes) -> dict[str, Any]:
    row = object_of(line)
    if row.get("id") is None:
        raise ValueError("id is missing")
    return row


def _sentences(given: Any) -> list[list[str]]:
    wanted = "sentences: a list of lists of words is wanted"
    if not isinstance(given, list):
        raise ValueError(wanted)
    found: list[list[str]] = []
    for sentence in cast(list[Any], given):
        if not isinstance(sentence, list):
            raise ValueError(wanted)
        words = cast(list[Any], sentence)
        if not all(isinstance(word, str) and word for word in words):
            raise ValueError(wanted)
        found.append(words)
    return found


def _span(given: Any, sentences: list[list[str]]) -> Span:
    try:
        s, b, e, kind = int(given["s"]), int(given["b"]), int(given["e"]), str(given["kind"])
        words = sentences[s][b:e]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValueError(f"mentions: s, b, e and kind are wanted, not {given!r}"[:200]) from error
    if s < 0 or b < 0 or not words:
        raise ValueError(f"mentions: no words at s {s}, b {b}, e {e}")
    return Span(s, b, e, kind, " ".join(words), str(given.get("id") or ""))
