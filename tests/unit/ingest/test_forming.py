"""Texts grouped by event across languages, mentions by what they mean."""

import random

from ingest.forming.grouping import Text, group
from ingest.forming.linking import average_link
from ingest.forming.mentions import Read, Span, identities
from ingest.forming.traits import consonants, names

QUAKE = [
    Text("en1", "en", "A strong earthquake struck Valdivia in Chile on Sunday, mayor Carla Amtmann said."),
    Text("es1", "es", "Un fuerte terremoto sacudió Valdivia, Chile, dijo la alcaldesa Carla Amtmann."),
    Text("ru1", "ru", "Сильное землетрясение произошло в Вальдивии, Чили, сообщила мэр Карла Амтманн."),
]
VOTE = [
    Text("en2", "en", "Voters in Zambia elected Hakainde Hichilema as president after a tense campaign in Lusaka."),
    Text("fr2", "fr", "Les électeurs de Zambie ont élu Hakainde Hichilema président, à Lusaka."),
    Text("ru2", "ru", "Хакаинде Хичилема избран президентом Замбии, сообщают из Лусаки."),
]
OTHER = [
    Text("en3", "en", "The film festival of Locarno opened with a drama by Lena Dunham about two sisters."),
    Text("de3", "de", "Das Filmfestival von Locarno begann mit einem Drama von Lena Dunham."),
]


def clusters(texts: list[Text]) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for one, root in zip(texts, group(texts), strict=True):
        found.setdefault(root, set()).add(one.id)
    return {frozenset(ids) for ids in found.values()}


def test_texts_of_one_event_meet_across_languages_and_scripts() -> None:
    found = clusters([*QUAKE, *VOTE, *OTHER])
    assert {frozenset(one.id for one in part) for part in (QUAKE, VOTE, OTHER)} == found


def test_grouping_does_not_depend_on_the_order_of_the_texts() -> None:
    texts = [*QUAKE, *VOTE, *OTHER]
    first = clusters(texts)
    chance = random.Random(5)
    for _ in range(20):
        chance.shuffle(texts)
        assert clusters(texts) == first


def test_nothing_and_one_text_are_groups_too() -> None:
    assert group([]) == []
    assert group(QUAKE[:1]) == [0]


def test_average_link_joins_the_most_alike_and_stops_at_the_threshold() -> None:
    alike = [{1: 0.9, 2: 0.1}, {0: 0.9, 2: 0.1}, {0: 0.1, 1: 0.1, 3: 0.5}, {2: 0.5}]
    assert average_link(alike, 0.3) == [0, 0, 2, 2]
    assert average_link(alike, 0.6) == [0, 0, 2, 3]


def test_a_name_meets_itself_in_other_scripts() -> None:
    assert consonants("Hichilema") == consonants("Хичилема")
    assert names("Chile")["c|CL"] == names("Чили")["c|CL"] == 1


def test_a_pronoun_means_the_one_named_before_it_and_two_quakes_stay_two() -> None:
    one = Read("d1", "en", [["Ann", "Poe", "spoke", "."], ["She", "left", "."]], spans("who", (0, 0, 2), (1, 0, 1)))
    (told,) = identities([one])
    assert told[0][1] == told[1][1]
    quakes = [
        Read(text.id, text.language, [text.text.split()], spans("what", (0, 2, 3))) for text in (QUAKE[0], OTHER[0])
    ]
    first, second = (found[0][1] for found in identities(quakes))
    assert first != second


def test_mentions_are_found_where_none_are_given() -> None:
    words = "Police arrested Maria Lopez in Lima on Tuesday .".split()
    (told,) = identities([Read("d1", "en", [words])])
    assert [(span.text, span.kind) for span, _ in told] == [
        ("Police", "who"),
        ("arrested", "what"),
        ("Maria Lopez", "who"),
        ("Lima", "where"),
        ("Tuesday", "when"),
    ]


def spans(kind: str, *places: tuple[int, int, int]) -> list[Span]:
    said = {(0, 0, 2): "Ann Poe", (1, 0, 1): "She", (0, 2, 3): "quake"}
    return [Span(s, b, e, kind, said[s, b, e]) for s, b, e in places]
