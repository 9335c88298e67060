"""What a mail says about mails of ours, and under which seals: our own letters, opened again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.x509 import Certificate

from mailbridge.actions.in_opener import open_mail
from mailbridge.demo import cms, seals
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.demo.mails import mail
from mailbridge.demo.pki import Identity
from mailbridge.edxml import outgoing, status
from mailbridge.letters.bodies import Edxml
from mailbridge.letters.canonical import canonical
from mailbridge.letters.compose import Sender, compose
from mailbridge.mime.answers import MACHINES, MACHINES_SIZE
from mailbridge.model import codec
from mailbridge.model.directory import Directory
from mailbridge.model.examination import Opened, OpenRequest
from mailbridge.model.letter import FileFact, Letter, LetterKind, Party, ReceiptFacts, Stage
from mailbridge.model.limits import Limits
from mailbridge.model.message import Kind
from mailbridge.model.parcel import SealForm
from mailbridge.model.report import Cover
from tests.unit.letters import sent
from tests.unit.letters.sample import DOCUMENT, owed
from tests.unit.provenance.samples import HEAD, NOW, directory, keys

BY = Party(SENDER.code, SENDER.name, SENDER.mailbox)
TO = Party(OWN.code, OWN.name, OWN.mailbox)

_EDXML = Edxml(status.write, outgoing.document, outgoing.recall)

Write = Callable[..., bytes]
Open = Callable[[bytes], Opened]


@pytest.fixture
def write() -> Write:
    """Write a receipt as its receiver's mailbridge does, signed by whoever is named."""

    def written(stage: Stage = Stage.REGISTERED, identity: Identity | None = None) -> bytes:
        key = Signing(identity) if identity else None
        sender = Sender(BY.address, "Văn thư", BY.name, "hungyen.gov.vn", key)
        letter = owed(stage, by=BY, to=TO, now=NOW)
        return compose((letter,), sender, Path, _EDXML).octets

    return written


class Signing:
    """Signs in a name of the samples, at the moment of the samples."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    @property
    def certificate(self) -> Certificate:
        return self._identity.certificate

    def sign(self, entity: bytes) -> bytes:
        return cms.detached(entity, self._identity, cms.Form(NOW))


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    def open_(octets: bytes) -> Opened:
        (tmp_path / "source").write_bytes(octets)
        (tmp_path / "scratch").mkdir()
        keys().write_trust(tmp_path / "trust")
        (tmp_path / "directory").write_bytes(codec.encode(Directory, directory()))
        source, scratch, trust, agencies = (
            str(tmp_path / name) for name in ("source", "scratch", "trust", "directory")
        )
        found = open_mail(OpenRequest(source, scratch, trust, agencies, NOW, Limits()))
        # It crosses from a child to its parent.
        assert codec.decode(Opened, codec.encode(Opened, found)) == found
        return found

    return open_


def facts_of(stage: Stage = Stage.REGISTERED) -> ReceiptFacts:
    found = owed(stage, by=BY, to=TO, now=NOW).facts
    assert isinstance(found, ReceiptFacts)
    return replace(found, sender="")


@pytest.mark.parametrize("stage", [Stage.ARRIVED, Stage.REGISTERED, Stage.DONE])
def test_a_signed_receipt_is_read_back_as_it_was_written(
    write: Write, opened: Open, stage: Stage
) -> None:
    found = opened(write(stage, keys().mailbox))
    covers = (Cover(SealForm.SMIME, keys().mailbox.fingerprint, SENDER.code, stands=True),)
    assert found.mail is not None
    assert found.mail.kind is Kind.RECEIPT
    assert found.mail.automatic
    (machine,) = found.answers.machines
    assert machine.facts == facts_of(stage)
    assert machine.covers == found.answers.edxml == covers
    assert found.edxml is not None
    assert found.edxml.status_code == stage.value
    said = found.answers.disposition
    assert said is not None
    assert (said.message_id, said.recipient, said.covers) == ("abc@vidu.gov.vn", BY.address, covers)
    signed = found.answers.signed
    assert signed is not None
    assert (signed.from_, signed.to, signed.covers) == ((BY.address,), (TO.address,), covers)
    assert signed.in_reply_to == found.mail.references == ("abc@vidu.gov.vn",)


def test_a_signed_recall_is_read_back_as_it_was_written(opened: Open) -> None:
    facts = replace(sent.RECALL, by=BY, to=TO, recall_id="a" * 26, exchange=0)
    letter = Letter("mb.x", LetterKind.RECALL, "vanthu", TO.address, facts, NOW, NOW)
    sender = Sender(BY.address, "", BY.name, "hungyen.gov.vn", Signing(keys().mailbox))
    found = opened(compose((letter,), sender, Path, _EDXML).octets)
    (machine,) = found.answers.machines
    assert machine.facts == facts
    assert [cover.stands for cover in (*machine.covers, *found.answers.edxml)] == [True, True]
    assert found.mail is not None
    assert found.mail.kind is Kind.RECALL
    assert found.edxml is not None
    assert found.edxml.is_recall


def test_an_unsigned_receipt_is_kept_and_stands_under_nothing(write: Write, opened: Open) -> None:
    answers = opened(write()).answers
    (machine,) = answers.machines
    assert machine.facts == facts_of()
    assert (machine.covers, answers.edxml, answers.signed) == ((), (), None)


def test_a_disclaimer_within_breaks_the_seal(write: Write, opened: Open) -> None:
    octets = write(identity=keys().mailbox).replace(b"report-type", b"report-Type", 1)
    (machine,) = opened(octets).answers.machines
    assert machine.covers == ()


def test_a_footer_beside_the_signed_part_leaves_nothing_under_the_seal(
    write: Write, opened: Open
) -> None:
    head, _, body = write(identity=keys().mailbox).partition(b"Content-Type: multipart/signed")
    wrapped = (
        head + b'Content-Type: multipart/mixed; boundary="w"\r\n\r\n--w\r\n'
        b"Content-Type: multipart/signed" + body + b"\r\n--w\r\nContent-Type: text/plain\r\n\r\n"
        b"Danh sach thu\r\n--w--\r\n"
    )
    answers = opened(wrapped).answers
    assert [machine.covers for machine in answers.machines] == [()]
    assert answers.signed is None


def test_a_third_agencys_seal_does_not_stand(write: Write, opened: Open) -> None:
    (machine,) = opened(write(identity=keys().neighbour_mailbox)).answers.machines
    assert [cover.stands for cover in machine.covers] == [False]
    assert machine.covers[0].agency != SENDER.code


def test_a_part_that_is_no_receipt_is_named_and_says_nothing(opened: Open) -> None:
    part = (
        b'Content-Type: application/vnd.mailbridge+json; kind="receipt"\r\n'
        b"Content-Disposition: attachment; filename=receipt.json\r\n\r\n" + b"[" * 5000
    )
    found = opened(mail(HEAD, part))
    assert found.answers.machines == ()
    assert [path for path, _ in found.answers.unread] == ["1"]
    assert found.mail is not None
    assert found.mail.kind is Kind.RECEIPT


def test_a_pdf_under_the_type_of_a_machine_part_stays_a_file(opened: Open) -> None:
    part = b"Content-Type: application/vnd.mailbridge+json; kind=document\r\n\r\n%PDF-1.7\n%%EOF"
    found = opened(mail(HEAD, part))
    assert [file.about for file in found.files] == [False]


def test_the_facts_of_a_document_are_no_file_of_it(opened: Open) -> None:
    part = b'Content-Type: application/vnd.mailbridge+json\r\n\r\n{"v":1,"kind":"document"}'
    found = opened(mail(HEAD, part))
    assert [file.about for file in found.files] == [True]
    assert (found.answers.machines, found.answers.unread) == ((), ())


def test_a_thousand_machine_parts_are_cut(opened: Open) -> None:
    one = b"--x\r\nContent-Type: application/vnd.mailbridge+json\r\n\r\n" + canonical(facts_of())
    body = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + (one + b"\r\n") * (
        MACHINES + 20
    )
    answers = opened(mail(HEAD, body + b"--x--\r\n")).answers
    assert len(answers.machines) == MACHINES
    assert len(answers.unread) == 1


def test_fifty_receipts_of_one_mail_are_read_under_its_one_seal(opened: Open) -> None:
    numbered = [replace(DOCUMENT, id=number) for number in range(50)]
    letters = tuple(
        owed(Stage.REGISTERED, by=BY, to=TO, now=NOW, document=each) for each in numbered
    )
    sender = Sender(BY.address, "", BY.name, "hungyen.gov.vn", Signing(keys().mailbox))
    found = opened(compose(letters, sender, Path, _EDXML).octets)
    assert found.mail is not None
    assert (found.mail.kind, found.answers.unread) == (Kind.RECEIPT, ())
    assert found.answers.disposition is None
    told = [each.facts for each in found.answers.machines if isinstance(each.facts, ReceiptFacts)]
    owed_ = [each.facts for each in letters if isinstance(each.facts, ReceiptFacts)]
    # Who wrote the mail that is answered does not travel.
    assert told == [replace(each, sender="") for each in owed_]
    assert {cover.stands for each in found.answers.machines for cover in each.covers} == {True}
    # None of its parts is taken for a file of a document.
    assert all(file.about for file in found.files)


def test_what_lies_beyond_the_bound_is_no_part_that_was_read(opened: Open) -> None:
    one = b"--x\r\nContent-Type: application/vnd.mailbridge+json\r\n\r\n" + canonical(facts_of())
    pdf = b"--x\r\nContent-Type: application/vnd.mailbridge+json\r\n\r\n%PDF-1.7\n%%EOF"
    body = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + (one + b"\r\n") * MACHINES
    found = opened(mail(HEAD, body + (pdf + b"\r\n") * 2 + b"--x--\r\n"))
    assert [file.about for file in found.files] == [True] * MACHINES + [False, False]


def test_machine_parts_of_megabytes_are_not_all_read(opened: Open) -> None:
    files = tuple(FileFact("a" * 900, 1, "b" * 64) for _ in range(1_500))
    large = canonical(replace(facts_of(), files=files))
    one = b"--x\r\nContent-Type: application/vnd.mailbridge+json\r\n\r\n" + large
    body = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n' + (one + b"\r\n") * 6
    answers = opened(mail(HEAD, body + b"--x--\r\n")).answers
    assert len(large) > 1_000_000
    assert len(answers.machines) == MACHINES_SIZE // len(large)
    assert len(answers.unread) == 1


def _bounce(returned: bytes, kind: bytes = b"message/rfc822") -> bytes:
    return mail(
        replace(HEAD, sender="mailer-daemon@vidu.gov.vn", extra="Return-Path: <>\r\n"),
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nloi\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; x\r\nOriginal-Envelope-Id: mb.abc\r\n\r\n"
        b"Final-Recipient: rfc822; a@vidu.gov.vn\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        b"--b\r\nContent-Type: " + kind + b"\r\n\r\n" + returned + b"\r\n--b--\r\n",
    )


def test_a_bounce_names_the_mail_that_came_back_and_is_not_what_that_one_was(
    write: Write, opened: Open
) -> None:
    returned = write(identity=keys().mailbox)
    found = opened(_bounce(returned))
    assert found.mail is not None
    assert (found.mail.kind, found.mail.return_path) == (Kind.BOUNCE, "")
    assert found.answers.machines == ()
    assert found.answers.disposition is None
    report = found.answers.report
    assert report is not None
    assert report.envelope_id == "mb.abc"
    assert [one.recipient for one in report.deliveries] == ["a@vidu.gov.vn"]
    (name,) = report.message_ids
    assert f"<{name}>".encode() in returned


def test_a_bounce_with_headers_alone_names_the_mail(opened: Open) -> None:
    found = opened(_bounce(b"Message-ID: <mb.abc@x.vn>\r\n\r\n", b"text/rfc822-headers"))
    assert found.answers.report is not None
    assert found.answers.report.message_ids == ("mb.abc@x.vn",)


def test_a_header_without_files_is_none_of_the_documents(opened: Open) -> None:
    written = status.write(facts_of()).replace(b"StatusCode", b"Other")
    pdf = b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.7\n%%EOF"
    header = b"Content-Type: application/xml; name=vanban.edxml\r\n\r\n" + written
    body = b"\r\n--x\r\n".join(
        (b'Content-Type: multipart/mixed; boundary="x"\r\n', pdf, header + b"\r\n--x--\r\n")
    )
    found = opened(mail(HEAD, body))
    assert [(file.name, file.about) for file in found.files] == [
        ("a.pdf", False), ("vanban.edxml", True),
    ]  # fmt: skip
    assert found.edxml is not None
    assert (found.edxml.message, found.edxml.path) == ("document", "2")


def test_entities_in_a_status_refuse_it(opened: Open) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa">]>'
    written = status.write(facts_of()).replace(b"?>", b"?>" + bomb, 1)
    found = opened(mail(HEAD, b"Content-Type: application/xml; name=s.edxml\r\n\r\n" + written))
    assert found.edxml is None
    assert [file.refused is not None for file in found.files] == [True]


def test_an_opaque_receipt_is_read_too(opened: Open) -> None:
    entity = (
        b'Content-Type: application/vnd.mailbridge+json; kind="receipt"; hp="clear"\r\n'
        b"From: " + BY.address.encode() + b"\r\n\r\n" + canonical(facts_of())
    )
    found = opened(mail(HEAD, seals.sign_mail(entity, keys().mailbox, NOW, opaque=True)))
    (machine,) = found.answers.machines
    assert [cover.stands for cover in machine.covers] == [True]
    assert found.mail is not None
    assert found.mail.kind is Kind.RECEIPT
