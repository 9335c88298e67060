"""What was written in one encoding and said to be another is mended, and only that."""

import pytest

from mailbridge.mime import mending
from mailbridge.model.problem import Problem
from tests.unit.mime.legacy import TEXT, tcvn, windows_1258

TWICE = "".join(mending.western(bytes((octet,))) for octet in TEXT.encode())


def test_utf_8_that_was_encoded_twice_is_mended() -> None:
    assert mending.mended(TWICE) == mending.Reading(TEXT, Problem.MOJIBAKE)


def test_an_abc_font_in_unicode_is_mended() -> None:
    assert mending.mended(tcvn(TEXT).decode("latin-1")) == mending.Reading(
        TEXT, Problem.LEGACY_FONT
    )


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "plain",
        "Voilà une école française où les élèves sont très gâtés",
        "Ã© alone is no proof",
        TWICE + " và chữ Việt thật",
        "☃" + TWICE,
    ],
)
def test_what_is_not_certain_stays_as_it_is(text: str) -> None:
    assert mending.mended(text) is None


def test_a_name_is_believed_sooner_than_a_text() -> None:
    octets = windows_1258("Nguyễn Thị")
    assert mending.vietnamese(octets) is None
    guess = mending.vietnamese(octets, short=True)
    assert guess is not None
    assert guess.text == "Nguyễn Thị"


def test_stray_octets_do_not_ruin_utf_8() -> None:
    read = mending.with_strays(TEXT.encode() + b" \xe9t\xe9")
    assert read is not None
    assert read.text == TEXT + " été"
    assert mending.with_strays(b"\xe9\xe8") is None
