"""WHY: what follows a word of cause, purpose or sequence near the head of the article."""

import re
from collections.abc import Sequence

from ingest.extraction.article import Article, Sentence
from ingest.extraction.candidate import Candidate, Features, best, content, spanning, where_said
from ingest.extraction.clauses import clauses, kicker

_MARKERS: tuple[tuple[str, str], ...] = (
    ("because of", "because"), ("because", "because"), ("due to", "due to"), ("thanks to", "due to"),
    ("owing to", "due to"), ("as a result of", "due to"), ("caused by", "due to"), ("driven by", "due to"),
    ("prompted by", "due to"), ("sparked by", "due to"), ("triggered by", "due to"), ("blamed on", "due to"),
    ("in response to", "response"), ("in retaliation for", "response"), ("in revenge for", "response"),
    ("in protest at", "response"), ("in protest against", "response"), ("in reaction to", "response"),
    ("in an attempt to", "aim"), ("in an effort to", "aim"), ("in a bid to", "aim"), ("in order to", "aim"),
    ("so as to", "aim"), ("so that", "aim"), ("aimed at", "aim"), ("designed to", "aim"), ("intended to", "aim"),
    ("in the wake of", "after"), ("following", "after"), ("after", "after"), ("amid", "amid"), ("over", "over"),
    ("since", "since"), ("as", "as"), ("when", "when"), ("while", "while"), ("despite", "despite"),
    ("accused of", "over"), ("for", "for"), ("to", "to"), ("by", "by"), ("with", "with"), ("from", "from"),
    ("saying", "saying"), ("who", "who"), ("which", "which"), ("that", "that"),
)  # fmt: skip
_BY_WORD: dict[str, list[tuple[Sequence[str], str]]] = {}
for _phrase, _kind in _MARKERS:
    _BY_WORD.setdefault(_phrase.split()[0], []).append((_phrase.split(), _kind))
_CAUSES = frozenset(
    "reason reasons cause causes caused because blame blames blamed due result motive aim aims bid attempt revenge"
    " retaliation protest anger fears fear concerns concern pressure response decision costs".split()
)
_REACH = 6


def why(article: Article) -> list[Candidate]:
    """Candidates in order: clauses after a marker, and whole clauses that may tell the cause."""
    found: list[Candidate] = []
    title = article.sentences[0] if article.sentences and article.sentences[0].part == "title" else None
    known = content(title.tokens) if title else set[str]()
    for sentence in article.sentences[:_REACH]:
        said = where_said(article, sentence)
        taken = set[int]()
        for i in range(1, len(sentence.tokens) - 1):
            marker = _marker(sentence, i)
            if marker is None or i in taken:
                continue
            size, kind = marker
            taken |= set(range(i, i + size))
            start = i + size
            if kind in ("to", "by", "for", "with", "from") and not _fits(sentence, start, kind):
                continue
            features = said | {f"after {kind}": 1.0, f"{kind} in title": float(sentence.part == "title")}
            for name, end in _ends(sentence, start).items():
                found.append(_one(sentence, start, end, features | {f"up to the {name}": 1.0}, known))
        if sentence.part != "title" or kicker(sentence):
            for number, clause in enumerate(clauses(sentence)[:2]):
                start = clause.subject.start if clause.subject else clause.verb
                whole = said | {"a clause": 1.0, "the first clause": float(number == 0)}
                found.append(_one(sentence, start, clause.end, whole, known))
        for quote in re.finditer(r"[\"“‘']([^\"”’']{4,60})[\"”’']", sentence.text):
            features = said | {"quoted": 1.0}
            found.append(
                _measured(Candidate(quote[1], sentence, quote.start(1), quote.end(1), features), sentence, known)
            )
    return best([one for one in found if len(one.text) > 3])


def _marker(sentence: Sentence, i: int) -> tuple[int, str] | None:
    for words, kind in _BY_WORD.get(sentence.tokens[i].lower, ()):
        if [t.lower for t in sentence.tokens[i : i + len(words)]] == list(words):
            return len(words), kind
    return None


def _fits(sentence: Sentence, start: int, kind: str) -> bool:
    if start >= len(sentence.tags):
        return False
    tag = sentence.tags[start]
    if kind == "to":
        return tag in ("VB", "VBP", "NN", "RB") and sentence.tags[start] == "VB"
    if kind == "by":
        return tag in ("VBG", "NN", "NNS", "JJ", "DT")
    return kind == "for" or tag in ("VBG", "JJ", "NN", "NNS", "DT")


def _ends(sentence: Sentence, start: int) -> dict[str, int]:
    """Ends of the phrase: the first comma or further marker, and the end of the sentence."""
    found: dict[str, int] = {}
    for i in range(start + 1, len(sentence.tokens)):
        word = sentence.tokens[i]
        if (
            word.text in ",;.—–|:"
            or word.text in ("--", "...")
            or word.lower in ("and", "but", "as", "after", "who", "which", "when")
        ):
            found["mark"] = i
            break
    for i in range(start + 1, len(sentence.tokens)):
        if sentence.tokens[i].text in (".", ";", "|", "—", "--", "...", ","):
            if found.get("mark") != i:
                found["comma"] = i
            break
    if not found:
        found["end"] = len(sentence.tokens)
    return found


def _one(sentence: Sentence, start: int, end: int, features: Features, known: set[str]) -> Candidate:
    start = min(start, end - 1)
    while end - 1 > start and sentence.tokens[end - 1].text in ",.;:\"'“”‘’-…":
        end -= 1
    return _measured(spanning(sentence, start, end, features), sentence, known)


def _measured(one: Candidate, sentence: Sentence, known: set[str]) -> Candidate:
    inside = [t for t in sentence.tokens if one.start <= t.start < one.end]
    tags = [tag for t, tag in zip(sentence.tokens, sentence.tags, strict=True) if one.start <= t.start < one.end]
    words = content(inside)
    one.features |= {
        "words": min(len(inside), 16) / 8,
        "short": float(len(inside) <= 2),
        "over twelve": max(0.0, len(inside) - 12) / 6,
        "has a verb": float(any(tag.startswith("VB") for tag in tags)),
        "begins with a verb": float(bool(tags) and tags[0].startswith("VB")),
        "of the headline": len(words & known) / max(1, len(words)),
        "words of cause": float(any(t.lower in _CAUSES for t in inside)),
        "cause before": float(any(t.lower in _CAUSES for t in sentence.tokens if t.end <= one.start)),
        "names": sum(tag.startswith("NNP") for tag in tags) / max(1, len(tags)),
    }
    return one
