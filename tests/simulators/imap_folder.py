"""What a simulated IMAP folder holds: mails by UID, in the order of their numbers."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mail:
    """Octets never change (RFC 3501 §2.3.1.1); flags do, as a new value."""

    octets: bytes
    flags: frozenset[str]

    def fields(self, *names: str) -> bytes:
        """Give some fields of the header as sent, with the empty line at the end."""
        header = self.octets.partition(b"\r\n\r\n")[0] + b"\r\n"
        kept = [
            whole
            for whole in re.findall(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*", header)
            if whole.partition(b":")[0].decode("ascii", "replace").upper() in names
        ]
        return b"".join(kept) + b"\r\n"


@dataclass
class Folder:
    """UIDs ascend and are never given twice."""

    uidvalidity: int
    uidnext: int = 1
    mails: dict[int, Mail] = field(default_factory=dict)

    def add(self, octets: bytes, flags: frozenset[str]) -> int:
        """Take a mail in, and tell its UID."""
        uid = self.uidnext
        self.mails[uid] = Mail(octets, flags)
        self.uidnext = uid + 1
        return uid


def uids_of(written: str, folder: Folder) -> list[int]:
    """Read a sequence set; "*" is the last UID, and a range may be written backwards."""
    last = max(folder.mails, default=0)
    found: set[int] = set()
    for part in written.split(","):
        ends = [last if end == "*" else int(end) for end in part.split(":")]
        found.update(range(min(ends), min(max(ends), last) + 1))
    return [uid for uid in folder.mails if uid in found]


def quoted(octets: bytes) -> bytes:
    """Write octets as a quoted string (RFC 3501 §4.3)."""
    return b'"' + octets.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
