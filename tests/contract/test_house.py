"""The house rules that a machine can see."""

import ast
import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
REQUIREMENTS = [ROOT / "requirements" / name for name in ("run.txt", "dev.txt")]

# Put together from halves, so that this file does not hold what it looks for.
REGISTRIES = [
    head + tail
    for head, tail in [
        ("pypi", ".org"),
        ("python", "hosted"),
        ("test.py", "pi"),
        ("repo1", ".maven"),
        ("repo.", "maven"),
        ("maven", ".org"),
        ("oss.sona", "type"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("registry.", "yarn"),
        ("deb.", "debian"),
        ("files.py", "thon"),
    ]
]
MACHINE_PATHS = [head + tail for head, tail in [("/ro", "ot/"), ("/home", "/"), ("/Us", "ers/"), ("/wo", "rk/")]]


UNTRACKED = {".git", ".venv", "__pycache__", ".hypothesis", ".pytest_cache", ".ruff_cache", ".import_linter_cache"}


def tracked() -> list[Path]:
    """Files that are or would be committed; without git (an unpacked archive) every file outside caches."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        return [
            file
            for file in ROOT.rglob("*")
            if file.is_file() and not UNTRACKED.intersection(file.relative_to(ROOT).parts)
        ]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    return [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]


def found_in_files(needles: list[str]) -> list[str]:
    found: list[str] = []
    for file in tracked():
        text = file.read_bytes().lower()
        found += [f"{file.relative_to(ROOT)}: {needle}" for needle in needles if needle.lower().encode() in text]
    return found


def test_no_file_names_a_registry_host() -> None:
    assert found_in_files(REGISTRIES) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    needles = [*MACHINE_PATHS, f"{ROOT}/"] if len(ROOT.parts) > 2 else MACHINE_PATHS
    assert found_in_files(needles) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_name_leads_to_our_room(room: str) -> None:
    spec = importlib.util.find_spec(room)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin) == ROOT / room / "__init__.py"
    assert room not in sys.stdlib_module_names


def test_imports_go_down_only() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", REQUIREMENTS, ids=lambda file: file.name)
def test_every_requirement_is_pinned_and_hashed(file: Path) -> None:
    logical = file.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    lines = [line for line in logical if line.strip() and not line.lstrip().startswith("#")]
    assert lines
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []


def test_both_lists_pin_the_same_versions() -> None:
    run, dev = (
        {line.split()[0] for line in file.read_text(encoding="utf-8").splitlines() if "==" in line.split("#")[0]}
        for file in REQUIREMENTS
    )
    assert run <= dev


def test_every_module_says_why_it_is_there() -> None:
    bare = [file for file in modules() if not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))]
    assert [str(file.relative_to(ROOT)) for file in bare] == []


def test_only_the_settings_read_the_environment() -> None:
    """`os.environ` elsewhere is allowed for what a child inherits, nothing else."""
    allowed = {ROOT / "api" / "settings.py", ROOT / "graph" / "embedded" / "process.py"}
    readers = [
        str(file.relative_to(ROOT))
        for file in modules()
        if file not in allowed and any(word in file.read_text(encoding="utf-8") for word in ("os.environ", "getenv("))
    ]
    assert readers == []
