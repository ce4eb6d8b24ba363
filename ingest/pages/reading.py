"""One page, one attempt: by which means, what came of it, and whether anything is to be made of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph.artifact import ArtifactState, GateDecision, content_hash
from graph.artifacts import Attempted, Begun, Settled
from graph.source import Source
from ingest.fetching import FetchError
from ingest.pages.addresses import host_of
from ingest.pages.answer import Answer, Means, decoded
from ingest.pages.classifier import failure_of, unreadable
from ingest.pages.failures import NEXT_RUNG, Failure, Unread, of_fetch
from ingest.pages.gates import Gate, State, decision, text_quality
from ingest.pages.main_text import MainText, main_text
from ingest.pages.options import PageOptions, Rung
from ingest.pages.pace import Pace
from ingest.pages.requests import HTML, unpacked
from ingest.pages.robots import Robots
from ingest.pages.sites import domain_score, first_rung
from ingest.pages.text import Likeness, likeness, mended, one_line, passages


@dataclass(frozen=True, slots=True)
class Before:
    """How the attempt before this one ended; `timeouts` are those so far."""

    rung: Rung | None = None
    failure: Failure | None = None
    timeouts: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How this attempt goes about it."""

    rung: Rung
    timeout: float
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """What attempts are made with. `means` lacks the rungs that cannot be used here; `why` says why."""

    means: Mapping[Rung, Means]
    robots: Robots
    pace: Pace
    options: PageOptions = field(default_factory=PageOptions)
    why: Mapping[Rung, str] = field(default_factory=dict[Rung, str])

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """Those that can be used, the lightest first."""
        return tuple(rung for rung in self.options.rungs if rung in self.means)

    def after(self, rung: Rung | None) -> Rung | None:
        """The next heavier one; None where there is none."""
        rungs = self.rungs
        at = rungs.index(rung) + 1 if rung in rungs else 0
        return rungs[at] if at < len(rungs) else None


def planned(
    ladder: Ladder, page: str, attempts: Sequence[Mapping[str, Any]], attempt: int, before: Before, now: float
) -> Plan:
    """How the attempt of this number (1, 2, 3) is made: by other means where the one before met what they mend, with a
    longer limit after time-outs, through the next proxy."""
    options = ladder.options
    rung = before.rung or first_rung(attempts, now, ladder.rungs)
    if before.failure in NEXT_RUNG:
        rung = ladder.after(before.rung) or rung
    timeout = (options.browser_timeout if rung is Rung.BROWSER else options.timeout) * 2**before.timeouts
    proxies = options.proxies
    proxy = proxies[(int(page[:8], 16) + attempt) % len(proxies)] if proxies else None
    return Plan(rung, timeout, proxy)


def url_decision(url: str, attempts: Sequence[Mapping[str, Any]], options: PageOptions, now: float) -> GateDecision:
    """What the first gate says, before anything is fetched."""
    score = domain_score(attempts, now, options.domain_score)
    return decision(State(Gate.URL, url=url, domain_score=score), options.gates)


def fetched(ladder: Ladder, url: str, plan: Plan) -> Answer:
    """The answer to one attempt, at the host's pace and by its rules. Raises Unread."""
    options, host = ladder.options, host_of(url)
    delay = ladder.robots.check(url, plan.timeout) if options.robots else 0.0
    ladder.pace.wait(host, max(options.interval, delay))
    try:
        answer = ladder.means[plan.rung].fetch(url, timeout=plan.timeout, proxy=plan.proxy)
    except FetchError as error:
        raise of_fetch(error) from error
    refusal = unreadable(answer)
    if refusal is not None:
        raise refusal
    return answer


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at an address or given: the page, what its text is like, what it is instead where it is not."""

    page: MainText
    like: Likeness
    rung: str
    instead: Unread | None = None


def found_in(answer: Answer) -> Found:
    """Reads an answer."""
    html = decoded(answer.body, answer.headers.get("content-type", ""))
    if answer.media_type.startswith("text/") and answer.media_type != "text/html":
        page = plain(html)
    else:
        page = main_text(html, answer.url)
    like = likeness(page.text, page.language)
    return Found(page, like, str(answer.rung), failure_of(answer, html, page, like))


def found_given(begun: Begun) -> Found:
    """Reads what was given instead of an address to fetch."""
    raw = unpacked(begun.raw or "")
    page = main_text(raw, begun.url) if begun.given == HTML else plain(raw)
    return Found(page, likeness(page.text, page.language), begun.given)


def plain(text: str) -> MainText:
    """A text without markup as a page."""
    told = mended(text)
    return MainText(None, None, told, None, "", None, None, True, told[:6_000])


def settled(
    begun: Begun,
    found: Found,
    options: PageOptions,
    *,
    earlier: Sequence[GateDecision] = (),
    attempt: Attempted | None = None,
) -> Settled:
    """How reading ends with this: extracted, or of low quality where the second gate says so."""
    page, like = found.page, found.like
    verdict = decision(State(Gate.TEXT, text=like), options.gates)
    state = ArtifactState.EXTRACTED if verdict.go else ArtifactState.LOW_QUALITY
    props: dict[str, object] = {
        "words": like.words,
        "quality": text_quality(like),
        "language": like.language or None,
        "description": page.description,
        "content_hash": content_hash(page.text) if page.text else None,
        "method": found.rung,
        "reason": None if verdict.go else verdict.reason,
        "error_type": None if verdict.go else _kind(like, options),
    }
    if page.published_at is not None:
        props["published_at"] = page.published_at
    return Settled(
        state,
        props,
        passages(page.text),
        title=page.title or one_line(page.text[:200].partition("\n")[0], 200),
        source=_source(begun, page),
        decisions=[*earlier, verdict],
        attempt=attempt,
    )


def failed(unread: Unread, *, earlier: Sequence[GateDecision] = (), attempt: Attempted | None = None) -> Settled:
    """How reading ends where it failed for good."""
    props: dict[str, object] = {"error_type": str(unread.failure), "reason": unread.reason}
    return Settled(ArtifactState.FAILED, props, decisions=earlier, attempt=attempt)


def _kind(like: Likeness, options: PageOptions) -> str:
    if like.words < options.gates.words:
        return str(Failure.THIN)
    return "language" if like.language not in options.gates.languages else "quality"


def _source(begun: Begun, page: MainText) -> Source | None:
    name = page.site or (host_of(begun.canonical) if begun.canonical else None)
    return Source(name=name) if name else None


Clock = Callable[[], datetime]
