"""WHO: noun groups, above all the subject of the headline."""

from collections import Counter

from ingest.extraction.article import Article, Group, Sentence
from ingest.extraction.candidate import Candidate, Features, best, named_often, spanning, stem, where_said
from ingest.extraction.clauses import clauses, kicker
from ingest.extraction.dates import dates
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
_AMOUNTS = (
    *(("at", "least"), ("at", "most"), ("more", "than"), ("fewer", "than"), ("less", "than"), ("as", "many", "as")),
    *(("up", "to"), ("nearly",), ("almost",), ("about",), ("around",), ("some",)),
)
"""What stands before a number and belongs to it."""
_ACTING = ("er", "or", "ist", "ian", "eer", "ant", "man", "men", "woman", "women")
"""Endings of nouns for those who do something, most of the time."""
_BODIES = frozenset(
    "administration management ministry department commission parliament congress senate house staff crew squad side"
    " club league federation association alliance coalition movement opposition public crowd church school university"
    " hospital navy force service office embassy maker media press network channel newspaper".split()
)
"""Heads of groups that many act by, beside those of `PEOPLE`."""
_PARTS = frozenset(
    "dozens scores hundreds thousands millions number group team crowd pair couple majority lot all some many most one"
    " two three four five six seven eight nine ten".split()
)
"""Words before "of" that only count."""
_SAYING = frozenset(
    "say says said tell tells told add adds added report reports reported explain explains explained write writes wrote"
    " confirm confirms confirmed admit admits admitted state states stated warn warns warned claim claims claimed"
    " insist insists insisted note notes noted recall recalls recalled describe describes described".split()
)
"""Verbs of those who only tell of what happened."""


def who(article: Article) -> list[Candidate]:
    """Candidates in the order in which they are said."""
    names = named_often(article)
    found: list[Candidate] = []
    for sentence in article.sentences[:_REACH]:
        subjects, objects = _roles(sentence)
        speakers = _speakers(sentence)
        first = kicker(sentence) if sentence.part == "title" else 0
        timed = [(one.start, one.end) for one in dates(sentence.text, article.published)]
        for group in _groups(sentence):
            last = sentence.tokens[group.end - 1]
            if any(a <= last.start < b for a, b in timed):
                continue
            start = _whole(sentence, group)
            features = where_said(article, sentence) | _of(sentence, group, start, names, first)
            features["speaks"] = float(group.start in speakers)
            role = subjects.get(group.start, subjects.get(group.end - 1))
            if role is not None:
                features["subject"] = 1.0
                features[f"subject in {sentence.part}"] = float(role == 0)
                features["later subject"] = float(role > 0)
            if group.start in objects:
                features["object"] = 1.0
            found.append(spanning(sentence, start, group.end, features))
    return best(found)


def _groups(sentence: Sentence) -> list[Group]:
    """Noun groups, with "dozens of rescuers" and "A, B and C" also whole."""
    found = list(sentence.groups)
    for one, two in zip(sentence.groups, sentence.groups[1:], strict=False):
        if two.start == one.end + 1 and sentence.tokens[one.end].lower == "of":
            found.append(Group(one.start, two.end))
    for group in sentence.groups:
        owned = next((i for i in range(group.start + 1, group.end) if sentence.tags[i] == "POS"), 0)
        if owned:
            found.append(Group(group.start, owned))
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


def _whole(sentence: Sentence, group: Group) -> int:
    """Where a counted group begins: "at least seven people" is one."""
    start = group.start
    if sentence.tokens[start].lower == "least":
        start += 1
    if sentence.tags[start] != "CD":
        return group.start
    for phrase in _AMOUNTS:
        first = start - len(phrase)
        if first >= 0 and tuple(token.lower for token in sentence.tokens[first:start]) == phrase:
            return first
    return group.start


def _speakers(sentence: Sentence) -> set[int]:
    """Starts of the groups that only tell of what happened: "officials said", "said Ann Lee", "according to police"."""
    if sentence.part == "title":
        return set()
    found = set[int]()
    for clause in clauses(sentence):
        if clause.subject is not None and sentence.tokens[clause.main].lower in _SAYING:
            found.add(clause.subject.start)
    words = sentence.tokens
    for group in sentence.groups:
        before = words[group.start - 1].lower if group.start else ""
        if before in _SAYING or (before == "to" and group.start > 1 and words[group.start - 2].lower == "according"):
            found.add(group.start)
    return found


def _head(sentence: Sentence, group: Group) -> int:
    """Place of the word that says what the group is: of "fans of the bar" fans, of "dozens of fans" fans, too."""
    for i in range(group.start + 1, group.end):
        if sentence.tokens[i].lower == "of" and sentence.tokens[i - 1].lower not in _PARTS:
            return i - 1
    return group.end - 1


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


def _of(sentence: Sentence, group: Group, start: int, names: Counter[str], first: int) -> Features:
    words = sentence.tokens[group.start : group.end]
    tags = sentence.tags[group.start : group.end]
    place = _head(sentence, group) - group.start
    head = words[place]
    before = sentence.tokens[start - 1].lower if start else ""
    capitals = sum(t == "NNP" or t == "NNPS" for t in tags)
    text = " ".join(w.text for w in words)
    people = head.lower in PEOPLE or stem(head.lower) in PEOPLE
    acting = people or head.lower in _BODIES or head.lower in _PARTS or head.lower.removesuffix("s").endswith(_ACTING)
    often = max((names[stem(w.lower)] for w in words if w.capital), default=0)
    return {
        "a name": float(capitals == len(tags)),
        "holds a name": float(capitals > 0),
        "people": float(people),
        "a thing": float(not acting and not head.capital and tags[place] in ("NN", "NNS")),
        "counted": float(tags[0] == "CD" or words[0].lower in ("several", "dozens", "hundreds", "thousands", "least")),
        "at a place": float(before in ("in", "at", "near", "from", "outside", "inside", "into", "across", "on")),
        "after of or to": float(before in ("of", "to", "with", "over", "for", "against", "after", "about")),
        "by": float(before == "by"),
        "owner": float(group.end < len(sentence.tags) and sentence.tags[group.end] == "POS"),
        "a country": float(country(text) is not None),
        "often": min(often, 8) / 8,
        "first words": float(start == first),
        "in the kicker": float(group.end < first),
        "several": float(any(w.text in (",", "and") for w in words)),
        "of": float(any(w.lower == "of" for w in words)),
        "long": max(0.0, len(words) - 4) / 4,
        "one word": float(len(words) == 1),
        "lower": float(capitals == 0),
        "a with the article": float(tags[0] == "DT"),
    }
