"""Builders for tests of claims and events: pages that were extracted, stages on a pipeline at a fixed clock."""

from datetime import UTC, datetime

from redis import Redis

from graph import artifacts
from graph.artifact import ArtifactState, content_hash, text_id
from graph.artifacts import Settled, Wanted
from graph.database import Database
from graph.source import Source
from ingest.forming.outcome import Outcome
from ingest.forming.reports import FormingOptions
from ingest.forming.service import Forming
from ingest.semantics.job import Stages
from ingest.semantics.options import SemanticOptions
from ingest.semantics.reading import Model
from ingest.semantics.switches import Switches
from ingest.wikidata.gate import EnrichOptions
from tests.factory import NOW, World

HARBOUR = """Mira Castellan, president of the Harbour Board, signed an agreement with Norway on Tuesday in Varna. \
The Harbour Board will rebuild three quays in Varna because the storm of January destroyed them.

Norway promised 40 million euros for the work. Castellan met workers of Selwyn Shipping near the port on Tuesday. \
Selwyn Shipping welcomed the agreement after months of talks. The Northern Grain Union criticised the Harbour Board \
over wages. Mira Castellan said the first quay opens next year."""
HARBOUR_AGAIN = """The Harbour Board and Norway signed an agreement in Varna on Tuesday. Mira Castellan called the \
agreement a rescue for Varna. Selwyn Shipping will use the new quays of the Harbour Board. Norway pays 40 million \
euros for the quays in Varna, Castellan said on Wednesday."""
HARBOUR_FR = """Mira Castellan, présidente du Harbour Board, a signé mardi à Varna un accord avec la Norvège. \
La Norvège verse 40 millions d'euros au Harbour Board pour trois quais de Varna. \
Selon Mira Castellan, la Norvège et Selwyn Shipping ont participé aux travaux à Varna. \
Selwyn Shipping a salué l'accord signé à Varna."""
LAKE = """Dmitri Eskildsen won the regatta on Lake Selwyn in Chile on Saturday. Greta Kovalenko finished second in \
Oruro's boat. Dmitri Eskildsen thanked Greta Kovalenko after the race. Chile will host the regatta again, \
Eskildsen told reporters in Oruro."""


class PagesWorld(World):
    """A world in which pages are read, at a clock that only the test moves."""

    def __init__(
        self,
        graph: Database,
        redis: Redis | None = None,
        now: datetime = NOW,
        *,
        options: SemanticOptions | None = None,
        switches: Switches | None = None,
        model: Model | None = None,
        enrich: EnrichOptions | None = None,
    ) -> None:
        super().__init__(graph, redis, now)
        self.options = FormingOptions()
        self.stages = Stages(
            self.pipeline,
            lambda: self.now,
            self.projections,
            options=options,
            forming=self.options,
            switches=switches,
            model=model,
            enrich=enrich,
        )
        self.forming = Forming(graph, self.pipeline, lambda: self.now, self.options)

    def page(
        self,
        text: str,
        title: str = "",
        *,
        published: str | None = "2026-01-14",
        url: str | None = None,
        source: str | None = "The Tide Table",
        language: str = "en",
    ) -> str:
        """An extracted page; answers its id."""
        sha = content_hash(f"{title}\n{text}")
        day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
        wanted = Wanted(
            (text_id("text", f"{title}\n{text}"),),
            "url" if url else "text",
            canonical=url,
            url=url,
            content_hash=sha,
            title=title or None,
            published_at=day,
            source=Source(name=source) if source else None,
        )
        (asked,) = artifacts.request(self.graph, [wanted], "extraction", self.now)
        artifacts.begin(self.graph, asked.id)
        props = {"content_hash": sha, "language": language, "published_at": day}
        settled = Settled(ArtifactState.EXTRACTED, props, text.split("\n\n"), title or None)
        artifacts.settle(self.graph, asked.id, settled, self.now)
        return asked.id

    def read(self, *pages: str) -> None:
        """Reads pages for their claims."""
        for page in pages:
            self.stages.read(self.graph, page)

    def form(self, *pages: str) -> Outcome:
        """Forms events of pages one by one; answers the last outcome."""
        done = Outcome()
        for page in pages:
            done = self.forming.form(page)
        return done
