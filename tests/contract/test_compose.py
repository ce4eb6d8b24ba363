"""The container files, read as text: no engine is needed to see that they keep the promises of the house."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.embedded import touch_alive
from graph.embedded.state import AliveName, DataFolder

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, continued lines joined, comments left out."""
    text = re.sub(r"(?m)^#.*\n", "", DOCKERFILE).replace("\\\n", " ")
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


OURS = ("api", "worker", "beat")


def test_the_services_are_there() -> None:
    assert set(SERVICES) == {"neo4j", "redis", *OURS}


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_has_a_healthcheck_and_its_own_user(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    user, _, group = service["user"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", ["neo4j", "redis", "api"])
def test_ports_are_published_on_loopback_only(name: str) -> None:
    assert SERVICES[name]["ports"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name]["ports"])


@pytest.mark.parametrize("name", ["neo4j", "redis"])
def test_images_are_pinned_to_a_version(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9/]+:\d+\.\d+\.\d+(-[a-z]+)?", SERVICES[name]["image"])


def test_secrets_have_no_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    used = re.findall(r"\$\{(\w*PASSWORD\w*)(:?\??[^}]*)\}", text)
    assert {name for name, _ in used} == {"NEO4J_PASSWORD", "REDIS_PASSWORD"}
    assert all(rest.startswith(":?") for _, rest in used)


def test_the_redis_password_is_not_on_the_command_line() -> None:
    script = SERVICES["redis"]["command"][-1]
    server = next(line for line in script.splitlines() if "valkey-server" in line)
    assert "AUTH" not in server
    assert "PASSWORD" not in server


def test_neo4j_in_a_container_is_bounded_as_the_embedded_one() -> None:
    """Every setting of the container that the embedded server has too carries the same value."""
    from graph.embedded.neo4j_server import Neo4jSettings, render_conf

    conf = render_conf(DataFolder(Path("/d")), Neo4jSettings(1, 2, "1g", "512m"))
    embedded = dict(line.split("=", 1) for line in conf.splitlines() if "=" in line and not line.startswith("#"))
    given = {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value
        for name, value in SERVICES["neo4j"]["environment"].items()
        if name != "NEO4J_AUTH"
    }
    bounds = {name: value for name, value in given.items() if not name.startswith("server.memory")}
    assert bounds == {name: embedded[name] for name in bounds}
    own = {name for name in embedded if not name.startswith("server.") and name != "dbms.security.auth_enabled"}
    assert own == set(bounds)


@pytest.mark.parametrize("name", OURS)
def test_ours_wait_for_healthy_stores(name: str) -> None:
    assert {name: need["condition"] for name, need in SERVICES[name]["depends_on"].items()} == {
        "neo4j": "service_healthy",
        "redis": "service_healthy",
    }


def test_data_lies_in_named_volumes() -> None:
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    assert used == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_worker_and_beat_are_the_image_of_the_api_with_nothing_open(name: str) -> None:
    service, api = SERVICES[name], SERVICES["api"]
    same = ("image", "build", "user", "read_only", "tmpfs", "cap_drop", "restart")
    assert {word: service[word] for word in same} == {word: api[word] for word in same}
    assert service["command"] == ["pentad", name]
    assert "ports" not in service
    assert service["environment"] == {**api["environment"], "PENTAD_DATA_DIR": "/tmp/pentad"}  # noqa: S108


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_worker_and_beat_are_healthy_while_they_touch_their_file(name: AliveName, tmp_path: Path) -> None:
    service = SERVICES[name]
    program, flag, code = service["healthcheck"]["test"][1:]
    assert (program, flag) == ("python", "-c")
    folder = service["environment"]["PENTAD_DATA_DIR"]
    assert str(DataFolder(Path(folder)).alive(name)) in code

    def healthy() -> bool:
        here = code.replace(folder, str(tmp_path))
        return subprocess.run([sys.executable, "-c", here], capture_output=True, check=False).returncode == 0

    assert not healthy()
    touch_alive(tmp_path, name)
    assert healthy()
    os.utime(DataFolder(tmp_path).alive(name), (0, 0))
    assert not healthy()


def test_the_image_is_built_in_stages_and_runs_as_nobody_special() -> None:
    steps = instructions()
    assert sum(word == "FROM" for word, _ in steps) == 2
    last = len(steps) - [word for word, _ in steps][::-1].index("FROM")
    users = [rest for word, rest in steps[last:] if word == "USER"]
    assert users == [SERVICES["api"]["user"]]
    assert any(word == "HEALTHCHECK" for word, _ in steps[last:])


def test_the_image_installs_hashed_requirements_only() -> None:
    installs = [rest for word, rest in instructions() if word == "RUN" and "pip install" in rest]
    assert len(installs) == 2
    for install in installs:
        assert "--require-hashes" in install or "--no-deps" in install


def test_what_the_image_copies_is_let_through() -> None:
    let_through = [
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    ]
    assert all((ROOT / path).exists() for path in let_through)
    packages = re.search(r"packages = \[(.*)\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert packages is not None
    assert set(re.findall(r'"(\w+)"', packages[1])) <= set(let_through)
