"""A language model's service on loopback that speaks OpenAI's, Anthropic's and Ollama's protocol, as strictly as they
do; what it says is MADE by the test. Requests that the real ones would refuse are refused in their words.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ingest.llm import LlmOptions, Protocol
from tests.loopback import Call, Reply, answering

KEY = "sk-loopback-0001"
MODEL = "made-1"
Says = Callable[[str], str]
"""The whole prompt -> what the model says."""


@dataclass
class Service:
    """The running service. `before` are replies that are given first, one a call, instead of an answer."""

    says: Says
    port: int = 0
    calls: list[Call] = field(default_factory=list[Call])
    before: list[Callable[[], Reply]] = field(default_factory=list[Callable[[], Reply]])
    usage: bool = True

    def url(self, protocol: Protocol) -> str:
        return f"http://127.0.0.1:{self.port}" + ("/v1" if protocol is Protocol.OPENAI else "")

    def options(self, protocol: Protocol = Protocol.OPENAI, **more: Any) -> LlmOptions:
        """Options of a client of this service."""
        told: dict[str, Any] = {"model": MODEL, "url": self.url(protocol), "key": KEY, "timeout": 5.0} | more
        return LlmOptions(protocol, **told)

    def settings(self, protocol: Protocol = Protocol.OPENAI) -> dict[str, str]:
        """The same as environment variables."""
        return {
            "PENTAD_LLM": str(protocol),
            "PENTAD_LLM_URL": self.url(protocol),
            "PENTAD_LLM_MODEL": MODEL,
            "PENTAD_LLM_KEY": KEY,
        }

    def prompts(self) -> list[str]:
        """What was asked, call by call."""
        return [_prompt(call.json) for call in self.calls]

    def answer(self, call: Call) -> Reply:
        self.calls.append(call)
        if self.before:
            return self.before.pop(0)()
        protocols = {
            "/v1/chat/completions": self._openai,
            "/v1/messages": self._anthropic,
            "/api/chat": self._ollama,
        }
        speak = protocols.get(call.path)
        if call.method != "POST" or speak is None or call.headers["Content-Type"] != "application/json":
            return Reply({"error": {"message": f"no such address: {call.path}"}}, 404)
        return speak(call, call.json)

    def _openai(self, call: Call, asked: dict[str, Any]) -> Reply:
        if call.headers["Authorization"] != f"Bearer {KEY}":
            return Reply({"error": {"message": "Incorrect API key", "type": "invalid_request_error"}}, 401)
        if asked["model"] != MODEL:
            return Reply({"error": {"message": "The model does not exist", "code": "model_not_found"}}, 404)
        assert {turn["role"] for turn in asked["messages"]} <= {"system", "user", "assistant"}
        assert isinstance(asked["max_tokens"], int)
        said, prompt = self._said(asked)
        # As OpenAI has it: JSON is promised only to who also asks for it in words.
        if asked.get("response_format") and "json" not in prompt.lower():
            return Reply({"error": {"message": "'messages' must contain the word 'json'"}}, 400)
        message = {"role": "assistant", "content": said, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        usage = {"prompt_tokens": len(prompt) // 4, "completion_tokens": len(said) // 4}
        told: dict[str, Any] = {"id": "chatcmpl-1", "object": "chat.completion", "model": MODEL, "choices": [choice]}
        return Reply(told | ({"usage": usage} if self.usage else {}))

    def _anthropic(self, call: Call, asked: dict[str, Any]) -> Reply:
        if call.headers["x-api-key"] != KEY:
            error = {"type": "authentication_error", "message": "invalid x-api-key"}
            return Reply({"type": "error", "error": error}, 401)
        assert call.headers["anthropic-version"] == "2023-06-01"
        assert isinstance(asked["max_tokens"], int)
        assert asked["messages"][0]["role"] == "user"
        if any(turn["role"] not in ("user", "assistant") for turn in asked["messages"]):
            error = {"type": "invalid_request_error", "message": "messages: unexpected role"}
            return Reply({"type": "error", "error": error}, 400)
        said, prompt = self._said(asked)
        told: dict[str, Any] = {"id": "msg_1", "type": "message", "role": "assistant", "model": MODEL}
        told |= {"content": [{"type": "text", "text": said}], "stop_reason": "end_turn", "stop_sequence": None}
        return Reply(told | {"usage": {"input_tokens": len(prompt) // 4, "output_tokens": len(said) // 4}})

    def _ollama(self, _: Call, asked: dict[str, Any]) -> Reply:
        if asked["model"] != MODEL:
            return Reply({"error": f"model '{asked['model']}' not found"}, 404)
        assert asked["stream"] is False
        assert isinstance(asked["options"]["num_predict"], int)
        said, prompt = self._said(asked)
        told: dict[str, Any] = {"model": MODEL, "created_at": "2026-01-01T00:00:00Z", "done": True}
        told |= {"message": {"role": "assistant", "content": said}, "done_reason": "stop"}
        return Reply(told | {"prompt_eval_count": len(prompt) // 4, "eval_count": len(said) // 4})

    def _said(self, asked: dict[str, Any]) -> tuple[str, str]:
        prompt = _prompt(asked)
        return self.says(prompt), prompt


def _prompt(asked: dict[str, Any]) -> str:
    system = [str(asked["system"])] if asked.get("system") else []
    return "\n".join([*system, *(str(turn["content"]) for turn in asked["messages"])])


@contextmanager
def speaking(says: Says) -> Iterator[Service]:
    """A service whose model says this."""
    service = Service(says)
    with answering(service.answer) as port:
        service.port = port
        yield service
