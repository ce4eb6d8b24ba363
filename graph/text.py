"""The text gate: what a string must be before any store sees it. One gate, at the edge, for every door.

Refused: NUL and other C0/C1 control characters except tab, line feed and carriage return; lone surrogates (they have
no UTF-8); strings over their bound. Kept as they are: any script, right-to-left marks, emoji, joiners.
"""

import re
import unicodedata

from graph.errors import TextRefused

NAME_LENGTH = 1_000
"""Characters a name may have."""
TEXT_LENGTH = 10_000
"""Characters any other string may have."""

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def clean_text(value: str, *, length: int = TEXT_LENGTH) -> str:
    """The string in NFC, stripped. Raises TextRefused with the reason, never with the string itself."""
    if len(value) > length:
        raise TextRefused(f"has {len(value)} characters, at most {length} are taken")
    if value.isascii() and value.isprintable():
        return value.strip()
    bad = _REFUSED.search(value)
    if bad:
        code = ord(bad.group())
        what = "a lone surrogate" if 0xD800 <= code <= 0xDFFF else "a control character"
        raise TextRefused(f"holds {what} (U+{code:04X}) at character {bad.start()}")
    return unicodedata.normalize("NFC", value).strip()


def clean_name(value: str) -> str:
    """A name in display form: NFC, runs of white space made one blank. Raises TextRefused."""
    return _SPACE.sub(" ", clean_text(value, length=NAME_LENGTH))
