"""The model as neo4j-graphrag's components ask theirs (extra `llm`): each question goes through our client and budget.

Its own classes for OpenAI, Anthropic and Ollama are not used: see docs/decisions/0024.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol, cast

from neo4j_graphrag.llm.base import LLMBase
from neo4j_graphrag.llm.types import LLMResponse, LLMUsage
from neo4j_graphrag.types import LLMMessage
from neo4j_graphrag.utils.rate_limit import NoOpRateLimitHandler

from ingest.llm.options import LlmOptions, Message, Said


class Asked(Protocol):
    """Who is asked: a model, or one within a budget of its own."""

    @property
    def options(self) -> LlmOptions:
        """What the model is."""
        ...

    def ask(self, messages: Sequence[Message], *, json: bool = False) -> Said:
        """What it says."""
        ...


class GraphragLlm(LLMBase):
    """Strings (v1) and lists of messages (v2) alike. `json` asks the service for JSON where it has such a mode.

    Raises what `ask` of the model raises: nothing is tried again behind its back.
    """

    def __init__(self, llm: Asked, *, json: bool = False) -> None:
        super().__init__(llm.options.model, rate_limit_handler=NoOpRateLimitHandler())
        self._llm = llm
        self._json = json

    def invoke(  # pyright: ignore[reportIncompatibleMethodOverride] (one signature for both of its overloads)
        self,
        input: str | list[LLMMessage],  # noqa: A002 (the library's name)
        message_history: Any = None,
        system_instruction: str | None = None,
        response_format: Any = None,
        **_: Any,
    ) -> LLMResponse:
        """The model's answer."""
        history: Sequence[LLMMessage] = getattr(message_history, "messages", message_history) or ()
        turns = [{"role": "user", "content": input}] if isinstance(input, str) else [*input]
        system = [Message("system", system_instruction)] if system_instruction else []
        said = self._llm.ask(
            [*system, *(_message(turn) for turn in [*history, *turns])], json=self._json or response_format is not None
        )
        total = said.tokens_in + said.tokens_out
        usage = LLMUsage(request_tokens=said.tokens_in, response_tokens=said.tokens_out, total_tokens=total)
        return LLMResponse(content=said.text, usage=usage)

    async def ainvoke(  # pyright: ignore[reportIncompatibleMethodOverride] (as above)
        self,
        input: str | list[LLMMessage],  # noqa: A002 (the library's name)
        message_history: Any = None,
        system_instruction: str | None = None,
        response_format: Any = None,
        **_: Any,
    ) -> LLMResponse:
        """The same, on a thread of its own."""
        return await asyncio.to_thread(self.invoke, input, message_history, system_instruction, response_format)


def _message(turn: Any) -> Message:
    told = cast(dict[str, Any], turn if isinstance(turn, dict) else turn.model_dump())
    role = told["role"] if told["role"] in ("system", "assistant") else "user"
    return Message(role, str(told["content"]))
