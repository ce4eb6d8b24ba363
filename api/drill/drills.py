"""All drills by the number that the table of docs/drills.md gives them."""

from api.drill import (
    board_faults,
    clocks,
    decisions,
    delivery,
    disks,
    graph_faults,
    outside,
    process_faults,
    upgrades,
)
from api.drill.load import held
from api.drill.model import Drill
from api.drill.soak import soak

DRILLS = (
    Drill(
        1,
        "kill -9 Neo4j amid ingest",
        "acknowledged all there, none half, 503 meanwhile",
        graph_faults.killed_under_ingest,
    ),
    Drill(2, "Neo4j down when the API starts", "/livez 200, /readyz 503, data 503 < 1 s", graph_faults.absent_at_start),
    Drill(3, "Neo4j takes connections and is silent", "503 < 3 s, /livez < 100 ms", graph_faults.silent),
    Drill(4, "the reply to a commit is cut", "taken once, and told so", graph_faults.commit_reply_cut),
    Drill(5, "kill -9 API amid a request", "sent again by its name: one effect", process_faults.api_killed),
    Drill(6, "kill -9 worker amid jobs", "each job ends once", process_faults.worker_killed),
    Drill(7, "SIGSTOP worker beyond its lease", "its late writes are refused", process_faults.worker_stopped),
    Drill(8, "kill -9 Redis", "trending from the graph, ingest goes on", board_faults.killed),
    Drill(9, "FLUSHALL", "rebuilt < 60 s per 100,000 mentions, boards equal", board_faults.emptied),
    Drill(10, "Redis silent, then 500 ms late", "reads < 1 s", board_faults.silent_or_slow),
    Drill(11, "Redis full, then read-only", "as 8", board_faults.full_or_read_only),
    Drill(12, "power lost under both stores", "acknowledged lost 0", disks.power_lost),
    Drill(13, "disk below its watermark", "ingest 507, reads fine", disks.below_watermark),
    Drill(14, "disk full to the last byte", "/readyz names it, clean after a restart", disks.full),
    Drill(15, "8 writers at 20 entities", "0 client errors, p99 < 2 s, 0 lost", graph_faults.storm),
    Drill(16, "A->B, B->A, B->C at once", "one tree, 0 cycles, losers 409", decisions.at_once),
    Drill(17, "merges and undos amid ingest", "reads right throughout, counts exact", decisions.amid_ingest),
    Drill(18, "a merge undone 50 events later", "as if never merged", decisions.undone_later),
    Drill(19, "an event x 32 at once, x 3, reordered", "one node; orders equal", delivery.again),
    Drill(20, "one Idempotency-Key, two bodies", "409", delivery.other_body),
    Drill(21, "ancient, future, impossible times", "422, or UTC with its precision", delivery.times),
    Drill(22, "a worker's clock is wrong", "each job once, trending goes on", clocks.wrong),
    Drill(23, "the language model misbehaves", "extractive answer or 504", outside.model_fails),
    Drill(24, "pages misbehave", "ended at their bounds", outside.pages_misbehave),
    Drill(25, "SIGTERM under load", "gone < 10 s, acknowledged lost 0", process_faults.asked_to_end),
    Drill(26, "a schema step meets duplicates", "refused, listed, re-runnable", upgrades.data_in_the_way),
    Drill(27, "a backup into empty stores", "graph equal, boards rebuilt", upgrades.restored),
)


def soaking(minutes: float) -> Drill:
    """The long one: mixed load with a fault a minute."""
    outcome = "0 failed outside faults, 0 lost, memory flat, p99 stable"
    return Drill(28, f"{minutes:g} minutes of load, a fault a minute", outcome, lambda ground: soak(ground, minutes))


def loading(minutes: float) -> Drill:
    """How much the machine holds: a stated rate beside a hub, then too many at once."""
    outcome = (
        "100 events/s, 0 failed, p95 of reads < 150 ms, of writes < 400 ms, of the hub < 300 ms; put off, never lost"
    )
    return Drill(
        29, f"{minutes:g} minutes of load, then three times the clients", outcome, lambda ground: held(ground, minutes)
    )
