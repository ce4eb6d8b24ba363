"""The three protocols: a conversation as the body of a request, and the body of an answer as what was said. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ingest.llm.errors import LlmFailed
from ingest.llm.options import LlmOptions, Message, Protocol, Said

VERSION = "2023-06-01"
"""Of Anthropic's API: it is told with each request."""
_OPENAI_OWN = "https://api.openai.com"
_LETTERS = 3
"""Bytes of UTF-8 that a token has at least, roughly, in any script: tokens are rather guessed too many than too few."""
_TURN = 8
"""Tokens that a turn costs besides its words."""


@dataclass(frozen=True, slots=True)
class Wire:
    """One protocol. `body` makes a request of options, conversation, tokens at most, and whether JSON is wanted."""

    path: str
    headers: Callable[[LlmOptions], dict[str, str]]
    body: Callable[[LlmOptions, Sequence[Message], int, bool], dict[str, Any]]
    said: Callable[[Mapping[str, Any]], Said | None]


def guessed(text: str) -> int:
    """About how many tokens a text has."""
    return -(-len(text.encode("utf-8", "replace")) // _LETTERS)


def prompt_tokens(messages: Sequence[Message]) -> int:
    """About how many tokens a conversation has."""
    return sum(guessed(one.content) + _TURN for one in messages)


def answer_of(wire: Wire, told: Any, prompt: int) -> Said:
    """What was said. Raises LlmFailed for a body that is no answer of this protocol."""
    try:
        said = wire.said(told)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise LlmFailed("the model's service answered in a form that is not its protocol's") from error
    if said is None or not said.text.strip():
        raise LlmFailed("the model answered nothing")
    tokens_in = said.tokens_in or prompt
    tokens_out = said.tokens_out or guessed(said.text)
    return Said(said.text, tokens_in, tokens_out, cut=said.cut)


def complaint(told: Any) -> str:
    """What a service says of a request that it refused, in a few words; empty where it says nothing."""
    if not isinstance(told, dict):
        return ""
    error = cast(dict[str, Any], told).get("error")
    text = cast(dict[str, Any], error).get("message") if isinstance(error, dict) else error
    return " ".join(str(text).split())[:200] if text else ""


def _turns(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": one.role, "content": one.content} for one in messages]


def _usage(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], told.get("usage") or {})


def _openai(options: LlmOptions, messages: Sequence[Message], most: int, json: bool) -> dict[str, Any]:
    # The service of that name itself refuses the older word, many that are compatible with it know no other.
    limit = "max_completion_tokens" if options.base.startswith(_OPENAI_OWN) else "max_tokens"
    body: dict[str, Any] = {"model": options.model, "messages": _turns(messages), limit: most}
    if json:
        body["response_format"] = {"type": "json_object"}
    return body


def _openai_said(told: Mapping[str, Any]) -> Said:
    choice, usage = told["choices"][0], _usage(told)
    return Said(
        str(choice["message"].get("content") or ""),
        int(usage.get("prompt_tokens") or 0),
        int(usage.get("completion_tokens") or 0),
        cut=choice.get("finish_reason") == "length",
    )


def _anthropic(options: LlmOptions, messages: Sequence[Message], most: int, json: bool) -> dict[str, Any]:
    # It has no mode of JSON: the prompt has to ask for it.
    _ = json
    system = "\n\n".join(one.content for one in messages if one.role == "system")
    turns = _turns([one for one in messages if one.role != "system"])
    body: dict[str, Any] = {"model": options.model, "max_tokens": most, "messages": turns}
    return body | ({"system": system} if system else {})


def _anthropic_said(told: Mapping[str, Any]) -> Said:
    usage = _usage(told)
    names = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    return Said(
        "".join(str(one.get("text") or "") for one in told["content"] if one.get("type") == "text"),
        sum(int(usage.get(name) or 0) for name in names),
        int(usage.get("output_tokens") or 0),
        cut=told.get("stop_reason") == "max_tokens",
    )


def _ollama(options: LlmOptions, messages: Sequence[Message], most: int, json: bool) -> dict[str, Any]:
    body: dict[str, Any] = {"model": options.model, "messages": _turns(messages), "stream": False}
    body["options"] = {"num_predict": most}
    return body | ({"format": "json"} if json else {})


def _ollama_said(told: Mapping[str, Any]) -> Said:
    return Said(
        str(told["message"].get("content") or ""),
        int(told.get("prompt_eval_count") or 0),
        int(told.get("eval_count") or 0),
        cut=told.get("done_reason") == "length",
    )


def _bearer(options: LlmOptions) -> dict[str, str]:
    return {"authorization": f"Bearer {options.key}"} if options.key else {}


def _anthropic_headers(options: LlmOptions) -> dict[str, str]:
    return {"x-api-key": options.key, "anthropic-version": VERSION}


WIRES: Mapping[Protocol, Wire] = {
    Protocol.OPENAI: Wire("/chat/completions", _bearer, _openai, _openai_said),
    Protocol.ANTHROPIC: Wire("/v1/messages", _anthropic_headers, _anthropic, _anthropic_said),
    Protocol.OLLAMA: Wire("/api/chat", _bearer, _ollama, _ollama_said),
}
"""The one table of protocols."""
