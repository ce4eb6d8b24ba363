"""The batch's last step: every mention of a short, bare or untyped name is placed as if its event came today.

In the order (time, event, mention), though that decides nothing: what is asked of the past are names that stand for
themselves and what persons placed (`resolution.context`). So where a mention stands depends on the events, on who is
who and on persons' placements, not on the order in which events came, nor on merges that were undone.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from graph import ledger
from graph.database import Database, Transaction
from graph.judgement import Author, Judgement
from graph.keys import RESOLVED, Family
from graph.queries import statement
from ingest.judging import Judging
from ingest.proposals import Order, Proposal
from resolution.context_reading import GraphContext
from resolution.index import AliasIndex, Entry
from resolution.judging import Anew, Bench, Stands

AT_ONCE = 200
"""Events that one decision looks at: the gate is held while it is written."""
NAMES = 500
LONG, LOOKING = 600.0, 60.0
"""Seconds that reading where names are told may take, and looking at some events."""
_CLOSE = 1e-6
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Placed:
    """What the step did: mentions that went to another name, judgements made and taken back, decisions by id."""

    mentions: int = 0
    made: int = 0
    revoked: int = 0
    decisions: tuple[str, ...] = ()


def place_anew(judging: Judging, database: Database, families: Collection[str], order: Order, told: Told) -> Placed:
    """Places the mentions of names of these families anew. Raises DatabaseUnavailable, BudgetExceeded; what was decided
    before that stands, and the next run goes on."""
    # Edges that still follow a merge would be counted where they came from.
    judging.resume()
    keys = judging.peek(lambda index: [key for key, entry in index.by_key.items() if _asked(index, entry, families)])
    events = database.reading(lambda tx: _told(tx, keys), timeout=LONG)
    done = Placed()
    for start in range(0, len(events), AT_ONCE):
        told("placed", start, len(events))
        done = _portion(judging, database, events[start : start + AT_ONCE], families, order, done)
    return done


def _portion(
    judging: Judging, database: Database, events: Sequence[str], families: Collection[str], order: Order, done: Placed
) -> Placed:
    def propose(tx: Transaction, index: AliasIndex) -> Proposal:
        return _proposal(tx, index, events, families)

    # Mostly nothing changes, and to find that out nobody needs to wait.
    thought = judging.peek(lambda index: database.reading(lambda tx: propose(tx, index), timeout=LOOKING))
    if not (thought.made or thought.revoked):
        return done
    decision = judging.decide(propose, order)
    return Placed(
        done.mentions + decision.placed,
        done.made + len(decision.made),
        done.revoked + len(decision.revoked),
        (*done.decisions, *((decision.id,) if decision.change is not None else ())),
    )


def _asked(index: AliasIndex, entry: Entry, families: Collection[str]) -> bool:
    """Whether mentions of the name may stand for another one: it is a short form, or leans on a namesake."""
    if entry.alias.family not in families or entry.alias.family not in RESOLVED:
        return False
    return entry.form is not None or any(
        j.rests_on and j.a == entry.alias.key for j in index.judgements(entry.alias.key)
    )


def _told(tx: Transaction, keys: Sequence[str]) -> list[str]:
    """Events that write the names, or others of which a mention was placed, in the order of their time and id."""
    names = list({*keys, *(row["key"] for row in tx.rows(statement("read/placing_names")))})
    found = set[tuple[int, str]]()
    for start in range(0, len(names), NAMES):
        rows = tx.stream(statement("read/placing_told"), {"keys": names[start : start + NAMES]})
        found.update((row["ts"], row["event"]) for row in rows)
    return [event for _, event in sorted(found)]


def _proposal(tx: Transaction, index: AliasIndex, events: Sequence[str], families: Collection[str]) -> Proposal:
    bench = Bench(index, index.change + 1, GraphContext(tx))
    made: list[Judgement] = []
    revoked: list[Judgement] = []
    for one in _scenes(tx, events):
        standing: dict[str, list[Judgement]] = {}
        for judgement in one.placements:
            standing.setdefault(judgement.mention or "", []).append(judgement)
        asked = {stands.id for stands in one.mentions if _open(index, stands, standing, families)}
        for anew in bench.stand_today(one.event, one.ts, one.mentions, asked):
            stands = standing.get(anew.stands.id, [])
            kept = [j for j in stands if _says(j, anew)]
            revoked += [j for j in stands if j not in kept[:1]]
            if anew.placement is not None and not kept:
                made.append(anew.placement)
    return Proposal(made, revoked)


def _open(index: AliasIndex, stands: Stands, standing: dict[str, list[Judgement]], families: Collection[str]) -> bool:
    """Whether the mention is to be placed: its name may stand for another or did, and no person placed it."""
    entry = index.by_key.get(stands.alias0)
    said = standing.get(stands.id, [])
    if entry is None or entry.alias.family not in families or any(j.by is Author.PERSON for j in said):
        return False
    return bool(said) or _asked(index, entry, families)


def _says(judgement: Judgement, anew: Anew) -> bool:
    """Whether a placement that stands says what would be said today, by who would say it."""
    wanted = anew.placement
    return (
        wanted is not None
        and (judgement.a, judgement.by, judgement.reason) == (wanted.a, wanted.by, wanted.reason)
        and abs(judgement.score - wanted.score) < _CLOSE
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """A live event: all its mentions, and the placements that stand of them."""

    event: str
    ts: int
    mentions: list[Stands]
    placements: list[Judgement]


def _scenes(tx: Transaction, events: Sequence[str]) -> Iterator[_Scene]:
    for row in tx.rows(statement("read/placing_events"), {"ids": list(events)}):
        mentions = [Stands(**mention) for mention in row["mentions"]]
        yield _Scene(row["event"], row["ts"], mentions, [ledger.of_properties(j) for j in row["placements"]])


def placed_families(families: Sequence[Family]) -> frozenset[str]:
    """Families of names that a run over these places anew: names whose kind nobody stated may stand for any of them."""
    return frozenset({*families, Family.UNSPECIFIED})
