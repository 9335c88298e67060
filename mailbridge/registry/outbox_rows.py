"""Rows of the outbox and their facts, as letters of the model."""

from typing import Any

from sqlalchemy import Row

from mailbridge.model import codec
from mailbridge.model.letter import (
    AlertFacts,
    AnswerFacts,
    DigestFacts,
    DocumentFacts,
    Letter,
    LetterKind,
    LetterState,
    NoticeFacts,
    RecallFacts,
    ReceiptFacts,
    ReminderFacts,
    WarningFacts,
)
from mailbridge.registry import tables

_FACTS: dict[LetterKind, type[Any]] = {
    LetterKind.RECEIPT: ReceiptFacts,
    LetterKind.NOTICE: NoticeFacts,
    LetterKind.ALERT: AlertFacts,
    LetterKind.WARNING: WarningFacts,
    LetterKind.DOCUMENT: DocumentFacts,
    LetterKind.RECALL: RecallFacts,
    LetterKind.REMINDER: ReminderFacts,
    LetterKind.DIGEST: DigestFacts,
    LetterKind.ANSWER: AnswerFacts,
}


def facts(letter: Letter) -> str:
    """Write the facts of a letter as JSON."""
    return codec.encode(_FACTS[letter.kind], letter.facts).decode()


def receipt(written: str) -> ReceiptFacts:
    """Read the facts of a receipt."""
    return codec.decode(ReceiptFacts, written)


def letter(row: tables.Outbox | Row[Any]) -> Letter:
    """Read a row."""
    kind = LetterKind(row.kind)
    return Letter(
        id=row.id,
        kind=kind,
        mailbox=row.mailbox,
        to=row.recipient,
        facts=codec.decode(_FACTS[kind], row.facts),
        owed_at=row.owed_at,
        not_before=row.not_before,
        urgent=row.urgent,
        document=row.document,
        exchange=row.exchange,
        state=LetterState(row.state),
        attempts=row.attempts,
        last_error=row.last_error,
        sent_at=row.sent_at,
        mail=row.mail,
    )
