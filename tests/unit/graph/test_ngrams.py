"""The built-in embedder: letters, not meaning, the same on every machine."""

import math

import pytest

from graph.embedding import embedder_of
from graph.embedding.ngrams import NGrams
from graph.errors import InvalidInput

FIRST = [0.354, 0.0, 0.707, 0.0, 0.0, 0.0, 0.0, 0.0, -0.354, 0.354, 0.0, 0.0, 0.0, 0.0, 0.354, 0.0]


def cosine(one: str, other: str) -> float:
    a, b = NGrams().embed([one, other])
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_vectors_have_unit_length_and_are_the_same_everywhere() -> None:
    made = NGrams(16)
    (vector,) = made.embed(["Ann"])
    assert len(vector) == made.dimensions == 16 and math.isclose(sum(one * one for one in vector), 1)
    # Fixed: a vector kept in a graph is compared with one made on another machine.
    assert [round(one, 3) for one in vector] == FIRST
    assert made.embed(["", "!?"]) == [[0.0] * 16, [0.0] * 16]


def test_spellings_and_inflections_are_near_and_other_words_far() -> None:
    assert cosine("shipping company", "shipping companies") > 0.6
    assert cosine("Khashoggi", "Khashogi") > 0.4
    assert abs(cosine("harbour", "parliament")) < 0.2
    assert cosine("a strike of dockers at the port", "dockers strike") > cosine(
        "a strike of dockers at the port", "vote"
    )
    assert cosine("東京都庁", "東京都") > 0.5 > abs(cosine("東京都庁", "北海道"))


@pytest.mark.parametrize("installed", [True, False])
def test_vectors_are_made_where_something_asks_for_them(monkeypatch: pytest.MonkeyPatch, installed: bool) -> None:
    monkeypatch.setattr("graph.embedding.find_spec", lambda _: object() if installed else None)
    assert (embedder_of("auto") is not None) == installed


def test_a_setting_names_an_embedder() -> None:
    assert embedder_of("") is None
    assert isinstance(embedder_of("ngrams"), NGrams)
    assert isinstance(embedder_of("graph.embedding.ngrams:NGrams"), NGrams)
    for wrong in ("nonsense", "graph.embedding.ngrams:nothing", "no.such.module:x", "builtins:dict"):
        with pytest.raises(InvalidInput):
            embedder_of(wrong)
