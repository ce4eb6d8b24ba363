"""The description of the API held against the API by Schemathesis: requests made of it, right and wrong, and chains of
them. Nothing fails inside, every answer has a status and shape that the description names, nothing opens without a key.

All checks but one: that what the description lets pass is accepted. Rules between fields (`to` after `from`, an entity
or a period) are told by 422 with the field's name, and a description cannot say them.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.embedded import Servers
from tests.conftest import empty
from tests.whole_service import Door, whole

ENDED = re.compile(r"(?P<cases>\d+) generated")
NOT_HELD = "positive_data_acceptance"
# What has a part that is too long may be too long as a whole, an address (400) as a body (413).
REFUSALS = """
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429]
"""


@pytest.fixture(scope="module")
def door(
    database: Database, driver: Driver, redis_client: Redis, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    empty(driver, redis_client)
    with whole(servers, database, tmp_path_factory.mktemp("schemathesis")) as opened:
        yield opened


def held(door: Door, folder: Path, *more: str, seconds: int) -> int:
    """Runs Schemathesis; how many cases it made. Fails with what it found."""
    command = [
        *(Path(sys.executable).with_name("schemathesis"), "run", f"{door.url}/api/openapi.json"),
        # It makes up an `Authorization` where none is given, and two keys that differ are none that is valid.
        *("-H", f"X-API-Key: {door.key}", "-H", f"Authorization: Bearer {door.key}"),
        *("--exclude-checks", NOT_HELD, "--seed", "1", "--no-color"),
        *("--continue-on-failure", "--warnings", "off", "--request-timeout", "30", "--no-shrink"),
        *more,
    ]
    (folder / "schemathesis.toml").write_text(REFUSALS)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=seconds)
    cases = ENDED.search(done.stdout)
    # A body that was refused may be a million signs long, and what came of it stands behind it.
    told = "\n".join(line[:300] for line in done.stdout.splitlines()[-200:])
    assert done.returncode == 0 and cases, told + done.stderr[-2_000:]
    return int(cases["cases"])


def test_every_operation_is_as_it_is_described(door: Door, tmp_path: Path) -> None:
    assert held(door, tmp_path, "--phases", "fuzzing", "-n", "2", seconds=300) > 250


def test_chains_of_operations_are_as_they_are_described(door: Door, tmp_path: Path) -> None:
    assert held(door, tmp_path, "--phases", "stateful", "-n", "4", seconds=300) > 10


PARTS = 8
"""In which the full count is run, so that several machines or sessions can share it."""


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("part", range(PARTS))
def test_thirty_thousand_cases_of_each_operation_by_itself(door: Door, tmp_path: Path, part: int) -> None:
    described = door.client.get("/api/openapi.json").json()["paths"].values()
    names = sorted(operation["operationId"] for path in described for operation in path.values())[part::PARTS]
    chosen = [word for name in names for word in ("--include-operation-id", name)]
    phases = ("--phases", "examples,coverage,fuzzing")
    assert held(door, tmp_path, *phases, *chosen, "-n", "1000", seconds=7_000) >= 30_000 // PARTS


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_a_thousand_chains_of_operations(door: Door, tmp_path: Path) -> None:
    assert held(door, tmp_path, "--phases", "stateful", "-n", "1000", seconds=7_000) >= 1_000
