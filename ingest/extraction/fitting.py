"""`python -m ingest.extraction.fitting GOLD.jsonl [--write]`: fits the ranker's weights and tells how well they do on
events that they were not fitted to.

GOLD: one article a line: id, event, title, description, text, date_publish, gold {question: [{text, coders}]}. Each
candidate is graded against the gold phrases (1, .5 or 0 by shared words, after Hamborg, Breitinger, Gipp 2019). The
weights are those of a softmax over the candidates of an article that gives most probability to good ones (the listwise
loss of Cao et al. 2007, with the answers' grades as a mixture), pulled to what is held beforehand (`priors`). Every
figure printed is of events left out.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from ingest.extraction.article import Article
from ingest.extraction.candidate import Candidate, content
from ingest.extraction.priors import PRIORS
from ingest.extraction.ranker import score
from ingest.extraction.tokens import tokens
from ingest.extraction.what import what
from ingest.extraction.when import when
from ingest.extraction.where import where
from ingest.extraction.who import who
from ingest.extraction.why import why

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
QUESTIONS: dict[str, Callable[[Article], list[Candidate]]] = {
    "who": who,
    "what": what,
    "when": when,
    "where": where,
    "why": why,
}
PULL = 4.0
"""Strength of the pull to the priors, the same for all questions: one number chosen on left-out events."""
STEPS = 300


@dataclass(slots=True)
class Case:
    """One article's candidates to one question with their grades."""

    event: str
    found: list[Candidate]
    grades: list[float]
    asked: bool
    """False when the coders found no answer: then nothing is graded."""


def main() -> None:
    """Fits, prints the figures of left-out events, and writes `weights.json` when asked to."""
    asked = argparse.ArgumentParser(prog="python -m ingest.extraction.fitting", description=__doc__)
    asked.add_argument("gold", type=Path)
    asked.add_argument("--write", action="store_true", help="write ingest/extraction/weights.json")
    asked.add_argument("--predictions", type=Path, help="write the answers of left-out events there")
    given = asked.parse_args()
    articles = [orjson.loads(line) for line in given.gold.read_bytes().splitlines() if line.strip()]
    weights: dict[str, dict[str, float]] = {}
    answers: dict[str, dict[str, Any]] = {row["id"]: {"id": row["id"]} for row in articles}
    total = 0.0
    for question in QUESTIONS:
        cases = [_case(question, row) for row in articles]
        held = [_held_out(question, cases, n) for n in range(len(cases))]
        graded = [(case, order) for case, order in zip(cases, held, strict=True) if case.asked]
        first = sum(_first(case, order) for case, order in graded) / max(1, len(graded))
        third = sum(max((case.grades[i] for i in order[:3]), default=0.0) for case, order in graded) / max(
            1, len(graded)
        )
        ceiling = sum(max(case.grades, default=0.0) for case, _ in graded) / max(1, len(graded))
        total += first
        figures = f"gp@1 {first:.3f}  gp@3 {third:.3f}  of all candidates {ceiling:.3f}"
        sys.stderr.write(f"{question:<6} {figures}\n")
        for row, case, order in zip(articles, cases, held, strict=True):
            answers[row["id"]][question] = [
                {"text": case.found[i].text} | ({"date": case.found[i].moment} if case.found[i].moment else {})
                for i in order[:3]
            ]
        weights[question] = _fit(question, cases)
    sys.stderr.write(f"mean5  {total / 5:.3f}\n")
    if given.predictions:
        given.predictions.write_text("".join(json.dumps(one) + "\n" for one in answers.values()))
    if given.write:
        place = Path(__file__).with_name("weights.json")
        place.write_bytes(orjson.dumps(weights, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")


def _case(question: str, row: dict[str, Any]) -> Case:
    found = QUESTIONS[question](read(row))
    gold = [set_of(one["text"]) for one in row["gold"].get(question, []) if (one.get("text") or "").strip()]
    return Case(row["event"], found, [grade(one.text, gold) for one in found], bool(gold))


def read(row: dict[str, Any]) -> Article:
    """An article of a line of the gold file."""
    told = str(row.get("date_publish") or "")[:10]
    published = date.fromisoformat(told) if told else None
    return Article(row["id"], row.get("title") or "", row.get("description") or "", row.get("text") or "", published)


def set_of(text: str) -> list[str]:
    """The words that a grade looks at."""
    return sorted(content(tokens(text))) or [t.lower for t in tokens(text)]


def grade(answer: str, gold: Sequence[list[str]]) -> float:
    """1 when the answer shares most words with a gold phrase, .5 when some, else 0."""
    told = set_of(answer)
    best = 0.0
    for words in gold:
        shared = len(set(told) & set(words))
        if not shared:
            continue
        f1 = 2 * shared / (len(told) + len(words))
        whole = shared / len(words) >= 0.8
        if f1 >= 0.5 or (whole and len(told) <= 2 * len(words) + 1):
            return 1.0
        if f1 >= 0.25 or (whole and len(told) <= 4 * len(words) + 2) or shared / len(told) >= 0.8:
            best = 0.5
    return best


def _held_out(question: str, cases: list[Case], n: int) -> list[int]:
    """Order of the candidates of case `n` by weights fitted to all other events."""
    fitted = _fit(question, [case for case in cases if case.event != cases[n].event])
    scores = [score(one.features, fitted) for one in cases[n].found]
    return sorted(range(len(scores)), key=lambda i: -scores[i])


def _first(case: Case, order: list[int]) -> float:
    return case.grades[order[0]] if order else 0.0


def _fit(question: str, cases: Iterable[Case]) -> dict[str, float]:
    """Gradient ascent (Adam: Kingma, Ba 2015) on the log of the probability that falls on good answers."""
    told = [case for case in cases if case.asked and any(case.grades)]
    names = sorted({name for case in told for one in case.found for name in one.features} | PRIORS[question].keys())
    place = {name: n for n, name in enumerate(names)}
    given = [(_matrix(case, place), np.array(case.grades) ** 1.5) for case in told]
    held: Vector = np.array([PRIORS[question].get(name, 0.0) for name in names])
    weights = held.copy()
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = -PULL * (weights - held)
        for x, good in given:
            scores = x @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            better = chance * good
            slope += x.T @ (better / better.sum() - chance)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        weights += 0.03 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weights[n]), 4) for name, n in place.items()}


def _matrix(case: Case, place: dict[str, int]) -> Matrix:
    x: Matrix = np.zeros((len(case.found), len(place)))
    for n, one in enumerate(case.found):
        for name, value in one.features.items():
            x[n, place[name]] = value
    return x


if __name__ == "__main__":
    main()
