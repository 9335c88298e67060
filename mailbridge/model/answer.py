"""The answer of `mailbridge check`, a public contract: docs/check.schema.json."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, WithJsonSchema

from mailbridge.model.codes import NOT_OF_SEALS, Code
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import (
    Coverage,
    Integrity,
    LaterChanges,
    Level,
    Signer,
    Trust,
    Verdict,
)
from mailbridge.model.examination import Form
from mailbridge.model.message import Kind
from mailbridge.model.parcel import LockForm, LockWhy, SealForm
from mailbridge.model.problem import Problem
from mailbridge.model.slot import Fingerprint

Narrow = TypeVar("Narrow")

# The closed lists, spelled out where the schema is read; records keep plain words.
_WHY = {"type": "string", "enum": [code.value for code in Code if code not in NOT_OF_SEALS]}
_CODES = {"type": "string", "enum": [code.value for code in Code]}


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """The headers of a mail, as claimed."""

    from_: Annotated[tuple[str, ...], Field(serialization_alias="from")]
    from_name: str
    subject: str
    message_id: str | None
    date: str | None
    kind: Kind
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SealAnswer:
    """One seal: integrity and trust are separate columns."""

    form: SealForm
    path: str
    integrity: Integrity
    coverage: Coverage
    later_changes: LaterChanges | None
    trust: Trust
    why: tuple[Annotated[str, WithJsonSchema(_WHY)], ...]
    signer: Signer | None
    time: datetime | None
    time_source: str
    bound: bool


@dataclass(frozen=True, slots=True)
class LockAnswer:
    """One lock, opened or not."""

    form: LockForm
    path: str
    coverage: str
    opened: bool
    why: LockWhy | None


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """A text, with the locks that were opened and the seals that cover it."""

    path: str
    type: str
    text: str
    unlocked_by: tuple[int, ...]
    sealed_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file; `refused` names why its content was not unpacked."""

    path: str
    name: str
    name_sent: str
    size: int
    sha256: Fingerprint
    type: str
    declared: str
    refused: Reason | None
    unlocked_by: tuple[int, ...]
    sealed_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """One field read from the document."""

    value: str
    source: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ReadingAnswer:
    """What the document says; nothing where a mark of secrecy was found."""

    fields: dict[str, FieldAnswer]
    urgency: str
    secrecy: str | None


@dataclass(frozen=True, slots=True)
class EdxmlAnswer:
    """The edXML header."""

    message: str
    from_: Annotated[str | None, Field(serialization_alias="from")]
    to: tuple[str, ...]
    code: str | None
    subject: str | None
    status_code: str | None
    business: str | None
    attachments: int


@dataclass(frozen=True, slots=True)
class FindingAnswer:
    """One numbered check and what it found; `text` is Vietnamese, for the clerk."""

    code: Annotated[str, WithJsonSchema(_CODES)]
    level: Level
    cites: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer for one file; `refused` when no examination was possible."""

    id: str | int | None
    file: str
    sha256: Fingerprint | None
    size: int
    form: Form
    status: Literal["examined", "refused"]
    reason: Reason | None = None
    verdict: Verdict | None = None
    mail: MailAnswer | None = None
    vouched: tuple[str, ...] = ()
    seals: tuple[SealAnswer, ...] = ()
    locks: tuple[LockAnswer, ...] = ()
    texts: tuple[TextAnswer, ...] = ()
    files: tuple[FileAnswer, ...] = ()
    findings: tuple[FindingAnswer, ...] = ()
    reading: ReadingAnswer | None = None
    edxml: EdxmlAnswer | None = None
    elapsed_ms: int = 0
    contract: Literal[1] = 1


def narrow(kind: Callable[..., Narrow], value: object) -> Narrow:
    """Take the fields of an answer from a fuller value of the model."""
    answer: Any = kind
    return kind(**{f.name: getattr(value, f.name) for f in fields(answer)})
