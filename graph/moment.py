"""Moments: points and stretches of time as texts give them, on one calendar (proleptic Gregorian, UTC)."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from graph.errors import InvalidInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_TIME = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[T ](?P<hour>\d{2})"
    r"(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?P<fraction>[.,]\d{1,9})?)?)?"
    r"\s*(?P<zone>Z|z|[+-]\d{2}(?::?\d{2})?)?"
)
_CUTS = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16}
"""Characters of ISO 8601 that say all that is known at a precision; seconds and their parts say it all."""
_LASTING = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}


class Instant(BaseModel):
    """A point in time in UTC with how exactly it is known: second | minute | hour | day | month | year."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    precision: str

    @property
    def end(self) -> datetime:
        """The last microsecond that may be meant: of the day for a date, of the year for a year; a second is itself."""
        last = self.at
        if self.precision == "year":
            last = last.replace(month=12)
        if self.precision in ("year", "month"):
            last = last.replace(day=monthrange(last.year, last.month)[1])
        lasting = _LASTING.get("day" if self.precision in ("year", "month") else self.precision)
        return last if lasting is None else last + (lasting - timedelta(microseconds=1))

    @property
    def text(self) -> str:
        """The shortest ISO 8601 form that says no more than is known."""
        cut = _CUTS.get(self.precision)
        if cut is not None:
            return self.at.isoformat()[:cut] + ("Z" if cut > 10 else "")
        return self.at.isoformat().replace("+00:00", "Z")

    def before(self, other: "Instant") -> bool:
        """True when it is over before the other is: a day is before no time of that day."""
        cut = _CUTS.get(self.precision)
        return self.at < other.at if cut is None else self.at.isoformat()[:cut] < other.at.isoformat()[:cut]


class Moment(BaseModel):
    """When something was: an instant or a stretch, or a recurrence or phrase that is kept in its words.

    `timezone` is the one told (times without a zone stay UTC); `context` is past | present | future, as told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: Instant | None = None
    end: Instant | None = None
    recurrence: str | None = None
    text: str | None = None
    timezone: str | None = None
    context: str | None = None

    @property
    def kind(self) -> str:
        """date | time_range | recurring | unspecified."""
        if self.recurrence:
            return "recurring"
        if self.start is None:
            return "unspecified"
        return "time_range" if self.end else "date"

    @property
    def normalised(self) -> str:
        """The interval as text with the time zone where one was told: the name that its canonical key hashes."""
        zone = f"[{self.timezone.casefold()}]" if self.timezone else ""
        if self.recurrence:
            return f"R/{self.recurrence.casefold()}{zone}"
        if self.start is None:
            return f"{self.text.casefold()}{zone}" if self.text else ""
        return (f"{self.start.text}/{self.end.text}" if self.end else self.start.text) + zone


def epoch_ms(at: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC, rounded down; exact for the years 1 to 9999."""
    return (at - EPOCH) // _MILLISECOND


def from_epoch_ms(ms: int) -> datetime:
    """The instant of `epoch_ms`, in UTC."""
    return EPOCH + timedelta(milliseconds=ms)


@lru_cache(maxsize=4096)
def parse_instant(text: str) -> Instant:
    """Reads ISO 8601: a year, month, day, or time of day with or without zone; without a zone it is UTC.

    A leap second (:60) is the second after it. Raises InvalidInput for anything else and for instants that leave the
    years 1 to 9999 when brought to UTC.
    """
    value = text.strip()
    date = _DATE.fullmatch(value)
    try:
        if date:
            year, month, day = (int(part) if part else None for part in date.groups())
            precision = "day" if day is not None else "month" if month is not None else "year"
            return Instant(at=datetime(year or 0, month or 1, day or 1, tzinfo=UTC), precision=precision)
        time = _TIME.fullmatch(value)
        if time:
            return _of_time(time)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(f"is no date of the years 1 to 9999 ({error})") from error
    raise InvalidInput("is no ISO 8601 date or time, such as 2015-09-01 or 2015-09-01T14:30:00Z")


def _of_time(match: re.Match[str]) -> Instant:
    hour, minute, second = match["hour"], match["minute"] or "00", match["second"] or "00"
    leap = second == "60"
    fraction = (match["fraction"] or ".0")[1:7].ljust(6, "0")
    zone = (match["zone"] or "Z").upper()
    if zone == "Z":
        offset = "+00:00"
    else:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    at = datetime.fromisoformat(f"{match['date']}T{hour}:{minute}:{'59' if leap else second}.{fraction}{offset}")
    at = (at + timedelta(seconds=1) if leap else at).astimezone(UTC)
    return Instant(at=at, precision="second" if match["second"] else "minute" if match["minute"] else "hour")
