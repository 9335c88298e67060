"""Letters into mails: the layouts of docs/wire.md. The only place that signs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbridge.clock import in_vietnam
from mailbridge.letters import mdn, words
from mailbridge.letters.canonical import STAGE_WORDS, canonical
from mailbridge.letters.enclosures import Enclosures, enclosures
from mailbridge.letters.grounds import ground
from mailbridge.letters.ids import batch_id
from mailbridge.letters.signer import Signer
from mailbridge.letters.subjects import subject
from mailbridge.letters.templates import WORDING, render
from mailbridge.mime import build
from mailbridge.model.letter import (
    AlertFacts,
    Letter,
    NoticeFacts,
    ReceiptFacts,
    WarningFacts,
)

Blobs = Callable[[str], Path]
Status = Callable[[ReceiptFacts], bytes]


@dataclass(frozen=True, slots=True)
class Sender:
    """The mailbox that writes. Without a signer its letters leave unsigned."""

    address: str
    name: str
    agency: str
    domain: str
    signer: Signer | None
    wording: Path = WORDING
    # Then letters to our own people say why they are not signed.
    is_key_away: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """One mail ready to leave. `message_id` has angle brackets; `sender` is the address in From."""

    octets: bytes
    message_id: str
    envelope_to: str
    sender: str


def compose(
    letters: tuple[Letter, ...], sender: Sender, blobs: Blobs, status: Status | None = None
) -> Composed:
    """Write one mail: one receipt, or the notices or alerts to one address.

    All but the signature are the same octets for the same letters.
    """
    first = letters[0]
    if any((one.kind, one.to) != (first.kind, first.to) for one in letters):
        raise ValueError("letters of one mail share their kind and their address")
    token = batch_id(letter.id for letter in letters)
    headers = _headers(letters, sender, f"{token}@{sender.domain}")
    payload = _payload(letters, sender, blobs, status)
    octets = _sealed(headers, payload, sender.signer, token)
    return Composed(octets, f"<{token}@{sender.domain}>", build.address(first.to), sender.address)


def _headers(letters: tuple[Letter, ...], sender: Sender, message_id: str) -> bytes:
    first = letters[0]
    receipt = first.facts if isinstance(first.facts, ReceiptFacts) else None
    agency = first.facts.to.name if isinstance(first.facts, ReceiptFacts | WarningFacts) else ""
    fields = [
        build.address_field("From", sender.address, sender.name),
        build.address_field("To", first.to, agency),
        build.field("Subject", subject(letters)),
        build.date_field("Date", _date(letters)),
        build.ids_field("Message-ID", (message_id,)),
        *_answered(receipt.message_id if receipt else None),
        # RFC 3834 §5: what is automatic says so, and is never answered.
        build.field("Auto-Submitted", "auto-replied" if receipt else "auto-generated"),
        build.field("X-Auto-Response-Suppress", "All"),
        build.field("X-Mailbridge", f"{first.kind.value}; v=1"),
    ]
    if any(letter.urgent for letter in letters):
        fields += (build.field("Importance", "high"), build.field("X-Priority", "1"))
    return b"".join(fields) + b"MIME-Version: 1.0\r\n"


def _answered(original: str | None) -> tuple[bytes, ...]:
    # RFC 5322 §3.6.4: without an identifier there is nothing to refer to.
    if not original:
        return ()
    return tuple(build.ids_field(name, (original,)) for name in ("In-Reply-To", "References"))


def _date(letters: tuple[Letter, ...]) -> datetime:
    """Take the moment when the last of them was owed, so that a retry bears the same date."""
    return in_vietnam(max(letter.owed_at for letter in letters))


def _payload(
    letters: tuple[Letter, ...], sender: Sender, blobs: Blobs, status: Status | None
) -> tuple[bytes, ...]:
    """Write the parts of the mail by the kind of its letters."""
    facts = letters[0].facts
    if isinstance(facts, ReceiptFacts):
        if len(letters) > 1:
            raise ValueError("a receipt travels alone")
        return _receipt_parts(letters[0].id, facts, sender, status)
    if isinstance(facts, NoticeFacts):
        return _notice_parts(enclosures(letters, blobs), sender)
    if isinstance(facts, WarningFacts):
        return (build.text(render(sender.wording, "warning.txt", facts=facts)).octets(),)
    alerts = [one.facts for one in letters if isinstance(one.facts, AlertFacts)]
    told = render(sender.wording, "alert.txt", alerts=alerts, **_about(sender))
    return (build.text(told).octets(),)


def _receipt_parts(
    token: str, facts: ReceiptFacts, sender: Sender, status: Status | None
) -> tuple[bytes, ...]:
    told = render(
        sender.wording,
        "receipt.txt",
        facts=facts,
        stage=STAGE_WORDS[facts.stage],
        verdict=words.verdict(facts.verdict),
        ground=ground(facts.reason, facts.words) if facts.reason else None,
    )
    report = mdn.report(facts, told, build.boundary(token, "report"))
    kind = "application/vnd.mailbridge+json"
    parts = [build.attachment(kind, "receipt.json", canonical(facts), {"kind": "receipt"})]
    if status is not None:
        written = status(facts)
        parts.insert(0, build.attachment("application/xml", "status.edxml", written, {}))
    return (report.octets(), *(part.octets() for part in parts))


def _notice_parts(found: Enclosures, sender: Sender) -> tuple[bytes, ...]:
    told = render(sender.wording, "notice.txt", letters=found.entries, **_about(sender))
    return (build.text(told).octets(), *found.parts())


def _about(sender: Sender) -> dict[str, object]:
    return {"agency": sender.agency, "is_key_away": sender.is_key_away}


def _sealed(headers: bytes, parts: tuple[bytes, ...], signer: Signer | None, token: str) -> bytes:
    """Put the parts together, under a signature when there is a signer."""
    limit = build.boundary(token, "mixed")
    if signer is None:
        return headers + build.multipart("multipart/mixed", limit, parts, {}).octets()
    # RFC 9788 §2.1: the signed part repeats the header, and says so in its Content-Type.
    mixed = build.multipart("multipart/mixed", limit, parts, {"hp": "clear"})
    entity = headers.replace(b"MIME-Version: 1.0\r\n", b"") + mixed.octets()
    return _signed(headers, entity, signer, build.boundary(token, "signed"))


def _signed(headers: bytes, entity: bytes, signer: Signer, limit: str) -> bytes:
    # RFC 8551 §3.5.3.3: the micalg names the digest that was used.
    kind = {"protocol": "application/pkcs7-signature", "micalg": "sha-256"}
    seal = build.attachment(
        "application/pkcs7-signature", "smime.p7s", signer.sign(entity), {"name": "smime.p7s"}
    )
    return (
        headers + build.multipart("multipart/signed", limit, (entity, seal.octets()), kind).octets()
    )
