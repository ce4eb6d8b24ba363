"""Decisions of the review queue: same, different, unsure or skip; one by one or many at once, each undone by its id."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from graph.database import Transaction
from graph.errors import Conflict, InvalidInput, NotFound, PentadError, StaleVersion
from graph.judgement import Author, Judgement, Verdict
from graph.queries import statement
from graph.reading.reviews import Review, ReviewSort, review_items
from ingest.judging import Decision, Judging, Order, Proposal
from ingest.proposals import entity_of, said
from resolution.index import AliasIndex

PROPOSED = 0.8
"""What a question that somebody asks counts in the queue: the middle of what is unsure."""


class Answer(StrEnum):
    """What a person says: of an entity that may be none, `same` keeps it and `different` says that it is none."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    SKIP = "skip"


_VERDICTS = {Answer.SAME: Verdict.POSITIVE, Answer.DIFFERENT: Verdict.NEGATIVE, Answer.UNSURE: Verdict.UNSURE}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer: the id of the question, what was said, and the version of it that was seen (empty: any)."""

    id: str
    answer: Answer
    expected_version: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of answers: one decision for all that were taken, and why others were not, by id."""

    decision: Decision | None
    taken: list[str]
    skipped: list[str]
    refused: dict[str, PentadError] = field(default_factory=dict[str, PentadError])


class Reviewing:
    """Takes answers on what the queue asks."""

    def __init__(self, judging: Judging) -> None:
        self._judging = judging

    def propose(self, a: str, b: str, order: Order) -> tuple[str, bool]:
        """Puts the question whether two entities are one into the queue; answers its id, and whether it is new. Nobody
        is joined by it. Raises NotFound, InvalidInput where they are one already, Conflict where a person decided."""
        asked: list[tuple[str, bool]] = []

        def propose(_: Transaction, index: AliasIndex) -> Proposal:
            asked.clear()
            if entity_of(index, a) == entity_of(index, b):
                raise InvalidInput("these are one entity already" if a != b else "takes two entities")
            said_before = [j for j in index.judgements(a) if _on(j, a, b)]
            if any(j.by is Author.PERSON for j in said_before):
                raise Conflict("a person has decided on these two: undo that first")
            waiting = next((j for j in said_before if j.verdict is Verdict.UNSURE), None)
            if waiting is not None:
                asked.append((waiting.id, False))
                return Proposal(())
            first, second = sorted((a, b))
            question = replace(order, by=Author.BATCH, cause=order.cause or "somebody asks")
            word = said(first, second, Verdict.UNSURE, question).model_copy(update={"score": PROPOSED})
            return Proposal([word], subjects=[a, b])

        decision = self._judging.decide(propose, replace(order, by=Author.BATCH))
        if asked:
            return asked[0]
        ends = {a, b}
        return next(j.id for j in decision.made if {j.a, j.b} == ends and j.verdict is Verdict.UNSURE), True

    def answer(self, one: Answered, order: Order) -> Reviewed:
        """Takes one answer. Raises NotFound, StaleVersion for a question that changed since it was seen, Conflict for
        one that is decided already."""
        done = self.answer_all([one], order)
        for error in done.refused.values():
            raise error
        return done

    def answer_all(self, answers: Sequence[Answered], order: Order) -> Reviewed:
        """Takes many answers as one decision; what cannot be taken is told and the others land."""
        by_id = {one.id: one for one in answers}
        refused: dict[str, PentadError] = {}
        taken: list[str] = []

        def propose(tx: Transaction, index: AliasIndex) -> Proposal:
            refused.clear()
            taken.clear()
            made: list[Judgement] = []
            revoked: dict[str, Judgement] = {}
            found = {one.id: one for one in review_items(tx, list(by_id))}
            for key, one in by_id.items():
                error = _refused(key, found.get(key), one)
                if error is not None:
                    refused[key] = error
                elif one.answer is not Answer.SKIP:
                    taken.append(key)
                    judgement, against = _judged(found[key], one.answer, order, index)
                    made.append(judgement)
                    revoked |= {j.id: j for j in against}
            subjects = [end for j in made for end in (j.a, j.b)]
            return Proposal(made, list(revoked.values()), subjects=subjects)

        decision = self._judging.decide(propose, replace(order, sort="review"))
        skipped = [key for key, one in by_id.items() if one.answer is Answer.SKIP and key not in refused]
        if skipped and not order.dry_run:
            self._judging.note(lambda tx: tx.rows(statement("write/review_skip"), {"ids": skipped}))
        return Reviewed(decision if taken else None, list(taken), skipped, dict(refused))


def _refused(key: str, found: Review | None, one: Answered) -> PentadError | None:
    if found is None:
        return NotFound("review", key)
    if one.expected_version and one.expected_version != found.expected_version:
        return StaleVersion("it changed since it was seen: look at it again")
    if not found.open and one.answer is not Answer.SKIP:
        who = ", ".join(sorted({j.author or "somebody" for j in found.said})) or "what was decided meanwhile"
        return Conflict(f"it is decided already, by {who}")
    return None


def _judged(found: Review, answer: Answer, order: Order, index: AliasIndex) -> tuple[Judgement, list[Judgement]]:
    """The word of the person, and what others said against it: whoever reviews a conflict ends it."""
    a = found.judgement.a if found.judgement else found.a.key
    b = found.judgement.b if found.judgement else found.a.key
    verdict = _VERDICTS[answer]
    word = said(a, b, verdict, replace(order, by=Author.PERSON, cause=order.cause or "reviewed"))
    if found.sort is not ReviewSort.CONFLICT or verdict is Verdict.UNSURE:
        return word, []
    if verdict is Verdict.NEGATIVE:
        return word, [j for j in index.judgements(a) if _on(j, a, b) and j.verdict is Verdict.POSITIVE]
    one, other = ({e.alias.key for e in index.members[index.by_key[end].entity]} for end in (a, b))
    parting = [j for key in one for j in index.judgements(key) if j.verdict is Verdict.NEGATIVE]
    return word, [j for j in parting if j.a in other or j.b in other]


def _on(judgement: Judgement, a: str, b: str) -> bool:
    return {judgement.a, judgement.b} == {a, b}
