"""The API and workers killed, stopped and asked to end."""

import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import Any

import httpx2

from api.drill.ground import OVER, Door, Ground, Process, eventually
from api.drill.model import must
from api.drill.news import news
from api.drill.senders import Senders

LEASE = 3.0
SWEEP = 0.5
_WORKING = {
    "PENTAD_JOB_LEASE": str(LEASE),
    "PENTAD_JOB_SWEEP": str(SWEEP),
    "PENTAD_JOB_BACKOFF": "0.5",
    "PENTAD_JOB_ATTEMPTS": "20",
}


def api_killed(ground: Ground) -> str:
    """SIGKILL to the API between a request and its answer; the client sends it again by the same name."""
    times = ground.count(3, 10)
    cut = 0
    for n in range(times):
        tag = f"kill-api-{n}"
        events = news(tag, 300)
        with ground.door() as door:
            pending = threading.Thread(target=_try, args=(door, events, tag))
            pending.start()
            time.sleep(0.05 + 0.1 * n)
            door.kill()
            pending.join(60)
            cut += not ground.there(tag) or len(ground.there(tag)) < len(events)
        with ground.door() as door:
            answers = [door.post("/api/events", events, Idempotency_Key=tag) for _ in range(2)]
            must(all(a.status_code in (200, 201) for a in answers), f"sent again: {[a.status_code for a in answers]}")
            must(answers[0].content == answers[1].content, "the same request got two answers")
        ground.must_hold(tag, {event["id"] for event in events})
    return f"{times} kills ({cut} before the commit): each request has one effect and one answer"


def worker_killed(ground: Ground) -> str:
    """SIGKILL to a worker at moments that differ while texts are read; another one takes over."""
    kills = ground.count(3, 6)
    texts = [_text("kill-worker", n) for n in range(ground.count(24, 60))]
    with ground.door() as door, ground.worker(_WORKING) as other:
        stubs = door.post("/api/artifacts", texts).json()["items"]
        for n in range(kills):
            with ground.worker(_WORKING) as victim:
                time.sleep(0.1 + 0.15 * n)
                victim.kill()
        seconds = eventually(lambda: door.all_over(stubs), 300, "not all texts are read")
        states = Counter(one["state"] for one in door.artifacts(stubs))
        must(set(states) <= {"extracted", "low_quality"}, f"texts ended as {dict(states)}")
        must(other.popen.poll() is None, "the worker that was left alone ended")
    return f"{kills} kills, {len(texts)} texts each ended once, {seconds:.0f} s after the last"


def worker_stopped(ground: Ground) -> str:
    """SIGSTOP to a worker with a job in hand for longer than its lease; then it goes on, too late."""
    with ground.door() as door:
        for attempt in range(8):
            texts = [_text(f"stopped-{attempt}", n) for n in range(8)]
            with ground.worker(_WORKING) as late:
                stubs = door.post("/api/artifacts", texts).json()["items"]
                held = _held(door, stubs, late)
                if held is None:
                    eventually(lambda stubs=stubs: door.all_over(stubs), 120, "the texts are not read")
                    continue
                with ground.worker(_WORKING):
                    eventually(lambda stubs=stubs: door.all_over(stubs), 120, "nobody took the jobs over")
                    before = _rest(door, stubs)
                    late.signal(signal.SIGCONT)
                    time.sleep(LEASE + 2)
                    must(door.artifacts(stubs) == before, "the late worker changed what was done")
                taken = [door.get(f"/api/jobs/{job}").json() for job in held]
                must(all(job["attempts"] >= 2 for job in taken), "its jobs were not given to another")
                return f"{len(held)} jobs taken over after {LEASE:g} s; what the late worker wrote was refused"
    raise AssertionError("no worker was ever stopped with a job in hand")


def asked_to_end(ground: Ground) -> str:
    """SIGTERM to the API and to a worker under load."""
    events = news("sigterm", 2_000)
    with ground.door() as door, ground.worker(_WORKING) as worker:
        door.post("/api/artifacts", [_text("sigterm", n) for n in range(20)])
        senders = Senders(str(door.client.base_url), events, stubborn=False).start()
        senders.await_acknowledged(40)
        gone = door.end(20)
        senders.join()
        must(not senders.faults, f"clients were told {senders.faults}")
        ended = worker.end(20)
    must(gone < 10, f"the API took {gone:.1f} s to end")
    must(ended < 10, f"the worker took {ended:.1f} s to end")
    ground.must_hold("sigterm", senders.acknowledged)
    return f"API gone in {gone:.1f} s, worker in {ended:.1f} s, {len(senders.acknowledged)} acknowledged, 0 lost"


def _try(door: Door, events: list[dict[str, Any]], name: str) -> None:
    with suppress(httpx2.HTTPError):
        door.post("/api/events", events, Idempotency_Key=name)


def _text(tag: str, n: int) -> dict[str, Any]:
    told = "The minister Greta Vermeulen met the board of Northgate Bank in Oslo on Monday over the harbour of Lagos. "
    return {"text": f"Report {n} of {tag}. " + told * 12 + f"\n\nIt was number {n}. " + told * 4, "title": f"{tag} {n}"}


def _rest(door: Door, stubs: list[dict[str, Any]]) -> list[Any]:
    """What became of the texts, once nothing changes it any more: later stages have jobs of their own."""
    seen: list[list[Any]] = [[]]

    def still() -> bool:
        time.sleep(2)
        seen.append(door.artifacts(stubs))
        return seen[-1] == seen[-2]

    eventually(still, 120, "the texts do not come to rest")
    return seen[-1]


def _held(door: Door, stubs: list[dict[str, Any]], worker: Process) -> list[str] | None:
    """Stops the worker as soon as it has jobs in hand; those jobs, None if it was too fast."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        states = [job["state"] for job in door.jobs(stubs)]
        if "running" in states:
            worker.signal(signal.SIGSTOP)
            held = [job["id"] for job in door.jobs(stubs) if job["state"] == "running"]
            if held:
                return held
            worker.signal(signal.SIGCONT)
        if all(state in OVER for state in states):
            return None
        time.sleep(0.01)
    return None
