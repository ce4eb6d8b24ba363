"""Times as news write them, found in a text and resolved against the day of publication.

One grammar for English, French, Spanish, Portuguese, German and Chinese: the names of months and weekdays are those of
CLDR (by `babel`), a handful of words beside. A weekday means its last day up to publication, the next one after "next".
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import Locale

LANGUAGES = ("en", "fr", "es", "pt", "de")
_RELATIVE = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "yesterday": -1,
    "last night": -1, "tomorrow": 1, "overnight": 0,
    "aujourd'hui": 0, "hier": -1, "demain": 1, "ce matin": 0, "ce soir": 0,
    "hoy": 0, "ayer": -1, "mañana": 1, "anoche": -1, "hoje": 0, "ontem": -1, "amanhã": 1,
    "heute": 0, "gestern": -1, "morgen": 1, "今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "明天": 1,
}  # fmt: skip
_PARTS = (
    r"(?:early |late )?(?:morning|afternoon|evening|night|lunchtime|noon|midnight|midday|dawn|dusk)"
    r"|matin|après-midi|soir|nuit|tarde|noche|mañana|manhã|noite|morgen|nachmittag|abend|nacht"
)
_CLOCK = (
    r"(?:\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|noon|midnight)"
    r"(?:\s(?:local time|GMT|EST|EDT|ET|PST|PT|UTC|BST|CET))?"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A phrase from `start` to `end` of the text that tells a time. `moment` is ISO 8601 as exact as it is known, None
    when only an hour is told; `form` is what kind of phrase it is; `exact` whether it has an hour."""

    start: int
    end: int
    form: str
    moment: str | None
    exact: bool = False


@cache
def _names() -> tuple[dict[str, int], dict[str, int]]:
    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for language in LANGUAGES:
        locale = Locale(language)
        for width in ("wide", "abbreviated"):
            for number, name in locale.months["format"][width].items():
                months.setdefault(_plain(name), number)
            for number, name in locale.days["format"][width].items():
                days.setdefault(_plain(name), number)
    months |= {"sept": 9}
    days |= {"tues": 1, "thurs": 3, "thur": 3}
    # Words of other meaning in one of the languages: they would be found everywhere.
    for word in (
        "mar",
        "so",
        "mo",
        "di",
        "mi",
        "do",
        "fr",
        "sa",
        "dom",
        "seg",
        "ter",
        "qua",
        "sex",
        "lun",
        "mer",
        "jeu",
        "ven",
    ):
        days.pop(word, None)
    for word in ("out", "set", "ago", "mai", "abr", "avr", "juil", "fév", "dez", "ene"):
        months.pop(word, None)
    return {k: v for k, v in months.items() if len(k) > 2}, {k: v for k, v in days.items() if len(k) > 2}


def _plain(name: str) -> str:
    return name.lower().rstrip(".")


@cache
def _pattern() -> re.Pattern[str]:
    months, days = _names()
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    day = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
    relative = "|".join(sorted(map(re.escape, _RELATIVE), key=len, reverse=True))
    date_ = (
        rf"(?P<m1>{month})\.?\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<y1>(?:19|20)\d\d)\b)?"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?(?P<m2>{month})\b\.?(?:,?\s(?:de\s)?(?P<y2>(?:19|20)\d\d)\b)?"
        r"|(?P<y3>(?:19|20)\d\d)[-/](?P<m3>\d{1,2})[-/](?P<d3>\d{1,2})\b"
        r"|(?P<y4>(?:19|20)\d\d)年(?P<m4>\d{1,2})月(?:(?P<d4>\d{1,2})[日号])?|(?P<m6>\d{1,2})月(?P<d6>\d{1,2})[日号]"
        rf"|(?P<m5>{month})\.?,?\s(?:de\s)?(?P<y5>(?:19|20)\d\d)\b"
    )
    weekday = rf"(?P<turn>last|next|this|letzten|nächsten)?\s?\b(?P<wd>{day})\b\.?"
    return re.compile(
        r"(?<![A-Za-z\d])(?:"
        rf"(?P<clock1>{_CLOCK}),?\s(?:on\s|am\s|le\s)?(?=(?:{day}|{relative}|{month}|this|last)\b)"
        rf"|(?P<date>{date_})"
        rf"|(?P<week>(?:(?:early|late)\s(?:on\s)?)?{weekday}(?:'s|’s)?(?:\s(?P<part>{_PARTS})\b)?)"
        rf"|(?P<rel>\b(?:{relative})\b)"
        rf"|(?P<clock>(?<![\d.:])\b{_CLOCK})"
        r"|(?P<span>\b(?:last|this|next|earlier this|later this)\s"
        r"(?:week|weekend|month|year|spring|summer|autumn|fall|winter)\b)"
        r"|(?P<year>\b(?:in|en|em|im Jahr)\s(?P<y7>(?:19|20)\d\d)\b))",
        re.IGNORECASE,
    )


@cache
def _words() -> re.Pattern[str]:
    months, days = _names()
    words = [*months, *days, *_RELATIVE, "noon", "midnight", "last", "next", "this"]
    return re.compile(r"(?<![a-z\d])(?:\d|" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")")


@lru_cache(maxsize=256)
def dates(text: str, published: date | None) -> tuple[Dated, ...]:
    """All times in their order; what stands together ("6am on Wednesday, Nov. 9") is one."""
    found: list[Dated] = []
    if not _words().search(text.lower()):
        return ()
    for match in _pattern().finditer(text):
        one = _one(match, published)
        if one is None:
            continue
        if found and re.fullmatch(
            r"[\s,(]*(?:on|at|of|around|about|am|um|le|à|del?)?\s?", text[found[-1].end : one.start]
        ):
            last = found[-1]
            if {last.form, one.form} != {"weekday"} and (
                last.exact or one.exact or {last.form, one.form} <= {"weekday", "date"}
            ):
                form = "date" if "date" in (last.form, one.form) else last.form if last.form != "clock" else one.form
                moment = one.moment if one.form == "date" else last.moment or one.moment
                found[-1] = Dated(last.start, one.end, form, moment, last.exact or one.exact)
                continue
        found.append(one)
    return tuple(found)


def _one(match: re.Match[str], published: date | None) -> Dated | None:
    got = match.groupdict()
    start, end = match.span()
    if got["clock1"] or got["clock"]:
        text = match[0].rstrip().removesuffix(" on").rstrip(" ,")
        return Dated(start, start + len(text), "clock", published.isoformat() if published else None, True)
    if got["date"]:
        month = got["m1"] or got["m2"] or got["m5"] or ""
        return None if month in ("may", "march", "mar", "dec") else _dated(got, start, end, published)
    if got["wd"]:
        small = not match[0].strip()[0].isupper() and len(got["wd"]) < 5
        if small or match[0].lower() in ("may", "sun", "sat", "mar"):
            return None
        lead = len(match[0]) - len(match[0].lstrip())
        tail = 2 if match[0].endswith(("'s", "’s")) else int(match[0].endswith(".") and len(got["wd"]) > 5)
        return Dated(
            start + lead, end - tail, "weekday", _weekday(_names()[1][_plain(got["wd"])], got["turn"], published), False
        )
    if got["rel"]:
        day = published + timedelta(_RELATIVE[got["rel"].lower()]) if published else None
        return Dated(start, end, "relative", day.isoformat() if day else None)
    if got["span"]:
        return Dated(start, end, "span", None)
    return Dated(match.start("y7"), end, "year", got["y7"])


def _dated(got: dict[str, str | None], start: int, end: int, published: date | None) -> Dated | None:
    number = next((n for n in "1234567" if got.get(f"m{n}")), "")
    month_text = got[f"m{number}"] or ""
    month = int(month_text) if month_text.isdigit() else _names()[0].get(_plain(month_text), 0)
    day = int(got.get(f"d{number}") or 0)
    year = int(got.get(f"y{number}") or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    if not day:
        return Dated(start, end, "month", f"{year:04}-{month:02}")
    try:
        if year:
            return Dated(start, end, "date", date(year, month, day).isoformat())
        return Dated(start, end, "date", _nearest(month, day, published))
    except ValueError:
        return None


def _nearest(month: int, day: int, published: date | None) -> str | None:
    """A day without a year: the nearest to publication."""
    if published is None:
        return None
    years = [
        y for y in (published.year - 1, published.year, published.year + 1) if day < 29 or month != 2 or y % 4 == 0
    ]
    return min((date(y, month, day) for y in years), key=lambda d: abs((d - published).days)).isoformat()


def _weekday(number: int, turn: str | None, published: date | None) -> str | None:
    if published is None:
        return None
    back = (published.weekday() - number) % 7
    if turn and turn.lower() in ("next", "nächsten"):
        return (published + timedelta(7 - back if back else 7)).isoformat()
    if turn and turn.lower() in ("last", "letzten") and back == 0:
        back = 7
    return (published - timedelta(back)).isoformat()
