"""What a text is like: words, sentences, paragraphs, language; and the passages that it is kept in."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

PASSAGE = 3_000
"""Characters after which a passage ends with its paragraph."""
LONGEST = 6_000
"""Characters that no passage exceeds: a longer paragraph is cut between sentences."""
TEXT_LENGTH = 2_000_000

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SYLLABLE = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[”’」』）]*")

_COMMON = {
    name: frozenset(words.split())
    for name, words in {
        "en": "the of and to in that was for with his her is on as by at from has have been said after were its not",
        "fr": "le la les de des du et en un une que qui est dans pour sur par au aux avec ce cette ont été pas son",
        "es": "el la los las de del y en un una que por con para se al es su como más fue han lo sus ha",
        "pt": "o a os as de do da dos das e em um uma que por com para no na se ao foi são mais não",
        "de": "der die das und in den von zu mit dem des im für auf ist ein eine nicht sich auch nach wurde hat",
        "it": "il lo la gli le di del della che e in un una per con non è sono al alla da si anche nel",
        "nl": "de het een en van in op te dat die is voor met zijn aan door niet ook naar bij heeft",
        "pl": "w i na z do że się nie jest to o po od za przez oraz jak ale dla są był",
        "sv": "och att det som en på är av för med till den har de inte om ett var från",
        "tr": "ve bir bu için ile da de olarak olan daha çok gibi kadar sonra en ise",
    }.items()
}
_SCRIPTS = {"ru": "[\u0400-\u04ff]", "ar": "[\u0600-\u06ff]", "hi": "[\u0900-\u097f]", "el": "[\u0370-\u03ff]"}
_LOOKED_AT = 4_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """Counts of a text; two ideographs or syllables of scripts without blanks count as one word. `language` is a
    two-letter code, empty where none is clear."""

    words: int
    sentences: int
    paragraphs: int
    language: str


def mended(text: str) -> str:
    """A text as it may be kept: NFC, without control characters, each paragraph in one line, a blank line between."""
    plain = unicodedata.normalize(
        "NFC", _REFUSED.sub(" ", text[:TEXT_LENGTH].replace("\r\n", "\n").replace("\r", "\n"))
    )
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n\n".join(line for line in lines if line)


def one_line(text: str | None, length: int = 1_000) -> str | None:
    """A title or description: mended, in one line, cut; None where nothing is left."""
    found = " ".join(mended(text).split()) if text else ""
    return found[:length] or None


def likeness(text: str, hint: str = "") -> Likeness:
    """What a mended text is like; `hint` is the language that the page states, believed where words do not tell."""
    packed = len(_IDEOGRAPH.findall(text)) + len(_SYLLABLE.findall(text))
    spaced = len(_WORD.findall(_SYLLABLE.sub(" ", _IDEOGRAPH.sub(" ", text)))) if packed else len(_WORD.findall(text))
    paragraphs = [one for one in text.split("\n\n") if one]
    sentences = sum(max(1, len(_END.findall(one))) for one in paragraphs)
    return Likeness(spaced + (packed + 1) // 2, sentences, len(paragraphs), language_of(text) or hint)


def language_of(text: str) -> str:
    """The language, by its script or its commonest words; empty where none is clear."""
    head = text[:_LOOKED_AT]
    letters = sum(map(len, _LETTERS.findall(head))) or 1
    if len(re.findall("[\u3040-\u30ff]", head)) > letters * 0.1:
        return "ja"
    if len(re.findall("[\uac00-\ud7af]", head)) > letters * 0.3:
        return "ko"
    if len(_IDEOGRAPH.findall(head)) > letters * 0.3:
        return "zh"
    for language, script in _SCRIPTS.items():
        if len(re.findall(script, head)) > letters * 0.5:
            return language
    words = [word.lower() for word in _LETTERS.findall(head)]
    scores = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 3 and scores[best] > 0.1 * len(words) else ""


def passages(text: str) -> list[str]:
    """A mended text in parts that end with a paragraph, a few thousand characters each; joined they are the text."""
    found: list[str] = []
    held = ""
    for piece in _pieces(text):
        if held and len(held) + len(piece) > LONGEST:
            found.append(held)
            held = ""
        held += piece
        if len(held) >= PASSAGE:
            found.append(held)
            held = ""
    return [*found, held] if held else found


def _pieces(text: str) -> Iterator[str]:
    for paragraph in re.split(r"(?<=\n\n)", text):
        rest = paragraph
        while len(rest) > LONGEST:
            ends = [match.end() for match in _END.finditer(rest, PASSAGE, LONGEST)]
            cut = ends[-1] if ends else rest.rfind(" ", PASSAGE, LONGEST) + 1 or LONGEST
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest
