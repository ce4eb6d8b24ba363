"""The text gate: what no store may hold is refused with its reason; everything else comes through as it is, in NFC."""

import unicodedata

import pytest
from hypothesis import strategies as st

from graph.errors import TextRefused
from graph.text import NAME_LENGTH, TEXT_LENGTH, clean_name, clean_text
from tests.factory import counts, forall

any_text = st.text(st.characters(), max_size=60) | st.text(st.sampled_from("\x00\ud800 a\u0301\u202e\ufdfa\u200d\t\n"))


@pytest.mark.parametrize("code", [0x00, 0x07, 0x0B, 0x0C, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F])
def test_control_characters_are_refused_with_their_place(code: int) -> None:
    with pytest.raises(TextRefused, match=rf"control character \(U\+{code:04X}\) at character 2"):
        clean_text(f"ab{chr(code)}c")


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_lone_surrogates_are_refused(code: int) -> None:
    with pytest.raises(TextRefused, match=rf"lone surrogate \(U\+{code:04X}\)"):
        clean_text(f"ab{chr(code)}c")


def test_the_reason_never_repeats_the_text() -> None:
    with pytest.raises(TextRefused) as refused:
        clean_text("secret\x00secret")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc\r\nd",
        "عبد الفتاح السيسي",
        "\u200fשלום\u200f",
        "\u202eevil\u202c",
        "👩\u200d👩\u200d👧 family",
        "क्\u200dष",
        "習近平",
        "🇫🇷",
        "\ufeffbom",
    ],
)
def test_scripts_marks_joiners_and_emoji_are_kept(text: str) -> None:
    assert clean_text(text) == text


def test_text_is_brought_to_nfc() -> None:
    assert clean_text("Nicola\u0301s") == "Nicolás"
    assert clean_text("\u1112\u1161\u11ab") == "한"


def test_a_text_of_the_bound_is_taken_and_one_more_refused() -> None:
    assert clean_text("x" * TEXT_LENGTH) == "x" * TEXT_LENGTH
    assert clean_name("é" * NAME_LENGTH) == "é" * NAME_LENGTH
    with pytest.raises(TextRefused, match="10001 characters, at most 10000"):
        clean_text("x" * (TEXT_LENGTH + 1))
    with pytest.raises(TextRefused, match="1001 characters, at most 1000"):
        clean_name("é" * (NAME_LENGTH + 1))


def test_blanks_in_names_are_made_one() -> None:
    assert clean_name("  Ban\u00a0 \t\n Ki-moon ") == "Ban Ki-moon"


@counts(200, 20_000)
def test_what_comes_through_can_be_stored_and_comes_through_again(examples: int) -> None:
    @forall(examples, any_text)
    def law(text: str) -> None:
        try:
            clean = clean_text(text)
        except TextRefused:
            assert any(unicodedata.category(c) in ("Cc", "Cs") for c in text)
            return
        clean.encode()
        assert "\x00" not in clean
        assert unicodedata.is_normalized("NFC", clean)
        assert clean_text(clean) == clean
