"""Reminded: a sender's machine reminds us of its document, and the clerk sees it in his list.

Nothing is answered, and the mail stays what it is: noted. Whoever writes it must be the document's
sender, and name the mail that brought it; the words are our own, for those of the mail may be
anybody's.
"""

from datetime import datetime

from mailbridge.actions.case import Case
from mailbridge.actions.house import House
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import TaskKind
from mailbridge.registry import documents, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules.acceptance import sender_of

# An early warning of ours names twenty; a reminder of hundreds is no reminder.
_MOST = 50
_OPEN = {DocumentState.HELD, DocumentState.REGISTERED}


def note_reminder(tx: Transaction, house: House, case: Case, now: datetime) -> None:
    """Open a task for each document of its sender that the mail reminds of: one in its life."""
    sender = sender_of(case.mail, case.examination.opened.evidence)
    if not case.mail.reminds or sender.contradicts or sender.is_failed or not sender.agency:
        return
    clerk = house.of_office(case.office).telling.clerk
    names = case.mail.references[:_MOST]
    for document in documents.of_mails(tx, case.office, sender.agency, names, _MOST):
        if _is_open(document):
            cause = Cause(case.office, TaskKind.READ, f"reminded:{document.id}", document.id)
            tasks_of_people.open_(tx, cause, _words(document, case.ledger), now, clerk)


def _is_open(document: Document) -> bool:
    is_ended = document.state not in _OPEN or document.ended_at is not None
    return document.direction is Direction.IN and not is_ended


def _words(document: Document, row: int) -> str:
    symbol = document.key.symbol or f"sổ thư {document.ledger}"
    number = f"số đến {document.number}" if document.number else "chưa vào sổ"
    who = document.agency_name or document.sender
    return (
        f"{who} nhắc về văn bản {symbol} ({number}): xem thư nhắc "
        f"(sổ thư số {row}), xử lý và phản hồi trạng thái; nếu đã phản hồi, hỏi nơi gửi."
    )
