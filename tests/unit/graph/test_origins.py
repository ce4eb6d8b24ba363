"""What counts as one origin: copies and one publisher's reports, whatever order they come in."""

import random

import pytest

from graph.origins import Report, counted, origins

BODY = (
    "The harbour of Varna was closed on Tuesday after a crane fell on the deck of a grain ship, officials said. "
    "Nobody was hurt, but loading may stand still for a week while divers look at the quay wall. The owner of the "
    "ship, Selwyn Shipping, said that it would send another vessel from Oruro before the end of the month."
)
OTHER = (
    "Traders in Varna face days of waiting: since yesterday no ship has left the port, where part of a loading crane "
    "broke off. Insurers were already at work in the morning. Prices of wheat for delivery in March went up by two "
    "per cent, and the union of dockers repeated that it had warned of rusty cables for years and was not heard."
)


def told(id_: str, title: str | None = None, source: str | None = None, text: str | None = None) -> Report:
    return Report(id_, title, source, text)


def groups(*reports: Report) -> list[tuple[str, ...]]:
    return origins(reports)


def test_reports_of_one_publisher_are_one_origin() -> None:
    assert groups(told("a", "Crane falls", "The Selwyn Post"), told("b", "Port is shut", "the selwyn post")) == [
        ("a", "b")
    ]
    assert groups(told("a", "Crane falls", "www.post.example"), told("b", "Port shut", "post.example")) == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Crane falls on grain ship in Varna", "Crane falls on grain ship in Varna", True),
        ("Crane falls on grain ship in Varna", "Crane falls on grain ship in Varna, nobody hurt", True),
        ("Crane falls on grain ship in Varna - Daily Tide", "CRANE FALLS ON GRAIN SHIP IN VARNA", True),
        ("Crane falls on grain ship in Varna", "Varna harbour shut for a week after accident", False),
        ("Live updates", "Live updates", False),
        ("瓦尔纳港口起重机倒塌", "瓦尔纳港口起重机倒塌!", True),
        ("瓦尔纳港口起重机倒塌", "谷物运输船在保加利亚受损", False),
        ("Кран упал на судно в порту Варны", "Кран упал на судно в порту Варны, никто не пострадал", True),
        ("", "", False),
    ],
)
def test_titles_tell_copies(one: str, other: str, same: bool) -> None:
    found = groups(told("a", one, "Daily Tide"), told("b", other, "Evening Echo"))
    assert (len(found) == 1) is same


def test_texts_decide_over_titles() -> None:
    again = BODY.replace("on Tuesday", "yesterday")
    assert len(groups(told("a", "Crane falls", "x", BODY), told("b", "Port shut", "y", again))) == 1
    cut = " ".join(BODY.split()[:48])
    assert len(groups(told("a", None, "x", f"{BODY} {OTHER}"), told("b", None, "y", cut))) == 1
    title = "Crane falls on grain ship in Varna"
    assert len(groups(told("a", title, "x", BODY), told("b", title, "y", OTHER))) == 2
    assert len(groups(told("a", title, "x", BODY), told("b", title, "y"))) == 1


def test_who_credits_an_agency_has_it_from_there() -> None:
    found = groups(
        told("a", "Harbour of Varna is closed", "Reuters"),
        told("b", "What the docks of Varna wait for (Reuters)", "Daily Tide"),
        told("c", "No ship leaves Varna", "Evening Echo", f"VARNA (Reuters) - {OTHER}"),
        told("d", "A reporter's night at the quay (long read)", "Morning Mail"),
    )
    assert found == [("a", "b", "c"), ("d",)]


def test_a_chain_of_copies_is_one_origin_and_the_counts_say_so() -> None:
    reports = [
        told("a", "Crane falls on grain ship in Varna", "Daily Tide"),
        told("b", "Crane falls on grain ship in Varna, port is closed", "Evening Echo"),
        told("c", "Crane falls on grain ship in Varna, port is closed for a week", "Morning Mail"),
        told("d", "Dockers had warned of rusty cables", "Morning Mail"),
        told("e", "Dockers had warned of rusty cables"),
        told("f", "Wheat goes up by two per cent", "Market Wire"),
    ]
    found = counted(reports)
    assert (found.documents, found.sources, found.independent_origins) == (6, 4, 2)
    assert counted([]).independent_origins == 0


def news(seed: int, count: int) -> list[Report]:
    """Reports of few stories by many papers, copied with small changes."""
    chance = random.Random(seed)
    words = "harbour crane grain ship strike bridge flood vote minister court train night union price wall".split()
    stories = [" ".join(chance.sample(words, 8)) for _ in range(max(2, count // 4))]
    made: list[Report] = []
    for n in range(count):
        title = chance.choice(stories).split()
        if chance.random() < 0.5:
            title.insert(chance.randrange(8), chance.choice(words))
        made.append(told(f"r{n:03}", " ".join(title), f"paper {chance.randrange(count * 2)}"))
    return made


@pytest.mark.parametrize("seed", range(20))
def test_order_of_arrival_does_not_matter(seed: int) -> None:
    reports = news(seed, 12 if seed % 4 else 80)
    found = origins(reports)
    for turn in range(5):
        mixed = reports[:]
        random.Random(turn).shuffle(mixed)
        assert origins(mixed) == found


def test_many_are_found_by_lsh_as_all_pairs_find_them() -> None:
    reports = news(7, 120)
    assert origins(reports) == origins(reports, few=1_000)


def test_a_text_too_short_to_tell_leaves_it_to_the_titles() -> None:
    title = "Crane falls on grain ship in Varna"
    short = "A crane fell in Varna."
    assert len(groups(told("a", title, "x", short), told("b", "Varna harbour shut for a week", "y", short))) == 2
    assert len(groups(told("a", title, "x", short), told("b", title, "y", "Nobody was hurt."))) == 1
