"""Which mentions a decision brings to other aliases: by its placements, and by what their events say of them now."""

from collections.abc import Iterable, Sequence

from graph import ledger
from graph.database import Row, Transaction
from graph.judgement import Author, Judgement
from graph.merging import Place
from graph.queries import statement
from ingest.proposals import entity_of
from resolution.decide import SOLE_BEARER
from resolution.judging import Anew, Bench, Stands
from resolution.replay import foremost

PLACED_ANEW = 5_000
"""Mentions of one short name and W that are placed anew with a decision, the newest; the batch places the others."""


def places(tx: Transaction, bench: Bench, made: Iterable[Judgement], revoked: Iterable[Judgement]) -> list[Place]:
    """Mentions that come to stand on another alias: by the placements of the decision, and since short names that lean
    on what it touched are placed anew. Without a placement that holds a mention stands on its own alias."""
    anew = _asked_again(tx, bench)
    fresh = {(j.event, j.mention): j for j in made if j.is_placement}
    asked = {(j.event or "", j.mention or "") for j in (*fresh.values(), *revoked) if j.is_placement} | anew.keys()
    if not asked:
        return []
    taken = {judgement.id for judgement in revoked if judgement.is_placement}
    rows = [{"event": event, "mention": mention} for event, mention in sorted(asked)]
    gone = {judgement.id for judgement in bench.outcome.revoked}
    found: list[Place] = []
    for row in tx.rows(statement("read/placements_of"), {"rows": rows}):
        key = row["event"], row["mention"]
        known = [ledger.of_properties(j) for j in row["placements"]]
        said = [j for j in known if j.id not in taken] + ([fresh[key]] if key in fresh else [])
        if key in anew:
            said = _instead(bench, anew[key], said)
        place = _place(bench, row, [j for j in said if j.id not in gone], live=key in anew)
        if place is not None:
            found.append(place)
    return found


def _asked_again(tx: Transaction, bench: Bench) -> dict[tuple[str, str], Anew]:
    """Mentions of short names, by event and id, that would stand elsewhere if their events came today."""
    shorts = [key for key in bench.asked if _may_be_placed(bench, key)]
    if not shorts:
        return {}
    found: dict[tuple[str, str], Anew] = {}
    for row in tx.stream(statement("read/placing_scenes"), {"keys": shorts, "limit": PLACED_ANEW}):
        mentions = [Stands(**mention) for mention in row["mentions"]]
        for one in bench.placed_anew(row["event"], row["ts"], mentions):
            found[row["event"], one.stands.id] = one
    return found


def _may_be_placed(bench: Bench, key: str) -> bool:
    entry = bench.index.by_key.get(key)
    return entry is not None and (entry.form is not None or bool(bench.index.leans(entry)))


def _instead(bench: Bench, anew: Anew, said: list[Judgement]) -> list[Judgement]:
    """The placement in place of what a rule said; what is said, where a person or the batch has spoken, or context."""
    if any(j.by is not Author.RULE for j in said):
        return said
    bench.outcome.revoked += said
    if anew.placement is None:
        return []
    bench.outcome.judgements.append(anew.placement)
    return [anew.placement]


def _place(bench: Bench, row: Row, placements: Sequence[Judgement], *, live: bool) -> Place | None:
    """Where a mention goes; None where it stands already."""
    best = foremost(placements)
    after = best.a if best else row["alias0"]
    own = bench.index.by_key[row["alias0"]]
    score = best.score if best else 1.0 if own.form is None else SOLE_BEARER
    if (after, score) == (row["alias"], row["score"]):
        return None
    entity = entity_of(bench.index, after)
    return Place(row["event"], row["mention"], row["alias"], after, row["entity"], entity, score, live)
