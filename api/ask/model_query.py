"""Text to Cypher, off by default: a query of the model that finds events, let through by the gate alone.

It is asked only where the templates found nothing. It chooses events and says nothing: what is told of them is
extracted, as ever, and they must name whom the question names.
"""

from dataclasses import replace

from api.ask.answer import Answer, citation, sentence
from api.ask.cypher_gate import SECONDS, passed
from api.ask.evidence import Evidence, evidence_of
from api.ask.model import AskModel
from api.ask.words import fold, words
from graph.database import Database
from graph.errors import BudgetExceeded, InvalidInput, NotFound, Unavailable
from graph.reading.clocks import Clocks

EVENTS = 20


def found_by_model(answer: Answer, model: AskModel, who: str, database: Database, clocks: Clocks) -> Answer:
    """The answer with the events of the model's query; the answer as it was, with a warning, where it has none or it
    was not let through. Raises nothing of the model's making."""
    if answer.answered:
        return answer
    try:
        query = passed(model.said(who, "cypher", {"question": answer.question}, json=False))
        rows = database.planned(query, timeout=SECONDS)
        ids = [row["event"] for row in rows if isinstance(row.get("event"), str)][:EVENTS]
    except (InvalidInput, Unavailable, BudgetExceeded, NotFound) as error:
        return replace(answer, warnings=(f"the model's query was not run: {error}",))
    found = [one for one in evidence_of(database, ids, clocks).values() if _names(answer, one)]
    if not found:
        return answer
    told = sorted(found, key=lambda one: one.order)
    return replace(
        answer,
        answered=True,
        reason="",
        text="\n".join(one.said for one in told),
        sentences=tuple(sentence(one) for one in told),
        citations=tuple(citation(one) for one in told),
        composed_by="query",
    )


def _names(answer: Answer, one: Evidence) -> bool:
    """Whether an event names whom the question names."""
    for meant in answer.understood.names:
        keys = {entity["key"] for entity in meant.entities}
        if not (one.keys & keys) and not one.says([fold(word.written) for word in words(meant.text)]):
            return False
    return True
