"""What matched is shown as it was written."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.document import Document
from mailbridge.model.search import Part, words
from mailbridge.registry.search_matches import matches
from mailbridge.registry.search_words import Source


def test_each_word_is_shown_in_the_first_piece_that_has_it(
    document: Callable[..., Document],
) -> None:
    one = replace(document(1), subject="Thử nghiệm đường")
    source = Source(one, None, "Đường dài " + "và dài " * 100, ())
    found = matches(source, words("thu duong dai khong"))
    assert [(match.part, match.name) for match in found] == [
        (Part.FIELD, "summary"),
        (Part.SUBJECT, "subject"),
        (Part.TEXT, "text"),
    ]
    assert found[1].text == "Thử nghiệm đường"


def test_a_long_text_is_cut_around_the_word(document: Callable[..., Document]) -> None:
    text = "trước " * 500 + "NGÂN\nSÁCH sau " + "sau " * 500
    match = matches(Source(document(1), None, text, ()), ("ngan", "sach"))[0]
    assert "NGÂN SÁCH sau" in match.text
    assert match.text.startswith("… ")
    assert match.text.endswith(" …")
    assert len(match.text) < 200


def test_nothing_asked_shows_nothing(document: Callable[..., Document]) -> None:
    assert matches(Source(document(1), None, "văn bản", ()), ()) == ()
