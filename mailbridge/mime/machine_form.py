"""The form of the machine part of our mails (docs/receipt.schema.json, docs/wire.md), strictly.

It comes from anybody: readers ignore no key, so that whoever adds one must raise `v`.
"""

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_TEXT = 1_000
# More files than a mail may hold (`Limits.members`), each with its copies here and there.
_FILES = 2_000
_COPIES = 10_000
_BIG = 2**53

# Control characters, lone surrogates and marks that turn a text around reach no screen.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def _clean(value: str) -> str:
    return _UNPRINTABLE.sub(" ", value)


def _day(value: str) -> str:
    date.fromisoformat(value)
    return value


def _moment(value: str) -> str:
    datetime.fromisoformat(value)
    return value


Text = Annotated[str, Field(max_length=_TEXT), AfterValidator(_clean)]
Id = Annotated[str, Field(pattern=r"^[a-z2-7]{26}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)]
# Điều 13: Vietnam time, by ISO 8601.
Moment = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+07:00$"),
    AfterValidator(_moment),
]
# A literal would take 1.0 and true for it.
Version = Annotated[int, Field(ge=1, le=1)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Copies = Annotated[list[Text], Field(max_length=_COPIES)]


class Form(BaseModel):
    """What the objects of the form have in common."""

    model_config = ConfigDict(strict=True, extra="forbid")


class FileForm(Form):
    """One file of the document."""

    name: Text
    size: Annotated[int, Field(ge=0, le=_BIG)]
    sha256: Sha256


class PartyForm(Form):
    """One agency."""

    agency: Text
    name: Text
    address: Text


class KnownForm(Form):
    """The document that is spoken of."""

    key: Text
    symbol: Text | None
    issued: Day | None
    files: Annotated[list[FileForm], Field(max_length=_FILES)]


class DocumentForm(KnownForm):
    """The document of a receipt: as its receiver got it."""

    summary: Text | None
    message_id: Text | None
    subject: Text
    mic: Annotated[str, Field(pattern=r"^sha-256:[A-Za-z0-9+/]{43}=$")] | None


class CalledForm(KnownForm):
    """The document of a recall: as its sender sent it."""

    summary: Text
    message_id: Text


class EntryForm(Form):
    """The entry in the book of incoming documents."""

    book: Text
    year: Annotated[int, Field(ge=1900, le=9999)]
    number: Count
    at: Moment | None


class TimesForm(Form):
    """When the document came, and when the receipt was written."""

    received: Moment
    received_source: Literal["mail-server"]
    made: Moment
    made_source: Literal["own-clock"]


class ProofForm(Form):
    """What became of each copy of a recalled document (Điều 10.2)."""

    erased: Annotated[list[Digest], Field(max_length=_COPIES)]
    copies: Copies
    left: Copies
    at: Moment
    by: Text


class ReceiptForm(Form):
    """A receipt."""

    v: Version
    kind: Literal["receipt"]
    receipt_id: Id
    stage: Annotated[str, Field(pattern=r"^[a-z-]{1,20}$")]
    edxml: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    seq: Count
    previous: Digest | None
    document: DocumentForm
    by: PartyForm = Field(alias="from")
    to: PartyForm
    entry: EntryForm | None = Field(alias="register")
    verdict: Literal["legal", "reference", "undetermined", "failed"] | None
    reason: Annotated[str, Field(pattern=r"^[a-z-]{1,50}$")] | None
    words: Text
    times: TimesForm
    proof: ProofForm | None = None


class RecallForm(Form):
    """A recall (Điều 9.2)."""

    v: Version
    kind: Literal["recall"]
    recall_id: Id
    document: CalledForm
    by: PartyForm = Field(alias="from")
    to: PartyForm
    reason: Text
    number: Text
    made: Moment
