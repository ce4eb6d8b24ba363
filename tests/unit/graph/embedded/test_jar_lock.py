"""The lock of the jars: what it may say, and that it can be made again."""

import hashlib
from pathlib import Path

import pytest

from graph.embedded import JarsUnavailable
from graph.embedded.jar_lock import bundled_lock, parse_lock
from graph.embedded.lock_jars import jars_of, render_lock

ROW = '{ group = "a.b", artifact = "c", version = "1.0", sha256 = "' + "0" * 64 + '", size = 7 }'


def lock_of(*rows: str) -> str:
    return f'neo4j = "2026.08.1"\nbrowser = "5.24.0"\njars = [{", ".join(rows)}]'


def test_the_bundled_lock_names_the_whole_server() -> None:
    lock = bundled_lock()
    assert (lock.neo4j, lock.browser, len(lock.jars)) == ("2026.08.1", "5.24.0", 226)
    assert 150e6 < lock.size < 200e6
    assert {"neo4j-server-2026.08.1.jar", "neo4j-browser-5.24.0.jar"} <= {jar.filename for jar in lock.jars}


def test_a_jar_lies_where_maven_puts_it() -> None:
    classified = ROW.replace("size", 'classifier = "linux-x86_64", size')
    main, native = parse_lock(lock_of(ROW, classified)).jars
    assert str(main.path) == "a/b/c/1.0/c-1.0.jar"
    assert str(native.path) == "a/b/c/1.0/c-1.0-linux-x86_64.jar"


@pytest.mark.parametrize(
    "text",
    ["", "jars = [", lock_of("{}"), lock_of(ROW, ROW), lock_of(ROW.replace("0" * 64, "00")), lock_of("3")],
    ids=["empty", "broken", "no coordinates", "twice", "short hash", "not a table"],
)
def test_a_lock_that_cannot_be_trusted_is_refused(text: str) -> None:
    with pytest.raises(JarsUnavailable):
        parse_lock(text)


def test_a_jar_is_known_by_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "c.jar"
    digest = hashlib.sha256(b"content").hexdigest()
    (jar,) = parse_lock(lock_of(ROW.replace("0" * 64, digest))).jars
    assert not jar.matches(file)
    file.write_bytes(b"content")
    assert jar.matches(file)
    file.write_bytes(b"c0ntent")
    assert not jar.matches(file)


def test_a_lock_made_from_a_repository_reads_back(tmp_path: Path) -> None:
    names = [
        "org/neo4j/client/neo4j-browser/5.24.0/neo4j-browser-5.24.0.jar",
        "org/neo4j/app/neo4j-server/2026.08.1/neo4j-server-2026.08.1.jar",
        "io/netty/epoll/4.2.17.Final/epoll-4.2.17.Final-linux-x86_64.jar",
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(name.encode())
    jars = jars_of(":".join(str(tmp_path / name) for name in names) + "\n", tmp_path)
    assert list(parse_lock(render_lock(jars)).jars) == jars
    assert [str(jar.path) for jar in jars] == sorted(names)
    assert str(tmp_path) not in render_lock(jars)


def test_a_file_outside_maven_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="layout of a Maven repository"):
        jars_of(str(tmp_path / "lib" / "x" / "1" / "other.jar"), tmp_path)
