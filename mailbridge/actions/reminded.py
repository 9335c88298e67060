"""Reminded: a sender's machine reminds us of its document, and the clerk sees it in his list.

Nothing is answered, and the mail stays what it is: noted. Whoever writes it must be proven to be
the document's sender (`rules/reminding`), and name the mail that brought it; the words are our own,
for those of the mail may be anybody's, and say so where the proof is a weak one.
"""

from datetime import datetime

from mailbridge.actions.case import Case
from mailbridge.actions.house import House
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.exchange import Weight
from mailbridge.model.outcome import Direction
from mailbridge.model.sending import TaskKind
from mailbridge.registry import documents, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules import reminding
from mailbridge.rules.acceptance import sender_of

# An early warning of ours names twenty; a reminder of hundreds is no reminder.
_MOST = 50
_OPEN = {DocumentState.HELD, DocumentState.REGISTERED}


def note_reminder(
    tx: Transaction, house: House, case: Case, directory: Directory, now: datetime
) -> None:
    """Open a task for each document of its sender that the mail reminds of: one in its life."""
    if not case.mail.reminds:
        return
    opened = case.examination.opened
    sender = sender_of(case.mail, opened.evidence)
    found = reminding.reminded(opened, sender, directory.by_code(sender.agency), now)
    if found is None:
        return
    weight, names = found
    clerk = house.of_office(case.office).telling.clerk
    brought = documents.of_mails(tx, case.office, sender.agency, names[:_MOST], _MOST)
    for document in brought:
        if _is_open(document):
            cause = Cause(case.office, TaskKind.READ, f"reminded:{document.id}", document.id)
            tasks_of_people.open_(tx, cause, _words(document, case.ledger, weight), now, clerk)


def _is_open(document: Document) -> bool:
    is_ended = document.state not in _OPEN or document.ended_at is not None
    return document.direction is Direction.IN and not is_ended


def _words(document: Document, row: int, weight: Weight) -> str:
    symbol = document.key.symbol or f"sổ thư {document.ledger}"
    number = f"số đến {document.number}" if document.number else "chưa vào sổ"
    who = document.agency_name or document.sender
    if weight is Weight.WEAK:
        return (
            f"Chưa xác minh: thư ghi tên {who} nhắc về văn bản {symbol} ({number}) mà không có chữ "
            f"ký số kiểm tra được (sổ thư số {row}). Hỏi nơi gửi trước khi làm theo."
        )
    return (
        f"{who} nhắc về văn bản {symbol} ({number}): xem thư nhắc "
        f"(sổ thư số {row}), xử lý và phản hồi trạng thái; nếu đã phản hồi, hỏi nơi gửi."
    )
