"""Dates as they are typed: whole or in part, with slips of the hand."""

import re

import numpy as np
from rapidfuzz.distance import OSA

from resolution.records.column import DIFFER, RARITIES, Codes, Column, Levels, each, spread

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_RUN = re.compile(r"(\d{4})(\d\d)(\d\d)")
_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)\b")
_WORDS = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?(?:([a-z]{3})[a-z]{0,12}\.?,? )?(?:(\d{1,2}), )?(\d{4})\b")
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR_DIGITS = 2
_FAR, _DECADE, _YEARS, _YEAR, _TWO_SLIPS, _DAY, _PART, _SLIP = range(DIFFER, DIFFER + 8)


class Dates(Column):
    """Dates of day, month or year. Where day and month might be either, one reading is taken; the other is near."""

    size = _SLIP + 1 + RARITIES
    prior = spread((0.01, 0.005, 0.005, 0.02, 0.03, 0.03, 0.1, 0.1), 0.7)

    def clean(self, text: str) -> str:
        """`yyyy-mm-dd`, with 00 for what is not told; empty where no date is found."""
        return read(text)

    def keys_of(self, value: str) -> list[str]:
        """The whole date, its year, its day and month."""
        year, month, day = value.split("-")
        told = sorted((month, day))
        return [value, f"y|{year}", *([f"d|{told[0]}-{told[1]}"] if day != "00" else [])]

    def compare(self, one: Codes, other: Codes) -> Levels:
        """See `Column.compare`."""
        parts = np.array([[int(part) for part in value.split("-")] for value in self.values]).reshape(-1, 3)
        a, b = parts[one], parts[other]
        slips = each(OSA.distance, [value.replace("-", "") for value in self.values], one, other)
        apart = np.abs(a[:, 0] - b[:, 0])
        same_year = apart == 0
        whole = (a[:, 2] > 0) & (b[:, 2] > 0)
        same_day = (a[:, 1] == b[:, 1]) & (a[:, 2] == b[:, 2])
        turned = same_year & (a[:, 1] == b[:, 2]) & (a[:, 2] == b[:, 1])
        found = np.full(len(one), _FAR, np.int16)
        for level, where in (
            (_DECADE, apart <= 10),
            (_YEARS, apart <= 1),
            (_YEAR, same_year),
            (_TWO_SLIPS, whole & (slips == 2)),
            (_DAY, whole & same_day & ~same_year),
            (_PART, same_year & ~whole),
            (_SLIP, whole & ((slips == 1) | turned)),
        ):
            found[where] = level
        equal = one == other
        found[equal] = _SLIP + 1 + self.rarity(one[equal])
        return found


def read(text: str) -> str:
    """A date as `yyyy-mm-dd`, 00 for what is not told; of a range its beginning; empty where there is none."""
    text = text.strip().lower()
    found = _ISO.match(text) or _RUN.fullmatch(text)
    if found:
        return _date(found[1], found[2], found[3])
    found = _LAST.match(text)
    if found:
        year = found[3] if len(found[3]) > _YEAR_DIGITS else ("20" if int(found[3]) < 27 else "19") + found[3]
        one, other = int(found[1]), int(found[2])
        return _date(year, found[2], found[1]) if one > 12 or (other <= 12 and "." in text) else _date(year, one, other)
    found = _WORDS.search(text)
    if found:
        return _date(found[4], _MONTHS.get(found[2] or "", 0), found[1] or found[3] or 0)
    return ""


def _date(year: str | int, month: str | int, day: str | int) -> str:
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
