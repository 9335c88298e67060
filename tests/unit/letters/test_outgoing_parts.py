"""A document leaves as it is, beside words for people and facts for machines."""

import email
import hashlib
import json
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mailbridge.edxml import header
from mailbridge.letters.compose import compose
from mailbridge.model.errors import TryLaterError
from mailbridge.model.letter import LetterKind, SentFile
from mailbridge.model.reading import Urgency
from tests.unit.letters.sample import EDXML, SENDER
from tests.unit.letters.sent import DOCUMENT, RECALL, letter

OCTETS = b"%PDF-1.7\r\n\x00\xff as it is"


def _mail(path: Path, **facts: Any) -> EmailMessage:
    path.write_bytes(OCTETS)
    file = SentFile(
        "Công văn 12.pdf", len(OCTETS), hashlib.sha256(OCTETS).hexdigest(), "application/pdf"
    )
    changed = replace(DOCUMENT, files=(file,), **facts)
    sent = letter(LetterKind.DOCUMENT, facts=changed, urgent=changed.urgency is not Urgency.NORMAL)
    composed = compose((sent,), SENDER, lambda _: path, EDXML)
    return email.message_from_bytes(composed.octets, policy=policy.default)


def _part(mail: EmailMessage, kind: str) -> EmailMessage:
    return next(p for p in mail.walk() if p.get_content_type() == kind)


def test_a_file_leaves_octet_for_octet(tmp_path: Path) -> None:
    assert _part(_mail(tmp_path / "f"), "application/pdf").get_payload(decode=True) == OCTETS


def test_the_header_refers_to_the_parts_and_carries_no_file(tmp_path: Path) -> None:
    mail = _mail(tmp_path / "f")
    octets = _part(mail, "application/edxml+xml").get_payload(decode=True)
    assert isinstance(octets, bytes)
    cid = str(_part(mail, "application/pdf")["Content-ID"]).strip("<>")
    ids = [
        e.text for e in etree.fromstring(octets).iter() if etree.QName(e).localname == "ContentId"
    ]
    assert ids == [f"cid:{cid}"]
    assert header.read(octets).attachments == 0


def test_the_header_says_what_the_document_is(tmp_path: Path) -> None:
    octets = _part(_mail(tmp_path / "f"), "application/edxml+xml").get_payload(decode=True)
    assert isinstance(octets, bytes)
    read = header.read(octets)
    assert (read.message, read.sender, read.to) == ("document", "H28.02", ("H28.01",))
    assert (read.number, read.notation, read.issued) == ("12", "CV/HU", DOCUMENT.issued)
    assert (read.document_id, read.business, read.priority) == (DOCUMENT.document_key, "0", 0)


def test_machines_read_the_digest_of_each_file(tmp_path: Path) -> None:
    facts = json.loads(
        _part(_mail(tmp_path / "f"), "application/vnd.mailbridge+json").get_content()
    )
    assert facts["kind"] == "document"
    assert facts["document"]["files"][0]["sha256"] == hashlib.sha256(OCTETS).hexdigest()


def test_urgency_stands_in_subject_and_header(tmp_path: Path) -> None:
    mail = _mail(tmp_path / "f", urgency=Urgency.EXPRESS)
    assert mail["Subject"].startswith("[HỎA TỐC] 12-CV/HU V/v")
    assert mail["Importance"] == "high"


def test_a_document_is_no_automatic_mail_and_asks_to_be_told(tmp_path: Path) -> None:
    mail = _mail(tmp_path / "f")
    assert mail["Auto-Submitted"] is None
    assert SENDER.address in mail["Disposition-Notification-To"]


def test_the_cover_names_paper_only_where_there_is_some(tmp_path: Path) -> None:
    plain = _part(_mail(tmp_path / "f"), "text/plain").get_content()
    assert "Không gửi bản giấy" in plain
    both = _part(_mail(tmp_path / "f", paper="8.1-CDCS"), "text/plain").get_content()
    assert "đồng thời được gửi bản giấy: 8.1-CDCS" in both


def test_a_hostile_summary_stays_text_in_the_html(tmp_path: Path) -> None:
    html = _part(_mail(tmp_path / "f", summary="<script>x</script>"), "text/html").get_content()
    assert "<script>" not in html


def test_a_file_that_is_away_lets_the_document_wait(tmp_path: Path) -> None:
    with pytest.raises(TryLaterError):
        compose((letter(LetterKind.DOCUMENT),), SENDER, lambda _: tmp_path / "absent", EDXML)


def test_a_recall_names_document_reason_and_files() -> None:
    composed = compose((letter(LetterKind.RECALL),), SENDER, Path, EDXML)
    mail = email.message_from_bytes(composed.octets, policy=policy.default)
    facts = json.loads(_part(mail, "application/vnd.mailbridge+json").get_content())
    assert (facts["kind"], facts["reason"]) == ("recall", RECALL.reason)
    assert facts["document"]["files"][0]["sha256"] == RECALL.files[0].sha256
    status = header.read(_part(mail, "application/xml").get_payload(decode=True))  # type: ignore[arg-type]
    assert (status.status_code, status.document_id) == ("13", RECALL.document_key)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["In-Reply-To"] == f"<{RECALL.message_id}>"
