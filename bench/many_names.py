"""A million names like those of the news, of parts made here: frequent and rare words, persons, bodies and places; and
the ways in which others write them."""

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

from graph.keys import Family

_STYLES: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (tuple(a.split()), tuple(b.split()), tuple(c.split()))
    for a, b, c in (
        (
            "al be da el fa ga ho jo ka la ma na pa ro sa te vi wa an ed har wil mar ber",
            "la li ri na to de ber mo vi ne ga lo",
            "n r s ton ley son na la rd t na ck ld a er",
        ),
        (
            "vla bo mi iva ser ni pa ale ok sta zo ya dmi le go an ju ta ra ku",
            "di ri ha ko lav slav li mo na to ro de ga zi",
            "v ov sky va enko ic ina mir chuk uk ski ev na",
        ),
        (
            "mo ah kha ya ib ha su om na fa ra sa za ta ka mu ja sha",
            "ham sa li ma ri hi sei ra la fi za di ba",
            "d l f m r n an i ed a ud in ari awi",
        ),
        (
            "ma jo fer car lu ro san pe ra es gon ve ca al do her mi",
            "ria na li nan ga do ve ti ro ra sa me ca",
            "z s a ez o lla no na ndo rio ca ra do",
        ),
        (
            "xi zha li wa che hu yo ki ta na su shi ha mo ya to da ke",
            "ng mu ka shi ra no ji mi ya ku ha sa ne",
            "i o a n ng ra ko to ya ma ki no ta",
        ),
        (
            "o a chi ke nwa ade ba ko se ma te nko abu ole tsh wam ndu",
            "be ku la ma no di ke ba lo wa fo si mba",
            "a i e o u na le ye mi we ka la nda",
        ),
    )
)
_BODIES = (
    "Bank|Ministry of|Institute of|University of|Union of|Party of|Council of|Group|Holding|Energy|Airlines|Foundation|"
    "Steel|Media|Logistics|Committee of|Federation of|Agency of|Shipping|Motors|Insurance|Hospital|Brigade|News|Police"
).split("|")
_FIELDS = "Health Trade Water Labour Justice Mining Science Transport Culture Housing Finance Research Youth".split()
_FORMS = "Ltd|GmbH|Inc|S.A.|PLC|LLC||||".split("|")
_ROUGH = (
    ("kh", "h"), ("sh", "sch"), ("ya", "ia"), ("ei", "ey"), ("ou", "u"), ("ck", "k"), ("v", "w"), ("ks", "x"),
    ("ee", "i"), ("oo", "u"), ("ay", "ai"), ("dm", "dim"), ("ss", "s"), ("sky", "skiy"), ("ov", "off"), ("j", "y"),
    ("i", "y"), ("k", "c"), ("ed", "id"), ("o", "u"), ("e", "i"),
)  # fmt: skip
"""Customs of writing one sound, each used one way or the other."""


class Maker:
    """Names by seed. `persons` in ten are people."""

    def __init__(self, seed: int = 5, words: int = 120_000) -> None:
        self._chance = random.Random(seed)
        self._given = _words(self._chance, words // 6)
        self._family = _words(self._chance, words)
        self._often_given = list(accumulate(1 / (rank + 8) for rank in range(len(self._given))))
        self._often_family = list(accumulate(1 / (rank + 60) ** 0.8 for rank in range(len(self._family))))

    def names(self, count: int) -> Iterator[tuple[str, Family]]:
        """`count` names, all different."""
        seen = set[tuple[str, Family]]()
        while len(seen) < count:
            dice = self._chance.random()
            made = (
                (self._person(), Family.PERSON)
                if dice < 0.65
                else (self._body(), Family.COLLECTIVE)
                if dice < 0.92
                else (self._place(), Family.PLACE)
            )
            if made not in seen:
                seen.add(made)
                yield made

    def _person(self) -> str:
        given = [self._one(self._given, self._often_given) for _ in range(self._chance.choices((1, 2), (6, 4))[0])]
        family = [self._one(self._family, self._often_family) for _ in range(self._chance.choices((1, 2), (9, 1))[0])]
        return " ".join(dict.fromkeys([*given, *family]))

    def _body(self) -> str:
        own = self._one(self._family, self._often_family)
        kind, form = self._chance.choice(_BODIES), self._chance.choice(_FORMS)
        if kind.endswith(" of"):
            return f"{own} {kind} {self._chance.choice(_FIELDS)}"
        more = f" {self._one(self._family, self._often_family)}" if self._chance.random() < 0.4 else ""
        return f"{own}{more} {kind} {form}".strip()

    def _place(self) -> str:
        own = self._one(self._family, self._often_family)
        return self._chance.choice((own, own, f"San {own}", f"{own} {self._one(self._given, self._often_given)}"))

    def _one(self, words: list[str], often: list[float]) -> str:
        return words[bisect(often, self._chance.random() * often[-1])]


def written_otherwise(name: str, way: str, chance: random.Random) -> str | None:
    """The name as somebody else writes it: `typo`, `order`, `initial` or `custom`; None where that way has nothing to
    change, or would leave a form that does not identify."""
    words = name.split()
    if way == "order":
        return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else None
    if way == "initial":
        return " ".join([words[0], words[1][0] + ".", *words[2:]]) if len(words) > 2 else None
    place = max(range(len(words)), key=lambda one: (len(words[one]) > 3, chance.random()))
    word = words[place].lower()
    if len(word) < 4:
        return None
    changed = _typo(word, chance) if way == "typo" else _custom(word, chance)
    if changed is None or changed == word:
        return None
    return " ".join([*words[:place], changed.title(), *words[place + 1 :]])


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        )
    )


def _custom(word: str, chance: random.Random) -> str | None:
    fitting = [(a, b) if a in word else (b, a) for a, b in _ROUGH if a in word or b in word]
    if not fitting:
        return None
    one, other = chance.choice(fitting)
    return word.replace(one, other, 1)


def _words(chance: random.Random, count: int) -> list[str]:
    found = dict[str, None]()
    while len(found) < count:
        begin, middle, end = chance.choice(_STYLES)
        inner = "".join(chance.choice(middle) for _ in range(chance.choices((0, 1, 2, 3), (2, 5, 4, 2))[0]))
        found[(chance.choice(begin) + inner + chance.choice(end)).title()] = None
    return list(found)
