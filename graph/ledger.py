"""The ledger: judgements appended and taken back, never deleted; read back for the index and the checks."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson

from graph.database import Transaction
from graph.judgement import Author, Judgement, Verdict
from graph.queries import statement


def append(tx: Transaction, judgements: Sequence[Judgement], at: datetime) -> None:
    """Writes judgements, each linked to the aliases it is about."""
    if judgements:
        tx.rows(statement("write/judgements"), {"rows": [_row(j) for j in judgements], "at": at})


def revoke(tx: Transaction, judgements: Sequence[Judgement], at: datetime, change: int) -> None:
    """Takes judgements back as of this batch."""
    if judgements:
        ids = [judgement.id for judgement in judgements]
        tx.rows(statement("write/judgements_revoke"), {"ids": ids, "at": at, "change": change})


def named(tx: Transaction, ids: Collection[str]) -> list[Judgement]:
    """Judgements by their ids, revoked ones too; ids of none are left out."""
    return [of_properties(row["j"]) for row in tx.rows(statement("read/judgements_named"), {"ids": list(ids)})]


def since(tx: Transaction, change: int) -> Iterator[Judgement]:
    """Judgements on pairs of aliases made or revoked after `change` (-1: all), in order."""
    for row in tx.stream(statement("read/judgements_since"), {"change": change}):
        yield of_properties(row["j"])


def of_properties(j: dict[str, Any]) -> Judgement:
    """The noun from a node's properties."""
    return Judgement(
        a=j["a"],
        b=j["b"],
        verdict=Verdict(j["verdict"]),
        by=Author(j["by"]),
        score=j["score"],
        reason=j["reason"],
        features=orjson.loads(j["features"]),
        rests_on=tuple(j["rests_on"]),
        event=j.get("event"),
        mention=j.get("mention"),
        author=j.get("author", ""),
        decision=j.get("decision", ""),
        at=j["at"].to_native(),
        change=j.get("made_change") or j["change"],
        revoked_at=j["revoked_at"].to_native() if j.get("revoked_at") else None,
    )


def _row(judgement: Judgement) -> dict[str, Any]:
    props = judgement.model_dump(exclude={"features", "revoked_at", "at"}, exclude_none=True)
    props = {name: value for name, value in props.items() if value != ""}
    props |= {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "by": judgement.by.value,
        "features": orjson.dumps(judgement.features).decode(),
        "rests_on": list(judgement.rests_on),
    }
    return {"aliases": sorted({judgement.a, judgement.b}), "props": props}
