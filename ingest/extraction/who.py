"""WHO: noun groups, above all the subject of the headline."""

from collections import Counter

from ingest.extraction.article import Article, Group, Sentence
from ingest.extraction.candidate import Candidate, Features, best, spanning, stem, where_said
from ingest.extraction.clauses import clauses, kicker
from resolution.names.territory import country

PEOPLE = frozenset(
    "people person man men woman women boy boys girl girls child children teenager teenagers father mother son daughter"
    " police officer officers soldier soldiers troops driver drivers passenger passengers pilot victim victims official"
    " officials minister ministers president leader leaders lawmakers senator senators judge jury court lawyer lawyers"
    " workers worker student students teacher teachers protesters protester fans fan voters voter residents rescuers"
    " firefighters doctors scientists researchers experts company companies firm firms bank government army militants"
    " militant rebels gunman gunmen attacker attackers bomber suspect suspects family families team players player"
    " coach star singer actor actress author boss chief director king queen prince princess pope civilians migrants"
    " refugees hackers prosecutors investigators regulators analysts investors shareholders customers users owner"
    " members member group party union council committee authorities agency city state".split()
)
"""Heads of groups that can act, in any news."""
_REACH = 6


def who(article: Article) -> list[Candidate]:
    """Candidates in the order in which they are said."""
    names = Counter(stem(t.lower) for s in article.sentences for t in s.tokens if t.capital)
    found: list[Candidate] = []
    for sentence in article.sentences[:_REACH]:
        subjects, objects = _roles(sentence)
        first = kicker(sentence) if sentence.part == "title" else 0
        for group in _groups(sentence):
            features = where_said(article, sentence) | _of(sentence, group, names, first)
            role = subjects.get(group.start, subjects.get(_head(sentence, group)))
            if role is not None:
                features["subject"] = 1.0
                features[f"subject in {sentence.part}"] = float(role == 0)
                features["later subject"] = float(role > 0)
            if group.start in objects:
                features["object"] = 1.0
            found.append(spanning(sentence, group.start, group.end, features))
    return best(found)


def _groups(sentence: Sentence) -> list[Group]:
    """Noun groups, with "dozens of rescuers" and "A, B and C" also whole."""
    found = list(sentence.groups)
    for one, two in zip(sentence.groups, sentence.groups[1:], strict=False):
        if two.start == one.end + 1 and sentence.tokens[one.end].lower == "of":
            found.append(Group(one.start, two.end))
    row: list[Group] = []
    for group in [*sentence.groups, Group(10_000, 10_000)]:
        if row and group.start - row[-1].end == 1 and sentence.tokens[row[-1].end].text in (",", "and", "&"):
            row.append(group)
            continue
        if len(row) > 1 and sentence.tokens[row[-1].start - 1].lower in ("and", "&"):
            found.append(Group(row[0].start, row[-1].end))
        row = [group]
    for i, tag in enumerate(sentence.tags):
        if tag == "CD" and i + 1 < len(sentence.tags) and sentence.tags[i + 1] in ("VBN", "VBD", "JJ") and i < 4:
            found.append(Group(i, i + 2))
    return found


def _head(sentence: Sentence, group: Group) -> int:
    return group.end - 1 if group.end <= len(sentence.tokens) else group.start


def _roles(sentence: Sentence) -> tuple[dict[int, int], set[int]]:
    """Places at which subjects begin, with the number of their clause, and those of objects."""
    subjects: dict[int, int] = {}
    objects = set[int]()
    for number, clause in enumerate(clauses(sentence)):
        if clause.subject is not None:
            subjects.setdefault(clause.subject.start, number)
        after = [g for g in sentence.groups if clause.main < g.start <= clause.main + 2]
        if after:
            objects.add(after[0].start)
        for g in sentence.groups:
            if g.start and sentence.tokens[g.start - 1].lower == "by" and clause.main < g.start < clause.end:
                subjects.setdefault(g.start, 1)
    return subjects, objects


def _of(sentence: Sentence, group: Group, names: Counter[str], first: int) -> Features:
    words = sentence.tokens[group.start : group.end]
    tags = sentence.tags[group.start : group.end]
    head = words[-1]
    before = sentence.tokens[group.start - 1].lower if group.start else ""
    capitals = sum(t == "NNP" or t == "NNPS" for t in tags)
    text = " ".join(w.text for w in words)
    often = max((names[stem(w.lower)] for w in words if w.capital), default=0)
    return {
        "a name": float(capitals == len(tags)),
        "holds a name": float(capitals > 0),
        "people": float(head.lower in PEOPLE or stem(head.lower) in PEOPLE),
        "counted": float(tags[0] == "CD" or words[0].lower in ("several", "dozens", "hundreds", "thousands", "least")),
        "at a place": float(before in ("in", "at", "near", "from", "outside", "inside", "into", "across", "on")),
        "after of or to": float(before in ("of", "to", "with", "over", "for", "against", "after", "about")),
        "by": float(before == "by"),
        "a country": float(country(text) is not None),
        "often": min(often, 8) / 8,
        "first words": float(group.start == first),
        "in the kicker": float(group.end < first),
        "several": float(any(w.text in (",", "and") for w in words)),
        "of": float(any(w.lower == "of" for w in words)),
        "long": max(0.0, len(words) - 4) / 4,
        "one word": float(len(words) == 1),
        "lower": float(capitals == 0),
        "a with the article": float(tags[0] == "DT"),
    }
