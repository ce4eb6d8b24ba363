"""A date as the end of a period is meant to its last instant, by whichever door it comes."""

from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter

from api.commands.opening import instant
from api.shapes.common import Until
from graph.moment import parse_instant

ENDS = [
    ("2018", "2018-12-31T23:59:59.999999"),
    ("2018-02", "2018-02-28T23:59:59.999999"),
    ("2016-02", "2016-02-29T23:59:59.999999"),
    ("2018-10-31", "2018-10-31T23:59:59.999999"),
    ("2018-10-31T14", "2018-10-31T14:59:59.999999"),
    ("2018-10-31T14+05:30", "2018-10-31T09:29:59.999999"),
    ("2018-10-31T14:30", "2018-10-31T14:30:59.999999"),
    ("2018-10-31T14:30:05", "2018-10-31T14:30:05"),
    ("2018-10-31T14:30:05.25Z", "2018-10-31T14:30:05.250000"),
    ("9999", "9999-12-31T23:59:59.999999"),
]


@pytest.mark.parametrize(("text", "end"), ENDS)
def test_doors_agree_on_the_end_of_what_is_given(text: str, end: str) -> None:
    meant = datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert parse_instant(text).end == meant
    assert instant(text, "--until", last=True) == meant
    assert TypeAdapter(Until).validate_python(text) == meant


def test_the_beginning_of_a_period_stays_its_beginning() -> None:
    assert instant("2018-10-31", "--since") == datetime(2018, 10, 31, tzinfo=UTC)
