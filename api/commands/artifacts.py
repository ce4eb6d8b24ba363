"""`pentad read URL|FILE…`: pages read in the foreground, by the same jobs that workers do."""

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line
from api.commands.servers import plain_failures
from api.jobs import worker_of
from api.logs import quiet
from api.settings import load
from api.wiring import Clients
from graph import artifacts, jobs
from graph.artifact import Artifact, ArtifactState
from graph.artifacts import Requested
from graph.errors import InvalidInput
from graph.job import Job
from graph.moment import parse_instant
from graph.reading.artifacts import artifact
from ingest.worker import Worker

EXTRACTION = "extraction"
FOLLOWING = ("semantic", "event")
LARGEST = 5_000_000
_POLL = 0.2


def read(
    pages: Annotated[
        list[str], typer.Argument(metavar="URL|FILE…", help="Addresses, files of text or HTML, - for stdin.")
    ],
    title: Annotated[str | None, typer.Option("--title", help="Title of a text.", show_default=False)] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="ISO 8601 date of a text.", show_default=False)
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Publisher of a text.", show_default=False)] = None,
    again: Annotated[bool, typer.Option("--again", help="Read once more what failed or was thin.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Read pages now: fetch, find the main text, and go on with it as far as this version can.

    Progress goes to stderr, one line a page. Exit code 1 when one of them could not be read or was of low quality, 2
    for what is no address and no file.
    """
    from ingest.pages.requests import Asked, wanted

    with plain_failures():
        at = parse_instant(published).at if published else None
        asked = [Asked(**_given(page), title=title, published=at, source=source) for page in pages]
        wishes = [wanted(one) for one in asked]
        settings = load(data_dir=data_dir)
        with opened(data_dir, writing=True) as clients, quiet():
            found = artifacts.request(clients.database, wishes, EXTRACTION, clients.clock(), again=again)
            worker = worker_of(settings, clients)
            done = list(_done(clients, worker, found, settings.job_threads))
        if as_json:
            print_json(done)
        else:
            for one in done:
                print_line(_line(one))
    if any(one.state is not ArtifactState.EXTRACTED for one in done):
        raise typer.Exit(1)


def _given(page: str) -> dict[str, str]:
    """An address, or what a file holds. Raises InvalidInput."""
    if page.lower().startswith(("http://", "https://")):
        return {"url": page}
    try:
        body = sys.stdin.buffer.read(LARGEST + 1) if page == "-" else _read(Path(page))
    except OSError as error:
        raise InvalidInput(f"is no address, and no file that can be read ({error.strerror})", page) from error
    if len(body) > LARGEST:
        raise InvalidInput(f"has more than {LARGEST:,} bytes", page)
    if body[:5] == b"%PDF-":
        raise InvalidInput("is a PDF, which is not read: give its text", page)
    from ingest.pages.answer import decoded

    text = decoded(body)
    head = text[:2_000].lower()
    is_html = page.lower().endswith((".html", ".htm", ".xhtml")) or "<html" in head or "<!doctype html" in head
    return {"html" if is_html else "text": text}


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _done(clients: Clients, worker: Worker, found: Sequence[Requested], threads: int) -> Iterator[Artifact]:
    """All pages in the order of the wishes, each once its jobs are over; told on stderr as they come."""

    def one(wish: Requested) -> Artifact:
        began = time.monotonic()
        waiting = [wish.job.id] if wish.job else []
        while waiting:
            for job in waiting:
                finished(clients, worker, job)
            waiting = jobs.live_jobs(clients.database, [f"{kind}:{wish.id}" for kind in FOLLOWING])
        page = artifact(clients.database, wish.id)
        seconds = time.monotonic() - began
        typer.echo(f"{page.state:<11} {seconds:5.1f} s  {page.url or page.title or page.id}", err=True)
        return page

    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(one, found)


def finished(clients: Clients, worker: Worker, job_id: str) -> Job:
    """The job once it is over, done here unless some other worker has it."""
    while True:
        job = jobs.get_job(clients.database, job_id)
        if job.over:
            return job
        left = (job.not_before - clients.clock()).total_seconds()
        if left > 0:
            time.sleep(min(left, 1.0))
            continue
        worker.run(job_id)
        time.sleep(0 if jobs.get_job(clients.database, job_id).over else _POLL)


def _line(page: Artifact) -> str:
    told = page.reason if page.state is not ArtifactState.EXTRACTED else f"{page.words} words, {page.language}"
    kind = f" {page.error_type}" if page.error_type else ""
    return f"{page.id}  {page.state}{kind}  {page.title or page.url or ''}  ({told})"
