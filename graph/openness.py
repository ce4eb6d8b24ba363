"""Whether Neo4j is as closed as it should be, tried out: what it should refuse is asked of it.

The Neo4j that we start is closed by its configuration (`graph/embedded/neo4j_server.py`); one of your own may not be.
"""

from neo4j.exceptions import ClientError

from graph.database import Database
from graph.queries import Statement, statement

_REFUSED = ("configuration property", "AccessMode")
_TRIED = {
    "LOAD CSV reads files": (statement("write/selftest_load"), "file:///pentad-selftest.csv"),
    # Nobody listens there; who is refused by configuration is told so before anything is tried.
    "LOAD CSV reaches addresses": (statement("write/selftest_load"), "http://127.0.0.1:9/pentad-selftest.csv"),
    "READ mode lets writes pass": (statement("write/selftest_create"), ""),
}


def openings(database: Database) -> list[str]:
    """What is open that should be closed, in words; nothing is left behind. Raises DatabaseUnavailable."""
    return [told for told, (query, address) in _TRIED.items() if not _refused(database, query, address)]


def _refused(database: Database, query: Statement, address: str) -> bool:
    given = {"address": address} if address else {}
    try:
        database.read(query, given, timeout=2)
    except ClientError as error:
        return any(word in f"{error.code} {error.message}" for word in _REFUSED)
    return False
