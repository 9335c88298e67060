"""What a mail's looks may make its reader believe is told, and never weighs as a seal."""

import pytest

from mailbridge.demo import mails
from mailbridge.demo.agencies import SENDER
from mailbridge.model.evidence import Level
from tests.unit.provenance.samples import HEAD, codes, evidence, keys, signed_mail

DRAWN = {"html-badge", "html-hidden", "html-overlay", "html-active", "remote-content"}


def page(source: str) -> bytes:
    return b"Content-Type: text/html; charset=utf-8\r\n\r\n" + source.encode()


@pytest.mark.parametrize(
    "line",
    [
        "✔ Chữ ký số hợp lệ",
        "Đã ký số bởi: Văn phòng Tỉnh ủy",
        "🔒 ĐÃ KÝ SỐ",
        "Digitally signed by Van phong",
        "Signature is valid.",
        "Trạng thái chữ ký: tốt",
        "<img alt='Đã ký số'>",
        "<div>Người ký: A</div><div>Thời gian ký: 10:00</div>",
        "Ch&#7919; k&#253; s&#7889; h&#7907;p l&#7879;",
    ],
)
def test_a_drawn_badge_is_told(line: str) -> None:
    found = evidence(mails.mail(HEAD, page(f"<p>Kính gửi</p><div>{line}</div>")))
    (badge,) = [each for each in found.findings if each.code == "html-badge"]
    assert badge.level is Level.WARN
    assert found.vouched == ()


@pytest.mark.parametrize(
    "words",
    [
        "Gửi kèm công văn đã ký số của Văn phòng.",
        "Đề nghị ký số trước khi gửi.",
        "Văn bản được ký và gửi qua hộp thư.",
    ],
)
def test_a_sentence_that_speaks_of_signatures_is_no_badge(words: str) -> None:
    assert not DRAWN & codes(evidence(mails.mail(HEAD, page(f"<p>{words}</p>"))))
    assert not DRAWN & codes(evidence(mails.mail(HEAD, mails.text(words))))


def test_a_badge_in_plain_text_is_told() -> None:
    assert "html-badge" in codes(evidence(mails.mail(HEAD, mails.text("A\nChữ ký số hợp lệ\n"))))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<p style='display:none'>hai mươi chữ bị giấu ở đây</p>", "html-hidden"),
        ("<p style='position:absolute'>x</p>", "html-overlay"),
        ("<form>x</form>", "html-active"),
        ("<img src=https://x.vn/a.png>", "remote-content"),
    ],
)
def test_a_trick_of_html_is_told(source: str, code: str) -> None:
    assert DRAWN & codes(evidence(mails.mail(HEAD, page(source)))) == {code}


def test_hidden_letters_are_told_where_they_stand() -> None:
    octets = mails.mail(HEAD, mails.text("x")).replace(
        b"Subject: ", b"Subject: =?utf-8?q?a=E2=80=AEb?= ", 1
    )
    assert "hidden-letters" in codes(evidence(octets))


@pytest.mark.parametrize(
    "more",
    [b"Subject: a\r\nSubject: b\r\n", b"Date: a\r\nDate: b\r\n", b"X: a\rb\r\n", b"X: \0\r\n"],
)
def test_what_programs_read_differently_is_told(more: bytes) -> None:
    assert "read-differently" in codes(evidence(more + mails.mail(HEAD, mails.text("x"))))


def test_a_plain_mail_has_no_such_finding() -> None:
    found = codes(evidence(signed_mail(keys().mailbox)))
    assert not found & {*DRAWN, "hidden-letters", "read-differently", "look-alike-sender"}
    assert evidence(signed_mail(keys().mailbox)).vouched == (SENDER.mailbox,)
