"""`pentad jobs [show | retry | cancel]`: what is to be done, what was done, and why something was not."""

from typing import Annotated

import typer

from api.commands.opening import AsJson, DataDir, opened, print_json, print_line
from api.commands.servers import plain_failures
from api.jobs import woken_by
from api.settings import load
from graph import jobs
from graph.errors import InvalidInput
from graph.job import Attempt, Job, JobState

app = typer.Typer(
    help="Jobs: what waits, runs, is done or died, and why. `pentad jobs --state dead` lists dead letters."
)
JobId = Annotated[str, typer.Argument(metavar="ID", help="Id of the job, as the list shows it.")]


@app.callback(invoke_without_command=True)
def list_(
    context: typer.Context,
    state: Annotated[
        str | None, typer.Option("--state", help=f"One of {', '.join(JobState)}.", show_default=False)
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only this kind, such as rank-mirror.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="Rows at most.")] = 50,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Jobs, the last asked for first."""
    if context.invoked_subcommand is not None:
        return
    with plain_failures(), opened(data_dir) as clients:
        rows = jobs.list_jobs(clients.database, state=_state(state), kind=kind, limit=limit).rows
        if as_json:
            print_json(rows)
            return
        # Lines, not a table: an id that is cut cannot be given to `show`.
        for job in rows:
            print_line(_row(job))
        if not rows:
            print_line("no jobs" if state is None else f"no job is {state}")


@app.command()
def show(job_id: JobId, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """One job with all its attempts: who tried, when, for how long, and what went wrong."""
    with plain_failures(), opened(data_dir) as clients:
        job = jobs.get_job(clients.database, job_id)
        if as_json:
            print_json(job)
            return
        _tell(job)


@app.command()
def retry(job_id: JobId, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Put a dead or cancelled job back in its queue, with all its attempts before it."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        job = jobs.retry(clients.database, job_id)
        woken_by(load(data_dir=data_dir))(job)
        _changed(job, as_json)


@app.command()
def cancel(job_id: JobId, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """End a job that waits, runs or died. What a running one still writes is refused."""
    with plain_failures(), opened(data_dir, writing=True) as clients:
        _changed(jobs.cancel(clients.database, job_id), as_json)


def _row(job: Job) -> str:
    why = f"{job.error_class}: {job.cause}" if job.cause else _progress(job)
    return (
        f"{job.id}  {job.created_at:%Y-%m-%d %H:%M:%S}Z  {job.state:<9}  {job.kind:<16}  {job.attempts}  {why}".rstrip()
    )


def _tell(job: Job) -> None:
    told = {
        "id": job.id,
        "kind": job.kind,
        "key": job.key,
        "state": job.state,
        "cause": f"{job.error_class}: {job.cause}" if job.cause else None,
        "progress": _progress(job),
        "queue": job.queue,
        "asked": job.created_at,
        "not before": job.not_before if job.state is JobState.QUEUED else None,
        "lease until": job.lease_until,
        "ended": job.finished_at,
        "payload": job.payload or None,
    }
    for name, value in told.items():
        if value:
            print_line(f"{name:<12}  {value}")
    for attempt in job.log:
        began = f"{attempt.started_at:%Y-%m-%d %H:%M:%S}Z"
        print_line(f"attempt       {began}  {attempt.worker_name}  {attempt.duration_ms} ms  {_said(attempt)}")


def _said(attempt: Attempt) -> str:
    why = [f"{attempt.error_class}: {attempt.cause}"] if attempt.cause else []
    return "  ".join([attempt.outcome, *why, *(f"{name}={value}" for name, value in attempt.told.items())])


def _progress(job: Job) -> str:
    if not job.done and not job.total:
        return ""
    return f"{job.done}/{job.total}" if job.total else str(job.done)


def _changed(job: Job, as_json: bool) -> None:
    if as_json:
        print_json(job)
    else:
        print_line(f"{job.id} is {job.state}")


def _state(text: str | None) -> JobState | None:
    try:
        return None if text is None else JobState(text)
    except ValueError as error:
        raise InvalidInput(f"is one of {', '.join(JobState)}", "--state") from error
