"""What a mention weighs on the boards beside its own weight: by its risk, and by its sanctions matches. Pure.

Risk: the mention's `risk`, 0..1, as it was told. Sanctions: the best score among its matches, 0..1. Not their sum: one
designation stands on the lists of several publishers, so a sum would count publishers. What weighs 0 stands nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from graph.batch import EventWrite
from graph.mention import Mention
from graph.moment import epoch_ms
from graph.trending.members import Member
from graph.trending.names import BOARD_WS, RISK, SANCTIONS, board_kind

Payload = dict[str, Any]
Sums = dict[str, dict[str, dict[int, float]]]
"""Weight by kind, entity key and time (epoch ms)."""


def sanctioned(sanctions: str) -> float:
    """The best score among matches written as JSON [{list, id, score}]; a match without a score is certain."""
    return max((float(match.get("score", 1.0)) for match in orjson.loads(sanctions)), default=0.0)


def further(
    events: Iterable[EventWrite], kinds: Mapping[str, str], anew: set[str], found: Sequence[Member], now: int
) -> Payload:
    """The parts of an outbox record for risk and sanctions, empty when the batch says nothing of either.

    `found` are the values of the entities `anew` as the transaction leaves them, at `now` (epoch ms): set, not added.
    """
    told: Payload = {}
    for metric, sums in _added(events, kinds, anew).items():
        told[metric] = {"add": listed(sums)}
    for metric in (RISK, SANCTIONS):
        sets = {member.key: set_of(member, metric, now) for member in found}
        if sets:
            told.setdefault(metric, {})["set"] = sets
    return told


def set_of(member: Member, metric: str, now: int) -> Payload:
    """A value counted anew, as the outbox tells it; no values at all for one that is 0."""
    values = {half_life: value for half_life, value in member.of(metric).items() if value}
    return {"kind": member.kind, "at": now, "values": values}


def listed(sums: Mapping[str, Mapping[str, Mapping[int, float]]]) -> dict[str, dict[str, list[tuple[int, float]]]]:
    """Sums by kind, entity key and time as the outbox tells contributions."""
    return {kind: {key: list(points.items()) for key, points in members.items()} for kind, members in sums.items()}


def _added(events: Iterable[EventWrite], kinds: Mapping[str, str], anew: set[str]) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    for write in events:
        if not write.boarded:
            continue
        for placed in write.placed:
            mention = placed.mention
            if (mention.risk is None and mention.sanctions is None) or placed.entity in anew:
                continue
            if mention.w in BOARD_WS:
                at, kind = epoch_ms(write.event.occurred_at), board_kind(kinds.get(placed.entity))
                for metric, weight in _weights(mention):
                    points = found.setdefault(metric, {}).setdefault(kind, {}).setdefault(placed.entity, {})
                    points[at] = points.get(at, 0.0) + weight
    return found


def _weights(mention: Mention) -> Iterable[tuple[str, float]]:
    if mention.risk:
        yield RISK, mention.risk
    if mention.sanctions and (score := sanctioned(mention.sanctions)):
        yield SANCTIONS, score
