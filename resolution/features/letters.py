"""How letters of other scripts are usually written in Latin: a table learned from names known in both."""

import json
from functools import cache
from importlib.resources import files

from resolution.names.sounds import phones

Table = dict[str, float]
"""`xy`: log-odds that sign x stands for sign y; `x_`, `_y`: that a sign stands for nothing."""
UNKNOWN, UNKNOWN_GAP = -2.5, -2.0


@cache
def tables() -> dict[str, Table]:
    """The learned tables, one a script."""
    return json.loads((files("resolution.features") / "letters.json").read_text(encoding="utf-8"))


def use_tables(learned: dict[str, Table]) -> None:
    """Puts other tables in the place of the committed ones: for fitting, which must not read what it is tested on."""
    known = tables()
    known.clear()
    known.update(learned)


def letter_odds(foreign: str, script: str, plain: str) -> float | None:
    """Log-odds, for each sign of the longer word, that a word of that script (romanised) and a Latin one are one name:
    the best alignment of their sounds under the learned table (Ristad and Yianilos 1998). None without a table."""
    table = tables().get(script)
    if table is None:
        return None
    x, y = said(foreign, script), phones(plain)
    return _rows(x, y, table)[-1][-1] / max(len(x), len(y), 1)


def said(roman: str, script: str) -> str:
    """Sounds of a romanised foreign word; pinyin's x and q are sh and ch."""
    return phones(roman.replace("x", "sh").replace("q", "ch") if script == "han" else roman)


def alignment(x: str, y: str, table: Table) -> tuple[float, list[str]]:
    """Log-odds for each sign of the longer word under the best alignment, and the steps of that alignment."""
    rows = _rows(x, y, table)
    return rows[-1][-1] / max(len(x), len(y), 1), _steps(x, y, rows, table)


def _rows(x: str, y: str, table: Table) -> list[list[float]]:
    get = table.get
    gaps_y = [get("_" + c, UNKNOWN_GAP) for c in y]
    row = [0.0]
    for gap in gaps_y:
        row.append(row[-1] + gap)
    rows = [row]
    for sign in x:
        gap_x = get(sign + "_", UNKNOWN_GAP)
        left = row[0] + gap_x
        new = [left]
        put = new.append
        for place, other in enumerate(y):
            best = row[place] + get(sign + other, UNKNOWN)
            above = row[place + 1] + gap_x
            left += gaps_y[place]
            if above > left:
                left = above
            if best > left:
                left = best
            put(left)
        row = new
        rows.append(row)
    return rows


def _steps(x: str, y: str, rows: list[list[float]], table: Table) -> list[str]:
    steps: list[str] = []
    i, j = len(x), len(y)
    while i or j:
        here = rows[i][j]
        if i and j and abs(rows[i - 1][j - 1] + table.get(x[i - 1] + y[j - 1], UNKNOWN) - here) < 1e-9:
            steps.append(x[i - 1] + y[j - 1])
            i, j = i - 1, j - 1
        elif i and abs(rows[i - 1][j] + table.get(x[i - 1] + "_", UNKNOWN_GAP) - here) < 1e-9:
            steps.append(x[i - 1] + "_")
            i -= 1
        else:
            steps.append("_" + y[j - 1])
            j -= 1
    return steps
