"""Check: the whole examination of one file, touching neither registry nor mailbox.

The answer keeps the public contract; what cannot be examined is answered too, never raised.
"""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from mailbridge.actions.examine import Matter, Permissions, Rooms, examine
from mailbridge.isolation.pool import BugError, ChildDiedError
from mailbridge.model.answer import (
    Answer,
    EdxmlAnswer,
    FieldAnswer,
    FileAnswer,
    FindingAnswer,
    LockAnswer,
    MailAnswer,
    ReadingAnswer,
    SealAnswer,
    TextAnswer,
    narrow,
)
from mailbridge.model.codes import Code
from mailbridge.model.directory import Directory
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.evidence import Level, Verdict
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.reading import Reading
from mailbridge.model.slot import Fingerprint
from mailbridge.provenance.words import finding
from mailbridge.rules.required import Requirement

# The contract promises the beginning of each text.
TEXT_SHOWN = 4_000

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One file to check, as of `at`."""

    file: Path
    # Where the children may read it; `file` is the name that the answer repeats.
    laid: Path
    trust: Path
    at: datetime
    directory: Directory | None
    id: str | int | None = None
    content: Path | None = None
    passwords: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    required: tuple[Requirement, ...] = ()
    permissions: Permissions = field(default_factory=Permissions)


def check(rooms: Rooms, request: Request) -> Answer:
    """Examine one file and answer; raises OSError when the file itself cannot be read."""
    started = time.monotonic()
    sha256, size = _digest(request.laid)
    try:
        matter = Matter(
            source=request.laid,
            trust=request.trust,
            at=request.at,
            directory=request.directory,
            form="any",
            name=request.file.name,
            content=request.content,
            passwords=request.passwords,
            required=request.required,
            permissions=request.permissions,
        )
        with examine(rooms, matter) as examined:
            made = _answer(request, sha256, size, examined.examination, started)
    except RefusedError as refusal:
        return _refusal(request, sha256, size, refusal.reason, started)
    except ChildDiedError as death:
        return _refusal(request, sha256, size, death.reason, started)
    except (BugError, TryLaterError) as bug:
        _log.error("examination failed", file=request.file.name, traceback=str(bug))
        return _refusal(request, sha256, size, Reason.CRASHED, started)
    return made


def is_good(answer: Answer) -> bool:
    """Tell whether the exit status is 0: vouched for, or nothing to vouch for and no fail."""
    if answer.status == "refused":
        return False
    if answer.verdict is None:
        return all(each.level is not Level.FAIL for each in answer.findings)
    return answer.verdict in {Verdict.LEGAL, Verdict.REFERENCE}


def _digest(path: Path) -> tuple[Fingerprint, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Fingerprint(digest.hexdigest()), file.tell()


def _answer(
    request: Request, sha256: Fingerprint, size: int, done: Examination, started: float
) -> Answer:
    opened, reading = done.opened, done.reading
    secret = reading.secrecy is not None
    return Answer(
        id=request.id,
        file=str(request.file),
        sha256=sha256,
        size=size,
        form=opened.form,
        status="examined",
        verdict=opened.evidence.verdict,
        mail=_mail(opened.mail) if opened.mail else None,
        vouched=opened.evidence.vouched,
        seals=tuple(narrow(SealAnswer, seal) for seal in opened.evidence.seals),
        locks=tuple(narrow(LockAnswer, lock) for lock in opened.evidence.locks),
        texts=() if secret else _texts(opened),
        files=tuple(narrow(FileAnswer, file) for file in opened.files),
        findings=_findings(opened, reading),
        reading=_reading(reading),
        edxml=_edxml(opened.edxml) if opened.edxml else None,
        elapsed_ms=_elapsed(started),
    )


def _refusal(
    request: Request, sha256: Fingerprint, size: int, reason: Reason, started: float
) -> Answer:
    return Answer(
        id=request.id,
        file=str(request.file),
        sha256=sha256,
        size=size,
        form="other",
        status="refused",
        reason=reason,
        elapsed_ms=_elapsed(started),
    )


def _elapsed(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _mail(mail: MailView) -> MailAnswer:
    return MailAnswer(
        from_=tuple(address.spec for address in mail.from_),
        from_name=mail.from_[0].name if mail.from_ else "",
        subject=mail.subject,
        message_id=mail.message_id,
        date=mail.date,
        kind=mail.kind,
        problems=mail.problems,
    )


def _texts(opened: Opened) -> tuple[TextAnswer, ...]:
    return tuple(
        TextAnswer(text.path, text.type, text.text[:TEXT_SHOWN], text.unlocked_by, text.sealed_by)
        for text in opened.texts
    )


def _findings(opened: Opened, reading: Reading) -> tuple[FindingAnswer, ...]:
    found = opened.evidence.findings
    if reading.secrecy is not None:
        found = (*found, finding(Code.SECRECY_MARK))
    return tuple(narrow(FindingAnswer, each) for each in found)


def _reading(reading: Reading) -> ReadingAnswer:
    fields = {
        name.value: FieldAnswer(field.value, field.source, field.confidence)
        for name, field in reading.fields.items()
    }
    return ReadingAnswer(fields, reading.urgency.value, reading.secrecy)


def _edxml(header: EdxmlHeader) -> EdxmlAnswer:
    code = "/".join(part for part in (header.number, header.notation) if part) or None
    return EdxmlAnswer(
        message=header.message,
        from_=header.sender,
        to=header.to,
        code=code,
        subject=header.subject,
        status_code=header.status_code,
        business=header.business,
        attachments=header.attachments,
    )
