"""The hierarchy of places and dates, brought up to date."""

from dataclasses import asdict, dataclass

from graph import hierarchy
from graph.database import Database
from graph.job import Queue
from ingest.job_kinds import Kind
from resolution.hierarchy import parents_of_moments, parents_of_places


def hierarchy_upkeep() -> Kind:
    """The job that brings the hierarchy up to date."""

    return Kind("hierarchy", lambda context: asdict(follow(context.database)), Queue.UPKEEP)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many places and dates lie elsewhere than before."""

    places: int
    dates: int


def follow(database: Database) -> Followed:
    """Brings the hierarchy up to date; what is right already is not written. Raises DatabaseUnavailable."""
    places, moments = hierarchy.places(database), hierarchy.moments(database)
    return Followed(
        hierarchy.keep(database, "places", places, parents_of_places(places)),
        hierarchy.keep(database, "moments", moments, parents_of_moments(moments)),
    )
