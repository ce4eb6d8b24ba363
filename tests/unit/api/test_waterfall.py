"""The waterfall is well-formed, safe, bounded, and says its numbers."""

from xml.etree import ElementTree

from api.waterfall import FEATURES, waterfall


def texts(picture: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(picture).iter() if node.tag.endswith("text")]  # noqa: S314


def test_each_feature_is_a_bar_with_its_number_and_the_sum_is_told() -> None:
    picture = waterfall("Ann", "Anna", {"bias": -1.0, "letters": 2.5, "same_sound": -0.25}, 0.78)
    shown = texts(picture)
    assert shown[0] == "Ann  |  Anna"
    assert shown[1:7] == ["start", "-1.00", "letters", "+2.50", "same sound", "-0.25"]
    assert shown[-1] == "+1.25, probability 0.780"
    assert picture.count("<rect") == 3


def test_names_cannot_break_out_of_the_picture() -> None:
    assert texts(waterfall('<script>"&', "b", {"bias": 0.1}, 0.5))[0] == '<script>"&  |  b'


def test_what_is_too_much_is_summed_and_nothing_is_a_picture_too() -> None:
    many = {f"f{n}": 0.1 * (n + 1) for n in range(FEATURES + 5)}
    assert "5 others" in texts(waterfall("a", "b", many, 0.9))
    assert texts(waterfall("a", "b", {}, 0.5))[-1] == "+0.00, probability 0.500"
