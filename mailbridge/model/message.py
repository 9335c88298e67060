"""A parsed mail. Nothing in it is believed: these are claims of whoever wrote it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbridge.model.problem import Problem


class Kind(StrEnum):
    """What a mail is for. Only documents are numbered; nothing automatic is ever answered."""

    DOCUMENT = "document"
    RECEIPT = "receipt"
    RECALL = "recall"
    REPORT = "report"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of an address header; `spec` is lower-case, `name` readable NFC."""

    spec: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """One header field: name as sent, value unfolded and decoded to NFC text."""

    name: str
    value: str
    raw: str


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME entity as offsets into the octets that were parsed; `path` counts from "1"."""

    path: str
    type: str
    start: int
    body: int
    end: int
    encoding: str = "7bit"
    charset: str | None = None
    name: str | None = None
    disposition: str | None = None
    content_id: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    children: tuple["Part", ...] = ()

    def parameter(self, name: str) -> str | None:
        """Look up a Content-Type parameter by lower-case name."""
        return next((value for key, value in self.parameters if key == name), None)


@dataclass(frozen=True, slots=True)
class Message:
    """A mail split into its parts, with decoded headers and the oddities that were met."""

    headers: tuple[Header, ...]
    root: Part
    from_: tuple[Address, ...] = ()
    sender: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    date: datetime | None = None
    problems: tuple[Problem, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """List the decoded values of every field of that name, in order."""
        wanted = name.lower()
        return tuple(h.value for h in self.headers if h.name.lower() == wanted)

    def parts(self) -> tuple[Part, ...]:
        """List every part, outermost first."""
        found: list[Part] = []
        queue = [self.root]
        while queue:
            part = queue.pop(0)
            found.append(part)
            queue[:0] = part.children
        return tuple(found)
