"""What is told of a model, what is said to it, and what it said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal


class Protocol(StrEnum):
    """How a service is spoken to."""

    OPENAI = "openai"
    """`POST {url}/chat/completions`: OpenAI, and what is compatible with it (vLLM, llama.cpp, LM Studio, gateways)."""
    ANTHROPIC = "anthropic"
    """`POST {url}/v1/messages`."""
    OLLAMA = "ollama"
    """`POST {url}/api/chat`, not streamed."""


URLS = {
    Protocol.OPENAI: "https://api.openai.com/v1",
    Protocol.ANTHROPIC: "https://api.anthropic.com",
    Protocol.OLLAMA: "http://127.0.0.1:11434",
}
"""Where each is asked when nothing else is set."""


@dataclass(frozen=True, slots=True)
class LlmOptions:
    """One model. `timeout` in seconds for everything together, `output` in tokens of one answer, `budget` in tokens of
    one day (UTC) in and out together, prices for a million tokens in a currency of one's own. `extra` goes into the
    body of each request as it is."""

    protocol: Protocol
    model: str
    url: str = ""
    key: str = field(default="", repr=False)
    timeout: float = 60.0
    output: int = 2_000
    budget: int = 1_000_000
    price_in: float = 0.0
    price_out: float = 0.0
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def base(self) -> str:
        """The address that is asked, without a slash at its end."""
        return (self.url or URLS[self.protocol]).rstrip("/")


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer. `cut` tells that it ended because no more tokens were allowed; where the service counts no tokens
    they are guessed from the lengths."""

    text: str
    tokens_in: int
    tokens_out: int
    ms: int = 0
    cut: bool = False
