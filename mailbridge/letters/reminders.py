"""Reminders: that a receipt is overdue (Điều 10.2), or that a recipient's time is over soon."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.letters.ids import message_id
from mailbridge.model.letter import (
    Awaited,
    DocumentFacts,
    Letter,
    LetterKind,
    ReminderFacts,
    ReminderStage,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document that was sent, of which its recipient is written to."""

    sent: Letter
    facts: DocumentFacts
    due: datetime
    # Its number there, as far as known.
    number: str = ""


def reminder(waiting: Waiting, secret: bytes, now: datetime, round_: int) -> Letter:
    """Make the reminder of that round about a document that was sent; each round is its own."""
    name = message_id(secret, "reminder", waiting.sent.id, str(round_))
    return _letter(name, waiting, replace(_facts(waiting), round=round_), now)


def early(waiting: Sequence[Waiting], stage: ReminderStage, secret: bytes, now: datetime) -> Letter:
    """Make one letter about all documents of one recipient whose time is over soon.

    It belongs to an exchange only where it speaks of one alone: what is answered to it is no answer
    for the others.
    """
    first, rest = waiting[0], waiting[1:]
    # A deadline that was set anew is spoken of anew.
    causes = (f"{one.sent.id} {one.due.isoformat()}" for one in waiting)
    name = message_id(secret, "early", stage.value, *causes)
    facts = replace(_facts(first), stage=stage, also=tuple(map(_also, rest)))
    letter = _letter(name, first, facts, now)
    return letter if not rest else replace(letter, document=None, exchange=None)


def _letter(name: str, waiting: Waiting, facts: ReminderFacts, now: datetime) -> Letter:
    sent = waiting.sent
    return Letter(
        id=name,
        kind=LetterKind.REMINDER,
        mailbox=sent.mailbox,
        to=sent.to,
        facts=facts,
        owed_at=now,
        not_before=now,
        urgent=sent.urgent,
        document=sent.document,
        exchange=sent.exchange,
    )


def _facts(waiting: Waiting) -> ReminderFacts:
    sent, facts = waiting.sent, waiting.facts
    return ReminderFacts(
        document_key=facts.document_key,
        symbol=facts.symbol,
        issued=facts.issued,
        summary=facts.summary,
        by=facts.by,
        to=facts.to,
        sent_at=sent.sent_at or sent.owed_at,
        due=waiting.due,
        message_id=_name(waiting),
        encrypt=facts.encrypt,
        number=waiting.number,
    )


def _also(waiting: Waiting) -> Awaited:
    sent, facts = waiting.sent, waiting.facts
    return Awaited(
        symbol=facts.symbol,
        issued=facts.issued,
        summary=facts.summary,
        sent_at=sent.sent_at or sent.owed_at,
        due=waiting.due,
        message_id=_name(waiting),
        number=waiting.number,
    )


def _name(waiting: Waiting) -> str:
    return f"{waiting.sent.id}@{waiting.facts.by.address.rpartition('@')[2]}"
