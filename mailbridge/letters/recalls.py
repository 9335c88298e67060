"""Recalls (thu hồi văn bản, Điều 9.2): the letter that asks one recipient to destroy a document."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.letters.ids import message_id, receipt_id
from mailbridge.letters.receipts import day_of
from mailbridge.model.document import Document
from mailbridge.model.letter import (
    DocumentFacts,
    FileFact,
    Letter,
    LetterKind,
    Party,
    RecallFacts,
)
from mailbridge.model.reading import FieldName
from mailbridge.model.sending import Exchange


@dataclass(frozen=True, slots=True)
class RecallTerms:
    """Why and by whom a document is called back; `sent` is the letter that brought it there."""

    by: Party
    reason: str
    sent: Letter
    # 1 for the first time that this recipient is asked.
    round: int
    secret: bytes
    now: datetime


def recall(document: Document, exchange: Exchange, terms: RecallTerms) -> Letter:
    """Make the letter; it leaves before documents do, for each hour makes another copy."""
    cause = ("recall", str(exchange.id), str(terms.round))
    domain = terms.by.address.rpartition("@")[2]
    facts = RecallFacts(
        exchange=exchange.id,
        recall_id=receipt_id(terms.secret, *cause),
        document_key=str(document.key),
        symbol=document.key.symbol,
        issued=day_of(document.key.date),
        summary=document.reading.value(FieldName.SUMMARY) or "",
        files=tuple(FileFact(one.name, one.size, one.sha256) for one in document.files),
        by=terms.by,
        to=exchange.to,
        reason=terms.reason,
        message_id=f"{terms.sent.id}@{domain}",
        made_at=terms.now,
        number=exchange.number,
        encrypt=isinstance(terms.sent.facts, DocumentFacts) and terms.sent.facts.encrypt,
    )
    return Letter(
        id=message_id(terms.secret, *cause),
        kind=LetterKind.RECALL,
        mailbox=document.mailbox,
        to=exchange.to.address,
        facts=facts,
        owed_at=terms.now,
        not_before=terms.now,
        urgent=True,
        document=document.id,
        exchange=exchange.id,
    )
