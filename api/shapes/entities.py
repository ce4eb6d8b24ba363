"""Entities as doors show them, and what may be asked of them."""

from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import AliasChoices, Field, model_validator

from api.shapes.common import (
    MOST,
    AskedKind,
    AskedThen,
    AskedW,
    Cursor,
    Instant,
    Key,
    Page,
    SomeText,
    Told,
    Until,
)
from graph.keys import W
from graph.trending import EXPONENTIAL_168H, STORY_FORMULAS, Order


class ListOrder(StrEnum):
    """Scores, counts and times fall, names rise."""

    TRENDING_SCORE = "trending_score"
    MENTION_COUNT = "mention_count"
    LAST_SEEN = "last_seen"
    NAME = "name"


class AskedEntities(AskedKind, AskedThen):
    """Search with `q`, or the list of all."""

    q: SomeText | None = Field(None, description="The beginning of a name, or words of it, in any script.")
    order: ListOrder = Field(
        ListOrder.MENTION_COUNT, description="Of the list; a search is ordered by how well it matches."
    )
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class AskedTimeline(AskedThen):
    """A part of an entity's past."""

    w: list[AskedW] = Field(default_factory=lambda: list(W), description="Only mentions in these W's.")
    since: Instant | None = Field(None, description="From here on.")
    until: Until | None = Field(None, description="Up to here, included: a date to the end of its day.")
    limit: int = Field(100, ge=1, le=MOST)
    cursor: Cursor = None


class AskedCoMentions(AskedKind, AskedThen):
    """Whom an entity is named with."""

    w: list[AskedW] = Field(default_factory=lambda: [W.WHO, W.WHERE], description="W's of the others.")
    via: Key | None = Field(None, description="Only who is connected through this entity.")
    origins: bool = Field(
        False, description="Also the sources and independent origins of the newest events that name both, as of now."
    )
    limit: int = Field(10, ge=1, le=MOST)

    @model_validator(mode="after")
    def _origins_now(self) -> Self:
        if self.origins and (self.clocks.past or self.via is not None):
            raise ValueError("origins are counted as of now, without via: leave the clocks and via out")
        return self


class AskedNeighbourhood(AskedThen):
    """How far to look around."""

    depth: int = Field(1, ge=1, le=3)
    limit: int = Field(
        20, ge=1, le=50, description="Neighbours of the first ring; the second has 10 of each, the third 5."
    )
    analysis: bool = Field(False, description="Also communities and centrality, within what is shown.")


class EntityOut(Told):
    """An entity in a list."""

    key: str
    name: str
    kind: str
    mention_count: int = Field(validation_alias=AliasChoices("mentions", "mention_count"))
    first_seen: datetime | None
    last_seen: datetime | None
    roles: list[str]
    ws: list[W]
    alias: str | None = Field(None, description="The name that matched, in a search.")
    alias_key: str | None = None
    trending_score: float | None = Field(None, description="In a list by score: of the default half-life, now.")


class EntitiesOut(Page):
    """Entities in order; `degraded` when a list by score came from the graph because Redis is away."""

    items: list[EntityOut]
    degraded: bool = False


class AliasOut(Told):
    """One of an entity's names."""

    key: str
    name: str
    normalised: str
    family: str
    discriminator: str
    kind: str | None
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None


class EntityDetailOut(EntityOut):
    """An entity with its names, most frequent first, 200 at most; `trend_rank` was mirrored at `last_synced_at`."""

    kind_source: str | None
    version: int
    hub: bool
    created_at: datetime | None
    updated_at: datetime | None
    last_synced_at: datetime | None
    trend_score: float | None
    trend_rank: int | None
    attributes: dict[str, str | float | bool | list[str] | list[float]]
    alias_count: int
    aliases: list[AliasOut]


class AskedHistory(AskedThen):
    """A page of an entity's history. What becomes of an entity happens when it is written, so that `as_of` and
    `known_at` both bound it; `identity_at` asks for the names that were held together then."""

    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class HistoryRowOut(Told):
    """One thing that happened to an entity; `alias` is the name it happened to, `other` the one compared with it. Of a
    merge `new` lists the keys that went into it, of a split those of its parts, of `placed` it counts mentions."""

    id: str
    at: datetime
    sort: Literal["change", "move", "merge", "split", "conflict", "placed", "judgement", "revocation"]
    by: str
    cause: str
    field: str
    old: str | float | list[str] | None
    new: str | float | list[str] | None
    alias: str
    alias_key: str
    other: str | None
    other_key: str | None
    score: float | None
    change: int


class HistoryOut(Page):
    """What became of an entity, newest first."""

    key: str
    name: str
    kind: str
    items: list[HistoryRowOut]


class TimelineRowOut(Told):
    """One mention with its event, which so many documents tell, by so many publishers, from so many origins that are
    independent of one another."""

    event_id: str = Field(validation_alias=AliasChoices("event", "event_id"))
    mention_id: str = Field(validation_alias=AliasChoices("mention", "mention_id"))
    w: W
    occurred_at: datetime | None
    precision: str | None
    title: str | None
    category: str | None
    surface: str
    role: str | None
    alias: str
    relevance: float | None
    weight: float | None
    documents: int
    sources: int
    independent_origins: int


class TimelineOut(Page):
    """Mentions, newest first; `total_mentions` counts all live ones, whatever is asked."""

    key: str
    name: str
    kind: str
    total_mentions: int
    change: int
    items: list[TimelineRowOut]


class CoMentionOut(Told):
    """Another entity with the distinct events that name both. Where asked for: how many publishers and independent
    origins tell the newest 50 of them, `at_least` so many where there are more."""

    key: str
    name: str
    kind: str
    n: int
    first_at: datetime
    last_at: datetime
    sources: int | None = None
    independent_origins: int | None = None
    at_least: bool | None = None


class CoMentionsOut(Told):
    """Most shared events first, true at `change`; not `exact` when every n is at least that."""

    key: str
    name: str
    kind: str
    change: int
    source: Literal["kept", "live"]
    exact: bool
    items: list[CoMentionOut]


class EvidenceOut(Told):
    """An event that names both ends."""

    id: str
    title: str | None
    occurred_at: datetime | None


class ConnectionOut(CoMentionOut):
    """An entity named with the one in the middle, and some of the newest events that say so."""

    evidence: list[EvidenceOut]


class ConnectionsOut(Told):
    """Who is connected through `via`; `link` counts the events that join the two ends of the first step."""

    key: str
    name: str
    via: str
    via_name: str
    change: int
    link: int
    link_evidence: list[EvidenceOut]
    items: list[ConnectionOut]


class StandingOut(Told):
    """What the shape of the graph shown says of one node: its community (Louvain, 0 the largest), the share of shortest
    ways between others that lead through it, and the shared events of its edges."""

    community: int
    betweenness: float
    strength: int


class NodeOut(Told):
    """An entity, `depth` steps away; `standing` on demand."""

    key: str
    name: str
    kind: str
    depth: int
    standing: StandingOut | None = None


class EdgeOut(Told):
    """Two entities with the distinct events that name both."""

    source: str
    target: str
    n: int


class NeighbourhoodOut(Told):
    """An ego graph; `truncated` when anyone has more neighbours than are shown."""

    key: str
    change: int
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    truncated: bool


class AskedBoard(AskedKind, AskedThen):
    """Which board, and when."""

    metric: Literal["mentions", "risk", "sanctions"] = Field(
        "mentions", description="What a mention weighs by: its weight, its risk, its best sanctions match."
    )
    half_life: Literal["1d", "7d", "30d"] = "7d"
    formula: Literal["half_life", "exponential_168h"] = Field(
        "half_life",
        description="`exponential_168h` is exp(-age_h/168), whose half-life is 116.4 h, computed from the graph.",
    )

    @model_validator(mode="after")
    def _one_formula(self) -> Self:
        if self.formula == EXPONENTIAL_168H and "half_life" in self.model_fields_set:
            raise ValueError("exponential_168h has a half-life of its own: leave half_life out")
        return self

    @property
    def decay(self) -> str:
        """The half-life by name, or the formula that has one of its own."""
        return self.half_life if self.formula == "half_life" else self.formula

    @property
    def board(self) -> str:
        """Name of the board: a kind, or all."""
        return self.of_kind or "all"


class AskedTrending(AskedBoard):
    """A page of a board."""

    formula: Literal["half_life", "exponential_168h", "reddit_hot", "hacker_news"] = Field(  # pyright: ignore[reportIncompatibleVariableOverride]
        "half_life",
        description="All but `half_life` are computed from the graph: exp(-age_h/168), or entities ranked as these"
        " sites rank stories, each submitted when it was first named within 30 days.",
    )
    within: Key | None = Field(None, description="Only what happened in this place, or in one that lies in it.")
    order: Order = Field(
        Order.SCORE, description="`average` (plain, of the risk) for risk, `mentions` (their count) for sanctions."
    )
    weigh: Literal["mentions", "origins"] = Field(
        "mentions",
        description="`origins`: a mention weighs as often as its event has independent origins; from the graph.",
    )
    origins: bool = Field(False, description="Also the sources and independent origins of each row's newest mentions.")
    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=1_000_000)

    @property
    def story(self) -> str | None:
        """The formula of a news site; None for those that have a half-life."""
        return self.formula if self.formula in STORY_FORMULAS else None

    @property
    def decay(self) -> str:
        """The half-life by name, or the formula that has one of its own."""
        return self.half_life if self.formula == "half_life" or self.story else self.formula

    @model_validator(mode="after")
    def _fits(self) -> Self:
        computed = self.within is not None or self.formula in STORY_FORMULAS or self.order is not Order.SCORE
        if self.weigh == "origins" and computed:
            raise ValueError("the board by origins is of everywhere, by half-life and score: leave the others out")
        if self.formula in STORY_FORMULAS and "half_life" in self.model_fields_set:
            raise ValueError(f"{self.formula} has no half-life: leave half_life out")
        if self.within is not None and self.formula in STORY_FORMULAS:
            raise ValueError("boards of a place have a half-life: leave formula out")
        if (self.within is not None or self.formula in STORY_FORMULAS) and self.order is not Order.SCORE:
            raise ValueError("this board is ranked by its score alone: leave order out")
        return self


class AskedRising(AskedKind, AskedThen):
    """Who is named more than usual."""

    metric: Literal["mentions", "risk", "sanctions"] = "mentions"
    least: float = Field(2.0, ge=0, le=100, description="Standard deviations above what is usual, at least.")
    limit: int = Field(50, ge=1, le=MOST)


class AskedRank(AskedBoard):
    """One place, and what is wanted beside it."""

    why: bool = Field(False, description="Also the events that contribute most to the score.")
    history: int | None = Field(
        None, ge=1, le=400, description="Also the ranks of the last days, on the default board alone."
    )
