"""A code is of one letter, one document and one person, and nobody else can make it."""

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.letters.reply_codes import code, codes
from mailbridge.model.reply_codes import PLACES

TO = "an@hungyen.gov.vn"


@given(st.text(min_size=1), st.integers(1), st.text(min_size=1))
def test_every_code_can_be_read(letter: str, document: int, to: str) -> None:
    made = code(b"secret", letter, document, to)
    assert all(one in place for one, place in zip(made, PLACES, strict=True))
    assert made == code(b"secret", letter, document, to)


def test_another_secret_letter_document_or_person_makes_another() -> None:
    made = [
        code(b"secret", "mb.a", 1, TO),
        code(b"other", "mb.a", 1, TO),
        code(b"secret", "mb.b", 1, TO),
        code(b"secret", "mb.a", 2, TO),
        code(b"secret", "mb.a", 1, f"b.{TO}"),
    ]
    assert len(set(made)) == len(made)
    assert made[0] == code(b"secret", "mb.a", 1, TO.upper())


def test_no_letter_looks_like_another_or_is_made_another_by_a_keyboard() -> None:
    every = set("".join(PLACES))
    assert not set("0O1ILBGSZ") & every
    # Telex and VNI make đ of D, ư of W, and tones of what follows a vowel.
    assert not set("AEIOUYDW") & every


def test_two_documents_of_a_letter_never_share_one() -> None:
    many = range(20_000)
    made = codes(b"secret", "mb.a", many, TO)
    assert len(set(made.values())) == len(made)
    # By chance a few collide: those are not offered, rather than two at once.
    assert len(many) - 50 <= len(made) <= len(many)
    assert code(b"secret", "mb.a", 0, TO) == made[0]
