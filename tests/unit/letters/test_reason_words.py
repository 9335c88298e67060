"""Every reason is read in Vietnamese, and what somebody else wrote stands as it came."""

import pytest

from mailbridge.letters.endings import refuse_or_wait
from mailbridge.letters.reason_words import REASONS, in_words
from mailbridge.model.errors import Reason


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Reason)
    assert in_words("wrong-addressee") == "không đúng địa chỉ nhận"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (550, "máy chủ thư từ chối hẳn (550)"),
        (535, "máy chủ thư đòi đăng nhập (535)"),
        (450, "máy chủ thư chưa nhận được lúc này (450)"),
    ],
)
def test_what_a_mail_server_answered_is_said_with_its_code(code: int, said: str) -> None:
    assert in_words(str(refuse_or_wait(code))) == said
    within = f"Máy chủ thư không nhận thư tới Ban A: {refuse_or_wait(code)}. Kiểm tra địa chỉ."
    assert in_words(within) == f"Máy chủ thư không nhận thư tới Ban A: {said}. Kiểm tra địa chỉ."


def test_a_reason_with_a_detail_keeps_its_detail() -> None:
    told = "too-large: the mail server takes 1000 octets at most"
    assert in_words(told) == "thư quá lớn, máy chủ thư chỉ nhận 1000 byte"
    assert in_words("bomb: tệp a.zip") == "tệp nén bất thường (bom nén): tệp a.zip"


@pytest.mark.parametrize("given", ["", "gửi nhầm: link", "thiếu phụ lục", "smtp; 550 no such user"])
def test_words_of_others_stand_as_they_came(given: str) -> None:
    assert in_words(given) == given
