"""Moments: every way of writing a time has one outcome, and every instant of the years 1 to 9999 is exact."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import strategies as st

from graph.errors import InvalidInput
from graph.moment import Instant, Moment, epoch_ms, from_epoch_ms, parse_instant
from tests.factory import counts, forall


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2015", "2015-01-01T00:00:00", "year"),
        ("2015-09", "2015-09-01T00:00:00", "month"),
        ("2015-09-01", "2015-09-01T00:00:00", "day"),
        ("2015-9-1", "2015-09-01T00:00:00", "day"),
        ("2015-09-01T14", "2015-09-01T14:00:00", "hour"),
        ("2015-09-01T14:30", "2015-09-01T14:30:00", "minute"),
        ("2015-09-01 14:30", "2015-09-01T14:30:00", "minute"),
        ("2015-09-01T1430", "2015-09-01T14:30:00", "minute"),
        ("2015-09-01T14:30:05", "2015-09-01T14:30:05", "second"),
        ("2015-09-01T14:30:05.25Z", "2015-09-01T14:30:05.250000", "second"),
        ("2015-09-01T14:30:05,123456789Z", "2015-09-01T14:30:05.123456", "second"),
        ("2015-09-01T00:30:00+14:00", "2015-08-31T10:30:00", "second"),
        ("2015-09-01T00:30:00-1130", "2015-09-01T12:00:00", "second"),
        ("2015-09-01T00:30:00+05", "2015-08-31T19:30:00", "second"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00", "second"),
        ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500000", "second"),
        ("0001", "0001-01-01T00:00:00", "year"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00", "second"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59", "second"),
        ("1900-02-28", "1900-02-28T00:00:00", "day"),
        ("2000-02-29", "2000-02-29T00:00:00", "day"),
        ("  2015-09-01 ", "2015-09-01T00:00:00", "day"),
    ],
)
def test_times_are_read_to_utc_with_their_precision(text: str, at: str, precision: str) -> None:
    assert parse_instant(text) == Instant(at=datetime.fromisoformat(at).replace(tzinfo=UTC), precision=precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "0000",
        "0000-01-01",
        "10000",
        "-0044-03-15",
        "2015-13",
        "2015-02-29",
        "1900-02-29",
        "2015-09-31",
        "2015-09-01T25:00",
        "2015-09-01T12:61",
        "2015-09-01T12:30:61",
        "2015-09-01T12:30:00+24:00",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "9999-12-31T23:59:60Z",
        "20150901",
        "2015-09-01T12:30:00 Europe/Paris",
        "01/09/2015",
        "1441065600",
    ],
)
def test_what_is_no_time_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2015", "2015-09", "2015-09-01", "0007-01-02", "2015-09-01T14Z", "2015-09-01T14:30Z"])
def test_the_text_of_an_instant_says_no_more_than_is_known(text: str) -> None:
    assert parse_instant(text).text == text


@pytest.mark.parametrize(
    ("moment", "kind", "normalised"),
    [
        (Moment(start=parse_instant("2015-09-01")), "date", "2015-09-01"),
        (Moment(start=parse_instant("2015"), end=parse_instant("2016-02")), "time_range", "2015/2016-02"),
        (Moment(recurrence="Every Friday"), "recurring", "R/every friday"),
        (Moment(text="The Cold War"), "unspecified", "the cold war"),
    ],
)
def test_a_moment_tells_its_kind_and_name(moment: Moment, kind: str, normalised: str) -> None:
    assert (moment.kind, moment.normalised) == (kind, normalised)


def test_the_same_instant_in_two_zones_has_one_name() -> None:
    one, other = parse_instant("2015-09-01T12:00:00+02:00"), parse_instant("2015-09-01T10:00:00Z")
    assert one.text == other.text == "2015-09-01T10:00:00Z"


@counts(200, 20_000)
def test_any_instant_with_any_zone_survives_text_and_milliseconds(examples: int) -> None:
    zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    naive = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29))  # noqa: DTZ001 (the zone is drawn beside it)

    @forall(examples, naive, zones)
    def law(at: datetime, zone: timezone) -> None:
        zoned = at.replace(tzinfo=zone)
        read = parse_instant(zoned.isoformat())
        assert read.at == zoned
        assert read.at.tzinfo is UTC
        assert timedelta(0) <= read.at - from_epoch_ms(epoch_ms(read.at)) < timedelta(milliseconds=1)
        assert parse_instant(read.text).at == read.at


def test_milliseconds_are_exact_at_both_ends_of_the_calendar() -> None:
    assert epoch_ms(datetime(1, 1, 1, tzinfo=UTC)) == -62_135_596_800_000
    assert epoch_ms(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == 253_402_300_799_999


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2015-09-01", "2015-09-01T10:00:00Z", False),
        ("2015-08-31", "2015-09-01T10:00:00Z", True),
        ("2015", "2015-09-01", False),
        ("2014", "2015-01-01", True),
        ("2015-09-01T10:00:00Z", "2015-09-01T10:00:01Z", True),
        ("2015-09-01T10:00:00.1Z", "2015-09-01T10:00:00Z", False),
        ("0999", "1000", True),
    ],
)
def test_an_instant_is_before_what_comes_after_all_that_it_may_mean(one: str, other: str, before: bool) -> None:
    assert parse_instant(one).before(parse_instant(other)) is before
