"""`pentad match --pairs FILE`: scores pairs of names; needs no server, so it opens none and imports none."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import orjson
import typer

from resolution.matching import Match, match

Pairs = Annotated[
    Path,
    typer.Option("--pairs", help='NDJSON file, or - for stdin, one pair a line: {"a": …, "b": …, "type": "person"}.'),
]
Json = Annotated[bool, typer.Option("--json", help="Print NDJSON: a, b, type, probability, verdict, features.")]
Explain = Annotated[bool, typer.Option("--explain", help="Also tell what each feature added to the log-odds.")]
LONGEST = 10_000
"""Characters a name may have; longer ones are reported, not scored."""


def match_pairs(pairs: Pairs, as_json: Json = False, explain: Explain = False) -> None:
    """Score pairs of names: probability, verdict and features. Exit code 1 if a line could not be read."""
    if str(pairs) == "-":
        failed = _run(sys.stdin.buffer, as_json, explain)
    else:
        try:
            with pairs.open("rb") as file:
                failed = _run(file, as_json, explain)
        except OSError as error:
            typer.echo(f"error: {pairs}: {error.strerror}", err=True)
            raise typer.Exit(2) from error
    if failed:
        typer.echo(f"{failed} lines could not be read", err=True)
        raise typer.Exit(1)


def _run(file: BinaryIO, as_json: bool, explain: bool) -> int:
    """Writes one answer a readable line, in order; returns how many lines were not."""
    failed = 0
    write = sys.stdout.write
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            pair = read_pair(line)
        except ValueError as error:
            failed += 1
            typer.echo(f"line {number}: {error}", err=True)
            continue
        found = match(pair["a"], pair["b"], pair["type"], explain=explain)
        write("".join(_told(pair, found)) if not as_json else orjson.dumps(answer(pair, found)).decode() + "\n")
    return failed


def read_pair(line: bytes) -> dict[str, str]:
    """A pair with names and a type, and its id when it states one. Raises ValueError with the reason."""
    try:
        given: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error}") from error
    if not isinstance(given, dict):
        raise ValueError("no object")
    pair: dict[str, Any] = {**given}
    for side in ("a", "b"):
        name = pair.get(side)
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"{side}: a name is missing")
        if len(name) > LONGEST:
            raise ValueError(f"{side}: longer than {LONGEST} characters")
    kind = pair.get("type") or ""
    if not isinstance(kind, str):
        raise ValueError("type: no text")
    ids = {name: str(pair[name]) for name in ("id", "a_id", "b_id") if name in pair}
    return {**ids, "a": pair["a"], "b": pair["b"], "type": kind.strip().lower()}


def answer(pair: dict[str, str], found: Match) -> dict[str, object]:
    """What `--json` prints of a pair; ids that its line stated are given back. `score` is the probability once more,
    under the name that scorers of pairs read."""
    told: dict[str, object] = {
        **pair,
        "probability": round(found.probability, 6),
        "score": round(found.probability, 6),
        "verdict": found.verdict,
        "why": found.why,
        "features": {name: round(value, 4) for name, value in found.features.items()},
    }
    if found.shares is not None:
        told["log_odds"] = found.shares
    return told


def _told(pair: dict[str, str], found: Match) -> Iterator[str]:
    reason = f"  ({found.why})" if found.why else ""
    yield f"{found.probability:.3f}  {found.verdict:<8}  {pair['a']}  |  {pair['b']}{reason}\n"
    if found.shares is not None:
        yield from _waterfall(found.shares.items())


def _waterfall(shares: Iterable[tuple[str, float]]) -> Iterator[str]:
    """What moved the log-odds by .05 or more, most first."""
    for name, value in sorted(shares, key=lambda share: -abs(share[1])):
        if abs(value) >= 0.05:
            yield f"       {value:+6.2f}  {name.replace('_', ' ')}\n"
