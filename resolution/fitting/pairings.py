"""Which pairs of features speak together: those whose cells explain most of what the features alone leave over (by the
gain of a Newton step, as FAST does it, Lou et al. 2013), at most three pairings a feature."""

from graph.keys import Family

_SHARED = [
    ("run_together", "letters"),
    ("sorted_words", "letters"),
    ("told_by_left", "sorted_words"),
    ("of_longer", "words_of_shorter"),
    ("slips", "shortest_slip"),
    ("slips", "slips_at_end"),
]
PAIRINGS: dict[Family, list[tuple[str, str]]] = {
    Family.PERSON: [
        *_SHARED,
        ("same_sound", "letters"),
        ("shared", "conflict"),
        ("rarest", "conflict"),
        ("rarest", "left_of_shorter"),
        ("words_of_shorter", "same_beginning"),
        ("of_shorter", "first_given"),
        ("of_longer", "first_given"),
        ("slips", "told_by_left"),
        ("surname", "given"),
        ("of_shorter", "of_longer"),
    ],
    Family.COLLECTIVE: [
        *_SHARED,
        ("same_beginning", "letters"),
        ("same_beginning", "legal_form"),
        ("conflict", "same_sound"),
        ("words_of_longer", "same_sound"),
        ("told_by_left", "run_together"),
        ("of_shorter", "conflict"),
        ("conflict", "last_word"),
        ("of_shorter", "rarest"),
        ("exact_words", "left_of_longer"),
        ("first_word", "sharpest_left"),
        ("acronym", "of_shorter"),
    ],
    Family.PLACE: [("run_together", "letters"), ("of_shorter", "of_longer")],
    Family.UNSPECIFIED: [
        *_SHARED,
        ("scripts", "worst_word"),
        ("scripts", "same_sound"),
        ("scripts", "letters"),
        ("same_beginning", "letters"),
        ("shared", "conflict"),
        ("conflict", "same_sound"),
        ("of_shorter", "rarest"),
        ("acronym", "of_shorter"),
    ],
}

APART_PAIRINGS = [("run_together", "letters"), ("sorted_words", "letters"), ("same_sound", "letters")]
"""The same for the tables of names that share no word."""
