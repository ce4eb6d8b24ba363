"""How long servers take to start, with an empty folder and again, and the command line to say its version."""

import subprocess
import sys

from api.settings import Settings
from bench.figures import Figure, seconds
from graph.embedded import start


def measure(settings: Settings) -> list[Figure]:
    """Rows of the table; ends with nothing running. Jars are in the cache already: nothing is fetched."""

    def servers() -> None:
        start(settings.embedded(), owned=True).close()

    def version() -> None:
        subprocess.run([sys.executable, "-m", "api.cli", "--version"], check=True, capture_output=True)

    return [
        Figure("start and stop of the stores, empty folder", seconds(servers), None, "s"),
        Figure("start and stop of the stores, again", seconds(servers), None, "s"),
        Figure("`pentad --version`", min(seconds(version) for _ in range(3)), None, "s"),
    ]
