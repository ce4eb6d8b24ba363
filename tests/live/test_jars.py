"""Jars from a mirror on loopback: whole or absent, whatever the cache, the mirror or the network does."""

import hashlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph.embedded import JarsUnavailable
from graph.embedded.jar_lock import JarLock, LockedJar
from graph.embedded.jars import cached_jars, fetch_jars, jar_folder


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Nothing."""


class Mirror:
    """A Maven repository of three small jars, one of them with a classifier."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        jars = [self._jar("alpha", ""), self._jar("beta", ""), self._jar("beta", "linux-x86_64")]
        self.lock = JarLock("0", "0", tuple(jars))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def _jar(self, name: str, classifier: str) -> LockedJar:
        content = f"{name}{classifier}".encode() * 1000
        jar = LockedJar("org.made", name, "1.0", classifier, hashlib.sha256(content).hexdigest(), len(content))
        (self.folder / jar.path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / jar.path).write_bytes(content)
        return jar


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    made = Mirror(tmp_path / "mirror")
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def test_jars_are_fetched_once_then_used_offline(mirror: Mirror, tmp_path: Path) -> None:
    seen: list[tuple[str, float, float]] = []
    cache = tmp_path / "cache"
    jars = fetch_jars(mirror.lock, cache, mirror=mirror.address + "/", progress=lambda *told: seen.append(told))
    assert [file.name for file in jars] == [jar.filename for jar in mirror.lock.jars]
    assert seen[0] == ("jars", 0, mirror.lock.size)
    assert seen[-1] == ("jars", mirror.lock.size, mirror.lock.size)
    seen.clear()
    assert fetch_jars(mirror.lock, cache, offline=True, progress=lambda *told: seen.append(told)) == jars
    assert seen == []


@pytest.mark.parametrize("damage", [b"", b"partial", None], ids=["empty", "cut", "one bit"])
def test_a_damaged_jar_in_the_cache_is_fetched_again(mirror: Mirror, tmp_path: Path, damage: bytes | None) -> None:
    cache = tmp_path / "cache"
    jars = fetch_jars(mirror.lock, cache, mirror=mirror.address)
    whole = jars[1].read_bytes()
    jars[1].write_bytes(bytes([whole[0] ^ 1]) + whole[1:] if damage is None else damage)
    with pytest.raises(JarsUnavailable, match="1 of 3 Neo4j jars are not cached"):
        fetch_jars(mirror.lock, cache, offline=True)
    fetch_jars(mirror.lock, cache, mirror=mirror.address)
    assert jars[1].read_bytes() == whole


def test_other_bytes_than_the_locks_never_enter_the_cache(mirror: Mirror, tmp_path: Path) -> None:
    bad = mirror.lock.jars[0]
    (mirror.folder / bad.path).write_bytes(b"x" * bad.size)
    with pytest.raises(JarsUnavailable, match=r"alpha-1\.0\.jar could not be fetched .its bytes are not those"):
        fetch_jars(mirror.lock, tmp_path / "cache", mirror=mirror.address)
    assert not (jar_folder(tmp_path / "cache") / bad.path).exists()
    assert list(jar_folder(tmp_path / "cache").glob(".staging-*")) == []


def test_an_unreachable_mirror_says_what_to_do_and_keeps_what_is_there(mirror: Mirror, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fetch_jars(mirror.lock, cache, mirror=mirror.address)[2].unlink()
    with pytest.raises(JarsUnavailable, match="check the network, or set a mirror") as refused:
        fetch_jars(mirror.lock, cache, mirror="http://127.0.0.1:1")
    assert "\n" not in str(refused.value)
    assert len(cached_jars(mirror.lock, cache)) == 2
