"""The language model that the settings name, if they name one."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

import orjson
from redis import Redis

from api.ask.budget import KeyBudget
from api.ask.model import AskModel
from api.settings import Settings
from graph.errors import InvalidInput
from ingest.fetching import FetchError
from ingest.llm import Llm, LlmOptions, Meter, Protocol


def llm_of(settings: Settings, redis: Redis, clock: Callable[[], datetime]) -> Llm | None:
    """Who is asked, counted in this Redis; None where no model is set. Raises InvalidInput, one line."""
    if not settings.llm:
        return None
    options = llm_options(settings)
    meter = Meter(redis, clock, budget=options.budget, price_in=options.price_in, price_out=options.price_out)
    try:
        return Llm(options, meter)
    except FetchError as error:
        raise InvalidInput(str(error), "setting llm_url") from error


def ask_model_of(settings: Settings, llm: Llm | None, redis: Redis, clock: Callable[[], datetime]) -> AskModel | None:
    """What composes answers and writes queries; None where no model is set, or it may do neither."""
    if llm is None or not (settings.ask_compose or settings.ask_cypher):
        return None
    prices = (settings.llm_price_in, settings.llm_price_out)
    budget = KeyBudget(redis, clock, settings.ask_budget, settings.ask_cost, *prices)
    return AskModel(llm, budget, settings.ask_compose, settings.ask_cypher)


def llm_options(settings: Settings) -> LlmOptions:
    """The model's options. Raises InvalidInput for a model without a name, or `llm_extra` that is no object."""
    if not settings.llm_model:
        raise InvalidInput("is needed with llm", "setting llm_model")
    return LlmOptions(
        protocol=Protocol(settings.llm),
        model=settings.llm_model,
        url=settings.llm_url,
        key=settings.llm_key.get_secret_value(),
        timeout=settings.llm_timeout,
        output=settings.llm_output,
        budget=settings.llm_budget,
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
        extra=_object(settings.llm_extra),
    )


def _object(text: str) -> Mapping[str, Any]:
    try:
        found = orjson.loads(text or "{}")
    except orjson.JSONDecodeError as error:
        raise InvalidInput("is no JSON", "setting llm_extra") from error
    if not isinstance(found, dict):
        raise InvalidInput("is no JSON object", "setting llm_extra")
    return cast(Mapping[str, Any], found)
