"""WHEN: times told near the head of the article, and the day of publication."""

from datetime import date

from ingest.extraction.article import Article, Sentence
from ingest.extraction.candidate import Candidate, Features, best, where_said
from ingest.extraction.clauses import clauses
from ingest.extraction.dates import Dated, dates

_HEDGES = (
    "around ",
    "about ",
    "at around ",
    "at about ",
    "shortly after ",
    "shortly before ",
    "just after ",
    "just before ",
    "almost ",
)


def when(article: Article) -> list[Candidate]:
    """Candidates in order; the day of publication last, written out."""
    found: list[Candidate] = []
    for sentence in article.sentences:
        for number, one in enumerate(dates(sentence.text, article.published)):
            start = _hedged(sentence.text, one.start)
            features = (
                where_said(article, sentence)
                | _of(article, sentence, one)
                | {
                    "not the first of its sentence": float(number > 0),
                    "nth": min(len(found), 5) / 5,
                    "first told": float(not found),
                }
            )
            text = sentence.text[start : one.end]
            found.append(Candidate(text, sentence, start, one.end, features, one.moment))
    known = {one.moment for one in found if one.features["recent"]}
    found = best(found)
    if article.published:
        features = {
            "published": 1.0,
            "published, none told": float(not found),
            "published, no recent told": float(not known),
            "published, recent told": float(bool(known)),
        }
        found.append(Candidate(_written(article.published), None, 0, 0, features, article.published.isoformat()))
    return found


def _hedged(text: str, start: int) -> int:
    head = text[max(0, start - 16) : start].lower()
    return next((start - len(word) for word in sorted(_HEDGES, key=len, reverse=True) if head.endswith(word)), start)


def _of(article: Article, sentence: Sentence, one: Dated) -> Features:
    day = _day(one.moment)
    apart = (article.published - day).days if article.published and day else None
    before = sentence.text[: one.start].rstrip().lower()
    return {
        f"form {one.form}": 1.0,
        "with an hour": float(one.exact),
        "weekday and date": float(
            one.form == "date"
            and not sentence.text[one.start].isdigit()
            and sentence.text[one.start : one.end].count(" ") > 2
        ),
        "early and of the day": float(apart in (0, 1) and sentence.order == 0),
        "hour and day": float(one.exact and one.form != "clock"),
        "hour alone": float(one.exact and one.form == "clock"),
        "recent": float(apart is not None and 0 <= apart <= 2),
        "of the day": float(apart == 0),
        "of the week": float(apart is not None and 2 < apart <= 7),
        "long ago": float(apart is not None and apart > 30),
        "to come": float(apart is not None and apart < 0),
        "on": float(before.endswith((" on", " late", " early", " at"))),
        "since or until": float(before.endswith((" since", " until", " before", " by", " from", "born"))),
        "past tense": float(any(sentence.tags[c.verb] == "VBD" for c in clauses(sentence)[:2])),
        "bracketed": float(before.endswith("(")),
        "words": min(4, sentence.text[one.start : one.end].count(" ") + 1) / 4,
    }


def _day(moment: str | None) -> date | None:
    return date.fromisoformat(moment) if moment and len(moment) == 10 else None


def _written(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
