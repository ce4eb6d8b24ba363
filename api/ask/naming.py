"""Whom a question names: its words, span by span, against the names of the graph.

The longest name wins. A name of several bearers means any of them; which one, the rest of the question tells. A name
that nothing has is told as unknown, and what it names must then be in the text of an event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.fuzz import ratio

from api.ask.lexicon import lines_of
from api.ask.question import Link
from api.ask.words import Word, fold, groups, offices, passed_over, peoples, words
from graph.database import Database, Row
from graph.keys import Family
from graph.queries import statement
from graph.reading.search import search
from resolution.names.normalise import normalise

LONGEST = 9
"""Words that a name of a question may have."""
EACH = 12
"""Entities that one name may mean, the most mentioned."""
_SLIP = 90.0
"""Likeness (0..100) from which a name is another one, written with a slip."""


@dataclass(slots=True)
class Named:
    """What was found: the names that lead somewhere, and those that nothing has."""

    links: list[Link]
    unknown: list[tuple[Word, ...]]


def named_in(database: Database, text: str, *, all_of_it: bool = False) -> Named:
    """The names in a text. With `all_of_it` the text is a name as a whole, such as one end of a path."""
    said = words(text)
    if not said:
        return Named([], [])
    small = all(not word.proper for word in said[1:])
    spans = [(0, len(said))] if all_of_it else []
    spans += [
        (at, end)
        for at in range(len(said))
        for end in range(min(len(said), at + LONGEST), at, -1)
        if _may_name(said, at, end, small)
    ]
    forms = {span: _forms(text, said, span) for span in spans}
    found = _look_up(database, {form for some in forms.values() for form in some})
    chosen: list[tuple[tuple[int, int], Link]] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
        rows = [row for form in forms[span] for row in found.get(form, ())]
        if rows and not any(span[0] < end and begin < span[1] for (begin, end), _ in chosen):
            chosen.append((span, _link(text, said, span, rows)))
    links = [link for _, link in sorted(chosen, key=lambda one: one[0])]
    taken = {at for span, _ in chosen for at in range(*span)}
    unknown: list[tuple[Word, ...]] = []
    for run in _runs(said, taken, whole=all_of_it and not chosen):
        link = _nearly(database, text, run)
        if link is not None:
            links.append(link)
        else:
            unknown.append(run)
    return Named(links, unknown)


def _may_name(said: Sequence[Word], at: int, end: int, small: bool) -> bool:
    first, last = said[at], said[end - 1]
    if first.folded in passed_over() or last.folded in passed_over():
        return first.proper and at > 0 and end - at == 1 and first.written.isupper() and len(first.written) > 1
    if small:
        return end - at > 1 or not (groups(first.stem) or first.folded in offices()) or first.folded in peoples()
    if end - at == 1:
        return first.proper and first.folded not in offices()
    return first.proper and (last.proper or last.written.isdigit())


def _forms(text: str, said: Sequence[Word], span: tuple[int, int]) -> list[str]:
    """Normalised forms of a name: as it is, without titles, written together, and as people call it in short."""
    written = text[said[span[0]].start : said[span[1] - 1].end]
    whole = normalise(written, Family.UNSPECIFIED).normalised
    found = [whole, normalise(written, Family.PERSON).normalised, *_short_names().get(whole, ())]
    if "-" in written or "'" in written or "’" in written:
        found += [
            whole.replace(" ", ""),
            " ".join(normalise(part, Family.UNSPECIFIED).normalised.replace(" ", "") for part in written.split()),
        ]
    plain = " ".join(fold(word.written) for word in said[span[0] : span[1]])
    return list(dict.fromkeys([*found, plain]))


def _look_up(database: Database, forms: set[str]) -> dict[str, list[Row]]:
    """Whom whole names mean, by name."""
    asked = {"names": sorted(forms), "begun": [], "limit": EACH}
    return {row["asked"]: row["rows"] for row in database.read(statement("read/ask_names"), asked)}


def _link(text: str, said: Sequence[Word], span: tuple[int, int], rows: list[Row]) -> Link:
    written = text[said[span[0]].start : said[span[1] - 1].end]
    titled = normalise(written, Family.UNSPECIFIED).normalised != normalise(written, Family.PERSON).normalised
    exact = [row for row in rows if fold(row["name"]) == fold(written) or fold(row["alias"]) == fold(written)]
    kept = exact if titled and exact else rows
    return Link(written, tuple(said[span[0] : span[1]]), {row["key"]: row["name"] for row in kept})


def _runs(said: Sequence[Word], taken: set[int], *, whole: bool) -> list[tuple[Word, ...]]:
    """Words with a capital that stand together and belong to no name found."""
    if whole:
        return [tuple(said)]
    runs: list[list[Word]] = []
    last = -2
    for at, word in enumerate(said):
        common = word.folded in passed_over() or word.folded in offices() or (at == 0 and bool(groups(word.stem)))
        if at in taken or not word.proper or (common and at != last + 1) or word.folded in passed_over():
            continue
        if at == last + 1:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = at
    return [tuple(run) for run in runs if any(w.folded not in offices() for w in run)]


def _nearly(database: Database, text: str, run: Sequence[Word]) -> Link | None:
    """Entities with a name that begins with the words, or that has them with a slip."""
    written = text[run[0].start : run[-1].end]
    whole = normalise(written, Family.UNSPECIFIED).normalised
    joined = whole.replace(" ", "")
    if len(run) > 1:
        begun = [whole, *([joined] if "-" in written else [])]
        rows = [
            row
            for found in database.read(statement("read/ask_names"), {"names": [], "begun": begun, "limit": EACH})
            for row in found["rows"]
        ]
        if rows:
            return Link(written, tuple(run), {row["key"]: row["name"] for row in rows})
    if len(joined) < 5 or (len(run) == 1 and run[0].folded in peoples()):
        return None
    plain = fold(whole)
    last = normalise(run[-1].written, Family.UNSPECIFIED).normalised
    first = normalise(run[0].written, Family.UNSPECIFIED).normalised
    likely = [row for part in dict.fromkeys((first[:4], last)) if part for row in search(database, "", part, limit=50)]
    alike_ones = {
        row.key: row.name
        for row in likely
        if ratio(plain, fold(normalise(row.alias or row.name, Family.UNSPECIFIED).normalised)) >= _SLIP
    }
    return Link(written, tuple(run), alike_ones) if alike_ones else None


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    lines = (line.split("|") for line in lines_of("short_names"))
    return {short.strip(): tuple(name.strip() for name in names) for short, *names in lines}
