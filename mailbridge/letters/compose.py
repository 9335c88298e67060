"""Letters into mails: the layouts of docs/wire.md."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from mailbridge.clock import in_vietnam
from mailbridge.letters import several_receipts
from mailbridge.letters.bodies import Blobs, Edxml, Stationery, parts
from mailbridge.letters.pgp_signing import PgpSigner
from mailbridge.letters.recipients import STRANGERS, Peers
from mailbridge.letters.sealing import sealed
from mailbridge.letters.signer import Signer
from mailbridge.letters.subjects import subject
from mailbridge.letters.templates import WORDING
from mailbridge.mime import build
from mailbridge.model.batch import batch_id
from mailbridge.model.letter import (
    AnswerFacts,
    DigestFacts,
    DocumentFacts,
    Letter,
    LetterKind,
    Party,
    RecallFacts,
    ReceiptFacts,
    ReminderFacts,
    WarningFacts,
)


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
    # Signs for agencies that read OpenPGP alone.
    openpgp: PgpSigner | None = None
    # What goes to agencies about documents is locked for those who can open it.
    locks: bool = False
    # Writes the tables of a digest as a workbook.
    sheet: Callable[[DigestFacts], bytes] | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """One mail ready to leave. `message_id` has angle brackets; `sender` is the address in From."""

    octets: bytes
    message_id: str
    envelope_to: str
    sender: str


def compose(
    letters: tuple[Letter, ...],
    sender: Sender,
    blobs: Blobs,
    edxml: Edxml | None = None,
    peers: Peers = STRANGERS,
) -> Composed:
    """Write one mail: one letter, or the receipts, notices or alerts to one address.

    All but the signature are the same octets for the same letters; a locked letter is locked anew.
    Raises UnsignedError, and RefusedError for what can never be written.
    """
    first = letters[0]
    if any((one.kind, one.to) != (first.kind, first.to) for one in letters):
        raise ValueError("letters of one mail share their kind and their address")
    token = batch_id(letter.id for letter in letters)
    headers = _headers(letters, sender, f"{token}@{sender.domain}")
    stationery = Stationery(
        sender.wording,
        sender.agency,
        sender.domain,
        sender.is_key_away,
        blobs,
        edxml,
        sender.sheet,
    )
    written = parts(letters, stationery, token)
    for_ = _locked_for(first, sender, peers)
    octets = sealed(headers, written, _signer(first, sender, peers), token, for_=for_)
    return Composed(octets, f"<{token}@{sender.domain}>", build.address(first.to), sender.address)


def _headers(letters: tuple[Letter, ...], sender: Sender, message_id: str) -> bytes:
    first = letters[0]
    to = _to(first)
    fields = [
        build.address_field("From", sender.address, sender.name),
        build.address_field("To", first.to, to.name if to else ""),
        build.field("Subject", subject(letters)),
        build.date_field("Date", _date(letters)),
        build.ids_field("Message-ID", (message_id,)),
        *_answered(letters),
        *_manner(first, sender),
        build.field("X-Mailbridge", f"{first.kind.value}; v=1"),
    ]
    if any(letter.urgent for letter in letters):
        # Điều 6.3: what is urgent says so in its header, too.
        fields += (build.field("Importance", "high"), build.field("X-Priority", "1"))
    return b"".join(fields) + b"MIME-Version: 1.0\r\n"


def _to(letter: Letter) -> Party | None:
    """Tell the agency that a letter goes to; our own people are known by their addresses."""
    match letter.facts:
        case (
            ReceiptFacts(to=to)
            | WarningFacts(to=to)
            | DocumentFacts(to=to)
            | RecallFacts(to=to)
            | ReminderFacts(to=to)
        ):
            return to
        case _:
            return None


def _answered(letters: tuple[Letter, ...]) -> tuple[bytes, ...]:
    """Refer to the mail that is answered, called back or asked about (RFC 5322 §3.6.4)."""
    if len(letters) > 1:
        return several_receipts.answered(several_receipts.facts_of(letters))
    match letters[0].facts:
        case (
            ReceiptFacts(message_id=original)
            | AnswerFacts(message_id=original)
            | RecallFacts(message_id=original)
        ) if original:
            return tuple(
                build.ids_field(name, (original,)) for name in ("In-Reply-To", "References")
            )
        case ReminderFacts(message_id=original, also=also):
            every = (original, *(one.message_id for one in also))
            return tuple(build.ids_field(name, every) for name in ("In-Reply-To", "References"))
        case _:
            return ()


def _manner(letter: Letter, sender: Sender) -> tuple[bytes, ...]:
    """Say whether a program wrote it, and what we want for an answer."""
    if letter.kind is LetterKind.DOCUMENT:
        # A person sends it. RFC 8098 §2.1: plain mail programs may tell that it was opened.
        return (
            build.address_field("Disposition-Notification-To", sender.address),
            build.field("X-Auto-Response-Suppress", "OOF, AutoReply"),
        )
    answers = letter.kind in {LetterKind.RECEIPT, LetterKind.ANSWER}
    return (
        # RFC 3834 §5: what is automatic says so, and is never answered.
        build.field("Auto-Submitted", "auto-replied" if answers else "auto-generated"),
        build.field("X-Auto-Response-Suppress", "All"),
    )


def _date(letters: tuple[Letter, ...]) -> datetime:
    """Take the moment when the last of them was owed, so that a retry bears the same date."""
    return in_vietnam(max(letter.owed_at for letter in letters))


def _locked_for(
    letter: Letter, sender: Sender, peers: Peers
) -> tuple[x509.Certificate, ...] | None:
    """Tell for which certificates a letter is locked, if it is; none at all: it cannot leave."""
    match letter.facts:
        case (
            DocumentFacts(encrypt=True, to=to)
            | RecallFacts(encrypt=True, to=to)
            | ReminderFacts(encrypt=True, to=to)
        ):
            return peers.certificates(to.agency)
        # Without a key of our own nothing is signed, and so nothing is locked.
        case DocumentFacts(to=to) | RecallFacts(to=to) | ReminderFacts(to=to) if (
            sender.locks and sender.signer is not None
        ):
            return peers.certificates(to.agency) or None
        case _:
            return None


def _signer(letter: Letter, sender: Sender, peers: Peers) -> Signer | PgpSigner | None:
    """Choose who signs: by OpenPGP for an agency that reads nothing else."""
    to = _to(letter)
    if sender.openpgp is not None and to is not None and peers.reads_openpgp_alone(to.agency):
        return sender.openpgp
    return sender.signer
