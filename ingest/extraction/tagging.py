"""Parts of speech of English words: the likeliest of each word, mended by what stands around it.

After E. Brill (1992), A simple rule-based part of speech tagger: his lexicon (`english/words.txt`), a few rules of our
own instead of his, since headlines leave out articles and auxiliaries. Tags are those of the Penn Treebank.
"""

from functools import cache
from importlib.resources import files

from ingest.extraction.tokens import POSSESSIVE, Token

_CLOSED = {
    "to": "TO",
    "that": "IN",
    "who": "WP",
    "which": "WDT",
    "whose": "WP$",
    "after": "IN",
    "before": "IN",
    "as": "IN",
    "than": "IN",
    "not": "RB",
    "n't": "RB",
    "like": "IN",
    "near": "IN",
    "amid": "IN",
    "over": "IN",
    "out": "RP",
    "up": "RP",
    "down": "RP",
    "off": "RP",
    "will": "MD",
    "may": "MD",
    "might": "MD",
    "can": "MD",
}
_NOUN_BEFORE = frozenset(("DT", "PRP$", "POS", "JJ", "CD"))
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
FINITE = frozenset(("VBZ", "VBD", "VBP", "MD"))
BE = frozenset("is are was were be been being am 's".split())
HAVE = frozenset("has have had".split())


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    text = (files("ingest.extraction") / "english" / "words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            tag, *words = line.split()
            found.update(dict.fromkeys(words, tag))
    return found | _CLOSED


def usual(word: str) -> str:
    """The likeliest tag of an English word in small letters, empty for what is none."""
    return _words().get(word, "")


@cache
def can_be_verb(word: str) -> str:
    """The base of a verb that this word may be a form of, empty when none is known."""
    words = _words()
    for base in _bases(word):
        if words.get(base) in ("VB", "VBP"):
            return base
        stem = base[:-1] if base.endswith("e") else base
        doubled = stem + stem[-1] if stem else stem
        forms = (f"{stem}ed", f"{stem}ing", f"{doubled}ed", f"{doubled}ing", f"{stem[:-1]}ied" if stem else "")
        if any(words.get(form, "").startswith("VB") for form in forms):
            return base
    return ""


def _bases(word: str) -> list[str]:
    found = [word]
    for tail, head in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ied", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        if word.endswith(tail) and len(word) - len(tail) > 1:
            found.append(word[: -len(tail)] + head)
    return found


def tag(sentence: list[Token], *, headline: bool = False) -> list[str]:
    """The tag of each token. In a headline a plural-looking word after a noun may be its verb ("Taliban attacks")."""
    titled = headline and _titled(sentence)
    tags = [_alone(token, _heads(sentence, place), titled) for place, token in enumerate(sentence)]
    for place, token in enumerate(sentence):
        if token.lower == "'" and not (place and sentence[place - 1].end == token.start):
            tags[place] = "."
    for i, token in enumerate(sentence):
        before = tags[i - 1] if i else ""
        after = tags[i + 1] if i + 1 < len(tags) else ""
        tags[i] = _around(token, tags[i], before, after)
    if headline and not any(t in FINITE for t in tags):
        _find_verb(sentence, tags)
    elif headline:
        _find_verb(sentence, tags, only_early=True)
    return tags


def _heads(sentence: list[Token], place: int) -> int:
    """0 where a capital may stand only because something begins, else the place."""
    return 0 if place == 0 or sentence[place - 1].text in ":.?!\"“‘'" else place


def _titled(sentence: list[Token]) -> bool:
    """True when nearly all words have capitals, so that a capital tells nothing."""
    words = [token for token in sentence if token.text[0].isalpha() and len(token.text) > 3]
    return len(words) > 3 and sum(token.capital for token in words) > 0.7 * len(words)


def _alone(token: Token, place: int, titled: bool) -> str:
    word = token.lower
    if word in POSSESSIVE:
        return "POS"
    first = token.text[0]
    if not first.isalnum():
        return "."
    if first.isdigit():
        return "CD"
    known = _words().get(word)
    shouted = token.text.isupper() and len(token.text) > 1
    if shouted and len(token.text) <= 4 and known in ("PRP", "VB", "JJ", "IN", "PRP$") and not titled:
        return "NNP"
    if token.capital and place and not titled and not (shouted and known):
        return known if known in ("DT", "IN", "CC", "PRP", "PRP$", "MD", "TO") else "NNP"
    if known:
        return known
    if token.capital:
        return "NNP"
    return _by_tail(word)


def _by_tail(word: str) -> str:
    for tail, tag_ in (
        ("ing", "VBG"),
        ("ed", "VBN"),
        ("ly", "RB"),
        ("ous", "JJ"),
        ("ful", "JJ"),
        ("ive", "JJ"),
        ("able", "JJ"),
    ):
        if word.endswith(tail) and len(word) > len(tail) + 2:
            return tag_
    if "-" in word:
        return "JJ"
    return "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"


def _around(token: Token, now: str, before: str, after: str) -> str:
    if before in ("TO", "MD") and now in ("NN", "VBP", "VBD", "NNS", "JJ") and can_be_verb(token.lower) == token.lower:
        return "VB"
    if before in _NOUN_BEFORE and before != "CD" and now in ("VB", "VBP") and after not in ("TO", "DT"):
        return "NN"
    if before in ("DT", "PRP$", "POS") and now in ("VBZ", "VBD"):
        return "NNS" if now == "VBZ" else "VBN"
    if now == "VBN" and before in ("NN", "NNS", "NNP", "NNPS", "PRP", "WP", "WDT", "RB"):
        return "VBD"
    if now in ("NNS", "NN") and before in ("PRP", "WP", "WDT") and can_be_verb(token.lower):
        return "VBZ" if token.lower.endswith("s") else "VBP"
    if now == "VB" and before in ("NNS", "NNPS", "PRP", "NNP", "NN"):
        return "VBP"
    return now


def _find_verb(sentence: list[Token], tags: list[str], *, only_early: bool = False) -> None:
    """Makes the first noun that can be a verb form, stands after a noun and before a phrase, the headline's verb."""
    for i in range(1, len(tags) - 1):
        if tags[i] in FINITE:
            return
        word = sentence[i].lower
        if tags[i] in ("IN", "TO", "."):
            if only_early:
                return
            continue
        if tags[i - 1] not in NOUNS or tags[i] not in ("NNS", "NN", "NNP", "NNPS", "VB", "VBP", "JJ"):
            continue
        base = can_be_verb(word)
        ending = word.endswith("s") and not word.endswith("ss") and base != word
        plain = base == word and (tags[i - 1] in ("NNS", "NNPS") or tags[i + 1] in ("DT", "PRP$", "RP"))
        described = tags[i + 1] == "VBD" and i + 2 < len(tags) and tags[i + 2] in NOUNS
        joined = tags[i + 1] == "CC" and i + 2 < len(tags)
        another = joined and (tags[i + 2] in FINITE or sentence[i + 1].lower == "but")
        follows = another or (tags[i + 1] not in ("POS", ".", "CC") and (tags[i + 1] not in FINITE or described))
        if base and (ending or plain) and follows:
            tags[i] = "VBZ" if ending else "VBP"
            if described:  # "visits flooded villages"
                tags[i + 1] = "VBN"
            return
