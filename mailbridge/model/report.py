"""What comes back about a mail of ours, as others wrote it: claims, of which nothing is believed.

An answer may be facts of mailbridge, a disposition notification, a report of a mail server, or an
edXML status. What is signed says under which seals it stood; the rest is a stranger's word.
"""

from dataclasses import dataclass
from typing import Literal

from mailbridge.model.letter import RecallFacts, ReceiptFacts
from mailbridge.model.parcel import SealForm

DispositionType = Literal["displayed", "deleted", "dispatched", "processed"]
Action = Literal["failed", "delayed", "delivered", "relayed", "expanded"]


@dataclass(frozen=True, slots=True)
class Cover:
    """An intact signature over the whole mail, under which something stood."""

    form: SealForm
    # SHA-256 of the certificate, or the fingerprint of the key.
    fingerprint: str
    # For which agency the directory enrolled it, whoever the mail is from.
    agency: str | None
    # Trusted, strong, and enrolled for the agency of the mailbox in From.
    stands: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts of one `application/vnd.mailbridge+json` part: a receipt or a recall."""

    facts: ReceiptFacts | RecallFacts
    # SHA-256 of its octets, which the next receipt of the chain names as its previous one.
    digest: str
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Disposition:
    """A message disposition notification (RFC 8098 §3.2)."""

    # Final-Recipient: who got it.
    recipient: str
    # Original-Message-ID, without its brackets.
    message_id: str
    type: DispositionType
    # The modifiers say `error` or `failed` (RFC 8098 §3.2.6.3), or there is an Error field.
    is_error: bool = False
    # Error or Failure field.
    error: str = ""
    # Received-content-MIC: base64 and the name of its digest, "sha-256".
    mic: str = ""
    mic_digest: str = ""
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a report says of one recipient (RFC 3464 §2.3)."""

    # Final-Recipient, and Original-Recipient as we named it.
    recipient: str
    original: str
    action: Action
    # Status "5.1.1"; empty where there is none that can be read.
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A report of a mail server (RFC 3464 §2.2), or of one that writes it in words alone."""

    # Original-Envelope-Id: what we said as ENVID.
    envelope_id: str = ""
    deliveries: tuple[Delivery, ...] = ()
    # Message-IDs of the headers or mail that came back with it, without brackets.
    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedFields:
    """Header fields as a standing place repeats them (RFC 9788 §2.1): the ones for machines."""

    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    subject: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything in one mail that speaks of mails of ours."""

    machines: tuple[Machine, ...] = ()
    # Why parts of that type say nothing: (path, English detail for the log).
    unread: tuple[tuple[str, str], ...] = ()
    disposition: Disposition | None = None
    report: DeliveryReport | None = None
    # Seals over the edXML header or status of the same mail.
    edxml: tuple[Cover, ...] = ()
    # None: no intact seal over the whole repeats the header.
    signed: SignedFields | None = None
    # Paths of the texts that are the mail's own words, in their order: neither attached files nor
    # of a mail within the mail.
    words: tuple[str, ...] = ()
