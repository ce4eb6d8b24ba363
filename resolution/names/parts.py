"""A name taken apart for comparison: words in Latin letters with their sound, and what stands beside them.

Keys never come from here. What is set apart (titles, legal forms, numbers, articles) is kept, for it can part two names
or support them.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.keys import Family
from resolution.names.lists import legal_forms, same, words
from resolution.names.scripts import latin, script_of
from resolution.names.sounds import bones, sound
from resolution.names.territory import country, country_word, official, short_name

LONGEST = 16
"""Words of a name that are compared; the rest of a longer text says no more about who is meant."""
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02b9\u02bb\u2032`\u00b4]")
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_RUN_ON = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})|(?<=[a-z]{3})(?=(?:AG|SE|SA|LLC|GmbH|Inc|Ltd)\b)")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,6}")
_CAPITALS = re.compile(r"\b(?!(?:II|III|IV|VI|VII|VIII|IX|XI|XII|JR|SR)\b)[B-DF-HJ-NP-TV-Z]{2,3}\b|\b(?:[A-Z]\.){2,3}")
"""Initials written together, with or without dots: JC Juncker, J.C. Juncker."""
_DIGITS = re.compile(r"\d+")
_ORDINALS = {
    word: str(n)
    for n, forms in enumerate(
        "first primero primera premier erste|second segundo segunda deuxieme zweite|third tercero tercera troisieme "
        "dritte|fourth cuarto cuarta quatrieme vierte|fifth quinto quinta cinquieme funfte|sixth sexto sexta sixieme|"
        "seventh septimo septima septieme|eighth octavo huitieme|ninth noveno neuvieme|tenth decimo dixieme|eleventh|"
        "twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth".split("|"),
        start=1,
    )
    for word in forms.split()
}
_CARDINALS = {
    w: str(n) for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_ROMAN = {w: str(n) for n, w in enumerate("ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split(), 2)}
_ORDINAL_END = re.compile(r"^(\d+)(st|nd|rd|th|er|e|o|a|º|ª|й|я|ая)$")
_JUNIOR = {"jr": "jr", "junior": "jr", "hijo": "jr", "fils": "jr", "sr": "sr", "senior": "sr", "pere": "sr"}
_ARTICLES = frozenset("al el ul ur ud ad ar as ash at an az ad il the ال آل".split())
_PLACE_ARTICLES = frozenset("al ar as ash at an az ez er es esh ed ال".split())
_SONS = frozenset("bin ben ibn bn bint binti binte ould wld walad بن ابن بنت bar".split())
_PARTICLES = frozenset(
    "de la del los las da do dos das di du d von van der den zu zur af av y e of e na le les".split()
)
_KUNYA = {"abu": "abu", "abou": "abu", "abo": "abu", "aboo": "abu", "abi": "abu", "ابو": "abu", "أبو": "abu"} | {
    "umm": "umm",
    "oum": "umm",
    "um": "umm",
    "ام": "umm",
    "أم": "umm",
}
_SERVANT = re.compile(r"^(?:c|k)?abd(?:i|u|e|a|o|ou)?(?:l|(?=rr|ss|nn|zz|tt|dd|sh))?(?=[b-df-hj-np-tv-z]|a[hkl]|i|u)")
SERVANT = "abd"
"""How Abd, `Abdul, Abdel … begin the one word that they make with the name behind them."""
_SERVANTS = frozenset("abd abdul abdel abdal abdol abdoul abdu abdur abdus abdoel cabdul cabdi عبد عبدال".split())
_JOINED_DIN = re.compile(r"^(.{3,}?)(?:al|ul|ud|ed|ad|id|el|iddi|eddi|uddi|addi)?d{1,2}(?:i|ee|ie)ne?$")
_DIN = frozenset("din deen dine ddin eddine uddin الدين دين addin aldin eddin udin".split())
_LAH = frozenset("allah ullah ollah lah الله ullahi illah".split())
_COMPOUND_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 夏侯 东方 東方 皇甫 尉迟 公孙 慕容 令狐 南宫 황보 제갈 선우 남궁".split()
)


_COMMON, _GENERIC, _TITLES = words("common_names"), words("generic"), words("titles")


@dataclass(slots=True, eq=False)
class Word:
    """One word of a name: Latin letters, sound, consonants, script, and how much it tells (0..1)."""

    text: str
    sound: str
    bones: str
    script: str
    weight: float
    common: bool
    country: str | None

    def with_(self, other: "Word") -> "Word":
        """The two written as one word."""
        return _one_word(self.text + other.text, self.script, min(1.0, self.weight + other.weight))


@dataclass(slots=True, eq=False)
class Parts:
    """A name taken apart; shared by all who compare it, so nobody changes it.

    `family` are the places of family-name words, `surnames` the same where the way of writing shows them, else empty,
    `first` the place of the first other word (-1: none). `numbers` are digits, ordinals and generation marks, `inner`
    what stood in brackets, `written` the legal forms as written. `joined`, `spaced` (in alphabetical order) and `heard`
    are all letters and sounds, `size` their number, `told` the weight of all words, `script` that of the first word,
    `plain` whether all words share it, `count` the number of words. `body`, `place` and `land` are the international
    body, the place and the country that this is a known name of.
    """

    words: tuple[Word, ...]
    surnames: frozenset[int]
    numbers: frozenset[str]
    titles: frozenset[str]
    forms: frozenset[str]
    kunya: str
    son: bool
    acronym: str
    inner: tuple[str, ...]
    written: tuple[tuple[str, ...], ...]
    whole: str
    texts: tuple[str, ...]
    joined: str
    spaced: str
    heard: str
    size: int
    told: float
    script: str
    plain: bool
    count: int
    family: frozenset[int]
    first: int
    body: str | None = None
    place: str | None = None
    land: str | None = None


@lru_cache(maxsize=200_000)
def make_word(token: str, person: bool) -> Word:
    """A word with what comparison needs of it."""
    text = latin(token) or token
    common = text in (_COMMON if person else _GENERIC)
    weight = min(1.0, 0.25 + 0.15 * len(text)) if len(text) > 1 else 0.2
    weight = weight * (0.6 if person else 0.25) if common else weight
    place = None if person or len(text) < 4 else country_word(text)
    return Word(text, sound(text), bones(text), script_of(token), weight, common, place)


@lru_cache(maxsize=100_000)
def _one_word(text: str, script: str, weight: float) -> Word:
    return Word(text, sound(text), bones(text), script, weight, False, None)


@lru_cache(maxsize=100_000)
def take_apart(display: str, family: str) -> Parts:
    """Takes a name apart by the rules of its family. Pure and total."""
    person = family == Family.PERSON
    text = display if display.isascii() else unicodedata.normalize("NFKC", display)
    text = text[:1500]
    # Most names: words that begin with their only capital.
    plain = text.istitle() and "." not in text
    if not plain and not text.isupper() and not text.islower():
        text = _RUN_ON.sub(" ", text)
    inner: list[str] = []
    if "(" in text or "[" in text:
        inner = [" ".join(_fold(found)) for found in _BRACKETS.findall(text)]
        text = _BRACKETS.sub(" ", text)
    if person and not plain and not text.isupper():
        text = _CAPITALS.sub(lambda m: " ".join(m.group().replace(".", "")), text)
    head, comma, rest = text.partition(",")
    surname = 0
    if person and comma:
        given, last = _fold(rest), _fold(head)
        if given and last and "," not in rest and not set(given) <= _JUNIOR.keys() | _ROMAN.keys():
            surname, tokens = len(last), given + last
        else:
            tokens = last + given
    elif comma and family == Family.PLACE:
        tokens = [*_fold(head), *_one_country(_fold(rest))]
    else:
        tokens = _fold(text)
    if not tokens and inner:
        tokens, inner = " ".join(inner).split(), []
    capitals = text.strip().replace(".", "").replace("-", "")
    acronym = capitals.lower() if _ACRONYM.fullmatch(capitals) else ""
    tokens = tokens[: LONGEST * 2]
    return _person(tokens, surname, inner, acronym) if person else _thing(tokens, inner, acronym, family)


def _fold(text: str) -> list[str]:
    folded = text.casefold()
    if "." in folded:
        folded = _DOTTED.sub(lambda m: m.group().replace(".", ""), folded)
    if not folded.isascii() or "'" in folded or "`" in folded:
        folded = _APOSTROPHES.sub("", folded)
    if folded.replace(" ", "").isalnum():
        return folded.split()
    return "".join(
        c if c.isalnum() or (c > "\u02ff" and unicodedata.category(c).startswith("M")) else " " for c in folded
    ).split()


def _number(token: str) -> str:
    if token.isdigit():
        return str(int(token)) if len(token) < 20 and token.isdecimal() else token
    found = _ORDINAL_END.match(token)
    if found:
        return found[1]
    return _ORDINALS.get(token) or _ROMAN.get(token) or ""


def _person(tokens: list[str], surname: int, inner: list[str], acronym: str) -> Parts:
    reader = _PersonReader(tokens, len(tokens) - surname if surname else len(tokens))
    kept = _split_signs(reader.read())
    return _parts(kept, True, reader.numbers, reader.titles, [], inner, acronym, reader.kunya, reader.son)


class _PersonReader:
    """Goes over the words of a person's name: sets apart what is no name, writes as one what is one name."""

    def __init__(self, tokens: list[str], last_from: int) -> None:
        self.tokens = tokens
        self.last_from = last_from
        self.kept: list[tuple[str, bool]] = []
        self.titles: list[str] = []
        self.numbers: set[str] = set()
        self.kunya = ""
        self.son = False
        self._glue = ""
        given = tokens[:last_from]
        self._short_given = last_from < len(tokens) and set(given) <= _PARTICLES | _ARTICLES | _SONS
        """Whether the given name is made of what elsewhere are particles: Li, Na."""

    def read(self) -> list[tuple[str, bool]]:
        """The words that are names, each with whether it stands in the family name's place. Never empty."""
        count = len(self.tokens)
        for place, token in enumerate(self.tokens):
            final = place == count - 1
            if self._number(token, place, final=final) or self._beside(token, final=final, alone=count == 1):
                continue
            self._name(token, place >= self.last_from, final=final)
        if self._glue:
            self.kept.append((self._glue, False))
        return self.kept or [(token, False) for token in self.tokens] or [("", False)]

    def _number(self, token: str, place: int, *, final: bool) -> bool:
        """Takes a generation mark or number apart."""
        if place > 0 and token in _JUNIOR and (final or token[0] != "s"):
            self.numbers.add(_JUNIOR[token])
        elif self.kept and token in _ROMAN and token not in ("v", "x"):
            self.numbers.add(_ROMAN[token])
        elif not token.isalpha() and any(c.isdigit() for c in token):
            self.numbers.add(_number(token) or token)
        else:
            return False
        return True

    def _beside(self, token: str, *, final: bool, alone: bool) -> bool:
        """Takes a title, a word for son or daughter, or an article apart."""
        if token in _TITLES and not self._glue and not alone and self._is_title(token, final=final):
            self.titles.append(token)
        elif final or (self._short_given and len(self.kept) < self.last_from):
            return False
        elif token in _SONS and (len(token) > 1 or bool(self.kept)):
            self.son = True
        else:
            return token in _ARTICLES or (token in _PARTICLES and len(token) > 1)
        return True

    def _is_title(self, token: str, *, final: bool) -> bool:
        """Titles lead a name; a long one may also stand within it, or any at its end (Enver Bey). A short one within a
        name is a part of it: Tsai Ing-wen."""
        return (final or len(token) > 3 or not token.isascii()) if self.kept else not final

    def _name(self, token: str, ends: bool, *, final: bool) -> None:
        """Keeps a name; Abd with what follows, -din and -lah with what stands before."""
        glue, self._glue = self._glue, ""
        if token in _SERVANTS and not final:
            self._glue = SERVANT
        elif token in _KUNYA and not final:
            self.kunya = _KUNYA[token]
            self.kept.append((self.kunya, ends))
        elif glue and token in _LAH:
            self.kept.append(("abdlah", ends))
        elif self.kept and not glue and (token in _DIN or token in _LAH):
            former, was = self.kept[-1]
            self.kept[-1] = (former + ("din" if token in _DIN else "lah"), was)
        else:
            self.kept.append((glue + _bare(token, glue), ends))


def _bare(token: str, glue: str) -> str:
    """One writing for Abdul Rahman, Abdurrahman, `Abd al-Rahman; and for Saif al-Din, Saifuddin."""
    if token[:2] == "ال" and len(token) > 4:
        token = token[2:]
    if not token.isascii():
        return token
    if glue:
        return token[2:] if token[:2] == "al" and len(token) > 5 else token
    if "abd" in token[:4] and len(token) > 6:
        cut = _SERVANT.sub("", token)
        if cut != token and len(cut) > 2:
            cut = "lah" if cut in ("lah", "ah", "llah", "lahi", "alah", "allah") else cut
            return SERVANT + cut
    if token[-1:] in "ne" and "d" in token[-5:]:
        found = _JOINED_DIN.match(token)
        if found and len(token) > 6:
            return found[1] + "din"
    if token.endswith(("allah", "ullah", "ollah", "ullahi")) and len(token) > 7:
        return re.sub("(a|u|o)llahi?$", "lah", token)
    return token


def _split_signs(kept: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """A Han or Hangul name of two to four signs is a family name and a given name run together."""
    if len(kept) != 1 or script_of(kept[0][0]) not in ("han", "hangul"):
        return kept
    name = kept[0][0]
    if not 2 <= len(name) <= 4:
        return kept
    cut = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1
    return [(name[:cut], True), (name[cut:], False)]


def _thing(tokens: list[str], inner: list[str], acronym: str, family: str) -> Parts:
    forms: list[str] = []
    whole = list(tokens)
    tail = 0
    if family != Family.PLACE and len(tokens) > 1:
        tokens = _strip_forms(tokens, forms)
        tokens, tail = _strip_address(tokens, forms)
    numbers: set[str] = set()
    kept: list[tuple[str, bool]] = []
    if family == Family.PLACE and len(tokens) > 1:
        # El stays: El Salvador is not Salvador.
        tokens = [token for token in tokens[:-1] if token not in _PLACE_ARTICLES] + tokens[-1:]
    if family == Family.COLLECTIVE and len(tokens) > 1:
        tokens = _with_letters(tokens)
    for place, token in enumerate(tokens):
        number = _number(token) if place or token not in _ROMAN else ""
        if number and len(tokens) > 1 and token not in ("v", "x"):
            numbers.add(number)
            continue
        if not token.isalpha() and any(c.isdigit() for c in token):
            numbers.update(_DIGITS.findall(token))
        kept.append((token, False))
    if not kept:
        kept = [(token, False) for token in tokens] or [("", False)]
    written = (tuple(whole[len(tokens) :]),) if forms and whole[: len(tokens)] == tokens else ()
    parts = _parts(kept, False, numbers, [], forms, inner, acronym, "", False, tail=tail, written=written)
    return _known(parts, family)


def _with_letters(tokens: list[str]) -> list[str]:
    """The name with letters of a state or union written out where they lead it, or stand at its end behind of or the;
    and FC at either end."""
    first, last = _LETTERS.get(tokens[0]), _LETTERS.get(tokens[-1])
    if first:
        tokens = [*first, *tokens[1:]]
    if last and (tokens[-2] in ("of", "the") or tokens[-1] == "fc"):
        tokens = [*tokens[:-1], *last]
    return tokens


def _one_country(tokens: list[str]) -> list[str]:
    """What stands behind a place's comma; a country under its one name (Bukavu, DRC)."""
    code = country(" ".join(tokens))
    return short_name(code).split() if code else tokens


def _strip_address(tokens: list[str], forms: list[str]) -> tuple[list[str], int]:
    """Words after a legal form in the middle are mostly a seat (Philips N.V., Eindhoven): told apart, not dropped."""
    for place in range(1, len(tokens) - 1):
        family = legal_forms().get((tokens[place],)) or ""
        if family in _SEATED and len(tokens[place]) > 1:
            forms.append(family)
            return tokens[:place] + tokens[place + 1 :], len(tokens) - place - 1
    return tokens, 0


_LETTERS = {
    "us": ("united", "states"),
    "usa": ("united", "states"),
    "uk": ("united", "kingdom"),
    "uae": ("united", "arab", "emirates"),
    "un": ("united", "nations"),
    "fc": ("football", "club"),
}
"""What bodies are also called by: U.S. Coast Guard, United States Coast Guard; Liverpool FC."""
_SEATED = frozenset({"ltd", "llc", "ag", "inc", "plc", "lp"})


def _strip_forms(tokens: list[str], forms: list[str]) -> list[str]:
    table = legal_forms()
    changed = True
    while changed and len(tokens) > 1:
        changed = False
        for size in range(min(6, len(tokens) - 1), 0, -1):
            family = table.get(tuple(tokens[-size:]))
            if family:
                tokens, changed = tokens[:-size], True
            else:
                family = table.get(tuple(tokens[:size]))
                if family and (size > 1 or (len(tokens[0]) > 2 and tokens[0] not in ("sas", "company"))):
                    tokens, changed = tokens[size:], True
                else:
                    family = None
            if family:
                forms.append(family)
                break
    return tokens


def _parts(
    kept: list[tuple[str, bool]],
    person: bool,
    numbers: set[str],
    titles: list[str],
    forms: list[str],
    inner: list[str],
    acronym: str,
    kunya: str,
    son: bool,
    *,
    tail: int = 0,
    written: tuple[tuple[str, ...], ...] = (),
) -> Parts:
    made = [make_word(token, person) for token, _ in kept[:LONGEST]]
    if tail and tail < len(made):
        seat = [replace(word, weight=0.25 * word.weight, common=True) for word in made[-tail:]]
        made = made[:-tail] + seat
    count = len(made)
    ends = [place for place, (_, end) in enumerate(kept[:LONGEST]) if end]
    texts = [word.text for word in made]
    joined = "".join(texts)
    script, told, heard, plain = made[0].script, 0.0, "", True
    for word in made:
        told += word.weight
        heard += word.sound
        plain = plain and word.script == script
    own = frozenset(ends) if ends else _places(count - 1)
    return Parts(
        words=tuple(made),
        surnames=own if ends else _NOWHERE,
        numbers=frozenset(numbers) if numbers else _NONE,
        titles=frozenset(titles) if titles else _NONE,
        forms=frozenset(forms) if forms else _NONE,
        kunya=kunya,
        son=son,
        acronym=acronym,
        inner=tuple(inner),
        written=written,
        whole=" ".join([token for token, _ in kept]),
        texts=tuple(texts),
        joined=joined,
        spaced=joined if count == 1 else " ".join(sorted(texts)),
        heard=heard,
        size=len(joined),
        told=told,
        script=script,
        plain=plain,
        count=count,
        family=own,
        first=_first(count, own),
    )


_NONE: frozenset[str] = frozenset()
_NOWHERE: frozenset[int] = frozenset()


@lru_cache(maxsize=LONGEST)
def _places(place: int) -> frozenset[int]:
    return frozenset((place,))


@lru_cache(maxsize=100_000)
def family_last(parts: Parts, count: int) -> Parts:
    """The name with its first words, which are known to be the family name, behind the others: Pak Chol-su as
    PAK, Chol Su is read."""
    words = (*parts.words[count:], *parts.words[:count])
    own = frozenset(range(len(words) - count, len(words)))
    texts = tuple(word.text for word in words)
    return replace(
        parts,
        words=words,
        texts=texts,
        joined="".join(texts),
        heard="".join(word.sound for word in words),
        script=words[0].script,
        surnames=own,
        family=own,
        first=_first(len(words), own),
    )


def _first(count: int, own: frozenset[int]) -> int:
    for place in range(count):
        if place not in own:
            return place
    return -1


def _known(parts: Parts, family: str) -> Parts:
    """Takes note of what the name is a known name of: once, for every pair asks."""
    whole, latin_words = parts.whole, " ".join(parts.texts)
    if family != Family.PLACE:
        bodies = same("bodies")
        parts.body = bodies.get(whole) or bodies.get(latin_words)
    if family != Family.COLLECTIVE:
        bare = whole.removeprefix("the ")
        # An adjective or a people is a place where a place was stated: "Iraqi", "the Dutch".
        home = same("demonyms").get(bare, bare) if family == Family.PLACE else bare
        places = same("places")
        parts.land = country(home) or country(whole) or official(bare)
        parts.place = places.get(whole) or places.get(latin_words) or places.get(home)
        if parts.place is None and parts.land is None and home in same("demonyms"):
            parts.place = home
    return parts
