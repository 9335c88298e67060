"""Mails that another mailbridge sends to the demo's own office."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from mailbridge import clock
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.letters.compose import Sender, compose
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.receipts import receipt
from mailbridge.letters.signer import KeySigner
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import (
    DocumentFacts,
    Letter,
    LetterKind,
    Party,
    SentFile,
    Stage,
)
from mailbridge.model.outcome import Number
from mailbridge.model.parcel import File
from mailbridge.model.reading import Reading, Urgency
from mailbridge.model.slot import Fingerprint
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import NOW, keys

THERE = Party(SENDER.code, SENDER.name, SENDER.mailbox)
HERE = Party(OWN.code, OWN.name, OWN.mailbox)


def sender() -> Sender:
    """Give the desk of the demo's sending agency, with the key of its mailbox."""
    identity = keys().mailbox
    key = SigningKey(identity.key, identity.certificate, identity.chain)
    signer = KeySigner(lambda: key, clock.now)
    return Sender(SENDER.mailbox, SENDER.name, SENDER.name, "hungyen.gov.vn", signer)


def sent_mail(folder: Path, octets: bytes, *, name: str = "vb.pdf", **more: Any) -> bytes:
    """Write the mail that brings a document from there to here."""
    path = folder / hashlib.sha256(octets).hexdigest()
    path.write_bytes(octets)
    given: dict[str, Any] = {
        "exchange": 1,
        "document_key": f"{SENDER.code},2026/11/20,123-CV/VPTU",
        "business": "0",
        "symbol": "123-CV/VPTU",
        "issued": date(2026, 11, 20),
        "type": "Công văn",
        "summary": "về việc thử",
        "urgency": Urgency.NORMAL,
        "files": (SentFile(name, len(octets), path.name, "application/pdf"),),
        "by": THERE,
        "to": HERE,
        "recipients": (HERE,),
        "made_at": NOW,
        "number": "123",
        "notation": "CV/VPTU",
        **more,
    }
    letter = Letter(
        id="mb."
        + hashlib.sha256(repr(given).encode())
        .hexdigest()[:52]
        .translate(str.maketrans("0189", "wxyz")),
        kind=LetterKind.DOCUMENT,
        mailbox="there",
        to=OWN.mailbox,
        facts=DocumentFacts(**given),
        owed_at=NOW,
        not_before=NOW,
    )
    return compose((letter,), sender(), lambda _: path, EDXML).octets


def answer_mail(
    sent: Letter,
    stage: Stage,
    *,
    earlier: tuple[Letter, ...] = (),
    by: Sender | None = None,
    **more: Any,
) -> tuple[bytes, Letter]:
    """Write the receipt that the sending agency of the demo gives for a document of ours."""
    letter = answer_to(sent, stage, earlier=earlier, **more)
    return answers_mail((letter,), by), letter


def answers_mail(letters: tuple[Letter, ...], by: Sender | None = None) -> bytes:
    """Write the mail that brings these receipts."""
    return compose(letters, by or sender(), Path, EDXML).octets


def answer_to(
    sent: Letter, stage: Stage, *, earlier: tuple[Letter, ...] = (), **more: Any
) -> Letter:
    """Owe the receipt that the sending agency of the demo gives for a document of ours."""
    facts = sent.facts
    assert isinstance(facts, DocumentFacts)
    files = tuple(
        File(str(at), f.name, f.name, f.size, Fingerprint(f.sha256), f.type, f.type)
        for at, f in enumerate(facts.files, 1)
    )
    given: dict[str, Any] = {
        "id": 9,
        "ledger": 3,
        "mailbox": "there",
        "key": DocumentKey(HERE.agency, facts.symbol, str(facts.issued)),
        "agency_name": HERE.name,
        "sender": HERE.address,
        "verdict": Verdict.LEGAL,
        "state": DocumentState.REGISTERED,
        "urgency": Urgency.NORMAL,
        "reading": Reading({}),
        "files": files,
        "received_at": NOW,
        "number": Number("den", 2026, 431),
        "entered_at": NOW,
        "message_id": f"{sent.id}@hungyen.gov.vn",
        **more,
    }
    ground = {"reason": Reason.WRONG_ADDRESSEE, "words": "gửi nhầm"}
    return receipt(
        Document(**given),
        stage,
        by=THERE,
        to=HERE,
        secret=b"their own",
        now=NOW,
        earlier=earlier,
        **(ground if stage is Stage.REFUSED else {}),  # type: ignore[arg-type]
    )


def bounce(token: str, recipient: str, name: str = "b1") -> bytes:
    """Write what a mail server reports of a letter of ours that it gave back."""
    return (
        f"Return-Path: <>\r\nFrom: <MAILER-DAEMON@hungyen.gov.vn>\r\nTo: <{OWN.mailbox}>\r\n"
        "Subject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
        f"Date: Tue, 24 Nov 2026 16:00:00 +0700\r\nMessage-ID: <{name}@hungyen.gov.vn>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx\r\nOriginal-Envelope-Id: {token}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b--\r\n"
    ).encode()
