"""The language model behind an answer, where one is set: asked within the budget of the service and of the key."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from api.ask.budget import KeyBudget
from api.ask.prompts import prompt
from graph.errors import BudgetExceeded, Unavailable
from ingest.llm import Llm, Message, Said, prompt_tokens

OUTPUT = 1_000
"""Tokens that one answer of the model may have."""
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class AskModel:
    """Who composes answers (`compose`) and writes queries (`cypher`), and what each key may spend."""

    llm: Llm
    budget: KeyBudget
    compose: bool = True
    cypher: bool = False

    def said(self, who: str, task: str, told: object, *, json: bool = True) -> str:
        """What the model says to a task and its data, which it gets as JSON. Raises Unavailable, BudgetExceeded."""
        data = orjson.dumps(told).decode()
        return self.ask(who, [Message("system", prompt(task)), Message("user", data)], json=json).text

    def ask(self, who: str, messages: Sequence[Message], *, json: bool = True) -> Said:
        """What the model says to messages, whole. Raises Unavailable, BudgetExceeded."""
        meter = self.budget.of(who)
        held = meter.hold(prompt_tokens(messages), OUTPUT)
        try:
            said = self.llm.ask(messages, json=json, output=OUTPUT, timeout=SECONDS)
        except BaseException as error:
            # What the service's own budget refused never went out; all else may have been paid for.
            meter.failed(held, sent=not isinstance(error, BudgetExceeded))
            raise
        meter.answered(held, said.tokens_in, said.tokens_out)
        if said.cut:
            raise Unavailable("the model's answer was cut off")
        return said
