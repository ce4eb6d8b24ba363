"""Pages: one with its text, or a list of them."""

from dataclasses import dataclass

import orjson

from graph.artifact import Artifact, ArtifactState, GateDecision
from graph.database import Database, Row
from graph.errors import NotFound
from graph.queries import statement
from graph.reading.instants import of_graph

_SAME = (
    "id url title description language words quality content_hash method error_type reason job source_name also"
    " read_model read_failure".split()
)


@dataclass(frozen=True, slots=True)
class ArtifactPage:
    """Artifacts in order, without their texts; `more` when others follow the last one."""

    rows: list[Artifact]
    more: bool


def artifact(database: Database, key: str) -> Artifact:
    """One page with its text; by the id of another address of the same text, too. Raises NotFound for a document that
    nobody asked to have read."""
    row = database.one(statement("read/artifact"), {"id": key})
    if row is None:
        raise NotFound("artifact", key)
    return _artifact(row["artifact"], "".join(row["passages"]))


def artifact_list(
    database: Database,
    *,
    state: ArtifactState | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> ArtifactPage:
    """Artifacts of one state or all, the last asked for first; `after` is (requested_at in ISO 8601 with Z, id) of the
    last one seen."""
    at, last = after or (None, None)
    params = {"at": at, "after": last, "limit": limit + 1}
    if state is None:
        rows = database.read(statement("read/artifact_list"), params)[0]["rows"]
    else:
        rows = database.read(statement("read/artifact_list_state"), {**params, "state": str(state)})[0]["rows"]
    return ArtifactPage([_artifact(row, "") for row in rows[:limit]], len(rows) > limit)


def _artifact(row: Row, text: str) -> Artifact:
    told = {name: row[name] for name in _SAME if row.get(name) is not None}
    reliability = row.get("source_reliability")
    return Artifact(
        **told,
        text=text,
        state=ArtifactState(row["state"]),
        source_reliability=1.0 if reliability is None else reliability,
        decisions=tuple(GateDecision.model_validate(orjson.loads(one)) for one in row.get("decisions") or ()),
        published_at=of_graph(row.get("published_at")),
        requested_at=of_graph(row.get("requested_at")),
        extracted_at=of_graph(row.get("extracted_at")),
    )
