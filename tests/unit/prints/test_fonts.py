"""Every letter of Vietnamese has its glyph, and hostile text is neither markup nor invisible."""

import itertools
import unicodedata

from mailbridge.prints.fonts import has, text

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def letters() -> list[str]:
    composed = [
        unicodedata.normalize("NFC", vowel + tone)
        for vowel, tone in itertools.product(VOWELS, TONES)
    ]
    lower = [*composed, *"bcdđfghjklmnpqrstvwxz"]
    return [*lower, *(letter.upper() for letter in lower), *"0123456789.,;:()/-–“”…*§ ◊"]


def test_every_vietnamese_letter_has_a_glyph_in_both_faces() -> None:
    assert [letter for letter in letters() if not has(letter)] == []
    assert all(len(letter) == 1 for letter in letters())


def test_decomposed_text_is_composed_before_it_is_printed() -> None:
    assert text(unicodedata.normalize("NFD", "Tỉnh ủy Hưng Yên")) == "Tỉnh ủy Hưng Yên"


def test_markup_controls_and_reordering_are_only_text() -> None:
    assert text("<b>&\x00\u202egnp.exe") == "&lt;b&gt;&amp; gnp.exe"


def test_what_has_no_glyph_is_shown_as_a_lozenge() -> None:
    assert text("文") == "\u25ca"
