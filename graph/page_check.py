"""Whether pages keep their promises: each ends once, its text is whole, its claims stand in it, events lean on claims.

A page that a worker is busy with while it is looked at may be told; looked at again it is not.
"""

from collections.abc import Iterator

from graph.artifact import ArtifactState
from graph.checking import Fault, pages
from graph.database import Database, Row

AT_ONCE = 50
"""Documents that are read at once, with their texts."""


def check_pages(database: Database) -> Iterator[Fault]:
    """All faults of pages, their claims, and events formed of them. Reads everything, in bounded memory."""
    for rows in pages(database, "read/check_pages", AT_ONCE):
        for row in rows:
            yield from _page(row)
    for rows in pages(database, "read/check_formed"):
        for row in rows:
            yield from _formed(row)


def _page(row: Row) -> Iterator[Fault]:
    key, state = row["key"], ArtifactState(row["state"])
    if not state.over and not row["awaited"]:
        yield Fault("a page that waits has a job", key, f"it is {state}, and no job is live")
    if row["moved"]:
        if row["passages"] or row["claims"]:
            yield Fault("a page that leads elsewhere has no text", key, f"{len(row['passages'])} passages")
        return
    numbers = [one["n"] for one in row["passages"]]
    if numbers != list(range(len(numbers))):
        yield Fault("passages of a page are numbered without a gap", key, f"they are {numbers[:10]}")
    if state is ArtifactState.EXTRACTED and not numbers:
        yield Fault("an extracted page has its text", key, "it has no passage")
    if row["doubles"]:
        yield Fault("the same words are one page", key, f"{row['doubles']} others have them")
    yield from _claims(row, state)


def _claims(row: Row, state: ArtifactState) -> Iterator[Fault]:
    claims: list[Row] = row["claims"]
    parts = {"title": row["title"] or "", "description": row["description"] or ""}
    parts["text"] = "".join(one["text"] for one in row["passages"])
    astray = [one for one in claims if parts.get(one["part"], "")[one["start"] : one["end"]] != one["text"]]
    if astray:
        yield Fault("a claim stands in its page, character for character", row["key"], f"{len(astray)} do not")
    if any(one["events"] > 1 for one in claims):
        yield Fault("a claim supports one event at most", row["key"], "one supports several")
    if any(not one["about"] for one in claims):
        yield Fault("a claim is about somebody", row["key"], "one is about nobody")
    counted = row["claim_count"]
    if state is ArtifactState.EXTRACTED and row["read"] and counted != len(claims):
        yield Fault("a page counts its claims", row["key"], f"says {counted}, has {len(claims)}")


def _formed(row: Row) -> Iterator[Fault]:
    if (row["counted"] or 0) != row["supported"]:
        told = f"says {row['counted']}, has {row['supported']}"
        yield Fault("a formed event counts the claims that support it", row["key"], told)
    if row["missing"]:
        yield Fault("a formed event is told by pages that were read", row["key"], f"{row['missing']} are not")
