"""Refuse: a clerk returns a document on a ground that may be told (Điều 10.1)."""

from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.actions.owing import Ground, owe_receipt, stand
from mailbridge.actions.tracking import no_paper_any_more
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import Stage
from mailbridge.model.status import StatusChange
from mailbridge.registry import documents, journal, ledger
from mailbridge.registry.database import Transaction
from mailbridge.rules.statuses import Setter, Step, step

# Returned already, or called back by its sender (Điều 10.2).
_OVER = {DocumentState.REFUSED, DocumentState.WITHHELD, DocumentState.DESTROYED}


class CannotRefuseError(Exception):
    """There is no such document, it was refused before, or its sender is a stranger."""


def refuse(house: House, document_id: int, ground: Ground, who: str, now: datetime) -> Document:
    """Owe the sender a receipt 02 with its ground; number and history stay."""
    with house.database.transaction() as tx:
        return returned(tx, house, document_id, ground, who, now)


def returned(
    tx: Transaction, house: House, document_id: int, ground: Ground, who: str, now: datetime
) -> Document:
    """Do it as part of the caller's transaction; nothing is written where it raises."""
    document = documents.get(tx, document_id)
    if document is None or document.state in _OVER:
        raise CannotRefuseError(f"văn bản {document_id}")
    if not document.key.agency:
        # A stranger's address is unproven: an answer would reach whoever was named in From.
        raise CannotRefuseError("nơi gửi không có trong danh bạ")
    if not _may_be_returned(house, document):
        label = house.regulation.statuses.label(document.status)
        raise CannotRefuseError(f"văn bản {document_id} đang ở trạng thái “{label}”")
    documents.set_state(tx, document.id, DocumentState.REFUSED)
    note = ground.words or str(ground.reason)
    stand(tx, house, StatusChange(document.id, Stage.REFUSED, now, who, note=note))
    if document.state is DocumentState.HELD:
        ledger.refused(tx, document.ledger, ground.reason, ground.words, now)
    journal.append(
        tx,
        document.office,
        "refused",
        f"document:{document.id}",
        {"by": who, "reason": ground.reason, "words": ground.words},
        now,
    )
    owe_receipt(tx, house, document, Stage.REFUSED, now, ground)
    no_paper_any_more(tx, document, who, now)
    return document


def _may_be_returned(house: House, document: Document) -> bool:
    """Tell whether its status leads back: what was finished or recalled does not (Điều 11.8)."""
    found = step(
        house.regulation.statuses, document.status, Stage.REFUSED, Setter.SYSTEM, has_reason=True
    )
    return found is Step.MOVES
