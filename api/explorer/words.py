"""What pages say, in the languages of `words/`: one JSON file each, from the English text to its own.

What a catalogue lacks is said in English.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel import dates, numbers

ENGLISH = "en"
NAMES = {ENGLISH: "English", "fr": "Français"}
"""Languages by code, each by its own name."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """What is to be said -> how; the English one has only what no sentence is: names of kinds, states and the like."""
    return json.loads(files("api.explorer").joinpath("words", f"{language}.json").read_text(encoding="utf-8"))


def chosen(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language of a page: asked for, else kept from before, else the first known one of `Accept-Language`."""
    for wanted in (asked, kept):
        if wanted in NAMES:
            return wanted
    return next((code for code in _ranked(accepted) if code in NAMES), ENGLISH)


def _ranked(accepted: str) -> list[str]:
    found: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:500].split(",")):
        code, _, weight = part.strip().partition(";q=")
        try:
            found.append((-float(weight or 1), place, code[:2].lower()))
        except ValueError:
            continue
    return [code for weight, _, code in sorted(found) if weight < 0]


@dataclass(frozen=True, slots=True)
class Words:
    """How a page speaks: texts, numbers and times."""

    language: str

    def text(self, english: str, **values: Any) -> str:
        """The text with its values put in."""
        found = catalogue(self.language).get(english) or catalogue(ENGLISH).get(english, english)
        return found.format(**values) if values else found

    def number(self, value: float, digits: int = 0) -> str:
        """A number with so many digits after the point."""
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return numbers.format_decimal(value, format=pattern, locale=self.language)

    def share(self, value: float) -> str:
        """0..1 as per cent."""
        return numbers.format_percent(value, format="#,##0.#%", locale=self.language)

    def small(self, value: float) -> str:
        """A probability, however small: three digits, or that it is less than 0.001."""
        return f"< {self.number(0.001, 3)}" if value < 0.001 else self.number(value, 3)

    def day(self, value: Any, precision: str | None = "day") -> str:
        """A date as it is known: to the day at most; nothing for none."""
        if value is None:
            return ""
        pattern = {"year": "y", "month": "LLLL y"}.get(precision or "day")
        return dates.format_date(value, pattern or "medium", locale=self.language)

    def moment(self, value: datetime | None) -> str:
        """A time to the minute, UTC; nothing for none."""
        if value is None:
            return ""
        day = dates.format_date(value, "medium", locale=self.language)
        return f"{day}, {dates.format_time(value, 'HH:mm', locale=self.language)} UTC"
