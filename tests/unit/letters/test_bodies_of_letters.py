"""Every kind of letter has words, and says nothing of another's."""

import email
from email import policy
from pathlib import Path

import pytest

from mailbridge.letters.compose import compose
from mailbridge.model.letter import LetterKind
from tests.unit.letters.sample import SENDER
from tests.unit.letters.sent import FACTS, letter

WORDS = {
    LetterKind.RECALL: "thu hồi văn bản điện tử sau đây",
    LetterKind.REMINDER: "chưa nhận được phản hồi trạng thái",
    LetterKind.DIGEST: "Số: 12-CV/HU; Nơi nhận: Tỉnh ủy Ví Dụ",
    LetterKind.ANSWER: "Đã gửi văn bản 12-CV/HU.",
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_letter_says_what_it_is_for(kind: LetterKind) -> None:
    composed = compose((letter(kind),), SENDER, Path)
    mail = email.message_from_bytes(composed.octets, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    assert WORDS[kind] in body.get_content()


@pytest.mark.parametrize("kind", FACTS)
def test_two_such_letters_never_share_a_mail(kind: LetterKind) -> None:
    with pytest.raises(ValueError, match="travels alone"):
        compose((letter(kind), letter(kind)), SENDER, Path)


def test_a_digest_says_the_same_in_html() -> None:
    composed = compose((letter(LetterKind.DIGEST),), SENDER, Path)
    page = email.message_from_bytes(composed.octets, policy=policy.default).get_body(("html",))
    assert page is not None
    assert "12-CV/HU" in page.get_content()
