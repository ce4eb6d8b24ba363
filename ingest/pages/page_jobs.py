"""The jobs of pages: one reads a page, one sweeps up pages whose job was lost.

A retry changes the means: see `planned`. What another attempt cannot mend ends the job as a dead letter at once, and
the page as failed; the attempt's log tells the means, the failure and the words.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from graph import artifacts
from graph.artifact import ArtifactState, GateDecision
from graph.artifacts import Attempted, Begun
from graph.errors import DatabaseUnavailable
from graph.job import Asked, Job, Queue
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.pages.addresses import host_of
from ingest.pages.failures import AGAIN, NEXT_RUNG, Failure, NoNetwork, NotRead, ReadAgain, Unread
from ingest.pages.options import Rung
from ingest.pages.reading import (
    Before,
    Found,
    Ladder,
    Plan,
    failed,
    fetched,
    found_given,
    found_in,
    planned,
    settled,
    url_decision,
)
from ingest.pages.requests import URL
from ingest.pages.sites import READ

EXTRACTION = "extraction"
SWEEP = "page-sweep"

Clock = Callable[[], datetime]
Next = Callable[[str], Asked | None]
"""The job that goes on with a page that was extracted, by its id."""


def no_next(_: str) -> Asked | None:
    """Nothing goes on."""
    return None


def nobody(_: Job) -> None:
    """Wakes nobody: the sweep does it."""


def page_kinds(
    ladder: Callable[[], Ladder], clock: Clock, then: Next = no_next, woken: Callable[[Job], None] = nobody
) -> list[Kind]:
    """Both kinds. `ladder` is asked for at the first page: who reads none pays for none. `woken` is told of the job
    that goes on with a page."""
    pages = Pages(ladder, clock, then, woken)
    return [Kind(EXTRACTION, pages.extract), Kind(SWEEP, pages.sweep, Queue.UPKEEP)]


class Pages:
    """The handlers."""

    def __init__(self, ladder: Callable[[], Ladder], clock: Clock, then: Next, woken: Callable[[Job], None]) -> None:
        self._made = ladder
        self._ladder: Ladder | None = None
        self._clock = clock
        self._then = then
        self._woken = woken

    def extract(self, context: Context) -> dict[str, Any]:
        """Reads one page; payload {id}. Raises NotRead, ReadAgain, NoNetwork."""
        key = str(context.payload.get("id", ""))
        begun = artifacts.begin(context.database, key)
        if begun is None:
            return {"page": key, "outcome": "read already"}
        context.tell(page=key, **({"url": begun.url} if begun.url else {}))
        if begun.given != URL:
            return self._end(context, begun, found_given(begun), [], None)
        return self._fetch(context, begun)

    def sweep(self, context: Context) -> dict[str, Any]:
        """Pages that wait although nobody reads them: asked for anew, or failed where their job is a dead letter."""
        asked = ended = 0
        while found := artifacts.forgotten(context.database):
            for key, job in found:
                context.heartbeat(asked + ended)
                if job is None or job["state"] == "done" or job["error_class"] == DatabaseUnavailable.__name__:
                    artifacts.ask_anew(context.database, key, Asked(EXTRACTION, f"{EXTRACTION}:{key}", {"id": key}))
                    asked += 1
                elif artifacts.begin(context.database, key) is not None:
                    artifacts.settle(context.database, key, failed(_lost(job)), self._clock())
                    ended += 1
        return {"asked": asked, "failed": ended}

    def _fetch(self, context: Context, begun: Begun) -> dict[str, Any]:
        ladder = self._open()
        url, now = begun.canonical or begun.url or "", time.time()
        host = host_of(url)
        known = artifacts.site_attempts(context.database, host)
        before = before_of(context.job)
        gate = url_decision(url, known, ladder.options, now)
        plan = planned(ladder, begun.id, known, context.job.attempts, before, now)
        context.tell(extraction_method=str(plan.rung), timeout=plan.timeout)
        if not gate.go and before.failure is None:
            self._fail(context, begun, Unread(Failure.GATE, gate.reason), [gate], None)
        began = time.monotonic()
        found = None
        try:
            answer = fetched(ladder, url, plan)
            context.heartbeat(1, 2)
            found = found_in(answer)
            unread = found.instead
        except Unread as error:
            unread = error
        ms = round((time.monotonic() - began) * 1000)
        words = found.like.words if found else 0
        if unread is None and found is not None:
            return self._end(context, begun, found, [gate], Attempted(host, str(plan.rung), READ, now, ms, words))
        unread = unread or Unread(Failure.UNKNOWN, "nothing was found")
        attempt = Attempted(host, str(plan.rung), str(unread.failure), now, ms, words)
        context.tell(failure=str(unread.failure), word_count=words)
        if unread.failure is Failure.RATE_LIMITED:
            ladder.pace.rest(host, unread.pause)
        self._again(context, ladder, plan, unread, attempt)
        if found is not None and unread.failure is Failure.THIN:
            return self._end(context, begun, found, [gate], attempt)
        raise self._fail(context, begun, self._told(ladder, plan, unread), [gate], attempt)

    def _open(self) -> Ladder:
        self._ladder = self._ladder or self._made()
        return self._ladder

    def _again(self, context: Context, ladder: Ladder, plan: Plan, unread: Unread, attempt: Attempted) -> None:
        """Raises what asks for another attempt, where one is left and would be made by other means."""
        if unread.failure not in AGAIN or context.job.attempts >= ladder.options.attempts:
            return
        if unread.failure in NEXT_RUNG and ladder.after(plan.rung) is None:
            return
        artifacts.attempted(context.database, replace(attempt, last=False))
        if unread.failure in NEXT_RUNG:
            raise ReadAgain(f"{unread.failure}: {unread.reason}")
        pause = unread.pause
        if not pause and unread.failure is not Failure.TIMEOUT:
            pause = ladder.options.network_pause * 4 ** (context.job.attempts - 1)
        raise NoNetwork(f"{unread.failure}: {unread.reason}", pause)

    def _end(
        self, context: Context, begun: Begun, found: Found, gates: list[GateDecision], attempt: Attempted | None
    ) -> dict[str, Any]:
        done = settled(begun, found, self._open().options, earlier=gates, attempt=attempt)
        if done.state is ArtifactState.EXTRACTED:
            done.then = self._then(begun.id)
        elif attempt is not None and attempt.outcome == READ:
            done.attempt = replace(attempt, outcome=str(done.state))
        context.heartbeat(2, 2)
        job = artifacts.settle(context.database, begun.id, done, self._clock())
        if job is not None:
            self._woken(job)
        told = {"outcome": str(done.state), "word_count": found.like.words, "extraction_method": found.rung}
        return told | ({"next": job.id} if job else {})

    def _fail(
        self, context: Context, begun: Begun, unread: Unread, gates: list[GateDecision], attempt: Attempted | None
    ) -> NotRead:
        """Writes the end of the page; raises NotRead, so that the job is a dead letter with its cause."""
        artifacts.settle(context.database, begun.id, failed(unread, earlier=gates, attempt=attempt), self._clock())
        context.tell(outcome=str(ArtifactState.FAILED), failure=str(unread.failure))
        raise NotRead(f"{unread.failure}: {unread.reason}")

    def _told(self, ladder: Ladder, plan: Plan, unread: Unread) -> Unread:
        """With what would have been the next means, where they cannot be used here."""
        if unread.failure not in NEXT_RUNG:
            return unread
        rungs = ladder.options.rungs
        at = rungs.index(plan.rung) + 1 if plan.rung in rungs else len(rungs)
        why = [ladder.why[rung] for rung in rungs[at:] if rung in ladder.why]
        return Unread(unread.failure, "; ".join([unread.reason, *why]))


def before_of(job: Job) -> Before:
    """How the attempts before this one ended, as the job's log tells it."""
    if job.attempts <= 1:
        return Before()
    counted = [one for one in job.log if one.outcome != "released"]
    told = [one.told for one in counted[-(job.attempts - 1) :] if one.told.get("failure")]
    if not told:
        return Before()
    last = told[-1]
    timeouts = sum(one["failure"] == Failure.TIMEOUT for one in told)
    return Before(Rung(last["extraction_method"]), Failure(last["failure"]), timeouts)


def _lost(job: dict[str, Any]) -> Unread:
    if job["state"] == "cancelled":
        return Unread(Failure.UNKNOWN, "its job was cancelled")
    failure = Failure.LOST if job["error_class"] == "WorkerLost" else Failure.UNKNOWN
    return Unread(failure, job["cause"] or "its job is a dead letter")
