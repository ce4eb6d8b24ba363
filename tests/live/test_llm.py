"""A language model is asked in its service's own protocol, within a budget, and its failures are told in one line.

The service is on loopback; tokens are counted in a real Redis.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from redis import Redis

from graph.errors import BoardUnavailable, BudgetExceeded, InvalidInput
from graph.trending import connect_redis
from ingest.llm import Llm, LlmFailed, LlmOptions, Message, Meter, Protocol
from tests.llm_service import KEY, MODEL, speaking
from tests.loopback import Reply

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
ASKED = [Message("system", "Answer in JSON."), Message("user", "Who signed?")]


@pytest.fixture
def fresh(redis_client: Redis) -> Redis:
    """A Redis that has counted nothing."""
    for key in redis_client.scan_iter("pentad:llm:*"):
        redis_client.delete(key)
    return redis_client


def model(options: LlmOptions, redis: Redis, **more: Any) -> Llm:
    meter = Meter(redis, lambda: NOON, budget=options.budget, price_in=options.price_in, price_out=options.price_out)
    return Llm(options, meter, **more)


@pytest.mark.parametrize("protocol", Protocol)
def test_each_service_is_asked_in_its_own_protocol_and_what_it_counts_is_counted(
    protocol: Protocol, fresh: Redis
) -> None:
    with speaking(lambda prompt: f"{len(prompt.splitlines())} lines, Ann Lee") as service:
        llm = model(service.options(protocol, price_in=2.0, price_out=10.0, extra={"temperature": 0}), fresh)
        said = llm.ask(ASKED, json=True)
    assert said.text == "2 lines, Ann Lee"
    [call] = service.calls
    assert call.json["temperature"] == 0
    today = llm.meter.today()
    assert (today.calls, today.failed, today.held, today.tokens_out) == (1, 0, 0, said.tokens_out)
    assert today.cost == pytest.approx((today.tokens_in * 2 + today.tokens_out * 10) / 1e6)
    assert today.left == today.budget - today.tokens_in - today.tokens_out


def test_tokens_that_the_service_does_not_count_are_guessed(fresh: Redis) -> None:
    with speaking(lambda _: "Ann Lee signed") as service:
        service.usage = False
        said = model(service.options(), fresh).ask(ASKED)
    assert (said.tokens_in, said.tokens_out) == (25, 5)


def test_nothing_is_asked_beyond_the_days_budget(fresh: Redis) -> None:
    with speaking(lambda _: "yes") as service:
        llm = model(service.options(budget=100, output=50), fresh)
        llm.ask(ASKED)
        llm.ask(ASKED)
        with pytest.raises(BudgetExceeded, match="100 tokens a day"):
            llm.ask(ASKED, output=90)
        assert len(service.calls) == 2
        assert (llm.meter.today().refused, llm.meter.today().held) == (1, 0)


FAILURES: dict[str, tuple[Callable[[], Reply], str]] = {
    "an error": (
        lambda: Reply({"error": {"message": f"your key {KEY} is blocked"}}, 403),
        "403: your key … is blocked",
    ),
    "no JSON": (lambda: Reply("<html>gateway</html>"), "no JSON"),
    "another protocol": (lambda: Reply({"choices": []}), "not its protocol's"),
    "nothing": (lambda: Reply({"choices": [{"message": {"content": None}}]}), "answered nothing"),
    "a megabyte": (lambda: Reply(b"x" * 1_100_000), "cannot be asked"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_what_is_no_answer_is_told_in_one_line_without_the_key(case: str, fresh: Redis) -> None:
    reply, told = FAILURES[case]
    with speaking(lambda _: "never") as service:
        service.before = [reply]
        llm = model(service.options(), fresh)
        with pytest.raises(LlmFailed) as failed:
            llm.ask(ASKED)
    assert told in str(failed.value)
    assert KEY not in str(failed.value)
    today = llm.meter.today()
    # It may have been paid for: the question counts.
    assert (today.calls, today.failed, today.held) == (0, 1, 0)
    assert today.tokens_in > 0


def test_a_service_that_hangs_is_left_at_the_deadline(fresh: Redis) -> None:
    def hang() -> Reply:
        time.sleep(2)
        return Reply("late")

    with speaking(lambda _: "never") as service:
        service.before = [hang]
        began = time.monotonic()
        with pytest.raises(LlmFailed, match="in time"):
            model(service.options(), fresh).ask(ASKED, timeout=0.3)
        assert time.monotonic() - began < 1.5


def test_a_busy_service_is_asked_once_more_where_that_is_in_time(fresh: Redis) -> None:
    slept: list[float] = []
    with speaking(lambda _: "yes") as service:
        llm = model(service.options(), fresh, sleep=slept.append)
        service.before = [lambda: Reply({}, 429, {"Retry-After": "2"})]
        assert llm.ask(ASKED).text == "yes"
        service.before = [lambda: Reply({}, 529, {"Retry-After": "3600"})]
        with pytest.raises(LlmFailed, match="529"):
            llm.ask(ASKED)
    assert slept == [2.0]


def test_what_was_not_sent_costs_nothing_and_what_cannot_be_counted_is_not_asked(fresh: Redis) -> None:
    llm = model(LlmOptions(Protocol.OLLAMA, MODEL, url="http://127.0.0.1:9"), fresh)
    with pytest.raises(LlmFailed):
        llm.ask(ASKED)
    assert (llm.meter.today().failed, llm.meter.today().tokens_in) == (1, 0)
    with speaking(lambda _: "yes") as service, connect_redis("redis://127.0.0.1:9/0") as away:
        with pytest.raises(BoardUnavailable):
            model(service.options(), away).ask(ASKED)
        assert service.calls == []


def test_the_model_is_that_of_the_settings(fresh: Redis) -> None:
    from api.llm import llm_of
    from api.settings import load

    def named(**more: Any) -> Llm | None:
        return llm_of(load(**more), fresh, lambda: NOON)

    assert named() is None
    found = named(llm="ollama", llm_model="qwen3", llm_extra=orjson.dumps({"think": False}).decode())
    assert found is not None
    assert (found.options.base, found.options.extra) == ("http://127.0.0.1:11434", {"think": False})
    for wrong in ({"llm_model": ""}, {"llm": "gpt"}, {"llm_url": "ftp://x"}, {"llm_extra": "[]"}, {"llm_extra": "{"}):
        with pytest.raises(InvalidInput):
            named(**{"llm": "ollama", "llm_model": "m", **wrong})
