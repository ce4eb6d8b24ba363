"""Splink in Dedupe's place, on a real graph: the same ledger, the same vetoes, and pairs that were scored elsewhere."""

import json
from pathlib import Path

import pyarrow.parquet as parquet
import pytest
import splink
from neo4j import Driver
from redis import Redis

from graph.database import Database
from graph.errors import InvalidInput
from graph.judgement import Author, Judgement, Verdict
from ingest.dedupe_asked import Asked, Engine, Report
from ingest.deduping import Deduping
from ingest.judging import Order
from resolution.batch import splink_engine
from tests.factory import clusters, organization, person, told
from tests.judging_world import Court, key_of

NAMES = (
    *("Rosalind Ostrovsky", "OSTROVSKY, Rosalind", "Rosalind Ostrovskiy", "Tomasz Wronkovic", "Tomas Wronkovic"),
    *("Wilhelmina Aaldering", "Aaldering, Wilhelmina", "Yusuf Karamanli", "Youssef Karamanly", "Piet Verhulst"),
    *("Karl Verhulst", "Rosalind Orlovsky", "Boris Haugland Jr", "Boris Haugland III"),
)


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    court = Court(graph, redis_client)
    court.take(*(told(f"e{n}", who=person(name)) for n, name in enumerate(NAMES)))
    court.take(told("firm", who=[organization("Nordlicht Holding GmbH"), organization("Nordlicht Holdings GmbH")]))
    return court


def run(court: Court, **asked: object) -> Report:
    deduping = Deduping(court.judging, court.graph, lambda: court.now)
    return deduping.run(Asked(engine=Engine.SPLINK, **asked))  # type: ignore[arg-type]


def named(driver: Driver) -> set[frozenset[str]]:
    """Normalised names of each person."""
    return {
        frozenset(name.split(" ", 1)[1].strip() for name in group)
        for group in clusters(driver)
        if all(name.startswith("person ") for name in group)
    }


def test_it_joins_what_is_one_parts_what_is_not_and_a_second_run_changes_nothing(court: Court, driver: Driver) -> None:
    report = run(court)
    found = named(driver)
    assert frozenset({"tomasz wronkovic", "tomas wronkovic"}) in found
    assert frozenset({"piet verhulst"}) in found
    assert frozenset({"boris haugland jr"}) in found
    assert report.engine == "splink"
    assert report.pairs >= report.scored > 0
    assert report.merges + report.made > 0
    again = run(court)
    assert (again.made, again.revoked, again.decisions) == (0, 0, [])
    assert named(driver) == found
    assert court.faults() == []


def test_a_person_beats_it_and_teaches_it(court: Court, driver: Driver) -> None:
    one, other = key_of("Tomasz Wronkovic"), key_of("Tomas Wronkovic")
    no = Judgement(a=one, b=other, verdict=Verdict.NEGATIVE, by=Author.PERSON, score=1.0, reason="two brothers")
    court.judging.judge([no], author="ann")
    court.judging.merge([key_of("Piet Verhulst"), key_of("Karl Verhulst")], Order(author="ann"))
    report = run(court)
    assert report.labels == 2
    assert {frozenset({"tomasz wronkovic"}), frozenset({"piet verhulst", "karl verhulst"})} <= named(driver)


def test_what_another_store_scored_by_the_exported_settings_decides_the_same(
    court: Court, driver: Driver, tmp_path: Path
) -> None:
    before = named(driver)
    dry = run(court, kind="person", out=tmp_path, dry_run=True)
    assert named(driver) == before
    assert {path.name for path in tmp_path.iterdir()} == {"person.parquet", "person.duckdb.json", "person.spark.json"}
    for_spark = json.loads((tmp_path / "person.spark.json").read_bytes())
    assert "jaro_winkler(" in json.dumps(for_spark)
    store = splink.DuckDBAPI()
    table = store.register(parquet.read_table(tmp_path / "person.parquet"))
    linker = splink.Linker(table, json.loads((tmp_path / "person.duckdb.json").read_bytes()), log_level=40)
    scored = linker.inference.predict(threshold_match_probability=0.5).as_pyarrow_table()
    parquet.write_table(scored, tmp_path / "person.pairs.parquet")
    report = run(court, kind="person", pairs=tmp_path)
    assert (report.made, report.scored) == (dry.made, dry.scored)
    assert run(court, kind="person").decisions == []


def test_pairs_that_are_not_there_are_told(court: Court, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no pairs that Splink scored"):
        run(court, kind="person", pairs=tmp_path)
    (tmp_path / "person.pairs.parquet").write_text("not a table")
    with pytest.raises(InvalidInput, match="no pairs that Splink scored"):
        run(court, kind="person", pairs=tmp_path)


def test_without_the_extra_it_says_what_to_install(court: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    splink_engine.library.cache_clear()

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(splink_engine, "import_module", missing)
    try:
        with pytest.raises(InvalidInput, match=r"pip install 'pentad\[splink\]'"):
            run(court)
    finally:
        splink_engine.library.cache_clear()


def test_a_graph_without_names_is_thought_through_at_once(graph: Database, redis_client: Redis) -> None:
    report = run(Court(graph, redis_client))
    assert (report.pairs, report.made, report.precision) == (0, 0, None)
