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
    facts = sent.facts
    assert isinstance(facts, DocumentFacts)
    files = tuple(
        File(str(at), f.name, f.name, f.size, Fingerprint(f.sha256), f.type, f.type)
        for at, f in enumerate(facts.files, 1)
    )
    given: dict[str, Any] = {
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
    letter = receipt(
        Document(id=9, **given),
        stage,
        by=THERE,
        to=HERE,
        secret=b"their own",
        now=NOW,
        earlier=earlier,
        **(ground if stage is Stage.REFUSED else {}),  # type: ignore[arg-type]
    )
    return compose((letter,), by or sender(), Path, EDXML).octets, letter
