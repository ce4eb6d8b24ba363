"""A worker whose clock is an hour behind, and one whose clock is a day ahead."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from api.drill.ground import Door, Ground, eventually
from api.drill.model import must
from api.drill.news import news

_WRONG = {"an hour behind": -3_600, "a day ahead": 86_400}
_QUICK = {
    "PENTAD_JOB_LEASE": "3",
    "PENTAD_JOB_SWEEP": "0.5",
    "PENTAD_JOB_BACKOFF": "0.5",
    "PENTAD_SCHEDULE_SPEED": "100",
}
_SCHEDULED = ("future-events", "rank-mirror", "drift-check")
_NAME = "Zenobia Castellanos"


def wrong(ground: Ground) -> str:
    """Jobs are done once whatever a worker's clock says, and trending only goes on."""
    told: list[str] = []
    with ground.door() as door:
        soon = {**news("clock", 1)[0], "occurred_at": (datetime.now(UTC) + timedelta(hours=6)).isoformat()}
        soon["who"] = [{"name": _NAME, "kind": "person"}]
        must(door.post("/api/events", [soon, *news("clock", 40, first=1)]).status_code == 201, "events were not taken")
        before = _board(door)
        for name, seconds in _WRONG.items():
            module = ("api.drill.skewed", str(seconds))
            with ground.worker(_QUICK, module), ground.worker(_QUICK):
                texts = [{"text": f"{name} {n}. " + "The court of audit met in Lima. " * 30} for n in range(10)]
                stubs = door.post("/api/artifacts", texts).json()["items"]
                eventually(lambda stubs=stubs: door.all_over(stubs), 120, f"jobs do not end with a worker {name}")
                eventually(lambda: _scheduled(door), 120, f"no schedules are kept with a worker {name}")
            jobs = door.jobs(stubs)
            must(Counter(job["state"] for job in jobs) == {"done": len(jobs)}, f"with a worker {name} jobs died")
            must(max(job["attempts"] for job in jobs) == 1, f"a worker {name} took jobs that were in hand")
            after = _board(door)
            must(_NAME not in after, f"a worker {name} let an event trend whose time has not come")
            must(list(after) == list(before), f"with a worker {name} the board is in another order")
            told.append(name)
    return f"workers {' and '.join(told)}: each job once, nothing trends before its time"


def _board(door: Door) -> dict[str, float]:
    rows: list[dict[str, Any]] = door.get("/api/entities/trending", limit=20).json()["rows"]
    return {row["name"]: row["trending_score"] for row in rows}


def _scheduled(door: Door) -> bool:
    return all(
        any(job["state"] == "done" for job in door.get("/api/jobs", kind=kind).json()["items"]) for kind in _SCHEDULED
    )
