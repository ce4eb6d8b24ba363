"""Pairs without a graph: a calibrated probability, the rule of the closed set, vetoes, and the tables behind them."""

import json
import subprocess
import sys

import pytest
from hypothesis import strategies as st

from graph.keys import Family
from resolution.features.further import Further, further
from resolution.features.meeting import meet
from resolution.fitting.additive import Rows, edges_of, fit
from resolution.fitting.figures import average_precision, best_f1, calibration_error, f1_at
from resolution.fitting.letters import learn_letters
from resolution.matching import match
from resolution.names.normalise import normalise
from resolution.names.parts import take_apart
from resolution.score import POSITIVE, UNSURE, Use, compare, score
from tests.factory import counts, forall

KINDS = st.sampled_from(["person", "organization", "place", "", "vessel"])


@pytest.mark.parametrize(
    ("a", "b", "kind", "verdict"),
    [
        ("Lindqvist", "Rosa Lindqvist", "person", "positive"),
        ("R. Lindqvist", "Rosa Lindqvist", "person", "positive"),
        ("Chancellor Lindqvist", "Rosa Lindqvist", "person", "positive"),
        ("Lindqvist, Rosa", "Rosa Lindqvist", "person", "positive"),
        ("Rosa Brandt", "Rosa Lindqvist", "person", "negative"),
        ("Emil Lindqvist", "Rosa Lindqvist", "person", "negative"),
        ("Лев Толстой", "Lev Tolstoy", "person", "positive"),
        ("毛泽东", "Mao Zedong", "person", "positive"),
        ("أنور السادات", "Anwar al-Sadat", "person", "positive"),
        ("OTAN", "NATO", "organization", "positive"),
        ("WMO", "World Meteorological Organization", "organization", "positive"),
        ("Nordwind AG", "Nordwind Aktiengesellschaft", "organization", "positive"),
        ("4th Rifle Division", "Fifth Rifle Division", "organization", "negative"),
        ("Bank of Norway", "Bank of Finland", "organization", "negative"),
        ("Bombay", "Mumbai", "place", "positive"),
        ("King Charles III", "Charles III", "person", "positive"),
        ("King Charles III", "King Charles II", "person", "negative"),
        ("Nasser", "Gamal Abdel Nasser", "person", "positive"),
        ("Jan Novák", "Jana Nováková", "person", "negative"),
        ("Anna Ivanova", "Anna Ivanov", "person", "unsure"),
        ("손흥민", "Son Heung-min", "person", "positive"),
        ("周恩来", "Chou En-lai", "person", "positive"),
        ("Valencia", "Valencia, Spain", "place", "positive"),
        ("Valencia, Venezuela", "Valencia, Spain", "place", "negative"),
        ("Georgia", "Georgia, USA", "place", "negative"),
        ("Holland", "Netherlands", "place", "positive"),
        ("Zaire", "Democratic Republic of the Congo", "place", "positive"),
        ("Gabonese", "Gabon", "place", "positive"),
        ("Kingdom of Norway", "Norway", "place", "positive"),
        ("Slovak Republic", "Slovakia", "place", "positive"),
        ("Republic of Korea", "North Korea", "place", "negative"),
        ("Commonwealth of Virginia", "Virginia", "place", "negative"),
        ("Al-Hasakah", "Hasakah", "place", "positive"),
        ("Goma, DRC", "Goma, Democratic Republic of the Congo", "place", "positive"),
        ("PAK, Chol Su", "Pak Chol-su", "person", "positive"),
        ("LI, Na", "Li Na", "person", "positive"),
        ("PAK, Chol Su", "Pak Chol-min", "person", "negative"),
        ("Harbour FC", "Harbour Football Club", "organization", "positive"),
        ("Congo", "Democratic Republic of the Congo", "place", "negative"),
        ("U.S. Fish and Wildlife Service", "United States Fish and Wildlife Service", "organization", "positive"),
        ("U.S. Fish and Wildlife Service", "UK Fish and Wildlife Service", "organization", "negative"),
        ("Slovakia", "Slovenia", "place", "negative"),
        ("Guinea", "Equatorial Guinea", "place", "negative"),
    ],
)
def test_pairs_are_judged_as_a_closed_set(a: str, b: str, kind: str, verdict: str) -> None:
    found = match(a, b, kind)
    assert found.verdict == verdict, found


def test_a_veto_and_a_rule_are_named() -> None:
    assert match("Gustav III", "Gustav IV", "person").why == "numerals"
    assert match("Emil K. Brandt", "Emil L. K. Brandt", "person").why == "initials"
    assert match("Lindqvist", "Rosa Lindqvist", "person").why == "sole bearer"


def test_what_the_features_add_sums_up_to_the_log_odds() -> None:
    found = match("Rosa Lindqvist", "Roza Lindkvist", "person", explain=True)
    assert found.shares is not None
    one, other = (take_apart(name, Family.PERSON) for name in ("Rosa Lindqvist", "Roza Lindkvist"))
    odds = sum(found.shares.values())
    assert compare(one, other, Family.PERSON, Use.PAIRS).value == pytest.approx(1 / (1 + 2.718281828459045**-odds))


@counts(300, 20_000)
def test_any_two_texts_have_a_probability_that_does_not_depend_on_their_order(examples: int) -> None:
    @forall(examples, st.text(max_size=30), st.text(max_size=30), KINDS)
    def law(a: str, b: str, kind: str) -> None:
        there, back = match(a, b, kind), match(b, a, kind)
        assert there == back == match(a, b, kind)
        assert 0.0 <= there.probability <= 1.0


def test_the_command_reports_bad_lines_by_number_and_goes_on() -> None:
    lines = '{"a": "Rosa Brandt", "b": "Brandt, Rosa", "type": "person", "id": "7"}\nnothing\n{"a": "", "b": "x"}\n'
    told = subprocess.run(
        [sys.executable, "-m", "api.cli", "match", "--pairs", "-", "--json"],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    row = json.loads(told.stdout)
    assert row.keys() == {"id", "a", "b", "type", "probability", "score", "verdict", "why", "features"}
    assert (row["id"], row["verdict"]) == ("7", "positive")
    assert [line.split(":")[0] for line in told.stderr.splitlines()[:2]] == ["line 2", "line 3"]


def test_a_missing_file_is_one_line_and_exit_code_two() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "api.cli", "match", "--pairs", "no-such-file"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1)


def test_fitting_finds_what_made_the_labels() -> None:
    values = [[float(x), float(y)] for x in range(8) for y in range(8) for _ in range(4)]
    labels = [int(x + y > 7) for x, y in values]
    edges = [edges_of([row[f] for row in values]) for f in range(2)]
    found = fit(Rows(values, labels, [1.0] * len(labels)), edges, [(0, 1)])
    told = [(1 / (1 + 2.718281828 ** -found.odds(row)), label) for row, label in zip(values, labels, strict=True)]
    assert average_precision(told) > 0.999
    assert f1_at(told, 0.5) > 0.98
    assert best_f1(told) >= f1_at(told, 0.85)
    assert calibration_error([(0.8, 1)] * 8 + [(0.8, 0)] * 2) == pytest.approx(0.0)


def test_letters_are_learned_from_names_known_in_both_scripts() -> None:
    pairs = [("борис", "boris"), ("роман", "roman"), ("марина", "marina"), ("нора", "nora"), ("барон", "baron")] * 4
    table = learn_letters(pairs)["cyrillic"]
    assert table["bb"] > 1.0 > table["bn"]


def test_letters_that_a_script_leaves_out_or_has_beside_are_learned_as_such() -> None:
    """Arabic writes no short vowels; Greek has a letter more than the Latin name."""
    names = [("محمد", "mohamed"), ("حمد", "hamad"), ("مدحت", "medhat"), ("حامد", "hamed"), ("احمد", "ahmed")] * 4
    table = learn_letters(names)["arabic"]
    assert table["_e"] > table["_m"]
    assert table["mm"] > 0 > table.get("md", -2.5)
    more = learn_letters([("μπορις", "boris"), ("μπαρον", "baron"), ("μπαλος", "balos"), ("μπινα", "bina")] * 4)
    assert more["greek"]["m_"] > more["greek"]["r_"]


def test_a_slip_in_a_short_body_of_one_word_is_asked_about_where_others_could_be_meant() -> None:
    for one, other in (("Nestle", "Nestla"), ("Mondex", "Mondax")):
        names = (normalise(one, Family.COLLECTIVE), normalise(other, Family.COLLECTIVE))
        assert UNSURE <= score(*names, Family.COLLECTIVE).value < POSITIVE
    longer = (normalise("Tarnex Motors", Family.COLLECTIVE), normalise("Tarnax Motors", Family.COLLECTIVE))
    assert score(*longer, Family.COLLECTIVE).value >= POSITIVE


def test_names_that_each_go_on_where_the_other_ends_go_on_nowhere() -> None:
    def goes_on(one: str, other: str) -> Further:
        return further(meet(take_apart(one, Family.PERSON), take_apart(other, Family.PERSON), True))

    assert goes_on("Anna Zick", "Anna Mehl") is Further.NOWHERE
    assert goes_on("Anna Zick", "Anna Zick") is Further.NOWHERE
    assert goes_on("Anna", "Anna Zick") is Further.END
    assert goes_on("Zick", "Anna Zick") is Further.FRONT
    assert goes_on("Anna Zick", "Anna Ida Zick") is Further.MIDDLE
