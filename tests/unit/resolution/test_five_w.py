"""What describes two entities: four features, each left out where one side is silent; places that lie apart are two."""

import pytest

from resolution.five_w import Thing, corrected, features, metres, score


def test_a_feature_of_which_one_side_tells_nothing_is_left_out() -> None:
    assert features(Thing(["rescue"]), Thing([])) == {}
    assert score({}) == 0.0
    assert set(features(Thing(["a"], {"start": "2026"}, ["Norway"], (1.0, 2.0)), Thing(["a"], {"end": "x"}))) == {
        "description"
    }


def test_score_is_the_mean_by_weight_of_what_both_tell() -> None:
    one = Thing(["Rescue of trapped miners"], {"impact_level": "high", "event_type": "disaster"})
    same = Thing(["rescue of the trapped miners"], {"impact_level": "high", "event_type": "disaster"})
    other = Thing(["Signing of a fishing treaty"], {"impact_level": "low", "event_type": "diplomatic"})
    assert score(features(one, same)) >= 0.8 > score(features(one, other))
    assert features(one, same)["attributes"] == 1.0 and features(one, other)["attributes"] == 0.0
    assert score({"description": 1.0, "attributes": 0.0}) == pytest.approx(0.75)


def test_places_far_apart_are_two_whatever_their_names_say() -> None:
    varna, valdivia, near = (27.91, 43.21), (-73.24, -39.81), (27.95, 43.2)
    assert metres(varna, valdivia) > 10_000_000 > 10_000 > metres(varna, near)
    apart = features(Thing(["Springfield"], point=varna), Thing(["Springfield"], point=valdivia))
    together = features(Thing(["Springfield"], point=varna), Thing(["Springfield"], point=near))
    assert corrected(0.97, apart) == 0.0
    assert corrected(0.97, together) == 0.97


def test_hierarchies_that_share_no_head_leave_places_unsure() -> None:
    one, two, three = ["Europe", "Bulgaria"], ["Europe", "Norway"], ["America", "Chile"]
    assert features(Thing([], {}, one), Thing([], {}, two)) == {"hierarchy": 0.5}
    assert corrected(0.9, features(Thing([], {}, one), Thing([], {}, three))) == 0.5


def test_one_path_is_its_own_whole_and_a_longer_one_shares_what_it_begins_with() -> None:
    path = ["Europe", "Bulgaria", "Varna"]
    assert features(Thing([], {}, path), Thing([], {}, [step.upper() for step in path])) == {"hierarchy": 1.0}
    assert features(Thing([], {}, path[:2]), Thing([], {}, [*path, "Port"])) == {"hierarchy": 0.5}
