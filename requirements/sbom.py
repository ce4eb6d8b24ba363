"""The bill of materials of what `make run` installs, as CycloneDX 1.6 JSON: each package of run.txt with its hashes and
what wants it, and each jar of the Neo4j that is fetched and run beside. Usage: python requirements/sbom.py FILE
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from graph.embedded.jar_lock import LockedJar, bundled_lock

LIST = Path(__file__).with_name("run.txt")
_PACKAGE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^    # (?:via |  )(?P<name>[A-Za-z0-9._-]+)")
PROJECT, NEO4J = "pentad", "neo4j-community"


class Pinned(NamedTuple):
    """A package as the list has it."""

    name: str
    version: str
    hashes: list[str]
    wanted_by: list[str]


def pinned(text: str) -> Iterator[Pinned]:
    """The packages of a list that uv made."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        found = _PACKAGE.match(block)
        if found:
            via = [match["name"] for line in block.splitlines() if (match := _VIA.match(line))]
            yield Pinned(found["name"], found["version"], _HASH.findall(block), via)


def bill() -> Bom:
    """All of it, each package under what wants it."""
    own = Component(name=PROJECT, type=ComponentType.APPLICATION, bom_ref=PROJECT)
    lock = bundled_lock()
    neo4j = Component(name=NEO4J, version=lock.neo4j, type=ComponentType.APPLICATION, bom_ref=NEO4J)
    jars = [_jar(jar) for jar in lock.jars]
    packages = list(pinned(LIST.read_text(encoding="utf-8")))
    parts = [(one, _component(one)) for one in packages]
    bom = Bom(components=[*(part for _, part in parts), neo4j, *jars])
    bom.metadata.component = own
    bom.register_dependency(own, [neo4j])
    bom.register_dependency(neo4j, jars)
    for one, part in parts:
        # A package may be pinned in several versions, each for some versions of Python.
        for by in one.wanted_by:
            for wanting in [own] if by == PROJECT else [other for found, other in parts if found.name == by]:
                bom.register_dependency(wanting, [part])
    return bom


def _component(one: Pinned) -> Component:
    purl = PackageURL("pypi", name=one.name, version=one.version)
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in one.hashes]
    return Component(
        name=one.name, version=one.version, purl=purl, hashes=hashes, type=ComponentType.LIBRARY, bom_ref=str(purl)
    )


def _jar(jar: LockedJar) -> Component:
    told = {"classifier": jar.classifier} if jar.classifier else None
    purl = PackageURL("maven", jar.group, jar.artifact, jar.version, told)
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=jar.sha256)]
    return Component(
        name=jar.artifact,
        group=jar.group,
        version=jar.version,
        purl=purl,
        hashes=hashes,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
    )


def written() -> str:
    """The bill as JSON."""
    return make_outputter(bill(), OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written() + "\n", encoding="utf-8")
