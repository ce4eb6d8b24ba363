"""What a graph of some size takes, by the constants that a bench run left."""

import json
import subprocess
import sys

import pytest

from api.planning import Constants, Plan, constants, plan
from graph.errors import InvalidInput

KNOWN = Constants(
    command="python -m bench",
    at="2026-11-30",
    machine="2 cores",
    loaded=100_000,
    names_a_mention=0.1,
    store_a_mention=1_000,
    log_a_mention=2_000,
    resolver_a_name=3_000,
    redis_a_member=1_000,
    ingest=5_000,
    import_to_ingest=2,
    backup_a_mention=100,
)


def test_a_plan_is_mentions_and_names_by_what_each_takes() -> None:
    found = plan(1_000_000, by=KNOWN)
    assert (found.names, found.disk_store, found.disk_logs, found.disk_backup) == (
        100_000,
        1_000_000_000,
        2_000_000_000,
        100_000_000,
    )
    assert (found.resolver, found.redis) == (300_000_000, 100_000_000)
    assert (found.ingest_seconds, found.import_seconds) == (200, 100)
    assert (found.beyond, found.measured_up_to) == ([], 100_000)


def test_what_grows_past_one_machine_is_said_with_what_takes_over() -> None:
    told = " ".join(plan(10**10, by=KNOWN).beyond)
    assert all(word in told for word in ("Neo4j Enterprise", "Splink", "Redis Cluster", "neo4j-admin"))


def test_more_mentions_never_take_less() -> None:
    sizes = [plan(10**power) for power in range(1, 12)]
    for name in Plan.model_fields:
        values = [getattr(one, name) for one in sizes]
        if name not in ("beyond", "measured_up_to"):
            assert values == sorted(values), name


@pytest.mark.parametrize(("mentions", "names"), [(0, None), (10, 11), (10, 0), (10**14, None)])
def test_counts_that_cannot_be_are_refused(mentions: int, names: int | None) -> None:
    with pytest.raises(InvalidInput):
        plan(mentions, names)


def test_the_command_tells_the_same_for_people_and_programs() -> None:
    command = [sys.executable, "-m", "api.cli", "plan", "--mentions"]
    told = subprocess.run([*command, "1e9", "--json"], capture_output=True, text=True, check=True).stdout
    found = json.loads(told)
    assert found["mentions"] == 10**9 and found["constants"]["command"] == constants().command
    table = subprocess.run([*command, "1e9"], capture_output=True, text=True, check=True).stdout
    assert "1,000,000,000" in table and constants().command in table
    refused = subprocess.run([*command, "many"], capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and len(refused.stderr.splitlines()) == 1
