"""Keys are for good: the graphs of all users hold them. A test that fails here means a migration."""

from hypothesis import strategies as st

from graph.alias import Alias
from graph.keys import Family, W, canonical_key, mention_id, short_id
from graph.store import cause_key, cause_name
from tests.factory import counts, forall

MADURO = "3d2989795f018fb2a7a0ae80f33b6d940741021cf8e65ea301b63cf480cde624"
"""`printf 'person␟nicolás maduro␟' | sha256sum`"""


def test_the_key_of_a_name_never_changes() -> None:
    assert canonical_key(Family.PERSON, "nicolás maduro") == MADURO
    assert (
        canonical_key("collective", "police", "india")
        == "091405a4c307ebbfaeb85f3b970fb9bab58fdcbaf6dd7c31a7964bd191c20bbe"
    )
    assert (
        canonical_key(Family.WHEN, "2015-09-01") == "aa461ebc3d4ff291ac0d19294ef1a90f6e3c2a11bb69a09f1bf5cf60566d82f5"
    )


def test_the_short_id_is_the_first_61_bits_of_the_key() -> None:
    assert short_id(MADURO) == 0x3D2989795F018FB2 >> 3
    assert short_id("f" * 64) == 2**61 - 1
    assert short_id("0" * 64) == 0


def test_the_id_of_a_mention_never_changes() -> None:
    assert mention_id("wikicep-1", W.WHO, "N. Maduro", "source", 0) == "9f0fdd920be3327c99008eeefe4cd148"


def test_an_alias_has_the_key_of_its_parts() -> None:
    alias = Alias.of("Nicolás Maduro", "nicolás maduro", "person", "", "person")
    assert alias.key == MADURO


def test_family_discriminator_and_name_all_enter_the_key() -> None:
    keys = {
        canonical_key("person", "jordan"),
        canonical_key("place", "jordan"),
        canonical_key("person", "jordan", "wikidata:q41421"),
        canonical_key("person", "jordans"),
    }
    assert len(keys) == 4


@counts(100, 5_000)
def test_parts_never_run_together(examples: int) -> None:
    part = st.text(alphabet="ab :|", max_size=4)

    @forall(examples, st.tuples(part, part, part), st.tuples(part, part, part))
    def law(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
        assert (canonical_key(*one) == canonical_key(*other)) == (one == other)


@counts(100, 5_000)
def test_mentions_of_one_event_have_different_ids(examples: int) -> None:
    part = st.tuples(st.sampled_from(W), st.text(max_size=3), st.sampled_from(["", "source"]), st.integers(0, 3))

    @forall(examples, part, part)
    def law(one: tuple[W, str, str, int], other: tuple[W, str, str, int]) -> None:
        assert (mention_id("e", *one) == mention_id("e", *other)) == (one == other)


def test_keys_of_causes_push_no_names_out_of_what_is_remembered() -> None:
    remembered = canonical_key.cache_info().currsize
    keys = {cause_key(f"an event of its own {n}") for n in range(500)}
    assert len(keys) == 500
    assert canonical_key.cache_info().currsize == remembered
    assert cause_key("e") == Alias.of("", cause_name("e"), Family.WHY, "", "unspecified").key
