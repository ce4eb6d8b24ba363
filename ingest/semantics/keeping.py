"""A text that somebody gives to be read at once: kept as a document, as if it had been extracted."""

from datetime import datetime

from graph import artifacts, outbox
from graph.artifact import Artifact, ArtifactState, text_id
from graph.artifacts import Settled
from graph.database import Database, Row, Transaction
from graph.errors import NotFound
from graph.queries import statement
from graph.reading.artifacts import artifact
from graph.source import Source
from graph.text import clean_name
from ingest.pages.text import passages

_OPEN = [str(state) for state in ArtifactState if state not in (ArtifactState.EXTRACTED, ArtifactState.WITHDRAWN)]


def kept(database: Database, content: str, sha: str, source: str | None, now: datetime) -> str:
    """The id of the document that holds the text, made where it is not there; a text that a gate had refused is taken.

    `source` is the id of a document (its publisher is meant, and the document itself where it has the text), or the
    name of a publisher.
    """
    named = _artifact(database, source)
    if named is not None and named.content_hash == sha and named.state is ArtifactState.EXTRACTED:
        return named.id
    publisher = (named.source_name if named else source) or ""
    rows = database.write(lambda tx, change: _stub(tx, change, sha, publisher.strip(), now))
    key, state = str(rows["same_as"] or rows["id"]), rows["state"]
    if state == ArtifactState.EXTRACTED:
        return key
    begun = database.write(lambda tx, _: tx.rows(statement("write/artifact_begin"), {"id": key, "states": _OPEN}))
    if begun:
        settled = Settled(ArtifactState.EXTRACTED, {"content_hash": sha}, list(passages(content)))
        artifacts.settle(database, key, settled, now)
    return key


def _artifact(database: Database, key: str | None) -> Artifact | None:
    if not key:
        return None
    try:
        return artifact(database, key)
    except NotFound:
        return None


def _stub(tx: Transaction, change: int, sha: str, publisher: str, now: datetime) -> Row:
    key = text_id("text", sha)
    known = tx.rows(statement("read/artifacts_known"), {"canonicals": [], "hashes": [sha], "ids": [key]})
    held = [row for row in known if row["state"] is not None]
    if held:
        return min(held, key=lambda row: (row["state"] != ArtifactState.EXTRACTED, row["id"]))
    name = clean_name(publisher) if publisher else ""
    source = Source(name=name) if name else None
    row: Row = {"id": key, "canonical": None, "url": None, "given": "text", "raw": None, "title": None}
    row |= {"published_at": None, "job": None, "source": {"id": source.id, "name": name} if source else None}
    tx.rows(statement("write/artifacts_stub"), {"rows": [row], "at": now, "change": change + 1})
    outbox.tell_pages(tx, change, now, {"created": [key]})
    return {"id": key, "same_as": None, "state": str(ArtifactState.STUB)}
