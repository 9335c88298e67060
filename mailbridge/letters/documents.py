"""The letter that carries a document to one recipient: its facts, and a name that a retry keeps."""

from dataclasses import dataclass
from datetime import date, datetime

from mailbridge.letters.ids import message_id
from mailbridge.letters.receipts import day_of
from mailbridge.model.document import Document
from mailbridge.model.letter import DocumentFacts, Letter, LetterKind, Party, SentFile
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.sending import Business


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is the same for every recipient of one sending."""

    document: Document
    files: tuple[SentFile, ...]
    by: Party
    recipients: tuple[Party, ...]
    made_at: datetime
    business: Business = Business.NEW
    ground: str = ""
    paper: str = ""
    due: date | None = None
    answer_by: datetime | None = None
    replaces: tuple[str, ...] = ()
    reason: str = ""
    encrypt: bool = False
    # Which sending of the document it is: each is a letter of its own.
    round: int = 1


def letter(dispatch: Dispatch, exchange: int, to: Party, secret: bytes) -> Letter:
    """Make the letter to one recipient; the same sending makes the same letter."""
    document = dispatch.document
    cause = ("document", str(document.id), to.address, str(dispatch.round))
    return Letter(
        id=message_id(secret, *cause),
        kind=LetterKind.DOCUMENT,
        mailbox=document.mailbox,
        to=to.address,
        facts=_facts(dispatch, exchange, to),
        owed_at=dispatch.made_at,
        not_before=dispatch.made_at,
        # Điều 6.3: what is urgent leaves first.
        urgent=document.urgency is not Urgency.NORMAL,
        document=document.id,
        exchange=exchange,
    )


def _facts(dispatch: Dispatch, exchange: int, to: Party) -> DocumentFacts:
    document = dispatch.document
    read = document.reading.value
    number, notation = _halves(document.key.symbol or "")
    return DocumentFacts(
        exchange=exchange,
        document_key=str(document.key),
        business=dispatch.business.value,
        symbol=document.key.symbol,
        issued=day_of(document.key.date),
        type=read(FieldName.TYPE),
        summary=read(FieldName.SUMMARY) or document.subject,
        urgency=document.urgency,
        files=dispatch.files,
        by=dispatch.by,
        to=to,
        recipients=dispatch.recipients,
        made_at=dispatch.made_at,
        number=read(FieldName.NUMBER) or number,
        notation=read(FieldName.NOTATION) or notation,
        place=read(FieldName.PLACE) or "",
        signer=read(FieldName.SIGNER) or "",
        position=read(FieldName.POSITION) or "",
        ground=dispatch.ground,
        paper=dispatch.paper,
        due=dispatch.due,
        answer_by=dispatch.answer_by,
        replaces=dispatch.replaces,
        reason=dispatch.reason,
        encrypt=dispatch.encrypt,
    )


def _halves(symbol: str) -> tuple[str, str]:
    """Part number and notation: 125-CV/TU of a Party body, 125/QĐ-UBND of a state one."""
    for number, mark in ((symbol.partition("-")[0], "-"), (symbol.partition("/")[0], "/")):
        if number.isdecimal():
            return number, symbol[len(number) + len(mark) :]
    return "", symbol
