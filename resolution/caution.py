"""What holds an online join back. Nobody looks before an online judgement stands, so a probability alone does not join:
each rule here caps it, below the joining threshold (asked) or below the unsure one (left alone).

The rules speak of evidence, not of names; each is reviewed with its cases in tests/cases/names.jsonl.
"""

from rapidfuzz.distance import OSA

from graph.keys import Family
from resolution.features.acronyms import same_body
from resolution.features.further import Further, frequent_family, further
from resolution.features.given import given
from resolution.features.initials import lone_initials
from resolution.features.meeting import Meeting
from resolution.features.order import other_order
from resolution.features.spelling import short_words_differ
from resolution.features.surname import surname_places
from resolution.features.territory import same_country, same_place
from resolution.features.words import ARTICLE, EXACT, INITIAL, PET, SOUND
from resolution.names.east_asia import SIGNS
from resolution.names.scripts import LATIN
from resolution.names.words import NOT_PEOPLE

ASKED, ALONE, FREE = 0.80, 0.74, 1.0
JOINED = 0.86
"""Just enough to join."""
_ANOTHER = frozenset("united new national free real true popular general".split())
"""Words of which one more often makes another body: United Democratic Movement, Democratic Movement."""
FREQUENT = 0.7
"""What one frequent word tells at most."""
TWO = 1.7
"""Two words that tell less than this together are not both rare."""
FEW = 1.3
"""Two words that tell no more than this together are both frequent."""
SURE = 0.95
"""Probability of names that are the same letters, or two names of one country, place or body."""


def bounds(m: Meeting, family: Family) -> tuple[float, float]:
    """The least and the greatest probability that an online judgement may speak of."""
    if m.a.joined == m.b.joined:
        # Syed Ahmed, Ahmed Imam: of both nothing is left but one given name, beside other titles.
        bare = family == Family.PERSON and len(m.a.words) == 1 and m.a.titles != m.b.titles
        return (ASKED, ASKED) if bare else (SURE, FREE)
    if m.a.spaced == m.b.spaced:
        # Liberal National Party, National Liberal Party: the same words in another order may be another body;
        # M. P. Singh, P. M. Singh: the same initials another person; Muhammad Ali, Ali Muhammad; Sung Kim, Kim Il Sung:
        # two frequent words turned round, too.
        same = family == Family.PERSON and lone_initials(m.a) == lone_initials(m.b) and m.shared > FEW
        return (SURE, FREE) if same else (ASKED, ASKED)
    if family == Family.PERSON:
        return (JOINED, FREE) if _one_name_more(m) else (0.0, _person(m))
    if family == Family.PLACE:
        return _place(m)
    if family == Family.COLLECTIVE:
        return (SURE, FREE) if same_body(m) > 0 else (0.0, _collective(m))
    whole = not m.left_a and not m.left_b and all(v in (EXACT, PET) for *_, v in m.pairs)
    return 0.0, FREE if whole else ALONE


def _one_name_more(m: Meeting) -> bool:
    """Given name and family name agree letter by letter, not both of them frequent, and one name has a word more."""
    alike = len(m.a.words) > 1 and m.exact == len(m.a.words) and len(m.left_b) == 1 and m.shared > FEW
    return alike and given(m) == EXACT and not other_order(m) and _person(m) == FREE


def _person(m: Meeting) -> float:
    """A person's name: the words may not contradict each other, a given name must agree, and a slip in a very short
    word makes another name. A slip, a pet form or another order is trusted only where every word of both names meets:
    measured, such pairs are one person in 99 of 100 (docs/decisions/0012)."""
    if m.left_a and m.left_b:
        return ALONE
    agreed = max(given(m), _given_together(m))
    if agreed < 0:
        return ALONE
    doubtful = other_order(m) > 0.0
    latin = m.a.script == m.b.script == LATIN
    places = surname_places(m.a)
    for i, j, value in m.pairs:
        if value in (EXACT, ARTICLE, INITIAL) or not latin:
            continue
        one, other = m.a.words[i].text, m.b.words[j].text
        least = min(len(one), len(other))
        if (one[0] != other[0] and value != PET) or least < 5 or (value < 0.75):
            return ALONE
        doubtful = doubtful or least < 7 or value == PET or (i in places and value < 0.85)
    if _of_a_body(m) and (m.left_a or m.left_b):
        return ALONE
    more = _word_more(m, doubtful) if m.left_a or m.left_b else FREE
    return min(more, ASKED) if agreed == INITIAL or m.initials or _another_slip(m) else more


def _word_more(m: Meeting, doubtful: bool) -> float:
    """A word more, by its place. Behind an unmarked name it may be the family name of somebody else (John Howard, John
    Howard Tory) or of the son (Ricardo Lagos, Ricardo Lagos Weber), unless three words agree before it; in front of a
    chain of names it is that of a child (Saddam Hussein al-Tikriti, Hala Saddam Hussein al-Tikriti); between two names
    of which the last is frequent it may be another family name (Ismael García, Ismael Zambada García)."""
    where = further(m)
    shown = bool(m.a.surnames) and bool(m.b.surnames)
    if where == Further.MIDDLE:
        return ASKED if len(m.pairs) < 3 and frequent_family(m) else FREE
    other_letters = m.worst < ARTICLE or (m.worst < EXACT and m.shared < TWO)
    if where == Further.FRONT and (len(m.pairs) > 2 or other_letters or (shown and m.worst < EXACT)):
        return ALONE
    if where == Further.END and (other_letters or other_order(m)):
        return ALONE
    if where == Further.END and (shown or m.a.numbers or (len(m.pairs) > 2 and m.worst == EXACT)):
        return FREE
    return ASKED if doubtful or shown or where == Further.END else FREE


def _another_slip(m: Meeting) -> bool:
    """A slip that makes another name where little else tells the two apart: another consonant of a given name beside a
    frequent family name (Saidur Rahman, Saifur Rahman), or a family name that differs beside a frequent given one by
    three letters (Muhammad Salman, Mohammad Soleimani) or, unless the writing shows the family names, with a word more
    (José Huerta, José Ramos-Horta)."""
    for i, j, value in m.pairs:
        one, other = m.a.words[i], m.b.words[j]
        if value in (EXACT, ARTICLE, PET, INITIAL) or not one.script == other.script == LATIN:
            continue
        if m.shared - (2.0 * value - 1.0) * min(one.weight, other.weight) > FREQUENT:
            continue
        if i in m.a.family or j in m.b.family:
            more = (m.left_a or m.left_b) and not (m.a.surnames and m.b.surnames)
            if more or OSA.distance(one.text, other.text) > 2:
                return True
        elif value != SOUND and one.bones != other.bones and len(one.bones) == len(other.bones):
            return True
    return False


def _of_a_body(m: Meeting) -> bool:
    """True when a word of either names bodies and ships, not people: Bloc Yulia Tymoshenko, USS John McCain."""
    return not (NOT_PEOPLE.isdisjoint(m.a.texts) and NOT_PEOPLE.isdisjoint(m.b.texts))


def _given_together(m: Meeting) -> float:
    """How like a given name that Han or Hangul writes as one is to what the other name cuts in two; -1: none is."""
    return max(
        (
            value
            for places_a, places_b, value in m.joined
            for name, places in ((m.a, places_a), (m.b, places_b))
            if name.script in SIGNS and name.surnames and name.surnames.isdisjoint(places)
        ),
        default=-1.0,
    )


def _collective(m: Meeting) -> float:
    """A body's name: words may not stand against each other, an informative word more is another body, and a slip in
    one short word may be another name."""
    if (m.left_a and m.left_b) or m.left_told_a > 0.3 or m.left_told_b > 0.3:
        return ALONE
    if other_order(m) or m.initials:
        return ALONE
    if short_words_differ(m) or m.a.numbers != m.b.numbers:
        return ASKED
    if any(m.a.texts[i] in _ANOTHER for i in m.left_a) or any(m.b.texts[j] in _ANOTHER for j in m.left_b):
        return ASKED
    worst = min((v for *_, v in m.pairs if v not in (PET, INITIAL)), default=EXACT)
    if worst < 0.75:
        return ALONE
    if worst < EXACT and worst != SOUND and (m.left_a or m.left_b or (len(m.a.words) == 1 and m.a.size < 7)):
        return ASKED
    return FREE


def _place(m: Meeting) -> tuple[float, float]:
    """A place's name: two names of one country or city settle it, two of different ones part it; else no slip in a
    short word, no word more."""
    known = same_country(m) or same_place(m)
    if known:
        return (SURE, FREE) if known > 0 else (0.0, 0.0)
    if m.left_a or m.left_b or any(v < 0.9 for *_, v in m.pairs) or len(m.a.joined) < 6:
        return 0.0, ALONE
    return 0.0, ASKED if m.worst < SOUND else FREE
