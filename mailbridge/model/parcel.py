"""What a mail held once it was opened, and the seals and locks that it came under."""

from dataclasses import dataclass, field
from enum import StrEnum

from mailbridge.model.errors import Reason
from mailbridge.model.problem import Problem
from mailbridge.model.slot import Fingerprint


class SealForm(StrEnum):
    """How something was sealed: the words of the public contract of `mailbridge check`."""

    SMIME = "smime"
    CMS = "cms"
    OPENPGP = "openpgp"
    PADES = "pades"
    TIMESTAMP = "timestamp"
    XMLDSIG = "xmldsig"
    DKIM = "dkim"
    ARC = "arc"


class LockForm(StrEnum):
    """How something was locked."""

    SMIME = "smime"
    OPENPGP = "openpgp"
    PDF = "pdf"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    OFFICE = "office"


class LockWhy(StrEnum):
    """Why a lock stayed closed; a closed list of the public contract."""

    NO_KEY = "no-key"
    NEEDS_WORD = "no-password"
    WRONG_WORD = "wrong-password"
    UNSUPPORTED = "unsupported"
    # Its octets are damaged, or were changed after it was locked.
    DAMAGED = "damaged"
    # A cipher that the settings do not allow (RFC 8551 §2.7).
    WEAK = "weak-algorithm"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment as it was unpacked. `stored` is its place in the scratch folder, if any."""

    path: str
    # Made safe for display and storage; `name_sent` stays readable as evidence.
    name: str
    name_sent: str
    size: int
    sha256: Fingerprint
    # By content; `declared` is what the mail says.
    type: str
    declared: str
    refused: Reason | None = None
    content_id: str | None = None
    # Indexes into the seals and locks of the same parcel or evidence.
    sealed_by: tuple[int, ...] = ()
    unlocked_by: tuple[int, ...] = ()
    # Path of the content in the child's scratch folder; empty when nothing was written.
    stored: str = ""
    # Path of the same without the lock that was opened, for whoever has no password.
    plain: str = ""
    # It speaks of the mail and its parts, as an edXML header without files of its own and the
    # facts of mailbridge do: a part of the mail, and no file of the document.
    about: bool = False


class Flow(StrEnum):
    """What the line ends of a plain text mean (RFC 3676 §4)."""

    FIXED = "fixed"
    # A line that ends in a space goes on in the next one.
    FLOWED = "flowed"
    # So it does, and the space is no part of it: DelSp=yes.
    DELSP = "delsp"


@dataclass(frozen=True, slots=True)
class Text:
    """A readable text of the mail (its cover), NFC, cut at the limit."""

    path: str
    type: str
    text: str
    sealed_by: tuple[int, ...] = ()
    unlocked_by: tuple[int, ...] = ()
    flow: Flow = Flow.FIXED


@dataclass(frozen=True, slots=True)
class SealClaim:
    """A signature that was found and not yet judged.

    `signed` names the file that holds the signed octets between `start` and `end`: in the scratch
    folder, or the mail's own blob; empty where the signature carries its own content. `signature`
    names the file with the octets of the signature: DER, OpenPGP or XML. `covers` lists the paths
    of the files and texts below it.
    """

    form: SealForm
    path: str
    signature: str = ""
    signed: str = ""
    start: int = 0
    end: int = 0
    covers: tuple[str, ...] = ()
    # True when everything that a reader takes for the content of the mail is below this seal, or,
    # of a seal on a file, everything that he takes for the content of that file.
    whole: bool = False
    # A seal on one file, beside it or around it, and not on the mail as its reader sees it.
    on_file: bool = False
    # Around a lock: it is on the ciphertext, and says nothing of what was in it (RFC 8551 §3.7).
    outside: bool = False
    # SHA-256 of the exact octets of the signed entity: the Received-content-MIC of receipts.
    mic: str = ""
    # Header fields repeated inside the signed part (RFC 8551 §3.1, RFC 9788 §2.1), if any.
    protected: tuple[tuple[str, str], ...] = ()
    # They are marked as the fields that a reader is to be shown.
    shows: bool = False
    # Indexes of the locks that were opened on the way to it.
    unlocked_by: tuple[int, ...] = ()
    # What opened the file that bears the seal; never logged or stored.
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Lock:
    """Something closed: opened with a key or password of ours, or not."""

    form: LockForm
    path: str
    # "whole" when everything that a reader sees was under it; else "part".
    coverage: str
    opened: bool
    why: LockWhy | None = None
    # The cipher, for the evidence: "aes256_cbc"; empty where it is not known.
    cipher: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything that a mail or a single file yields, with what was noticed on the way."""

    files: tuple[File, ...] = ()
    texts: tuple[Text, ...] = ()
    claims: tuple[SealClaim, ...] = ()
    locks: tuple[Lock, ...] = ()
    # Header fields that a lock hid (RFC 9788 §2.1): what the reader of the opened mail is shown.
    protected: tuple[tuple[str, str], ...] = ()
    # Forms that were recognised and are not opened: (path, what). They hold the mail, never pass.
    unsupported: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    # Containers that are not built as they should be: (path, what in Vietnamese). Findings.
    remarks: tuple[tuple[str, str], ...] = ()
    # Paths of Office files that bear a signature of their own kind, which nobody verifies here.
    signed_offices: tuple[str, ...] = ()
    # Mails within the mail: (path, Message-ID or nothing). What lies below them others wrote.
    mails: tuple[tuple[str, str], ...] = ()

    def is_within_another(self, path: str) -> bool:
        """Tell whether that path lies in a mail within the mail."""
        return any(path.startswith(f"{outer}.") for outer, _ in self.mails)
