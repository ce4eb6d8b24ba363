"""Latin letters for words of any script, for comparison only: no key is made of them.

Arabic and Hebrew have tables here, for `anyascii` writes letters of theirs as marks that would cut words; all other
scripts are `anyascii`'s. Which script a word came from is kept, because a word of a script without vowels, or of
syllables, is compared by what its letters usually become (`resolution.features.letters`), not letter by letter.
"""

import unicodedata
from functools import lru_cache

from anyascii import anyascii

LATIN = "latin"
_BLOCKS = (
    (0x0370, 0x03FF, "greek"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0x0900, 0x0DFF, "indic"),
    (0x0E00, 0x0EFF, "thai"),
    (0x1100, 0x11FF, "hangul"),
    (0x1F00, 0x1FFF, "greek"),
    (0x3040, 0x30FF, "kana"),
    (0x31F0, 0x31FF, "kana"),
    (0x3400, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "hangul"),
    (0xF900, 0xFAFF, "han"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFF, "arabic"),
    (0x20000, 0x3FFFF, "han"),
)
_ARABIC_LETTERS = dict(
    zip(
        "ابتجحدرزسصضطظفقكلمنهويةىآأٱإپگکیټډړڼٹڈڑںھہےۍېەۀؤئ",
        "a b t j h d r z s s d t z f q k l m n h w y a a a a a i p g k y t d r n t d r n h h e y e e e w y".split(),
        strict=True,
    )
)
_ARABIC_PAIRS = {"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "چ": "ch", "ژ": "zh", "ع": "", "ء": "", "ـ": ""}
_ARABIC_VOWELS = {"\u064e": "a", "\u064f": "u", "\u0650": "i", "\u064b": "an", "\u064c": "un", "\u064d": "in"}
_ARABIC = _ARABIC_LETTERS | _ARABIC_PAIRS | _ARABIC_VOWELS
_HEBREW = dict(
    zip(
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        "a b g d h v z h t y k k l m m n n s a p p ts ts k r sh t".split(),
        strict=True,
    )
)
_SMALL_VOWELS = frozenset("ァィゥェォぁぃぅぇぉ")
_SMALL_Y = frozenset("ャュョゃゅょ")
_SILENT_SIGNS = frozenset("ッっー・")
_TABLES = {"arabic": _ARABIC, "hebrew": _HEBREW}


def script_of(word: str) -> str:
    """Script of a word's first letter that is not Latin; `latin` when there is none."""
    if word.isascii():
        return LATIN
    for letter in word:
        point = ord(letter)
        if point < 0x370:
            continue
        for first, last, script in _BLOCKS:
            if first <= point <= last:
                return script
    return LATIN


@lru_cache(maxsize=100_000)
def latin(word: str) -> str:
    """The word in Latin letters and digits, lower case; may be empty. Syllables of Han stand together."""
    if word.isascii():
        return word.lower()
    script = script_of(word)
    if script == "kana":
        return _kana(word)
    table = _TABLES.get(script)
    if table is None:
        return "".join(c for c in anyascii(word).lower() if c.isalnum())
    # An ain or alif at the beginning carries a vowel that Latin writings always show.
    start = "a" if word[0] in "عأ" else ""
    plain = "".join(
        table[c] if c in table else "" if unicodedata.category(c).startswith("M") else anyascii(c).lower() for c in word
    )
    return "".join(c for c in (plain if plain.startswith("a") else start + plain) if c.isalnum())


def _kana(word: str) -> str:
    """Kana by sound: a small vowel or y-sign takes the place of the vowel before it, length marks fall silent."""
    said: list[str] = []
    for sign in word:
        roman = "".join(c for c in anyascii(sign).lower() if c.isalnum())
        if sign in _SMALL_VOWELS and said:
            said[-1] = said[-1].rstrip("aiueo") + roman
        elif sign in _SMALL_Y and said:
            former = said[-1].rstrip("i")
            said[-1] = former + (roman[1:] if former[-2:] in ("sh", "ch") or former[-1:] == "j" else roman)
        elif sign not in _SILENT_SIGNS:
            said.append(roman)
    return "".join(said)
