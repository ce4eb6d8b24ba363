"""`pentad match --pairs FILE` scores pairs of names, `--records FILE` groups the records of a table; neither needs a
server, so none is opened and none is imported."""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer

from api.commands.lines import lines_of, object_of
from api.waterfall import moving
from graph.errors import InvalidInput
from resolution.matching import Match, match

Pairs = Annotated[
    Path | None,
    typer.Option(
        "--pairs",
        help='NDJSON file (also .gz), or - for stdin, one pair a line: {"a": …, "b": …, "type": "person"}.',
    ),
]
Records = Annotated[
    Path | None,
    typer.Option("--records", help="CSV file (also .gz) whose records are grouped: which of them are one thing."),
]
SchemaOption = Annotated[
    str | None,
    typer.Option("--schema", help="Columns and kinds: name=person,dob=date,… or a .toml file. Guessed when left out."),
]
Json = Annotated[
    bool,
    typer.Option("--json", help="NDJSON: a, b, type, probability, verdict, features; for records id, cluster, size."),
]
Explain = Annotated[bool, typer.Option("--explain", help="Also tell what each feature added to the log-odds.")]
LONGEST = 10_000
"""Characters a name may have; longer ones are reported, not scored."""


def match_names(
    pairs: Pairs = None,
    records: Records = None,
    schema: SchemaOption = None,
    as_json: Json = False,
    explain: Explain = False,
) -> None:
    """Score pairs of names (--pairs), or group the records of a table (--records). Needs no server.

    Pairs: probability, verdict and features; exit code 1 if a line could not be read. Records: CSV of id and cluster, a
    cluster named by its first id; the grouping does not depend on the order of the records.
    """
    if (pairs is None) == (records is None):
        typer.echo("error: give --pairs FILE or --records FILE", err=True)
        raise typer.Exit(2)
    if records is not None:
        match_records(records, schema, as_json=as_json)
    elif pairs is not None:
        match_pairs(pairs, as_json=as_json, explain=explain)


def match_records(path: Path, schema: str | None, *, as_json: bool) -> None:
    """Groups the records of a CSV file and prints id and cluster of each, in the order of the file."""
    # Only records need numpy: pairs are answered sooner without it.
    from resolution.records.linking import link
    from resolution.records.reading import records_of

    try:
        records = records_of(path, schema)
    except InvalidInput as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
    if schema is None:
        typer.echo(f"schema: {records.schema}", err=True)
    write_groups(records.ids, link(records.table).group.tolist(), as_json=as_json)


def write_groups(ids: Sequence[str], groups: Sequence[int], *, as_json: bool) -> None:
    """One line a record. A cluster goes by the first of its ids, so its name does not depend on the order either."""
    first: dict[int, str] = {}
    size: dict[int, int] = {}
    for id_, group in zip(ids, groups, strict=True):
        first[group] = min(first.get(group, id_), id_)
        size[group] = size.get(group, 0) + 1
    if as_json:
        for id_, group in zip(ids, groups, strict=True):
            line = {"id": id_, "cluster": first[group], "size": size[group]}
            sys.stdout.write(orjson.dumps(line).decode() + "\n")
        return
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("id", "cluster"))
    table.writerows((id_, first[group]) for id_, group in zip(ids, groups, strict=True))


def match_pairs(pairs: Path, *, as_json: bool, explain: bool) -> None:
    """Scores the pairs of an NDJSON file. Exit code 1 if a line could not be read."""
    with lines_of(pairs, read_pair) as found:
        for pair in found:
            told = match(pair["a"], pair["b"], pair["type"], explain=explain)
            line = orjson.dumps(answer(pair, told)).decode() + "\n" if as_json else "".join(_told(pair, told))
            sys.stdout.write(line)


def read_pair(line: bytes) -> dict[str, str]:
    """A pair with names and a type, and its id when it states one. Raises ValueError with the reason."""
    pair = object_of(line)
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
        yield from (f"       {value:+6.2f}  {name}\n" for name, value in moving(found.shares))
