"""The content hash decides what is new: it must see all content and nothing else."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.event import Deed, Event, Named, Reason
from graph.moment import Moment

BASE: dict[str, Any] = {"id": "e1", "title": "Talks", "occurred_at": datetime(2015, 9, 1, tzinfo=UTC)}


def test_the_hash_of_an_event_never_changes() -> None:
    told = Event(**BASE, who=(Named(name="Ban Ki-moon", role="source"),), what=(Deed(label="Consult", code="040"),))
    # By hand: sha256 of what was told, as JSON with sorted keys and no blanks.
    content = (
        b'{"occurred_at":"2015-09-01T00:00:00Z","title":"Talks","what":[{"code":"040","label":"Consult"}],'
        b'"who":[{"name":"Ban Ki-moon","role":"source"}]}'
    )
    assert told.content_hash == hashlib.sha256(content).hexdigest()


def test_a_part_at_its_default_is_as_if_untold() -> None:
    assert Event(**BASE, count=1, precision="second", who=()).content_hash == Event(**BASE).content_hash


def test_neither_id_nor_the_callers_version_enters_the_hash() -> None:
    event = Event(**BASE)
    assert event.model_copy(update={"id": "e2", "given_version": 7}).content_hash == event.content_hash


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Talks end"},
        {"text": "…"},
        {"occurred_at": datetime(2015, 9, 2, tzinfo=UTC)},
        {"ended_at": datetime(2015, 9, 2, tzinfo=UTC)},
        {"precision": "day"},
        {"category": "talks"},
        {"code": "040"},
        {"impact": "low"},
        {"confidence": 0.5},
        {"count": 2},
        {"story": "s"},
        {"who": (Named(name="A"),)},
        {"where": (Named(name="A"),)},
        {"what": (Deed(label="A"),)},
        {"when": (Moment(text="A"),)},
        {"why": (Reason(text="A"),)},
    ],
)
def test_every_part_of_the_content_enters_the_hash(change: dict[str, Any]) -> None:
    assert Event(**{**BASE, **change}).content_hash != Event(**BASE).content_hash


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Event(**BASE).title = "other"  # pyright: ignore[reportAttributeAccessIssue]
