"""WHERE: names after prepositions of place, datelines, names of places that are known."""

import re
from collections import Counter
from collections.abc import Callable

from ingest.extraction.article import Article, Group, Sentence
from ingest.extraction.candidate import Candidate, Features, best, named_often, spanning, stem, where_said
from ingest.extraction.dates import dates
from ingest.extraction.gazetteer import known_place
from ingest.extraction.tagging import usual
from ingest.extraction.who import PEOPLE
from resolution.names import lists
from resolution.names.territory import country

_PREPOSITIONS = {
    "in": "in", "at": "at", "near": "near", "outside": "outside", "inside": "outside", "from": "from", "on": "on",
    "into": "to", "to": "to", "across": "across", "around": "across", "off": "near", "throughout": "across", "of": "of",
    "between": "near", "through": "across", "along": "near", "over": "over",
}  # fmt: skip
_PLACE_HEADS = frozenset(
    "city town village province state county district region area suburb street road avenue square park airport station"
    " stadium hospital school university church mosque temple hotel house palace tower embassy consulate court centre"
    " center building bridge river lake sea ocean island coast border camp base prison capital"
    " circuit track field arena"
    " hall plaza valley mountain desert bay port harbour beach"
    " north south east west".split()
)
_COMPASS = frozenset("north south east west northern southern eastern western central new upper lower".split())
_SETTLED = frozenset("city town village suburb province district county region".split())
_BEFORE_OF = _SETTLED | frozenset("state port capital island".split())
"""Words that tell of a place before "of"; some of them only there: Islamic State is none."""
_DATELINE = re.compile(
    r"(?:^|\s)([A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w. ]{2,20})?)\s*(?:\([^)]{2,20}\)\s*)?(?:--|—|–|-)\s"
)
_REACH = 8
_NO_PLACE = frozenset(
    "january february march april may june july august september october november december state city".split()
)

Known = Callable[[str], bool]
"""Whether a name is known as a place, to the graph or to a list."""


def where(article: Article, known: Known = known_place) -> list[Candidate]:
    """Candidates in the order in which they are said."""
    often = named_often(article)
    named = _names(article)
    told = _told(named)

    def is_place(name: str) -> bool:
        return name.lower() in told or (known(name) and usual(name.lower()) != "JJ")

    surnames = _surnames(named, is_place)
    found: list[Candidate] = []
    for sentence in article.sentences[:_REACH]:
        timed = [(one.start, one.end) for one in dates(sentence.text, article.published)]
        dateline = _DATELINE.search(sentence.text) if sentence.part != "title" else None
        if dateline:
            features = where_said(article, sentence) | {"dateline": 1.0}
            name = dateline[1].strip(" .-–—")
            start = sentence.text.index(name, dateline.start(1))
            found.append(
                Candidate(
                    name,
                    sentence,
                    start,
                    start + len(name),
                    features | {"a country": 0.0, "dateline known": float(is_place(name.split(",")[0]))},
                )
            )
        for start, end, kind in _spans(sentence, is_place):
            first, last = sentence.tokens[start].start, sentence.tokens[end - 1].end
            if any(a < last and first < b for a, b in timed):
                continue
            features = where_said(article, sentence) | _of(sentence, start, end, kind, often, is_place)
            features["somebody's surname"] = float(end - start == 1 and sentence.tokens[start].text in surnames)
            found.append(spanning(sentence, start, end, features))
    specific = any(one.features.get("a known place told") and not one.features["a country"] for one in found)
    for one in found:
        one.features["a country, and finer is told"] = float(specific and one.features.get("a country", 0.0) > 0)
    return best(found)


def _told(named: list[tuple[Sentence, int, int]]) -> set[str]:
    """Names that the article itself calls a place's: "the city of X", "X city", "X Province"; not "the Iraqi city"."""
    found = set[str]()
    for sentence, start, end in named:
        words = sentence.tokens
        of = start > 1 and words[start - 1].lower == "of" and words[start - 2].lower in _BEFORE_OF
        if of or (end < len(words) and words[end].lower in _SETTLED):
            found.add(sentence.span(start, end).lower())
        elif end - start > 1 and words[end - 1].lower in _SETTLED:
            found.add(sentence.span(start, end - 1).lower())
    return found - lists.same("demonyms").keys()


def _surnames(named: list[tuple[Sentence, int, int]], known: Known) -> set[str]:
    """Last words of names of several words that are no places: they mean their bearers wherever they stand."""
    found = set[str]()
    for sentence, start, end in named:
        if end - start not in (2, 3):
            continue
        first, last = sentence.tokens[start].lower, sentence.tokens[end - 1].lower
        if first in _COMPASS or last in _PLACE_HEADS or known(first) or known(sentence.span(start, end)):
            continue
        found.add(sentence.tokens[end - 1].text)
    return found


def _names(article: Article) -> list[tuple[Sentence, int, int]]:
    """Longest runs of words tagged as names."""
    found: list[tuple[Sentence, int, int]] = []
    for sentence in article.sentences:
        start = -1
        for i, tag in enumerate(sentence.tags):
            if tag in ("NNP", "NNPS"):
                start = i if start < 0 else start
            elif start >= 0:
                found.append((sentence, start, i))
                start = -1
        if start >= 0:
            found.append((sentence, start, len(sentence.tags)))
    return found


def _spans(sentence: Sentence, known: Known) -> list[tuple[int, int, str]]:
    """Spans with the preposition before them: groups, groups with what is in or of them, and "Town, Country"."""
    found: list[tuple[int, int, str]] = []
    for place, group in enumerate(sentence.groups):
        before = sentence.tokens[group.start - 1].lower if group.start else ""
        kind = _PREPOSITIONS.get(before, "")
        if before == "of" and place and sentence.tokens[group.start - 2].lower in _BEFORE_OF:
            # "in the city of X" is in X.
            outer = sentence.groups[place - 1].start
            kind = _PREPOSITIONS.get(sentence.tokens[outer - 1].lower, "") if outer else ""
        named = any(sentence.tags[i].startswith("NNP") for i in range(group.start, group.end))
        head = sentence.tokens[group.end - 1].lower
        if not named and not (kind and head in _PLACE_HEADS):
            continue
        if group.end - group.start == 1 and head in _NO_PLACE:
            continue
        found.append((group.start, group.end, kind))
        if group.end - group.start > 1:
            found += [
                (i, end, "inside")
                for i in range(group.start, group.end)
                for end in (i + 2, i + 1)
                if end <= group.end and sentence.tags[i].startswith("NNP") and known(sentence.span(i, end))
            ]
        end = _reach(sentence, place, known)
        if end > group.end:
            found.append((group.start, end, kind))
        for i in range(group.start + 1, group.end):
            if sentence.tags[i - 1] == "POS" and i < group.end:
                found.append((group.start, i - 1, "owner"))
    return found


def _reach(sentence: Sentence, place: int, known: Known) -> int:
    """End of the longest span that goes on by "of", "in", "near" or a comma and a further name."""
    groups = sentence.groups
    end = groups[place].end
    for after in groups[place + 1 : place + 3]:
        gap = [t.lower for t in sentence.tokens[end : after.start]]
        named = any(sentence.tags[i].startswith("NNP") for i in range(after.start, after.end))
        if gap not in (["of"], ["in"], ["near"], [","], [",", "in"], ["on"], ["at"]) or not named:
            break
        if gap[0] == "," and not _further(sentence, after, known):
            break
        end = after.end
    return end


def _further(sentence: Sentence, group: Group, known: Known) -> bool:
    """Whether what stands after a comma tells where the place before it lies."""
    first, last = sentence.tokens[group.start].lower, sentence.tokens[group.end - 1].lower
    return known(sentence.span(group.start, group.end)) or first in _COMPASS or last in _PLACE_HEADS


def _bare(text: str, known: Known) -> str:
    """Without article and point of the compass: "South Camden" is Camden; "South Africa", which is known, itself."""
    bare = re.sub(r"^(?:the|a|an) ", "", text, flags=re.IGNORECASE)
    if known(bare):
        return bare
    return re.sub(r"^(?:(?:north|south|east|west)(?:ern)?|central) ", "", bare, flags=re.IGNORECASE)


def _of(sentence: Sentence, start: int, end: int, kind: str, often: Counter[str], known: Known) -> Features:
    words = sentence.tokens[start:end]
    tags = sentence.tags[start:end]
    text = sentence.span(start, end)
    bare = _bare(text, known)
    is_known = known(bare)
    parts = [part.strip() for part in re.split(r",| in | of | near ", bare)]
    capital = [w for w in words if w.capital]
    told = kind in ("in", "at", "near", "outside")
    return {
        f"after {kind or 'nothing'}": 1.0,
        "told in the title": float(told and sentence.part == "title"),
        "told in the description": float(told and sentence.part == "description"),
        "a name told": float(told and all(t.startswith("NNP") for t in tags)),
        "a known place told": float(told and is_known),
        "a known place": float(is_known),
        "a country": float(country(bare) is not None),
        "of somebody": float(any(w.lower in PEOPLE for w in words)),
        "ends in a known place": float(len(parts) > 1 and known(parts[-1])),
        "a place by its head": float(
            words[-1].lower in _PLACE_HEADS
            or (len(parts) > 1 and parts[0].split()[-1:] != [] and parts[0].split()[-1].lower in _PLACE_HEADS)
        ),
        "a name": float(all(t.startswith("NNP") for t in tags)),
        "lower": float(not capital),
        "several parts": float(len(parts) > 1),
        "comma": float("," in text),
        "known, before a noun of the title": float(
            kind == "inside"
            and sentence.part == "title"
            and is_known
            and end < len(sentence.tags)
            and sentence.tags[end] in ("NN", "NNS")
        ),
        "often": min(max((often[stem(w.lower)] for w in capital), default=0), 6) / 6,
        "before a noun": float(end < len(sentence.tags) and sentence.tags[end] in ("POS", "NN", "NNS")),
        "the subject": float(end < len(sentence.tags) and sentence.tags[end] in ("VBZ", "VBD", "VBP", "MD")),
        "long": max(0.0, len(words) - 4) / 3,
        "at the end": float(end >= len(sentence.tokens) - 1),
        "shouted": float(bool(capital) and all(w.text.isupper() and len(w.text) > 3 for w in capital)),
    }
