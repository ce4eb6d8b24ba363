"""Jobs in the graph: asked for, claimed under a fence, given back, listed. Neo4j is their truth; Redis only wakes.

Every change of a job is one gated transaction, and every time in it is the server's, so that workers whose clocks
differ agree on who holds what. A worker that lost its lease cannot write any more: see `graph/jobs/claims.py`.
"""

from graph.jobs.asking import REST, ask, ask_in
from graph.jobs.claims import FencedDatabase, LostLease, claim, heartbeat, hold, standing
from graph.jobs.ending import End, Failure, end, fail, finish, release
from graph.jobs.listing import JobPage, get_job, list_jobs, live_jobs
from graph.jobs.mending import cancel, forget, retry
from graph.jobs.sweeping import Due, due, lose, woken

__all__ = [
    "REST",
    "Due",
    "End",
    "Failure",
    "FencedDatabase",
    "JobPage",
    "LostLease",
    "ask",
    "ask_in",
    "cancel",
    "claim",
    "due",
    "end",
    "fail",
    "finish",
    "forget",
    "get_job",
    "heartbeat",
    "hold",
    "list_jobs",
    "live_jobs",
    "lose",
    "release",
    "retry",
    "standing",
    "woken",
]
