"""What the header of a mail says, before anybody examines it: a hint, and nothing believed."""

import re
from dataclasses import dataclass

from mailbridge.mime import headers
from mailbridge.model.errors import RefusedError
from mailbridge.model.limits import Limits

_PRIORITIES = ("priority", "x-priority", "importance")
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Head:
    """Subjects, most mails have one; priority fields as sent; the Message-ID with its brackets."""

    subjects: tuple[str, ...] = ()
    priority: str = ""
    message_id: str | None = None

    @property
    def subject(self) -> str:
        """The first subject, which mail programs show."""
        return self.subjects[0] if self.subjects else ""


def read(octets: bytes) -> Head:
    """Read the header at the beginning of these octets; what is no header says nothing."""
    end = _EMPTY_LINE.search(octets)
    block = octets[: end.end()] if end else octets
    walk = headers.Walk(block, Limits())
    try:
        found, _ = headers.read(walk, headers.beginning(walk), len(block))
    except RefusedError:
        return Head()
    told = [(one.name.lower(), one.value) for one in found]
    ids = [value for name, value in told if name == "message-id"]
    return Head(
        subjects=tuple(value for name, value in told if name == "subject"),
        priority=", ".join(value for name, value in told if name in _PRIORITIES),
        message_id=ids[0] if ids else None,
    )
