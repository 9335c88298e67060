"""What one mailbridge sends, another takes in: signed, stamped or locked."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mailbridge.actions.house import House
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.letters.compose import Sender, compose
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.recipients import Peers
from mailbridge.letters.signer import KeySigner
from mailbridge.model.directory import Agency, CertificateRole, EnrolledCertificate
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import LetterKind, Party, SentFile
from mailbridge.model.outcome import Registered
from mailbridge.registry import documents
from tests.unit.actions.conftest import Lead
from tests.unit.letters import sent
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import NOW, keys, sealed

BY = Party(SENDER.code, SENDER.name, SENDER.mailbox)
TO = Party(OWN.code, OWN.name, OWN.mailbox)


def _mail(folder: Path, *, encrypt: bool) -> bytes:
    """Write the document mail of another installation, the demo's sender, to us."""
    own = keys().mailbox
    key = SigningKey(own.key, own.certificate, own.chain[:-1])
    signer = KeySigner(lambda: key, lambda: NOW)
    sender = Sender(SENDER.mailbox, SENDER.name, SENDER.name, "hungyen.gov.vn", signer)
    blob = folder / "123.pdf"
    blob.write_bytes(sealed())
    (folder / "recipients").mkdir()
    (folder / "recipients" / "own.pem").write_bytes(keys().own_mailbox.pem())
    enrolled = EnrolledCertificate(keys().own_mailbox.fingerprint, CertificateRole.MAILBOX)
    us = Agency(OWN.code, OWN.name, certificates=(enrolled,))
    octets = blob.read_bytes()
    digest = hashlib.sha256(octets).hexdigest()
    facts = replace(
        sent.DOCUMENT,
        document_key=f"{SENDER.code},2026/11/20,123-CV/VPTU",
        symbol="123-CV/VPTU",
        number="123",
        notation="CV/VPTU",
        issued=date(2026, 11, 20),
        summary="về việc thử",
        files=(SentFile("123.pdf", len(octets), digest, "application/pdf"),),
        by=BY,
        to=TO,
        recipients=(TO,),
        encrypt=encrypt,
    )
    letter = replace(sent.letter(LetterKind.DOCUMENT, facts=facts), to=OWN.mailbox)
    peers = Peers(lambda _: us, folder, NOW)
    return compose((letter,), sender, lambda _: blob, EDXML, peers).octets


@pytest.mark.parametrize("encrypt", [False, True])
def test_a_document_of_another_installation_is_registered(
    house: House, lead: Lead, tmp_path: Path, *, encrypt: bool
) -> None:
    folder = house.of_office(OWN.code).keys
    folder.mkdir(exist_ok=True)
    own = keys().own_mailbox
    (folder / "own.pem").write_bytes(own.key_pem() + own.pem())
    (tmp_path / "sent").mkdir()
    octets = _mail(tmp_path / "sent", encrypt=encrypt)
    assert (b"enveloped-data" in octets) == encrypt
    outcome = lead(octets)
    assert isinstance(outcome, Registered), outcome
    with house.database.reading() as tx:
        document = documents.by_ledger(tx, 1)
    assert document is not None
    assert document.verdict is Verdict.LEGAL
    assert document.key.symbol == "123-CV/VPTU"
    assert "về việc thử" in document.subject
    assert [file.name for file in document.files] == ["123.pdf"]
