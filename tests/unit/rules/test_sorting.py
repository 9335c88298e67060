"""What a mail is for; nothing automatic is a document."""

from dataclasses import replace

import pytest

from mailbridge.mime.parse import parse
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.limits import Limits
from mailbridge.model.message import Kind
from mailbridge.model.parcel import File, Parcel
from mailbridge.model.slot import Fingerprint
from mailbridge.rules.sorting import is_reminder, sort

PDF = Parcel(files=(File("1", "a.pdf", "a.pdf", 1, Fingerprint("0"), "application/pdf", ""),))
IMAGE = Parcel(files=(File("1", "a.png", "a.png", 1, Fingerprint("0"), "image/png", ""),))


def kind(head: str, parcel: Parcel = PDF) -> Kind:
    octets = ("From: A <a@x.vn>\r\n" + head + "\r\n").encode()
    return sort(parse(octets, Limits()), parcel, None)


def _mixed(kind_of_part: str) -> str:
    head = 'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n'
    return f"{head}Content-Type: {kind_of_part}\r\n\r\n\r\n--x--\r\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Subject: Công văn\r\n", Kind.DOCUMENT),
        ("Auto-Submitted: no\r\n", Kind.DOCUMENT),
        ("Auto-Submitted: auto-replied\r\n", Kind.AUTOMATIC),
        ("Auto-Submitted: auto-generated; x\r\n", Kind.AUTOMATIC),
        ("X-Autoreply: yes\r\n", Kind.AUTOMATIC),
        ("Precedence: bulk\r\n", Kind.AUTOMATIC),
        ("List-Id: <l.x.vn>\r\n", Kind.AUTOMATIC),
        (_mixed('message/delivery-status'), Kind.BOUNCE),
        (_mixed('application/vnd.mailbridge+json; kind=receipt'), Kind.RECEIPT),
        (_mixed('application/vnd.mailbridge+json; kind=recall'), Kind.RECALL),
    ],
)  # fmt: skip
def test_a_mail_is_sorted_by_its_form(head: str, expected: Kind) -> None:
    assert kind(head) is expected


@pytest.mark.parametrize(
    "subject", ["Trả lời tự động: đi công tác", "Automatic reply: x", "Out of Office"]
)
def test_an_absence_is_automatic_without_a_header(subject: str) -> None:
    assert kind(f"Subject: {subject}\r\n", Parcel()) is Kind.AUTOMATIC


def test_a_document_about_an_absence_is_a_document() -> None:
    head = 'Subject: Vắng mặt tại hội nghị\r\nContent-Type: application/pdf; name="a.pdf"\r\n'
    assert kind(head) is Kind.DOCUMENT


def test_a_picture_alone_is_correspondence() -> None:
    assert kind("Subject: ảnh\r\n", IMAGE) is Kind.OTHER


def test_a_key_that_is_sent_along_is_no_document() -> None:
    key = File("1", "k.asc", "k.asc", 1, Fingerprint("0"), "application/pgp-keys", "")
    assert kind("Subject: a", Parcel(files=(key,))) is Kind.OTHER


def test_a_locked_form_may_be_a_document() -> None:
    assert kind("Subject: x\r\n", Parcel(unsupported=(("1", "archive"),))) is Kind.DOCUMENT


def _returned(kind_of_part: str) -> str:
    """Write a bounce that brings a letter of ours back as it was."""
    return (
        'Content-Type: multipart/report; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        "--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: a\r\n"
        f"Content-Type: {kind_of_part}\r\n\r\n{{}}\r\n--x--\r\n"
    )


@pytest.mark.parametrize("what", ["receipt", "recall"])
def test_a_bounce_of_our_own_letter_is_no_receipt(what: str) -> None:
    assert kind(_returned(f"application/vnd.mailbridge+json; kind={what}")) is Kind.BOUNCE


def test_a_receipt_that_is_forwarded_is_no_receipt() -> None:
    head = _returned("application/vnd.mailbridge+json; kind=receipt")
    head = head.replace("message/delivery-status", "text/plain")
    assert kind(head) is Kind.DOCUMENT


STATUS = EdxmlHeader("status", sender="DEMO.01", status_code="03")


@pytest.mark.parametrize(
    ("edxml", "expected"),
    [
        (STATUS, Kind.RECEIPT),
        (replace(STATUS, status_code="13"), Kind.RECALL),
        (EdxmlHeader("document", business="1"), Kind.RECALL),
        (EdxmlHeader("document", business="2"), Kind.DOCUMENT),
        (replace(STATUS, is_forwarded=True), Kind.DOCUMENT),
        (EdxmlHeader("document", business="1", is_forwarded=True), Kind.DOCUMENT),
    ],
)
def test_edxml_is_sorted_by_its_code(edxml: EdxmlHeader, expected: Kind) -> None:
    assert sort(parse(b"From: a@x.vn\r\n\r\n", Limits()), PDF, edxml) is expected


def test_a_status_that_a_program_sent_is_a_receipt() -> None:
    octets = b"From: a@x.vn\r\nAuto-Submitted: auto-generated\r\n\r\n"
    assert sort(parse(octets, Limits()), PDF, STATUS) is Kind.RECEIPT


def test_a_document_that_a_program_sent_stays_automatic() -> None:
    octets = b"From: a@x.vn\r\nAuto-Submitted: auto-generated\r\n\r\n"
    assert sort(parse(octets, Limits()), PDF, EdxmlHeader("document")) is Kind.AUTOMATIC


@pytest.mark.parametrize(
    ("head", "reminds"),
    [
        ("X-Mailbridge: reminder; v=1\r\nAuto-Submitted: auto-generated\r\n", True),
        # Not of a program; and what another letter says of itself.
        ("X-Mailbridge: reminder; v=1\r\n", False),
        ("X-Mailbridge: notice; v=1\r\nAuto-Submitted: auto-generated\r\n", False),
        ("Auto-Submitted: auto-generated\r\n", False),
    ],
)
def test_a_reminder_is_told_by_what_a_program_says_of_itself(head: str, *, reminds: bool) -> None:
    assert is_reminder(parse(f"{head}\r\nx".encode(), Limits())) is reminds
