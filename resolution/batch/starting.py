"""`python -m resolution.batch.starting`: makes the labels that Dedupe's models start with.

Names are put together by chance from syllables and from the project's own word lists; what becomes of them are the
ways in which one name is written twice, and in which two names look alike. No name of any data set is in here. Stated
beside them, by chance too, is the company they were told in: that of one thing overlaps more often.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from graph.keys import Family
from resolution.batch.subject import Record
from resolution.blocking import joined
from resolution.names.lists import lines
from resolution.names.normalise import normalise

SEED, PAIRS = 9, 160
_BEGIN = "ba be da do fa ga ha ja ka ko la li ma mi na no pa ra ro sa se sha ta te va vi ya zu".split()
_MIDDLE = "la ri no ve ma di ra lo mi sa ne to ka li".split()
_END = "n r s l m ev ov ez i a o din ko ska ner ton".split()
_SWAPS = (("k", "c"), ("i", "y"), ("ov", "off"), ("sh", "sch"), ("v", "w"), ("a", "e"), ("o", "u"), ("ei", "ai"))
_BODIES = "Bank|Institute|Foundation|Holding|Airlines|Union|Council|Shipping|Motors|Media|Ministry of|Party of".split(
    "|"
)
_FIELDS = "Labour Trade Health Water Justice Culture Science Transport Research Youth".split()
_FORMS = "Ltd|GmbH|Inc|S.A.|PLC|LLC|AG|Limited|Corp".split("|")
_PLACES = "San|New|Old|North|South|East|West|Upper|Lower|Port|Saint".split("|")
Pair = tuple[str, str]


class Maker:
    """Pairs of names of one family."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.chance = random.Random(f"{SEED} {family}")  # noqa: S311 (seeded, to make labels)
        self.pets = [line.split() for line in lines("nicknames")]

    def same(self) -> Pair:
        """Two ways of writing one name."""
        name = self._name()
        ways: list[Callable[[str], str]] = [self._swap, self._swap, self._slip, str.upper]
        if self.family is Family.PERSON:
            ways += [self._turned, self._turned, self._with_initial, self._without_middle, self._pet]
        elif self.family is Family.COLLECTIVE:
            ways += [self._form, self._form, self._the, self._form]
        other = self.chance.choice(ways)(name)
        return (name, other) if other != name else self.same()

    def different(self) -> Pair:
        """Two names of two that share something."""
        name = self._name()
        words = name.split()
        place = self.chance.randrange(len(words))
        if self.chance.random() < 0.35:
            changed = [*words[:place], self._other(words[place]), *words[place + 1 :]]
        else:
            changed = [*words[:place], self._alike(words[place]), *words[place + 1 :]]
        if self.chance.random() < 0.12:
            changed = [*words, self.chance.choice(("II", "7", "Jr"))]
        return name, " ".join(changed)

    def _name(self) -> str:
        word = self._word
        if self.family is Family.PERSON:
            first = self.chance.choice(self.chance.choice(self.pets)).title() if self.chance.random() < 0.4 else word()
            return " ".join([first, *([word()] if self.chance.random() < 0.4 else []), word()])
        if self.family is Family.PLACE:
            return f"{self.chance.choice(_PLACES)} {word()}" if self.chance.random() < 0.4 else f"{word()} {word()}"
        body = self.chance.choice(_BODIES)
        if body.endswith(" of"):
            return f"{word()} {body} {self.chance.choice(_FIELDS)}"
        return (
            f"{word()} {word()} {body}"
            if self.chance.random() < 0.5
            else f"{word()} {self.chance.choice(_FIELDS)} {body}"
        )

    def _word(self) -> str:
        inner = "".join(self.chance.choice(_MIDDLE) for _ in range(self.chance.choice((0, 1, 1, 2))))
        return (self.chance.choice(_BEGIN) + inner + self.chance.choice(_END)).title()

    def _other(self, word: str) -> str:
        other = self._word()
        return other if other[:2] != word[:2] else self._other(word)

    def _alike(self, word: str) -> str:
        """Another word with the same beginning or end."""
        return (word[:3] + self._word()[2:]).title() if self.chance.random() < 0.5 else self._word()[:3] + word[-3:]

    def _swap(self, name: str) -> str:
        for one, other in self.chance.sample(_SWAPS, len(_SWAPS)):
            if one in name.lower():
                return name.lower().replace(one, other, 1).title()
        return self._slip(name)

    def _slip(self, name: str) -> str:
        words = name.split()
        longest = max(words, key=len)
        at = self.chance.randrange(1, len(longest) - 1)
        slipped = longest[:at] + longest[at + 1 :] if self.chance.random() < 0.5 else longest[: at + 1] + longest[at:]
        return " ".join(slipped if word == longest else word for word in words)

    def _turned(self, name: str) -> str:
        words = name.split()
        return f"{words[-1].upper()}, {' '.join(words[:-1])}"

    def _with_initial(self, name: str) -> str:
        words = name.split()
        return " ".join([words[0], words[1][0] + ".", *words[2:]]) if len(words) > 2 else self._turned(name)

    def _without_middle(self, name: str) -> str:
        words = name.split()
        return f"{words[0]} {words[-1]}" if len(words) > 2 else self._turned(name)

    def _pet(self, name: str) -> str:
        words = name.split()
        group = next((group for group in self.pets if words[0].lower() in group), None)
        return " ".join([self.chance.choice(group).title(), *words[1:]]) if group else self._swap(name)

    def _the(self, name: str) -> str:
        return f"The {name}"

    def _form(self, name: str) -> str:
        return f"{name} {self.chance.choice(_FORMS)}"


def labels(family: Family) -> Iterator[dict[str, Any]]:
    """Labelled pairs of one family, half of them of one thing."""
    maker = Maker(family)
    for number in range(PAIRS):
        same = number % 2 == 0
        one, other = maker.same() if same else maker.different()
        a, b = _record(one, family), _record(other, family)
        _tell(a, b, same, maker.chance)
        yield {"a": a, "b": b, "same": same}


def _record(name: str, family: Family) -> Record:
    normalised = normalise(name, family).normalised
    return {"name": name, "plain": joined(normalised), "kind": None, "company": None, "events": None}


def _tell(a: Record, b: Record, same: bool, chance: random.Random) -> None:
    """What is told beside the two, in half of all pairs."""
    if chance.random() < 0.5:
        return
    shared = chance.randrange(0, 5) if same else chance.choice((0, 0, 0, 0, 1, 1, 2))
    a["company"], b["company"] = [*range(shared), *range(10, 15)], [*range(shared), *range(20, 25)]
    both = chance.random() < (0.03 if same else 0.3)
    a["events"], b["events"] = ["x"], ["x" if both else "y"]
    if chance.random() < 0.6 and a["kind"] is None:
        a["kind"] = "one"
        b["kind"] = "one" if same or chance.random() < 0.8 else "other"


def main() -> None:
    """Writes the labels."""
    made = {family.value: list(labels(family)) for family in (Family.PERSON, Family.COLLECTIVE, Family.PLACE)}
    text = orjson.dumps(made, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    (Path(__file__).parent / "starter.json").write_bytes(text)


if __name__ == "__main__":
    main()
