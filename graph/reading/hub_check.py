"""Compares what hubs keep with what the graph says: the part of `pentad check` that owns co-mentions."""

from dataclasses import dataclass

from graph.database import Database
from graph.queries import statement
from graph.reading.hub_recount import HubOptions, differences


@dataclass(frozen=True, slots=True)
class HubDifference:
    """One thing that is not as it should be; `other` is empty where it is about the entity itself."""

    hub: str
    other: str
    kept: int
    counted: int
    reason: str


def check_hubs(database: Database, options: HubOptions | None = None) -> list[HubDifference]:
    """All differences between kept co-mentions and a live count at the change number they were followed to.

    Follow first: what the projection has not seen yet (merges, new versions) may show as a difference.
    """
    options = options or HubOptions()
    limit = database.options.job_timeout
    followed = int(database.read(statement("read/co_followed"))[0]["followed"])
    found: list[HubDifference] = []
    bounds = {"promote": options.promote, "demote": options.demote}
    for row in database.read(statement("read/co_hubs"), bounds, timeout=limit):
        key = row["key"]
        if not row["hub"]:
            reason = "keeps co-mentions but is no hub" if row["edges"] else "has the degree of a hub but is none"
            found.append(HubDifference(key, "", row["edges"], row["degree"], reason))
            continue
        if row["too_small"]:
            found.append(HubDifference(key, "", row["edges"], row["degree"], "is a hub below the degree of one"))
        compared = database.reading(lambda tx, key=key: differences(tx, key, followed, outgoing=True), timeout=limit)
        found += [
            HubDifference(key, pair["other"], pair["kept"], pair["n"], "the kept co-mention is not the live count")
            for pair in [*compared.wrong, *compared.gone]
        ]
    return found
