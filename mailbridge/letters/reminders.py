"""Reminders: that the receipt of a document of ours is overdue (Điều 10.2)."""

from datetime import datetime

from mailbridge.letters.ids import message_id
from mailbridge.model.letter import DocumentFacts, Letter, LetterKind, ReminderFacts


def reminder(
    sent: Letter, facts: DocumentFacts, due: datetime, secret: bytes, now: datetime, round_: int
) -> Letter:
    """Make the reminder of that round about a document that was sent; each round is its own."""
    return Letter(
        id=message_id(secret, "reminder", sent.id, str(round_)),
        kind=LetterKind.REMINDER,
        mailbox=sent.mailbox,
        to=sent.to,
        facts=ReminderFacts(
            document_key=facts.document_key,
            symbol=facts.symbol,
            issued=facts.issued,
            summary=facts.summary,
            by=facts.by,
            to=facts.to,
            sent_at=sent.sent_at or sent.owed_at,
            due=due,
            message_id=f"{sent.id}@{facts.by.address.rpartition('@')[2]}",
            round=round_,
            encrypt=facts.encrypt,
        ),
        owed_at=now,
        not_before=now,
        urgent=sent.urgent,
        document=sent.document,
        exchange=sent.exchange,
    )
