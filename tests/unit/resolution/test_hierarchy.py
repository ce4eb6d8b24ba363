"""Where places lie and what dates are part of, by what is told of them alone."""

import random

from graph.hierarchy import MomentRow, PlaceRow, path_of
from resolution.hierarchy import parents_of_moments, parents_of_places
from resolution.names.normalise import normalise


def place(name: str, kind: str = "city", mentions: int = 1, **told: object) -> PlaceRow:
    names = [normalise(name, "place").normalised]
    values: dict[str, object] = {"path": None, "country": None, "parent": None, "lies_in": [], **told}
    return PlaceRow(key=name, name=name, kind=kind, mentions=mentions, names=names, **values)  # type: ignore[arg-type]


def moment(start: str, end: str | None = None) -> MomentRow:
    return MomentRow(f"{start}/{end}" if end else start, start, 1, start, end, None, [])


PLACES = [
    place("Riga", path=["Europe", "Latvia", "Riga"]),
    place("Latvia", "country"),
    place("Europe", "region"),
    place("Bergen", country="Norway"),
    place("Norway", "country"),
    place("Scotland", "region"),
    place("United Kingdom", "country"),
    place("Nowhere"),
]


def tree(rows: list[PlaceRow]) -> dict[str, tuple[str, str]]:
    return {key: (parent.key, parent.by) for key, parent in parents_of_places(rows).items()}


def test_a_place_lies_in_what_is_told_of_it_then_in_what_its_name_tells() -> None:
    assert tree(PLACES) == {
        "Riga": ("Latvia", "stated"),
        "Latvia": ("Europe", "stated"),
        "Bergen": ("Norway", "country"),
        "Scotland": ("United Kingdom", "known"),
    }
    names = {row.key: row.name for row in PLACES}
    assert path_of("Riga", names, parents_of_places(PLACES)) == ["Europe", "Latvia"]


def test_the_order_of_places_does_not_matter_and_nothing_lies_in_itself() -> None:
    rows = [*PLACES, place("Baltics", "region", path=["Latvia"]), place("Daugava", path=["Riga", "Daugava", "Baltics"])]
    rows.append(place("Livonia", "region", path=["Baltics", "Livonia"]))
    rows.append(place("Courland", "region", path=["Livonia", "Courland", "Baltics"]))
    first = tree(rows)
    for seed in range(50):
        shuffled = random.Random(seed).sample(rows, len(rows))
        assert tree(shuffled) == first
    for key in first:
        seen = [key]
        while seen[-1] in first:
            seen.append(first[seen[-1]][0])
            assert len(seen) == len(set(seen))


def test_a_country_is_found_by_any_name_of_it() -> None:
    rows = [place("Deutschland", "country"), place("Kiel", path=["Germany", "Kiel"]), place("Köln", country="DE")]
    assert tree(rows) == {"Kiel": ("Deutschland", "stated"), "Köln": ("Deutschland", "country")}


def test_a_date_is_part_of_the_smallest_stretch_that_holds_it() -> None:
    rows = [
        moment(*one) for one in (("2018",), ("2018-10",), ("2018-10-02",), ("2018-10-01", "2018-10-03"), ("2019-01",))
    ]
    rows += [moment("2018-10-02", "2018-10-20"), moment("not a date"), moment("2018-10-02T12:00Z")]
    found = {key: parent.key for key, parent in parents_of_moments(rows).items()}
    assert found == {
        "2018-10": "2018",
        "2018-10-01/2018-10-03": "2018-10",
        "2018-10-02/2018-10-20": "2018-10",
        "2018-10-02": "2018-10-01/2018-10-03",
        "2018-10-02T12:00Z": "2018-10-02",
    }
    assert {key: parent.key for key, parent in parents_of_moments(rows[::-1]).items()} == found


def test_of_two_that_are_said_to_lie_in_each_other_one_lies_in_the_other() -> None:
    rows = [place("Oldbrook", path=["Fernwick"]), place("Fernwick", path=["Oldbrook"])]
    found = tree(rows)
    assert len(found) == 1
    assert tree(rows[::-1]) == found
