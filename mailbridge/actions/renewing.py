"""Renewing: what a mail says of a document that came before (QCVN 102, update and replacement).

Nothing is applied silently: the earlier document keeps its number, its words and its files, a link
or a task says what its sender wants, and a person looks at it. A mail that proves no origin says
nothing of anybody's documents.
"""

from datetime import date, datetime

from mailbridge.actions.case import Case
from mailbridge.actions.entering import SERVICE
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.letters import alerts
from mailbridge.model.document import Document, DocumentKey
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.evidence import Verdict
from mailbridge.model.sending import Business, TaskKind
from mailbridge.registry import documents, replacements, similar, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.replacements import Replacement
from mailbridge.registry.tasks_of_people import Cause

# A packet that replaces a thousand documents is no packet of an office.
_REPLACED = 20
_PROVEN = {Verdict.LEGAL, Verdict.REFERENCE}


def replaced(tx: Transaction, house: House, case: Case, document: Document, now: datetime) -> None:
    """Link a document that was entered to those that it replaces, and tell who handles them."""
    header = _said(case, Business.REPLACE)
    if header is None or header.trace is None:
        return
    for name, _ in header.trace.replaces[:_REPLACED]:
        for old in _named(tx, document, name):
            why = header.trace.reason or ""
            replacements.add(tx, Replacement(document.id, old.id, now, SERVICE, why))
            facts = alerts.replaced(old, document, why)
            person = old.handler or house.of_office(old.office).telling.clerk
            cause = ("replaced", str(old.id), str(document.id))
            tell(tx, house, Alarm(document.mailbox, cause, facts, person), now)


def updated(tx: Transaction, house: House, case: Case, row: int, now: datetime) -> None:
    """Open a task where the sender brings a document up to date that is here already."""
    header = _said(case, Business.UPDATE)
    document = documents.by_ledger(tx, row) if header is not None and row else None
    if header is None or document is None:
        return
    said = [header.trace.reason if header.trace else "", header.subject]
    words = (
        f"{document.agency_name} cập nhật văn bản số đến {document.number or '(chưa cấp)'} "
        f"({document.key.symbol or ''}): {'; '.join(filter(None, said))}. Xem thư (sổ thư số "
        f"{case.ledger}) và sửa thông tin nếu đúng (mailbridge register correct)."
    )
    cause = Cause(document.office, TaskKind.READ, f"update:{case.ledger}", document.id)
    clerk = house.of_office(document.office).telling.clerk
    tasks_of_people.open_(tx, cause, words, now, clerk)


def _said(case: Case, business: Business) -> EdxmlHeader | None:
    """Give the header of a proven mail that does this; None where there is none to believe."""
    opened = case.examination.opened
    header = opened.edxml
    if header is None or header.is_forwarded or header.business != business:
        return None
    return header if opened.evidence.verdict in _PROVEN else None


def _named(tx: Transaction, document: Document, name: str) -> tuple[Document, ...]:
    """Find the documents of the same sender by their identifier: "code,2026/03/02,12-CV/TU"."""
    _, _, rest = name.partition(",")
    day, _, symbol = rest.partition(",")
    try:
        issued = date.fromisoformat(day.replace("/", "-")).isoformat()
    except ValueError:
        return ()
    # Whose documents they are is not the packet's word: nobody replaces another's.
    key = DocumentKey(document.key.agency, symbol.strip() or None, issued)
    if not key.is_complete or not key.agency:
        return ()
    known = similar.similar(tx, document.office, key, frozenset())
    found = (documents.get(tx, one.document) for one in known)
    return tuple(one for one in found if one is not None and one.id != document.id)
