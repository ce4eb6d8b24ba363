"""When a question is about: its dates in many forms, read before anything is looked for.

Single dates are read by the grammar of `ingest/extraction/dates.py` (six languages); this adds what only questions say:
months and years by themselves, parts of months, ranges, `since`, `before`, `as of`, the last so many days. A date
without a year is meant in the newest year that has evidence.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from graph.errors import InvalidInput
from graph.moment import parse_instant
from ingest.extraction.dates import dates

ANY_YEAR = 2000
"""Stands for the year that was not told; a leap year, so that 29 February can be said."""
_MONTHS = (
    "january february march april may june july august september october november december".split(),
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
)
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
          "nov": 11, "dec": 12, "fevrier": 2, "aout": 8, "decembre": 12}  # fmt: skip
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "few": 3}
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_FIRST = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to `until`, both included; None is open. `yearless`: the year is not told and stands for any.
    `as_of`: only what had happened by then, where the question says so."""

    since: datetime | None = None
    until: datetime | None = None
    yearless: bool = False
    as_of: datetime | None = None

    def of_year(self, year: int) -> "Window":
        """The window in that year."""
        if not self.yearless:
            return self
        return replace(self, since=_in_year(self.since, year), until=_in_year(self.until, year), yearless=False)

    def holds(self, at: datetime | None) -> bool:
        """Whether a time lies in it (in its year, where none is told)."""
        if at is None:
            return self.since is None and self.until is None
        here = self.of_year(at.year)
        return (here.since is None or at >= here.since) and (here.until is None or at <= here.until)

    @property
    def open(self) -> bool:
        """Whether no time was told."""
        return self.since is None and self.until is None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    first: date
    last: date
    yearless: bool = False
    ranged: bool = False


def window_of(text: str, today: date) -> tuple[Window, str]:
    """The window that a question tells, and the question with its times blanked. `today` is where `yesterday`
    is counted from."""
    spans = _spans(text, today)
    window, blank = Window(), text
    at = 0
    while at < len(spans):
        one = spans[at]
        before = text[spans[at - 1].end if at else 0 : one.start]
        following = spans[at + 1] if at + 1 < len(spans) else None
        joint = text[one.end : following.start] if following else ""
        lead = _LEAD.search(before)
        if following and _JOINT.fullmatch(joint) and (lead is None or lead["range"] or joint.strip() in "-–"):
            first, last = _same_year(one, following)
            window = _narrowed(window, first.first, last.last, first.yearless)
            end, at = following.end, at + 2
        else:
            told = next((name for name, value in lead.groupdict().items() if value), "") if lead else ""
            onward = _ONWARD.match(text, one.end)
            window = _with(window, one, "since" if onward else told)
            end, at = onward.end() if onward else one.end, at + 1
        start = one.start - len(before) + lead.start() if lead else one.start
        blank = blank[:start] + " " * (end - start) + blank[end:]
    return window, blank


_LEAD = re.compile(
    r"(?:(?P<asof>\bas (?:of|at|known on)|\bup to and including|\bon the date of)"
    r"|(?P<until>\b(?:up to|until|till|through|no later than|by(?: the end of)?|jusqu['’]?(?:à|au|en)?))"
    r"|(?P<after>\b(?:after|following|later than|après))"
    r"|(?P<before>\b(?:before|prior to|earlier than|ahead of|avant))"
    r"|(?P<since>\b(?:since|starting(?: from| in| on)?|beginning(?: in| on)?|depuis|à partir d[eu]))"
    r"|(?P<range>\b(?:between|from|entre|de|du))"
    r"|(?P<on>\b(?:on|in|during|throughout|within|over|for|at|le|en|of|dated|around)))"
    r"(?:\s+(?:the|le|la))?(?:\s+(?:day|date|month|year)\s+of)?\s*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:and|to|until|till|through|thru|et|au|à|-|–|—)\s*(?:the\s+)?", re.IGNORECASE)
_SAID = r"\b(?:in|since|during|until|till|before|after|by|throughout|this|last|early|mid|late)[\s-]+$"
_WORDS = {"may": _SAID, "march": _SAID, "mar": _SAID, "dec": _SAID, "mars": r"\b(?:en|depuis|de|du|avant|après)\s+$"}
"""Names of months that mean something else, too: alone, they are months only after these words."""
_NAMED = re.compile(r"\s+[A-Z]")
_ONWARD = re.compile(r"\s*(?:onwards?|and (?:later|after|since)|or later)\b", re.IGNORECASE)


def _with(window: Window, one: _Span, told: str) -> Window:
    day = timedelta(days=1)
    if told == "asof":
        end = _end(one.last)
        return replace(_narrowed(window, None, one.last, one.yearless), as_of=None if one.yearless else end)
    if told == "until":
        return _narrowed(window, None, one.last, one.yearless)
    if told == "before":
        return _narrowed(window, None, one.first - day, one.yearless)
    if told == "since" or (told == "range" and not one.ranged):
        return _narrowed(window, one.first, None, one.yearless)
    if told == "after":
        return _narrowed(window, one.last + day, None, one.yearless)
    return _narrowed(window, one.first, one.last, one.yearless)


def _narrowed(window: Window, first: date | None, last: date | None, yearless: bool) -> Window:
    since, until = _start(first) if first else None, _end(last) if last else None
    since = max((time for time in (window.since, since) if time), default=None)
    until = min((time for time in (window.until, until) if time), default=None)
    return replace(window, since=since, until=until, yearless=window.yearless or yearless)


def _same_year(one: _Span, other: _Span) -> tuple[_Span, _Span]:
    """`from 2 September to 5 September 2015`: the year told once is meant twice."""
    if one.yearless and not other.yearless:
        year = other.first.year
        return replace(one, first=one.first.replace(year=year), last=one.last.replace(year=year), yearless=False), other
    return one, other


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted({*_MONTHS[0], *_MONTHS[1], *_SHORT}, key=len, reverse=True))
    day, year = r"\d{1,2}", r"(?:19|20)\d\d"
    ordinal = r"(?:st|nd|rd|th|er)?"
    part = r"early|mid|late|the beginning of|the start of|the middle of|the end of|début|fin"
    whole = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last)"
    return re.compile(
        rf"\b(?:(?P<d1>{day}){ordinal}\s*(?:-|–|to|and|until|through|et|au)\s*(?P<d2>{day}){ordinal}\s+(?:of\s+)?(?P<m1>{months})\b\.?(?:,?\s+(?P<y1>{year}))?"
        rf"|(?P<m2>{months})\.?\s+(?P<d3>{day}){ordinal}\s*(?:-|–|to|and|until|through)\s*(?:the\s+)?(?P<d4>{day}){ordinal}(?!\d|:)(?:,?\s+(?P<y2>{year}))?"
        rf"|(?P<a>{day})[/.](?P<b>{day})[/.](?P<y3>{year})"
        rf"|(?P<half>{whole})\s+half\s+of\s+(?:(?P<m3>{months})\b\.?,?\s*)?(?P<y4>{year})?"
        rf"|(?P<week>{whole})\s+week\s+(?:of|in)\s+(?P<m4>{months})\b\.?(?:,?\s+(?P<y5>{year}))?"
        rf"|(?:q(?P<q1>[1-4])\s+(?:of\s+)?(?P<y6>{year})|(?P<q2>{whole})\s+quarter\s+of\s+(?P<y7>{year}))"
        rf"|(?P<part>{part})[\s-]+(?P<m5>{months})\b\.?(?:,?\s+(?P<y8>{year}))?"
        rf"|(?P<d5>{day}){ordinal}\s+(?:day\s+)?(?:of\s+)?(?P<m7>{months})\b\.?(?:,?\s+(?:of\s+)?(?P<y10>{year}))?"
        rf"|(?P<m8>{months})\.?\s+(?:the\s+)?(?P<d6>{day}){ordinal}(?!\d|:)(?:,?\s+(?:of\s+|in\s+)?(?P<y11>{year}))?"
        rf"|(?P<m6>{months})\b\.?(?:,?\s+(?:of\s+|de\s+)?(?P<y9>{year}))?"
        r"|(?:the\s+)?(?:last|past|previous)\s+(?:(?P<n1>\d{1,3}|a|one|two|three|four|five|six|seven|ten|few)\s+)?(?P<u1>day|week|fortnight|month|year)s?\b(?!\s+of)"
        r"|(?P<n2>\d{1,3}|a|one|two|three|four|five|six|seven|ten)\s+(?P<u2>day|week|fortnight|month|year)s?\s+ago"
        r"|this\s+(?P<u3>week|month|year)\b"
        rf"|(?<![\d.,/-])(?P<y12>{year})(?![\d/]|[.,]\d|-\d))",
        re.IGNORECASE,
    )


def _spans(text: str, today: date) -> list[_Span]:
    found = [span for match in _pattern().finditer(text) if (span := _own(match, today)) is not None]
    for one in dates(text, today):
        if one.moment is None or any(one.start < span.end and span.start < one.end for span in found):
            continue
        try:
            moment = parse_instant(one.moment[:10])
        except InvalidInput:
            continue
        found.append(_Span(one.start, one.end, moment.at.date(), moment.end.date()))
    return sorted(found, key=lambda span: span.start)


def _own(match: re.Match[str], today: date) -> _Span | None:
    got = {name: value for name, value in match.groupdict().items() if value}
    year = next((int(value) for name, value in got.items() if re.fullmatch(r"y\d+", name)), None)
    name = next((value for key, value in got.items() if re.fullmatch(r"m\d+", key)), None)
    alone = year is None and not any(key in got for key in ("d1", "d3", "d5", "d6"))
    if alone and name is not None and name.lower() in _WORDS:
        before = match.string[: match.start()]
        if name[0].islower() or not re.search(_WORDS[name.lower()], before, re.IGNORECASE):
            return None  # A word, a name or a planet.
    try:
        days = _days(got, year or ANY_YEAR, _month(name), today)
    except ValueError:
        return None
    if days is None:
        return None
    if "y12" in got and _NAMED.match(match.string, match.end()) and not _LEAD.search(match.string[: match.start()]):
        return None  # The year is part of a name: the 2015 Rugby World Cup.
    relative = any(key in got for key in ("u1", "u2", "u3"))
    ranged = "d1" in got or "d3" in got
    return _Span(match.start(), match.end(), *days, yearless=year is None and not relative, ranged=ranged)


def _days(got: dict[str, str], year: int, month: int, today: date) -> tuple[date, date] | None:
    """First and last day of what was told. Raises ValueError for days that there are not."""
    if "d1" in got or "d3" in got:
        return date(year, month, int(got.get("d1") or got["d3"])), date(year, month, int(got.get("d2") or got["d4"]))
    if "d5" in got or "d6" in got:
        day = date(year, month, int(got.get("d5") or got["d6"]))
        return day, day
    if "a" in got:
        a, b = int(got["a"]), int(got["b"])
        day = date(year, a, b) if b > 12 else date(year, b, a)
        return day, day
    if "half" in got:
        return _half(year, month, _FIRST[got["half"].lower()])
    if "week" in got:
        return _week(year, month, _FIRST[got["week"].lower()])
    if "q1" in got or "q2" in got:
        quarter = int(got["q1"]) - 1 if "q1" in got else _FIRST[got["q2"].lower()] % 4
        return date(year, quarter * 3 + 1, 1), _last(year, quarter * 3 + 3)
    if "part" in got:
        return _part(year, month, got["part"].lower())
    if "u1" in got:
        back = _count(got.get("n1", "1")) * _DAYS[got["u1"].lower()]
        return today - timedelta(days=back), today
    if "u2" in got:
        day = today - timedelta(days=_count(got["n2"]) * _DAYS[got["u2"].lower()])
        return day, day
    if "u3" in got:
        first = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}
        return first.get(got["u3"].lower(), today.replace(month=1, day=1)), today
    return (date(year, month, 1), _last(year, month)) if month else (date(year, 1, 1), date(year, 12, 31))


def _half(year: int, month: int, which: int) -> tuple[date, date]:
    if month:
        return (
            (date(year, month, 1), date(year, month, 15)) if which == 0 else (date(year, month, 16), _last(year, month))
        )
    return (date(year, 1, 1), date(year, 6, 30)) if which == 0 else (date(year, 7, 1), date(year, 12, 31))


def _week(year: int, month: int, which: int) -> tuple[date, date]:
    if which < 0:
        last = _last(year, month)
        return last - timedelta(days=6), last
    first = date(year, month, 1 + 7 * which)
    return first, first + timedelta(days=6)


def _part(year: int, month: int, part: str) -> tuple[date, date]:
    if part.startswith(("early", "the beg", "the start", "d")):
        return date(year, month, 1), date(year, month, 10)
    if part.startswith(("mid", "the mid")):
        return date(year, month, 11), date(year, month, 20)
    return date(year, month, 21), _last(year, month)


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _month(name: str | None) -> int:
    if name is None:
        return 0
    low = name.lower()
    return next((names.index(low) + 1 for names in _MONTHS if low in names), _SHORT.get(low, 0))


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _end(day: date) -> datetime:
    return _start(day) + timedelta(days=1) - timedelta(microseconds=1)


def _in_year(time: datetime | None, year: int) -> datetime | None:
    if time is None:
        return None
    last = monthrange(year, time.month)[1]
    return time.replace(year=year + time.year - ANY_YEAR, day=min(time.day, last))
