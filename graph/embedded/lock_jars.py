"""Makes `neo4j.lock.toml` again from a class path that Maven resolved.

How it is used: resolve the runtime closure of the three roots named in the lock's header into a local repository,
write the class path to a file (Maven's `dependency:build-classpath -Dmdep.outputFile=…`), then run
`python -m graph.embedded.lock_jars FILE --repository DIR > graph/embedded/neo4j.lock.toml`.
"""

import argparse
import os
import sys
from pathlib import Path

from graph.embedded.jar_lock import LockedJar, sha256_of

_HEADER = """\
# Neo4j Community {neo4j} with Neo4j Browser {browser}: every jar of its class path, to the byte. Made, not written:
# the runtime closure of org.neo4j.app:neo4j-server, org.neo4j:neo4j (both {neo4j}) and org.neo4j.client:neo4j-browser
# {browser}, resolved by Maven (dependency:build-classpath), then `python -m graph.embedded.lock_jars`.
# {count} jars, {size} bytes. No host is named: jars come from Maven's central repository or a mirror of one's own.
"""


def jars_of(class_path: str, repository: Path) -> list[LockedJar]:
    """The jars of a class path below a local Maven repository, sorted by coordinates.

    Raises ValueError for an entry that is not a jar in the repository's layout.
    """
    entries = [Path(entry) for entry in class_path.strip().split(os.pathsep) if entry]
    return sorted((_jar_of(entry, repository) for entry in entries), key=lambda jar: jar.path)


def render_lock(jars: list[LockedJar]) -> str:
    """The lock's text. Raises StopIteration when the server or the Browser is not among the jars."""
    neo4j = next(jar.version for jar in jars if (jar.group, jar.artifact) == ("org.neo4j.app", "neo4j-server"))
    browser = next(jar.version for jar in jars if (jar.group, jar.artifact) == ("org.neo4j.client", "neo4j-browser"))
    size = sum(jar.size for jar in jars)
    header = _HEADER.format(neo4j=neo4j, browser=browser, count=len(jars), size=size)
    rows = "".join(f"    {_row(jar)},\n" for jar in jars)
    return f'{header}\nneo4j = "{neo4j}"\nbrowser = "{browser}"\njars = [\n{rows}]\n'


def main(arguments: list[str] | None = None) -> int:
    """Print the lock of the class path in a file."""
    parser = argparse.ArgumentParser(prog="python -m graph.embedded.lock_jars", description=__doc__)
    parser.add_argument("class_path", type=Path, help="file that holds the class path")
    parser.add_argument("--repository", type=Path, default=Path.home() / ".m2" / "repository")
    given = parser.parse_args(arguments)
    sys.stdout.write(render_lock(jars_of(given.class_path.read_text(encoding="utf-8"), given.repository)))
    return 0


def _jar_of(file: Path, repository: Path) -> LockedJar:
    *group, artifact, version, name = file.relative_to(repository).parts
    stem = f"{artifact}-{version}"
    if not name.startswith(stem) or not name.endswith(".jar"):
        raise ValueError(f"{file} is not a jar in the layout of a Maven repository")
    classifier = name.removeprefix(stem).removesuffix(".jar").removeprefix("-")
    return LockedJar(".".join(group), artifact, version, classifier, sha256_of(file), file.stat().st_size)


def _row(jar: LockedJar) -> str:
    classifier = f'classifier = "{jar.classifier}", ' if jar.classifier else ""
    return (
        f'{{ group = "{jar.group}", artifact = "{jar.artifact}", version = "{jar.version}", {classifier}'
        f'sha256 = "{jar.sha256}", size = {jar.size} }}'
    )


if __name__ == "__main__":
    sys.exit(main())
