"""Events by their words and their vectors: retrievers of neo4j-graphrag (extra `llm`) over the indexes of profiles.

Asked where the templates' own candidates held no evidence. A retriever only chooses candidates: it tells nothing, and
what it chose is weighed as any other event, so that the nearest is no answer because nothing is nearer.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from api.ask.likeness import Likeness, likeness_of
from api.ask.times import Window
from graph.database import Database
from graph.embedding import Embedder
from graph.embedding.event_profiles import VECTORS, WORDS, stands
from graph.lending import ReadingDriver
from graph.queries import statement
from graph.reading.instants import from_time, to_time

MOST = 40
"""Events that are chosen."""
WIDER = 3
"""How many times as many are looked at by their vectors, since an index of vectors is approximate."""
SECONDS = 3.0
"""For each statement of a retriever."""


class EventRetrievers:
    """Chooses events of one graph. Thread-safe."""

    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder
        self._driver = ReadingDriver(database, SECONDS)

    def __call__(self, text: str, terms: Sequence[str], window: Window) -> list[str]:
        """Ids of events like the text, best first; none while there is no index.

        `terms` are quoted words, of which nothing can be an operator. Of a time the events are chosen by vector within
        that time; else by vector and words alike. Raises DatabaseUnavailable, BudgetExceeded.
        """
        vector = self._embedder.embed([text])[0]
        if not terms or not any(vector) or not stands(self._database, self._embedder):
            return []
        since, until = (None, None) if window.yearless else (window.since, window.until)
        found = self._hybrid(terms, vector) if since is until is None else self._of_time(vector, since, until)
        return [str(row["id"]) for row in found]

    def likeness(self) -> Likeness | None:
        """By the embedder's word on words, where it has one."""
        return likeness_of(self._embedder)

    def _hybrid(self, terms: Sequence[str], vector: list[float]) -> Sequence[Any]:
        from neo4j_graphrag.retrievers import HybridCypherRetriever

        retriever = HybridCypherRetriever(self._driver, VECTORS, WORDS, statement("retrieve/events").text)
        params = self._params(None, None)
        return retriever.get_search_results(
            query_text=" OR ".join(terms),
            query_vector=vector,
            top_k=MOST,
            effective_search_ratio=WIDER,
            query_params=params,
        ).records

    def _of_time(self, vector: list[float], since: datetime | None, until: datetime | None) -> Sequence[Any]:
        from neo4j_graphrag.retrievers import VectorCypherRetriever

        retriever = VectorCypherRetriever(self._driver, VECTORS, statement("retrieve/events").text)
        # The index is made to be kept to a time; the library looks for that where Neo4j does not tell it, and would
        # compare every event of the time instead.
        retriever._filterable_properties = ["ts"]  # pyright: ignore[reportPrivateUsage]
        params = self._params(since, until)
        return retriever.get_search_results(
            query_vector=vector,
            top_k=MOST,
            effective_search_ratio=WIDER,
            query_params=params,
            filters={"ts": {"$between": [params["since"], params["until"]]}},
        ).records

    def _params(self, since: datetime | None, until: datetime | None) -> dict[str, Any]:
        return {"model": self._embedder.name, "since": from_time(since), "until": to_time(until)}


def retrievers_of(database: Database, embedder: Embedder | None) -> EventRetrievers | None:
    """What chooses events; None without an embedder, or without the extra. Nothing of the extra is loaded yet."""
    if embedder is None or find_spec("neo4j_graphrag") is None:
        return None
    return EventRetrievers(database, embedder)
