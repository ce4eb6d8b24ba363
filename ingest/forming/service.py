"""Forms events of pages and keeps them what their pages tell: online for one page, periodically for all of a fortnight.

What is one event is decided by `regrouping`, a pure function of the pages and of persons' words; `applying` brings the
graph to it. So after a regrouping the events are the same, whichever page came first.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime

from graph.database import Database
from graph.errors import NotFound
from graph.judgement import Author, Verdict
from graph.reading.claims import judgements_on, pages_told, times_touched, told_of
from ingest.forming.applying import Applier
from ingest.forming.formed import Source, source
from ingest.forming.judgements import EventLedger
from ingest.forming.outcome import Ingest, Outcome
from ingest.forming.regrouping import Regrouped, Words, regroup
from ingest.forming.reports import DAY, FormingOptions

ONLINE = 500
"""Pages that one page is compared with at once, those nearest in time."""
AT_ONCE = 20_000
"""Pages that the periodic regrouping compares in one stretch of time, those nearest to its middle."""
ROUNDS = 6
"""Windows that a stretch is widened by while that brings further pages."""


class Forming:
    """Event forming on one graph. `database` takes links and judgements, `ingest` the events."""

    def __init__(
        self,
        database: Database,
        ingest: Ingest,
        clock: Callable[[], datetime],
        options: FormingOptions | None = None,
    ) -> None:
        self._database = database
        self._options = options or FormingOptions()
        self._applier = Applier(database, ingest, clock, self._options)
        self._ledger = EventLedger(database, clock)

    def form(self, document: str) -> Outcome:
        """Brings the events that a page tells of to what it says. Bounded: it is compared with the pages nearest in
        time. Raises NotFound."""
        told = told_of(self._database, document)
        if told is None:
            raise NotFound("document", document)
        done = Outcome()
        if told["ts"] is not None:
            self._settle(self._sources([told["ts"]], ONLINE), {document}, done)
        return done

    def regroup(self, since: datetime, progress: Callable[[int, int], None] = lambda _, __: None) -> Outcome:
        """Groups all pages anew that lie within the window of any read since then."""
        done = Outcome()
        runs = self._runs(times_touched(self._database, since))
        for number, times in enumerate(runs):
            progress(number, len(runs))
            sources = self._whole(times)
            groups = self._settle(sources, None, done)
            self._ledger.ask(groups.candidates, {one.page.id for one in sources})
            done.candidates += len(groups.candidates)
        return done

    def judge(
        self, verdict: Verdict, one: Sequence[str], other: Sequence[str], *, author: str, reason: str = ""
    ) -> tuple[str, Outcome]:
        """A person's word: all these pages tell of one event (positive), or the ones of another event than the others
        (negative). An event's id stands for its pages. Answers the decision's id and what became of the events.

        Raises NotFound, InvalidInput.
        """
        decision, documents = self._ledger.judge(verdict, one, other, author, reason)
        return decision, self._around(documents)

    def undo(self, decision: str, *, author: str) -> Outcome:
        """Takes a decision back; what it took back stands again. Raises NotFound."""
        return self._around(self._ledger.undo(decision, author))

    def again(self, documents: Collection[str]) -> Outcome:
        """Settles the events of some pages anew, after others of theirs were withdrawn or stand again."""
        return self._around(documents)

    def _around(self, documents: Collection[str]) -> Outcome:
        """Settles the events of some pages anew."""
        done = Outcome()
        found = [told_of(self._database, document) for document in sorted(documents)]
        for times in self._runs([row["ts"] for row in found if row is not None and row["ts"] is not None]):
            self._settle(self._whole(times), set(documents), done)
        return done

    def _runs(self, times: Sequence[int]) -> list[list[int]]:
        """Times in stretches that are further apart than their windows reach."""
        runs: list[list[int]] = []
        gap = 2 * self._options.window * DAY
        for at in sorted(times):
            if runs and at - runs[-1][-1] <= gap:
                runs[-1].append(at)
            else:
                runs.append([at])
        return runs

    def _sources(self, times: Sequence[int], limit: int, windows: int = 1) -> list[Source]:
        reach = round(self._options.window * DAY * windows)
        near = (min(times) + max(times)) // 2
        pages = pages_told(self._database, min(times) - reach, max(times) + reach, near, limit)
        found = (source(page, self._options) for page in pages)
        return [one for one in found if one is not None]

    def _whole(self, times: Sequence[int]) -> list[Source]:
        """All pages that may be of one event with any at these times, and those that may be with these."""
        sources = self._sources(times, AT_ONCE)
        for windows in range(2, ROUNDS + 1):
            more = self._sources(times, AT_ONCE, windows)
            if len(more) == len(sources):
                break
            sources = more
        return sources

    def _settle(self, sources: Sequence[Source], about: set[str] | None, done: Outcome) -> Regrouped:
        """Brings the graph to the groups; where `about` is told only to those of these pages and of events that they
        touch."""
        by_id = {one.page.id: one for one in sources}
        found = regroup([one.report for one in sources], self._options, self._words(by_id))
        done.pages += len(sources)
        done.groups += len(found.groups)
        todo = [group for group in found.groups if about is None or not about.isdisjoint(group)]
        place = {document: group for group in found.groups for document in group}
        settled = set[tuple[str, ...]]()
        while todo:
            group = todo.pop(0)
            if group not in settled:
                settled.add(group)
                left = self._applier.apply([by_id[document] for document in group], done)
                todo += sorted({place[document] for document in left if document in place} - settled)
        return found

    def _words(self, documents: Iterable[str]) -> Words:
        said = [j for j in judgements_on(self._database, list(documents)) if j.by is Author.PERSON]
        return Words(
            frozenset((j.a, j.b) for j in said if j.verdict is Verdict.POSITIVE),
            frozenset((j.a, j.b) for j in said if j.verdict is Verdict.NEGATIVE),
        )
