"""What East Asian names sound like whichever romanisation writes them: Kim, Gim; Tsai, Cai; Ki-moon, Gimun.

The customs differ in which letters write a sound, rarely in which sounds there are, so signs that different customs
give one sound are made one: for Hangul the Revised and the McCune-Reischauer way and what people write on passports,
for Han Pinyin, Wade-Giles and what Taiwan writes. Rough on purpose: to be asked only where one name is in those signs.
"""

import re
from functools import lru_cache

_DOUBLED = re.compile(r"(.)\1+")
_KOREAN_SURNAMES = {"lee": "i", "yi": "i", "rhee": "i", "ri": "i", "li": "i", "park": "pak", "noh": "no", "roh": "no"}
_KOREAN = (
    *(("woo", "u"), ("yeo", "yo"), ("eo", "o"), ("eu", "o"), ("oo", "o"), ("ou", "o"), ("ae", "e"), ("oe", "e")),
    *(("oi", "e"), ("ui", "i"), ("ee", "i"), ("u", "o"), ("sh", "s"), ("sy", "s"), ("ch", "j"), ("z", "j")),
    *(("kk", "k"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l"), ("h", "")),
)
_CHINESE = (
    *(("ng", "N"), ("hs", "s"), ("tsz", "z"), ("tz", "z"), ("ts", "z"), ("zh", "j"), ("ch", "j"), ("sh", "s")),
    *(("q", "j"), ("x", "s"), ("c", "z"), ("ien", "ian"), ("uN", "oN"), ("uei", "ui"), ("ee", "i"), ("oo", "u")),
    *(("yi", "i"), ("wu", "u"), ("w", "u"), ("y", "i"), ("ih", "i"), ("eh", "e"), ("d", "t"), ("g", "k"), ("b", "p")),
)


@lru_cache(maxsize=50_000)
def east_asian(word: str, script: str) -> str:
    """The sound of a word in small Latin letters, as the customs for names in this script (`han`, `hangul`) have in
    common; empty for other scripts."""
    if script == "hangul":
        word = _KOREAN_SURNAMES.get(word, word)
    customs = {"hangul": _KOREAN, "han": _CHINESE}.get(script, ())
    for written, said in customs:
        word = word.replace(written, said)
    return _DOUBLED.sub(r"\1", word) if customs else ""
