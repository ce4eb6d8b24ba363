"""How many independent roots some reports have: copies of one another, and reports of one publisher, are one origin.

A report is a copy of another when their texts are near-duplicates, or, where one of the two has no text, their titles.
A report that credits a news agency ("(Reuters)") comes from it. Of many reports candidates are found by MinHash and LSH
(Broder 1997; `datasketch`, fixed seed); each pair is then compared exactly, so what is found depends on the reports
alone, never on their order: origins are the connected components.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasketch import MinHash

TITLES = 0.6
"""Share of 4-letter pieces that two titles have in common (Jaccard) from which one is a copy of the other."""
TEXTS = 0.5
"""The same of texts, by pieces of three words."""
PART = 0.8
"""A text of which this share stands in a longer one is a copy, cut."""
SHORT = 12
"""A title with fewer letters says too little to be a copy, such as "Live updates"."""
WORDS = 40
"""A text with fewer words is none."""
LENGTH = 20_000
"""Characters of a text that are looked at."""
FEW = 32
"""Up to so many reports all pairs are compared."""

Pieces = frozenset[int]
"""What a text is made of, hashed."""

_PERMUTATIONS, _BANDS, _ROWS = 128, 42, 3
"""Two texts of which half is common are compared with a probability of .996, two that share a tenth with .04."""
_SEED = 1
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
"""A character of scripts that write without spaces is a word."""
_TAIL = re.compile(
    r"(?<!\s)\s+[-|\u2013\u2014]\s+(?P<tail>[^-|\u2013\u2014]{2,40})$|(?<!\s)\s*[(（](?P<credit>[^()（）]{2,30})[)）]\s*$"
)
_CREDIT = re.compile(r"[(（](?P<name>[^()（）]{2,30})[)）]")
_BEGINNING = 160
"""Characters of a text in which an agency is credited."""
_AGENCIES = {
    **dict.fromkeys(("ap", "associated press", "the associated press"), "ap"),
    **dict.fromkeys(("afp", "agence france presse"), "afp"),
    **dict.fromkeys(("xinhua", "xinhua news agency", "新华社", "新華社"), "xinhua"),
    **dict.fromkeys(("efe", "agencia efe"), "efe"),
    **dict.fromkeys(("tass", "itar tass"), "tass"),
    **dict.fromkeys(("kyodo", "kyodo news"), "kyodo"),
    **dict.fromkeys(("dpa", "deutsche presse agentur"), "dpa"),
    **dict.fromkeys(("pti", "press trust of india"), "pti"),
    **{name: name for name in ("reuters", "ansa", "yonhap", "interfax", "upi", "lusa", "belga", "anadolu", "ians")},
}


@dataclass(frozen=True, slots=True)
class Report:
    """A document as far as its origin shows in it; `source` is the name of its publisher."""

    id: str
    title: str | None = None
    source: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """How many documents told something, by how many publishers, from how many independent roots."""

    documents: int = 0
    sources: int = 0
    independent_origins: int = 0


def counted(reports: Iterable[Report]) -> Origins:
    """The three counts. A publisher that is not told is nobody: such reports are sources of no name."""
    found = list(dict.fromkeys(reports))
    named = {_publisher(one.source) for one in found if one.source}
    if len(found) == 1:
        return Origins(1, len(named), 1)
    return Origins(len(found), len(named), len(origins(found)))


def origins(reports: Sequence[Report], *, few: int = FEW) -> list[tuple[str, ...]]:
    """Ids of the reports by origin, each group and the list of them sorted, whatever the order of the reports. Up to
    `few` reports all pairs are compared."""
    groups = _Groups(one.id for one in reports)
    first: dict[str, str] = {}
    for one in reports:
        for house in _houses(one):
            groups.join(first.setdefault(house, one.id), one.id)
    _join_copies(reports, groups, few)
    return groups.all()


class _Groups:
    """Union-find over ids."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._root = {key: key for key in ids}

    def find(self, key: str) -> str:
        """Who stands for the group of an id."""
        root = self._root
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Makes two groups one."""
        self._root[self.find(other)] = self.find(one)

    def all(self) -> list[tuple[str, ...]]:
        """The groups, sorted."""
        found: dict[str, list[str]] = {}
        for key in self._root:
            found.setdefault(self.find(key), []).append(key)
        return sorted(tuple(sorted(group)) for group in found.values())


def _houses(report: Report) -> set[str]:
    found = {_publisher(report.source)} if report.source else set[str]()
    said = [match["name"] for match in _CREDIT.finditer((report.text or "")[:_BEGINNING])]
    if report.title and (tail := _TAIL.search(report.title)):
        said.append(tail["tail"] or tail["credit"])
    return found | {_AGENCIES[name] for name in map(folded, said) if name in _AGENCIES}


def _publisher(name: str) -> str:
    house = folded(name.casefold().removeprefix("www."))
    return _AGENCIES.get(house, house)


def _join_copies(reports: Sequence[Report], groups: _Groups, few: int) -> None:
    """Joins copies. Texts are compared with texts alone; titles where one of the two has no text."""
    if len(reports) < 2:
        return
    texts = {one.id: found for one in reports if one.text and (found := _of_text(one.text[:LENGTH])) is not None}
    titles = {one.id: found for one in reports if one.title and (found := _of_title(_bare(one))) is not None}
    texts, titles = _each_once(texts, groups), _each_once(titles, groups, but=texts)
    # Who is of one group already need not be compared, which changes no group.
    for a, b in _alike(texts, few):
        if groups.find(a) != groups.find(b) and _copied(texts[a], texts[b]):
            groups.join(a, b)
    for a, b in _alike(titles, few):
        bare = a not in texts or b not in texts
        if bare and groups.find(a) != groups.find(b) and _common(titles[a], titles[b]) >= TITLES:
            groups.join(a, b)


def _each_once(
    pieces: dict[str, Pieces], groups: _Groups, but: Mapping[str, Pieces] | None = None
) -> dict[str, Pieces]:
    """One of those that say the very same; the others are of its group. Those `but` have a text to be compared by."""
    first: dict[Pieces, str] = {}
    kept: dict[str, Pieces] = {}
    for key, one in pieces.items():
        if (but is not None and key in but) or (same := first.setdefault(one, key)) == key:
            kept[key] = one
        else:
            groups.join(same, key)
    return kept


def _alike(pieces: Mapping[str, Pieces], few: int) -> Iterator[tuple[str, str]]:
    """Pairs that may be copies: of few all pairs, of many those that share a band of their signatures."""
    if len(pieces) <= few:
        yield from combinations(pieces, 2)
        return
    from datasketch import MinHashLSH

    # Typed as Any: the library says nothing of its types.
    index: Any = MinHashLSH(num_perm=_PERMUTATIONS, params=(_BANDS, _ROWS))
    for key, one in pieces.items():
        signature = _signature(one)
        for other in index.query(signature):
            yield str(other), key
        index.insert(key, signature)


def _common(one: Pieces, other: Pieces) -> float:
    return len(one & other) / len(one | other)


def _copied(one: Pieces, other: Pieces) -> bool:
    few = min(len(one), len(other))
    return _common(one, other) >= TEXTS or len(one & other) / few >= PART


def _bare(report: Report) -> str:
    """The title without its publisher or agency at the end."""
    title = report.title or ""
    tail = _TAIL.search(title)
    if tail is None:
        return title
    name = folded(tail["tail"] or tail["credit"])
    own = folded(report.source or "")
    return title[: tail.start()] if name in _AGENCIES or (own and (name in own or own in name)) else title


@lru_cache(maxsize=10_000)
def _of_title(title: str) -> Pieces | None:
    words = folded(title)
    letters = f" {words} "
    # A character of Chinese says as much as three letters.
    if sum(3 if len(word) == 1 and ord(word) > 0x2E80 else len(word) for word in words.split()) < SHORT:
        return None
    return _hashed({letters[at : at + 4] for at in range(len(letters) - 3)})


@lru_cache(maxsize=1_000)
def _of_text(text: str) -> Pieces | None:
    words = folded(text).split()
    if len(words) < WORDS:
        return None
    return _hashed({" ".join(words[at : at + 3]) for at in range(len(words) - 2)})


def _hashed(pieces: Iterable[str]) -> Pieces:
    return frozenset(zlib.crc32(piece.encode()) for piece in pieces)


@lru_cache(maxsize=10_000)
def _signature(pieces: Pieces) -> "MinHash":
    made = _empty().copy()
    made.update_batch(pieces)
    return made


@lru_cache(maxsize=1)
def _empty() -> "MinHash":
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=_as_it_is)


def _as_it_is(hashed: int) -> int:
    return hashed


def folded(text: str) -> str:
    """The words of a text, NFKC and case folded, one blank between two."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
