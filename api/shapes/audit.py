"""The audit log as doors show it."""

from pydantic import Field

from api.shapes.common import MOST, Asked, Cursor, Page, Told


class AskedAudit(Asked):
    """A page of the log."""

    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class RecordOut(Told):
    """One transaction that changed something, for a request or a command."""

    n: int = Field(description="Its number, from 1 without gap.")
    at: str = Field(description="When it was written, UTC.", examples=["2026-11-30T11:00:00.000+00:00"])
    who: str = Field(description="`key ID`, `user SUBJECT`, `local`, or `command USER`.")
    scope: str = Field(description="The scope that this needs.")
    via: str = Field(description="`http` or `command`.")
    what: str = Field(description="The operation, or the command.")
    target: str = Field(description="Parts of the path, as a JSON object; of a reader only a hash.")
    request_id: str
    change: int = Field(description="Number of the last committed batch when it was written.")
    effects: str = Field(description="What was made, set and deleted, as a JSON object of counts.")
    prev_hash: str
    hash: str


class AuditOut(Page):
    """Records, the last first."""

    items: list[RecordOut]


class HeadOut(Told):
    """The last record: what to keep elsewhere."""

    n: int
    hash: str
    at: str


class VerdictOut(Told):
    """Whether the log is whole."""

    whole: bool
    records: int = Field(description="Records that were read and found right.")
    head: HeadOut
    broken_at: int | None = Field(None, description="Number of the first record that is wrong.")
    reason: str = ""
