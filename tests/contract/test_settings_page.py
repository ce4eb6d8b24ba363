"""docs/settings.md is the table of api/settings.py, and every setting says what it is for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from api.commands.settings import document, table
from api.settings import Settings, load, origins
from graph.errors import InvalidInput

ROOT = Path(__file__).parents[2]
PENTAD = [sys.executable, "-m", "api.cli"]


def test_page_is_what_the_table_gives() -> None:
    """After a change: `pentad settings --markdown > docs/settings.md`."""
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == document()


def test_every_setting_has_a_meaning_in_one_sentence_or_two() -> None:
    assert [row.name for row in table() if not row.meaning.endswith(".")] == []
    assert [row.name for row in table()] == list(Settings.model_fields)


def test_command_shows_values_where_they_come_from_and_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('heap = "2g"\njob_threads = 5\nredis_url = "redis://:hunter2@cache:6379/0"\n')
    told = {
        "PENTAD_CONFIG": str(file),
        "NEO4J_PASSWORD": "correct horse",
        "NEO4J_URI": "bolt://neo4j:staple@graph:7687",
        "PENTAD_JOB_THREADS": "7",
        "PENTAD_CURSOR_SECRET": "battery",
        "HOME": str(tmp_path),
    }
    shown = {}
    for more in ((), ("--json",)):
        done = subprocess.run(
            [*PENTAD, "settings", "--data-dir", str(tmp_path), *more],
            cwd=ROOT,
            env=told,
            capture_output=True,
            text=True,
            check=True,
        )
        assert not any(secret in done.stdout for secret in ("hunter2", "correct horse", "staple", "battery"))
        shown[more] = done.stdout
    found = {row["name"]: row for row in json.loads(shown[("--json",)])["settings"]}
    assert found["heap"] == {"name": "heap", "value": "2g", "from": "file", "variable": "PENTAD_HEAP"}
    assert (found["job_threads"]["value"], found["job_threads"]["from"]) == ("7", "PENTAD_JOB_THREADS")
    assert (found["data_dir"]["value"], found["data_dir"]["from"]) == (str(tmp_path), "flag")
    assert (found["neo4j_password"]["value"], found["neo4j_password"]["from"]) == ("…", "NEO4J_PASSWORD")
    assert found["page_cache"]["from"] == "default"
    assert "job_threads" in shown[()]


def test_origins_agree_with_what_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.toml").write_text('heap = "3g"\npage_cache = "1g"\n')
    monkeypatch.setenv("PENTAD_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("PENTAD_PAGE_CACHE", "2g")
    found, sources = load(heap="4g"), origins(heap="4g")
    assert (found.heap, sources["heap"]) == ("4g", "flag")
    assert (found.page_cache, sources["page_cache"]) == ("2g", "PENTAD_PAGE_CACHE")
    assert sources["offline"] == "default"


def test_the_password_that_every_neo4j_comes_with_is_refused_and_not_repeated() -> None:
    with pytest.raises(InvalidInput) as refused:
        load(neo4j_password="neo4j")
    assert "set another" in str(refused.value) and "neo4j_password" in str(refused.value)
    assert "correct horse" not in repr(load(neo4j_password="correct horse"))
