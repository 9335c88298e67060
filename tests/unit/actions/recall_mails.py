"""Recalls as they come: letters of another mailbridge, and edXML of other programs."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from mailbridge.actions import destroying
from mailbridge.actions.house import House
from mailbridge.demo import mails, seals
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER, Invented
from mailbridge.demo.pki import Identity
from mailbridge.letters import outgoing
from mailbridge.letters.compose import Sender, compose
from mailbridge.mime.xmltree import NAMESPACE
from mailbridge.model.letter import FileFact, Letter, LetterKind, Party, RecallFacts
from mailbridge.model.recall import CopyState
from mailbridge.registry import recall_copies
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import HEAD, NOW, keys, sealed

LATER = NOW + timedelta(hours=2)
REASON = "ban hành nhầm thể thức"
_OPTIONS = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]


@lru_cache(maxsize=1)
def signed() -> bytes:
    """The paper of the samples under its agency's seal: the same octets each time."""
    return sealed()


class Signs:
    """Signs letters as the mailbox of an agency does."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    @property
    def certificate(self) -> x509.Certificate:
        return self._identity.certificate

    def sign(self, entity: bytes) -> bytes:
        key = self._identity.key
        assert isinstance(key, rsa.RSAPrivateKey)
        builder = PKCS7SignatureBuilder().set_data(entity)
        builder = builder.add_signer(self._identity.certificate, key, hashes.SHA256())
        return builder.sign(Encoding.DER, _OPTIONS)


def party(one: Invented) -> Party:
    return Party(one.code, one.name, one.mailbox)


def facts(document: bytes, **changes: Any) -> RecallFacts:
    """Say which document must go: the paper of the samples, with these octets."""
    digest = hashlib.sha256(document).hexdigest()
    made = RecallFacts(
        exchange=1,
        recall_id="a" * 26,
        document_key=f"{SENDER.code},2026/11/20,123-CV/VPTU",
        symbol="123-CV/VPTU",
        issued=date(2026, 11, 20),
        summary="về việc thử",
        files=(FileFact("123.pdf", len(document), digest),),
        by=party(SENDER),
        to=party(OWN),
        reason=REASON,
        message_id=HEAD.message_id,
        made_at=NOW + timedelta(hours=1),
    )
    return replace(made, **changes)


def recall(
    said: RecallFacts, identity: Identity | None = None, sender: Invented = SENDER
) -> bytes:  # fmt: skip
    """Compose the letter; `identity` signs it, none leaves it unsigned."""
    letter = Letter(
        id="mb." + said.recall_id[:1] * 52,
        kind=LetterKind.RECALL,
        mailbox="vanthu",
        to=OWN.mailbox,
        facts=said,
        owed_at=said.made_at,
        not_before=said.made_at,
    )
    signer = Signs(identity) if identity else None
    domain = sender.mailbox.rpartition("@")[2]
    by = Sender(sender.mailbox, sender.name, sender.name, domain, signer)
    return compose((letter,), by, lambda name: (_ for _ in ()).throw(OSError(name)), EDXML).octets


def proven(document: bytes, **changes: Any) -> bytes:
    """Recall a document under the signature of its sender's mailbox."""
    return recall(facts(document, **changes), keys().mailbox)


def together(*said: RecallFacts) -> bytes:
    """Recall several documents in one mail, under the signature of their sender's mailbox."""
    parts = [
        b'--r\r\nContent-Type: application/vnd.mailbridge+json; kind="recall"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n" + seals.base64_lines(outgoing.recall(one))
        for one in said
    ]
    entity = b'Content-Type: multipart/mixed; boundary="r"\r\n\r\n' + b"".join(parts) + b"--r--\r\n"
    head = replace(HEAD, message_id="nhieu@hungyen.gov.vn", when=LATER, subject="Thu hồi")
    return mails.mail(head, seals.sign_mail(entity, keys().mailbox, LATER))


def by_neighbour(document: bytes, **changes: Any) -> bytes:
    """Recall another's document, signed by the neighbour's own mailbox."""
    changes = {"by": party(NEIGHBOUR), "recall_id": "n" * 26, **changes}
    return recall(facts(document, **changes), keys().neighbour_mailbox, NEIGHBOUR)


_EDXML = """<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="{namespace}">
<edXML:edXMLEnvelope xmlns:edXML="{namespace}"><edXMLHeader><MessageHeader>
<From><OrganId>{sender}</OrganId></From>
{about}
</MessageHeader>{traces}</edXMLHeader></edXML:edXMLEnvelope></edXML>"""
_STATUS = (
    "<ResponseFor><OrganId>{own}</OrganId><Code>123-CV/VPTU</Code>"
    "<PromulgationDate>2026/11/20</PromulgationDate></ResponseFor>"
    "<StatusCode>13</StatusCode><Description>{reason}</Description>"
    "<Timestamp>2026/11/24 17:00:00</Timestamp>"
)
_PACKET = (
    "<To><OrganId>{own}</OrganId></To><DocumentId>x</DocumentId>"
    "<Code><CodeNumber>123</CodeNumber><CodeNotation>CV/VPTU</CodeNotation></Code>"
    "<PromulgationInfo><PromulgationDate>2026/11/20</PromulgationDate></PromulgationInfo>"
)
_TRACES = (
    "<TraceHeaderList><Bussiness><BussinessDocType>1</BussinessDocType>"
    "<BussinessDocReason>{reason}</BussinessDocReason></Bussiness></TraceHeaderList>"
)


def by_edxml(form: str, document: bytes, when: datetime = LATER) -> bytes:
    """Call back by status 13, or by a packet of type 1 that brings the files once more."""
    about = (_STATUS if form == "13" else _PACKET).format(own=OWN.code, reason=REASON)
    traces = _TRACES.format(reason=REASON) if form == "1" else ""
    xml = _EDXML.format(
        namespace=NAMESPACE, sender=SENDER.code, about=about, traces=traces
    ).encode()
    line = b"--r\r\n"
    parts = [
        mails.text("Kính gửi"),
        b'Content-Type: application/xml; name="a.edxml"\r\n'
        b"Content-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="a.edxml"\r\n\r\n' + seals.base64_lines(xml),
    ]
    if form == "1":
        parts.append(
            b'Content-Type: application/pdf; name="123.pdf"\r\n'
            b"Content-Transfer-Encoding: base64\r\n"
            b'Content-Disposition: attachment; filename="123.pdf"\r\n\r\n'
            + seals.base64_lines(document)
        )
    body = b"".join(line + part for part in parts)
    entity = b'Content-Type: multipart/mixed; boundary="r"\r\n\r\n' + body + b"--r--\r\n"
    head = replace(HEAD, message_id="thu-hoi@hungyen.gov.vn", when=when, subject="Thu hồi")
    return mails.mail(head, seals.sign_mail(entity, keys().mailbox, when))


def settle_mailbox(house: House, now: datetime = LATER) -> None:
    """Do as the watcher does when it has erased the mails of its mailbox."""
    with house.database.transaction() as tx:
        for copy in recall_copies.in_mailbox(tx, "vanthu"):
            recall_copies.settle(tx, copy.id, CopyState.ERASED, now)
    destroying.finish(house, now)
