"""The model asked by neo4j-graphrag's GraphRAG (extra `llm`), with the evidence of the answer for its context.

Its retriever tells the pieces that were found before, so nothing else can reach the model; its model is ours, within
the budgets. The messages are those that are sent without the extra, to the letter.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from neo4j import Record
from neo4j_graphrag.generation import GraphRAG, RagTemplate
from neo4j_graphrag.retrievers.base import Retriever
from neo4j_graphrag.types import RawSearchResult, RetrieverResultItem

from api.ask.model import AskModel
from api.ask.prompts import prompt
from ingest.llm import LlmOptions, Message, Said
from ingest.llm.graphrag import GraphragLlm


class _Pieces(Retriever):
    """Tells pieces of evidence that are there already."""

    VERIFY_NEO4J_VERSION = False

    def __init__(self, pieces: Sequence[Mapping[str, Any]]) -> None:
        # No driver: nothing is looked for.
        self._pieces = pieces

    def get_search_results(self, query_text: str) -> RawSearchResult:  # noqa: ARG002 (the library's name)
        """The pieces, a record each, whatever is asked."""
        return RawSearchResult(records=[Record({"piece": orjson.dumps(piece).decode()}) for piece in self._pieces])

    def default_record_formatter(self, record: Record) -> RetrieverResultItem:
        """One line of JSON a piece."""
        return RetrieverResultItem(content=str(record["piece"]))


class _Prompt(RagTemplate):
    """Question and evidence as one JSON object: no text of a document can leave its string."""

    def format(self, query_text: str, context: str, examples: str) -> str:  # noqa: ARG002 (the library's name)
        """The object as text."""
        return told(query_text, [orjson.loads(line) for line in context.split("\n")])


class _Budgeted:
    """The model as one key may ask it."""

    def __init__(self, model: AskModel, who: str) -> None:
        self._model = model
        self._who = who

    @property
    def options(self) -> LlmOptions:
        return self._model.llm.options

    def ask(self, messages: Sequence[Message], *, json: bool = False) -> Said:
        return self._model.ask(self._who, messages, json=json)


def told(question: str, evidence: Sequence[Mapping[str, Any]]) -> str:
    """What the model gets."""
    return orjson.dumps({"question": question, "evidence": evidence}).decode()


def said(model: AskModel, who: str, question: str, evidence: Sequence[Mapping[str, Any]]) -> str:
    """What the model says to a question and its evidence. Raises Unavailable, BudgetExceeded."""
    rag = GraphRAG(
        _Pieces(evidence),
        GraphragLlm(_Budgeted(model, who), json=True),
        _Prompt(system_instructions=prompt("compose")),
    )
    return rag.search(question, return_context=False).answer
