"""One question to one model: within its budget, within its time, through the one way out.

The service's own address may lie anywhere, also on this machine: the operator named it. Nothing else may be reached by
this client, and no page by way of it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import orjson

from ingest.fetching import Fault, Fetched, FetchError, FetchOptions, SafeClient
from ingest.llm.errors import LlmFailed
from ingest.llm.meter import Meter
from ingest.llm.options import LlmOptions, Message, Said
from ingest.llm.wires import WIRES, answer_of, complaint, prompt_tokens

ANSWER_LIMIT = 1_000_000
"""Bytes of an answer; a longer one is none."""
TRIES = 2
_BUSY = (408, 429, 500, 502, 503, 504, 529)
_UNSENT = (Fault.URL, Fault.REFUSED, Fault.NAME, Fault.CONNECT, Fault.TLS)


class Llm:
    """A model. Thread-safe; holds no connection."""

    def __init__(self, options: LlmOptions, meter: Meter, sleep: Callable[[float], None] = time.sleep) -> None:
        self.options = options
        self.meter = meter
        self._wire = WIRES[options.protocol]
        self._sleep = sleep
        self._url = f"{options.base}{self._wire.path}"
        fetching = FetchOptions(timeout=options.timeout, wire_limit=ANSWER_LIMIT, unpacked_limit=ANSWER_LIMIT)
        self._client = SafeClient.of_service(self._url, fetching)

    def ask(
        self,
        messages: Sequence[Message],
        *,
        json: bool = False,
        output: int | None = None,
        timeout: float | None = None,
    ) -> Said:
        """What the model says. `json` asks the service for a JSON object where it has such a mode; `output` tokens and
        `timeout` seconds at most replace those of the options.

        A service that is busy is asked once more, where it says when and that is in time. Raises LlmFailed,
        BudgetExceeded, BoardUnavailable (nothing is asked that cannot be counted).
        """
        began = time.monotonic()
        most = output or self.options.output
        ends = began + (timeout or self.options.timeout)
        prompt = prompt_tokens(messages)
        body = orjson.dumps({**self._wire.body(self.options, messages, most, json), **self.options.extra})
        held = self.meter.hold(prompt, most)
        try:
            said = answer_of(self._wire, self._told(body, ends), prompt)
        except BaseException as error:
            # Whatever went wrong, also what nobody foresaw: what was held is settled.
            self.meter.failed(held, sent=not (isinstance(error, FetchError) and error.fault in _UNSENT))
            if isinstance(error, FetchError):
                raise LlmFailed(f"the model cannot be asked: {error}") from error
            raise
        self.meter.answered(held, said.tokens_in, said.tokens_out)
        return replace(said, ms=round((time.monotonic() - began) * 1000))

    def _told(self, body: bytes, ends: float) -> Any:
        headers = {"content-type": "application/json", "accept": "application/json"}
        headers |= self._wire.headers(self.options)
        tries = 0
        while True:
            answer = self._client.post(self._url, body, headers, timeout=max(0.05, ends - time.monotonic()))
            if answer.status == 200:
                return _object(answer)
            tries += 1
            pause = _pause(answer)
            if tries == TRIES or pause is None or time.monotonic() + pause >= ends:
                raise LlmFailed(self._refusal(answer))
            self._sleep(pause)

    def _refusal(self, answer: Fetched) -> str:
        try:
            said = complaint(orjson.loads(answer.body))
        except orjson.JSONDecodeError:
            said = ""
        if self.options.key:
            said = said.replace(self.options.key, "…")
        return f"the model's service answered {answer.status}" + (f": {said}" if said else "")


def _object(answer: Fetched) -> Any:
    try:
        return orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise LlmFailed("the model's service answered what is no JSON") from error


def _pause(answer: Fetched) -> float | None:
    """Seconds after which a busy service may be asked again; None for one that refuses."""
    if answer.status not in _BUSY:
        return None
    later = answer.headers.get("retry-after", "")
    return float(later) if later.replace(".", "", 1).isdigit() else 1.0
