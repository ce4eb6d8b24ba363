"""A schema step that the data does not allow, and a backup restored where nothing is."""

import hashlib
import json
import shutil
from datetime import UTC, datetime, timedelta
from gzip import open as open_gzip
from pathlib import Path
from typing import Any

from api.drill.ground import Ground
from api.drill.model import must
from api.drill.news import news
from graph import replies, schema
from graph.errors import SchemaConflict
from graph.moment import epoch_ms
from graph.queries import statement
from graph.trending import check_drift

_STEP = "reply_key_unique"


def data_in_the_way(ground: Ground) -> str:
    """A constraint is to be made while two nodes hold the same."""
    now = datetime.now(UTC)
    step = next(one for one in schema.steps() if one.name.endswith(_STEP))
    with ground.clients() as clients:
        database = clients.database
        database.schema(statement("write/drill_unlock").text)
        twins = {"number": step.number, "key": "twin", "at": now}
        database.setup(lambda tx: tx.rows(statement("write/drill_twins"), twins))
        refused: SchemaConflict | None = None
        try:
            schema.apply(database, now)
        except SchemaConflict as error:
            refused = error
        must(refused is not None, "the step was applied over duplicates")
        listed = refused.duplicates if refused else []
        must(listed == ["Reply.key = 'twin'"], f"the duplicates are told as {listed}")
        must([one.number for one in schema.pending(database)] == [step.number], "other steps wait, too")
        replies.forget(database, now + timedelta(days=1))
        must(schema.apply(database, now) == 1, "it was not applied after mending")
        must(not schema.pending(database), "steps are still missing")
    return "refused with the duplicates listed; after mending applied"


def restored(ground: Ground) -> str:
    """A backup is restored into empty stores, and backed up again: the same graph, and boards made anew."""
    with ground.door() as door:
        must(door.post("/api/events", news("restored", 100)).status_code in (200, 201), "events were not taken")
    first, second, root = ground.root / "one.pentad", ground.root / "two.pentad", ground.root / "restored"
    ground.pentad("backup", str(first))
    root.mkdir()
    there = Ground(root, ground.settings, full=ground.full)
    try:
        there.start()
        there.prepared()
        done = there.run("restore", str(first))
        must(done.returncode == 0, f"the restore ended with {done.returncode}: {done.stderr[-300:]}")
        there.pentad("backup", str(second))
        one, two = _graph(first), _graph(second)
        must(one == two, f"the graphs differ: {len(one)} and {len(two)} parts, {len(one ^ two)} of one alone")
        with there.clients() as clients:
            drift = check_drift(clients.database, clients.boards, epoch_ms(clients.clock()))
        must(drift.total == 0, f"{drift.total} values of boards differ")
        must(there.differences() == 0, "the graph does not keep its promises")
    finally:
        there.stop()
        shutil.rmtree(root, ignore_errors=True)
    return f"{len(one)} nodes and edges equal, {drift.compared} values of boards as the graph defines them"


def _graph(file: Path) -> set[str]:
    """Hashes of all lines but the first and the last, which tell of the backup itself, and of bookkeeping that goes on:
    jobs, projections, sites."""
    found = set[str]()
    with open_gzip(file, "rt") as lines:
        for line in lines:
            one: dict[str, Any] = json.loads(line)
            if {"Job", "Projection", "Outbox", "Load"} & set(one.get("labels", ())) or not {
                "edge",
                "labels",
            } & one.keys():
                continue
            found.add(hashlib.sha256(json.dumps(one, sort_keys=True).encode()).hexdigest())
    return found
