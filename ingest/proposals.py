"""What is to be decided, as it is thought up while the gate is held: the word of a person, the parts of a split."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.alias import Alias
from graph.database import Row, Transaction
from graph.errors import InvalidInput, NotFound
from graph.judgement import Author, Judgement, Verdict
from graph.queries import statement
from resolution.index import AliasIndex


@dataclass(slots=True)
class Proposal:
    """What is to be judged, made while the gate is held; `subjects` are alias keys that the decision is about.

    `restored` stood before and stand again; `settled` were taken back by a later decision, whose undo must not bring
    them back any more.
    """

    made: Sequence[Judgement] = ()
    revoked: Sequence[Judgement] = ()
    restored: Sequence[Judgement] = ()
    settled: Sequence[Judgement] = ()
    founded: Sequence[Alias] = ()
    subjects: Sequence[str] = ()


Propose = Callable[[Transaction, AliasIndex], Proposal]


@dataclass(frozen=True, slots=True)
class Order:
    """Who decides, why, of what sort it is, and which versions they saw."""

    author: str = ""
    by: Author = Author.PERSON
    cause: str = ""
    sort: str = ""
    expected: Mapping[str, int] = field(default_factory=dict[str, int])
    dry_run: bool = False


def entity_of(index: AliasIndex, key: str) -> str:
    """The entity that holds an alias. Raises NotFound."""
    entry = index.by_key.get(key)
    if entry is None:
        raise NotFound("entity", key)
    return entry.entity


def placements(
    tx: Transaction, index: AliasIndex, mentions: Sequence[tuple[str, str]], order: Order
) -> tuple[list[Judgement], list[Alias]]:
    """Placements of mentions on aliases founded for them: one a name, its discriminator the first mention's id; one
    that was founded before is taken again."""
    founded: dict[str, Alias] = {}
    placed: list[Judgement] = []
    asked = [{"event": event, "mention": mention} for event, mention in dict.fromkeys(mentions)]
    rows = tx.rows(statement("read/placements_of"), {"rows": asked}) if asked else []
    if len(rows) < len(asked):
        raise NotFound("mention", next(one["mention"] for one in asked if not any(_is(one, row) for row in rows)))
    for row in rows:
        own = index.by_key[row["alias0"]].alias
        alias = founded.get(own.key)
        if alias is None:
            alias = founded[own.key] = Alias.of(row["surface"], own.normalised, own.family, row["mention"], own.kind)
        placed.append(
            Judgement(
                a=alias.key,
                b=row["alias"],
                verdict=Verdict.POSITIVE,
                by=order.by,
                score=1.0,
                reason=order.cause or "somebody else",
                event=row["event"],
                mention=row["mention"],
                author=order.author,
            )
        )
    return placed, [alias for alias in founded.values() if alias.key not in index.by_key]


def _is(asked: Row, row: Row) -> bool:
    return (asked["event"], asked["mention"]) == (row["event"], row["mention"])


def parted(
    index: AliasIndex,
    members: Sequence[str],
    aliases: Sequence[str],
    placed: Sequence[Judgement],
    founded: Sequence[Alias],
    order: Order,
) -> Proposal:
    """The part is held together, and parted from every name of the rest that something joined it to."""
    part = list(dict.fromkeys([*aliases, *(placement.a for placement in placed)]))
    inside = set(part)
    rest = [key for key in members if key not in inside]
    if not rest:
        raise InvalidInput("these are all names of the entity: nothing is left to part them from")
    first = part[0]
    made = [said(first, other, Verdict.POSITIVE, order) for other in part[1:]]
    cut = {(part[0], min(rest, key=lambda key: index.by_key[key].alias.born)): None}
    for key in part:
        for judgement in index.judgements(key):
            other = judgement.b if judgement.a == key else judgement.a
            if judgement.verdict is Verdict.POSITIVE and other in index.by_key and other not in inside:
                cut[key, other] = None
    cut |= {(placement.a, placement.b): None for placement in placed if placement.b not in inside}
    made += [said(one, other, Verdict.NEGATIVE, order) for one, other in cut]
    return Proposal([*made, *placed], founded=founded, subjects=[part[0], *rest])


def said(one: str, other: str, verdict: Verdict, order: Order) -> Judgement:
    """The word of whoever decides on two aliases."""
    return Judgement(
        a=one,
        b=other,
        verdict=verdict,
        by=order.by,
        score=1.0,
        reason=order.cause or "a person says so",
        author=order.author,
    )
