"""User text as a full-text query that can only ever be words: every character of it stands inside quotes."""

import re

WORDS_AT_MOST = 12
CHARACTERS_AT_MOST = 400
_SPECIAL = re.compile(r'["\\]')
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")


def words(text: str) -> str:
    """A Lucene query for text that holds all the words, in any order and script; empty when there are none.

    A word is quoted, so that a script without spaces is matched as a phrase and no operator, wildcard or bracket
    means anything. Words past the twelfth are left out.
    """
    found = [word for word in _SPACE.split(text[:CHARACTERS_AT_MOST]) if any(char.isalnum() for char in word)]
    return " AND ".join(f'"{_SPECIAL.sub(" ", word)}"' for word in found[:WORDS_AT_MOST])
