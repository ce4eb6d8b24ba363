"""WHAT: what the verb of the headline tells, with what belongs to it; else the headline's noun phrase."""

from ingest.extraction.article import Article, Sentence
from ingest.extraction.candidate import Candidate, Features, best, content, spanning, where_said
from ingest.extraction.clauses import clauses, kicker
from ingest.extraction.tagging import FINITE

_SAYING = frozenset(
    "say says said tell tells told report reports reported claim claims claimed announce announced".split()
)
_REACH = 4
_CUTS = frozenset("in at on for with from by over amid outside inside near to into during as after".split())


def what(article: Article) -> list[Candidate]:
    """Candidates: verb phrases short and long, kicker, verbless headline."""
    found: list[Candidate] = []
    title = article.sentences[0] if article.sentences and article.sentences[0].part == "title" else None
    known = content(title.tokens) if title else set[str]()
    for sentence in article.sentences[:_REACH]:
        found += _of(article, sentence, known)
    return best([one for one in found if len(one.text) > 2])


def _of(article: Article, sentence: Sentence, known: set[str]) -> list[Candidate]:
    said = where_said(article, sentence)
    found: list[Candidate] = []
    told = clauses(sentence)
    first = kicker(sentence) if sentence.part == "title" else 0
    for number, clause in enumerate(told[:3]):
        start = clause.verb
        if start and sentence.tags[start - 1] == "RB":
            start -= 1
        shape: Features = {
            "first clause": float(number == 0),
            "later clause": float(number > 0),
            "after a link": float(bool(clause.link)),
            "saying": float(sentence.tokens[clause.main].lower in _SAYING),
            "passive": float(sentence.tags[clause.main] in ("VBN",)),
        }
        suffered = float(sentence.part == "title" and _without_object(sentence, clause.main))
        ends = _ends(sentence, clause.main + 1, clause.end)
        for name, end in ends.items():
            found.append(_one(sentence, start, end, said | shape | {f"verb phrase, {name}": 1.0}, known))
            if clause.subject is not None and start - clause.subject.end <= 4:
                whole = said | shape | {f"with subject, {name}": 1.0, "subject of a verb without object": suffered}
                found.append(_one(sentence, clause.subject.start, end, whole, known))
    if first:
        found.append(_one(sentence, 0, first - 1, said | {"kicker": 1.0}, known))
    if sentence.part == "title":
        cut = next(
            (i for i in range(first, len(sentence.tokens)) if sentence.tokens[i].lower in ("after", "as", "because")), 0
        )
        end = cut or len(sentence.tokens)
        verbless = float(not any(first <= clause.verb < end for clause in told))
        if end - first > 1:
            found.append(_one(sentence, first, end, said | {"headline": 1.0, "headline without verb": verbless}, known))
    return found


def _another_deed(sentence: Sentence, i: int) -> bool:
    """Whether a second verb of the same subject follows: "rejects ruling and vows appeal"."""
    return sentence.tokens[i].lower in ("and", "but") and sentence.tags[i + 1] in FINITE


def _without_object(sentence: Sentence, verb: int) -> bool:
    """Whether the subject is what it happens to, or all that is told of: "bridge collapsed", "two hurt in fire"."""
    after = sentence.tags[verb + 1] if verb + 1 < len(sentence.tags) else "."
    return after in ("IN", ".", "RB", "CC")


def _ends(sentence: Sentence, start: int, end: int) -> dict[str, int]:
    """Where the phrase may stop: before the first preposition after its object, before the second, at its end."""
    found: dict[str, int] = {}
    groups = 0
    end = next((i for i in range(start + 1, end - 1) if _another_deed(sentence, i)), end)
    for i in range(start, end):
        if sentence.tokens[i].lower in _CUTS and i > start:
            groups += 1
            if groups == 1:
                found["short"] = i
            elif groups == 2:
                found["middle"] = i
                break
    if start < end or not found:
        found["long"] = max(end, start)
    return {name: place for name, place in found.items() if place > start - 1}


def _one(sentence: Sentence, start: int, end: int, features: Features, known: set[str]) -> Candidate:
    while end - 1 > start and sentence.tokens[end - 1].text in ",.;:\"'“”‘’-":
        end -= 1
    end = max(end, start + 1)
    size = end - start
    words = content(sentence.tokens[start:end])
    place = "title" if sentence.part == "title" else "lead"
    features |= {
        f"{name} of the {place}": 1.0 for name in [*features] if name.startswith(("verb phrase", "with subject"))
    }
    features |= {
        "one word": float(size == 1),
        "two words": float(size == 2),
        "words": min(size, 12) / 6,
        "over eight": max(0.0, size - 8) / 4,
        "of the headline": len(words & known) / max(1, len(words)),
        "of words that mean": len(words) / max(1, size),
    }
    return spanning(sentence, start, end, features)
