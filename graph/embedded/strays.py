"""Stores of a data folder that run without being written down: their starter was killed before it could."""

import psutil

from graph.embedded.neo4j_server import home_argument
from graph.embedded.process import find_by_argument
from graph.embedded.redis_server import conf_file
from graph.embedded.state import DataFolder, ServerName


def strays(folder: DataFolder, name: ServerName) -> list[psutil.Process]:
    """Processes of this store on this folder, known by an argument that names the folder. The API and the
    worker have none."""
    if name in ("api", "worker"):
        return []
    return find_by_argument(home_argument(folder) if name == "neo4j" else str(conf_file(folder)))


def all_strays(folder: DataFolder) -> list[psutil.Process]:
    """The strays of both stores."""
    return [*strays(folder, "neo4j"), *strays(folder, "redis")]
