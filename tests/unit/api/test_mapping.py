"""Maps: where places are drawn, and what part of the world is shown. The numbers are those of d3-geo 3.1.2."""

import pytest

from api.explorer.mapping import Placed, countries, drawn, projected


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (52.5, 13.4, 510.8327601648598, 88.33378692018385),
        (-33, -70, 303.0418173568199, 352.173029894552),
        (65, 170, 836.6853577932161, 52.88555129287187),
        (0, 0, 480, 250),
    ],
)
def test_places_are_projected_as_the_outline_was(latitude: float, longitude: float, x: float, y: float) -> None:
    assert projected(latitude, longitude) == pytest.approx((x, y), abs=1e-9)


def test_countries_have_outlines_and_small_ones_a_point() -> None:
    known = countries()
    assert len(known) > 220
    assert all(known[code].d for code in ("FR", "US", "CN", "SS", "XK") if code in known)
    assert known["SG"].d is None and known["SG"].x == pytest.approx(projected(1.35, 103.8)[0], abs=3)
    # A point in the mainland, not between it and what lies overseas.
    assert known["FR"].x == pytest.approx(projected(46.5, 2.5)[0], abs=8)


def test_a_map_shades_countries_sets_dots_and_counts_what_it_cannot_place() -> None:
    norway = Placed("no", "Norway", "country", 50, None, "NO")
    oslo, malta = Placed("os", "Oslo", "city", 5, (59.9, 10.7), None), Placed("mt", "Malta", "country", 1, None, "MT")
    somewhere = Placed("xx", "Somewhere", "city", 1, None, None)
    found = drawn([somewhere, oslo, norway])
    assert found is not None
    assert [area.key for area in found.areas] == ["no"] and found.areas[0].shade == 0.8
    assert [dot.key for dot in found.dots] == ["os"] and found.unplaced == 1
    assert [one.key for one in found.told] == ["no", "os", "xx"]
    x, y, width, height = found.view
    assert x <= found.dots[0].x <= x + width and y <= found.dots[0].y <= y + height and width == 150
    wide = drawn([norway, malta, Placed("nz", "New Zealand", "country", 1, None, "NZ")])
    assert wide is not None and wide.view[2] > 150
    assert {dot.key for dot in wide.dots} == {"mt"}
    assert drawn([somewhere]) is None and drawn([]) is None
