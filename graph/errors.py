"""The one error tree. An error says what happened and what to do; doors map classes to HTTP statuses and exit codes.

PentadError
├── InvalidInput            what was given cannot be taken: nothing was written
│   └── TextRefused         a string that no store may hold (NUL, lone surrogate, control character, too long)
├── NotFound                nothing has that id or key
├── Conflict                it stands against what is there
│   ├── StaleVersion        an older version of an event that is known in a newer one
│   └── SchemaConflict      existing data breaks a constraint; `duplicates` lists it
├── AccessDenied            no key, a wrong key, or a key without the scope
├── Unavailable             a part is not reachable now; the same call may succeed later
│   ├── DatabaseUnavailable
│   ├── BoardUnavailable
│   └── StorageLow          the disk has too little room to take anything in
└── BudgetExceeded          the call was ended at its time or memory bound
"""

from collections.abc import Sequence


class PentadError(Exception):
    """Base of all errors that Pentad raises on purpose."""


class InvalidInput(PentadError):
    """What was given cannot be taken. `field` is a dotted path into the record, empty for the whole."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.reason = reason
        self.field = field


class TextRefused(InvalidInput):
    """A string that no store may hold."""


class NotFound(PentadError):
    """Nothing has that id or key."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"no {what} has the key {key!r}" if what == "entity" else f"no {what} has the id {key!r}")
        self.what = what
        self.key = key


class Conflict(PentadError):
    """It stands against what is there."""


class StaleVersion(Conflict):
    """An older version of an event that is known in a newer one."""


class SchemaConflict(Conflict):
    """Existing data breaks a constraint; `duplicates` lists the values that must be mended first."""

    def __init__(self, step: str, duplicates: Sequence[str]) -> None:
        shown = ", ".join(duplicates[:20])
        super().__init__(f"schema step {step} is refused: {len(duplicates)} values are held more than once: {shown}")
        self.step = step
        self.duplicates = list(duplicates)


class AccessDenied(PentadError):
    """No key, a wrong key, or a key without the scope; `authenticated` tells the last apart."""

    def __init__(self, reason: str, *, authenticated: bool = False) -> None:
        super().__init__(reason)
        self.authenticated = authenticated


class Unavailable(PentadError):
    """A part is not reachable now; the same call may succeed later. `retry_after` is in seconds."""

    def __init__(self, reason: str, retry_after: int = 2) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class DatabaseUnavailable(Unavailable):
    """Neo4j cannot be reached, is still starting, or refused the login."""


class BoardUnavailable(Unavailable):
    """The Redis-protocol server cannot be reached; boards can still be computed from the graph."""


class StorageLow(Unavailable):
    """The disk under the stores has too little room left to take anything in; reads go on."""


class BudgetExceeded(PentadError):
    """The call was ended at its time or memory bound."""
