"""What an examination gives: everything that was found in one mail, and nothing decided yet."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.evidence import Evidence
from mailbridge.model.limits import Limits
from mailbridge.model.message import Address, Kind
from mailbridge.model.ocr import Ocr
from mailbridge.model.parcel import File, Text
from mailbridge.model.problem import Problem
from mailbridge.model.reading import Reading
from mailbridge.model.report import Answers

Form = Literal[
    "mail", "pdf", "cms", "openpgp", "archive", "office", "tnef", "edxml", "xml", "text", "other"
]
"""What a file is, in the words of the public contract of `mailbridge check`."""


@dataclass(frozen=True, slots=True)
class MailView:
    """The headers of a mail that later stages use."""

    from_: tuple[Address, ...] = ()
    sender: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    message_id: str | None = None
    in_reply_to: str | None = None
    date: str | None = None
    kind: Kind = Kind.OTHER
    problems: tuple[Problem, ...] = ()
    # Date of the topmost Received field, ISO 8601 UTC: when our server took this copy in.
    delivered_at: str | None = None
    # Received-content-MIC: base64 SHA-256 over the signed entity; of an unsigned mail, over
    # everything after the first empty line.
    mic: str = ""
    # A token of our own letters was found in Message-ID or our routing header.
    own_letter: bool = False
    # Message-IDs of In-Reply-To and References without brackets, the nearest first.
    references: tuple[str, ...] = ()
    # The envelope sender in Return-Path: empty is the null one, None where nobody wrote it.
    return_path: str | None = None
    # A program wrote it (RFC 3834 §5).
    automatic: bool = False
    # It says of itself that it reminds of a document: a hint, and nobody's proof.
    reminds: bool = False


# A mail with a thousand signatures would have us ask a thousand servers of its choice.
WANTS = 16


class WantKind(StrEnum):
    """What only the network can tell."""

    # TXT records of a name (DKIM, RFC 6376 §3.6.2).
    TXT = "txt"
    # A certificate revocation list (RFC 5280 §4.2.1.13) and an OCSP answer (RFC 6960 §4.2).
    CRL = "crl"
    OCSP = "ocsp"


@dataclass(frozen=True, slots=True)
class Want:
    """A question that the child, which has no network, asks its parent to put: one, once."""

    kind: WantKind
    # The DNS name or the URL.
    name: str
    # Base64 of the body of a request by POST.
    body: str = ""


@dataclass(frozen=True, slots=True)
class Got:
    """An answer to a want; `values` is empty where there is none, `failed` where nobody answered.

    TXT records as text; base64 of the octets of a list or an OCSP answer.
    """

    want: Want
    values: tuple[str, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What the opener gives back: parts, proof and the edXML header, from one mail or file."""

    form: Form
    mail: MailView | None
    files: tuple[File, ...]
    texts: tuple[Text, ...]
    evidence: Evidence
    edxml: EdxmlHeader | None = None
    # Recognised forms that are not opened: they hold the mail.
    unsupported: tuple[tuple[str, str], ...] = ()
    # What the network could tell more of; the opener is asked again with the answers.
    wanted: tuple[Want, ...] = ()
    # What it says about mails of ours.
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True, slots=True)
class Examination:
    """Opened and read: all that the rules need to propose an outcome."""

    opened: Opened
    reading: Reading


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """One mail or file for the opener. Nothing in it comes from the mail."""

    source: str
    scratch: str
    trust: str
    # JSON file of the directory; empty means that addresses of certificates bind.
    directory: str
    at: datetime
    limits: Limits
    form: Literal["mail", "any"] = "mail"
    name: str = ""
    content: str = ""
    first_receipt: datetime | None = None
    # Folder of the private keys of the office that the mail came to; empty: `keys/` of `trust`.
    keys: str = ""
    # (file name, password) for what is closed; "*" is tried on anything. Never logged or stored.
    passwords: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    # None: the network may not be asked, and nothing is wanted.
    got: tuple[Got, ...] | None = None
    # Our own servers whose Authentication-Results are believed (RFC 8601 §2.5, §5).
    authserv_ids: tuple[str, ...] = ()
    # 3DES is opened only where the settings say so (RFC 8551 §2.7).
    allow_3des: bool = False


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """What was opened and lies in `scratch`, for the reader."""

    files: tuple[File, ...]
    scratch: str
    texts: tuple[Text, ...]
    subject: str
    edxml: EdxmlHeader | None
    limits: Limits
    # Whether the whole text is wanted, too.
    searched: bool = False
    # None: nothing is read from pictures.
    ocr: Ocr | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader gives back; `text` is for search and in no record, so that it can go."""

    reading: Reading
    text: str = field(default="", repr=False)
