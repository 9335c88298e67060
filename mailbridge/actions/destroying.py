"""Destroying what was called back: every copy, wherever a death interrupts it (Điều 10.2).

    order     the register says that it must go: whoever dies behind this finds it at the next start
    plan      where each copy lies: octets of mails and files, mails on the server, hand-over sets
    erase     octets, within the writer's turn: nobody can begin to need them meanwhile
    fold      nothing of the text stays in the log of the database
    conclude  once no copy waits: status 15, its proof and its receipt; what is left is a task each

Mails on a server are erased by the watcher of their mailbox (`daemon/erasing`).
"""

from datetime import datetime

import structlog

from mailbridge.actions import concluding, copies
from mailbridge.actions.house import House
from mailbridge.model.document import Document
from mailbridge.model.errors import TryLaterError
from mailbridge.model.recall import CopyKind, CopyState, Recall, RecallState
from mailbridge.registry import documents, journal, recall_copies, recalls
from mailbridge.registry.database import Transaction
from mailbridge.registry.recall_copies import Store

_log = structlog.get_logger(__name__)


class CannotDestroyError(Exception):
    """The document is not withheld; the text says what it is instead."""


def destroy(house: House, document_id: int, who: str, now: datetime) -> Document:
    """Order the destruction of a withheld document, and do what can be done at once."""
    with house.database.transaction() as tx:
        document = documents.get(tx, document_id)
        recall = recalls.of_document(tx, document_id)
        if document is None or recall is None:
            raise CannotDestroyError("văn bản không bị thu hồi")
        if recall.state is not RecallState.WITHHELD:
            raise CannotDestroyError("văn bản đã hủy bỏ, hoặc đang hủy bỏ")
        recalls.order(tx, recall.id, document.id, who, now)
        data = {"by": who, "recall": str(recall.id)}
        subject = f"document:{document.id}"
        journal.append(tx, document.office, "destruction-ordered", subject, data, now)
    finish(house, now)
    return document


def finish(house: House, now: datetime) -> None:
    """Carry on with every destruction that was ordered; what cannot be done now is done later."""
    with house.database.reading() as tx:
        store = store_of(house)
        ordered = recalls.in_state(tx, RecallState.ERASING, offices=store.offices)
        waiting = recall_copies.pending(tx, CopyKind.BLOB, store)
    if not ordered and not waiting:
        return
    try:
        for recall in ordered:
            copies.plan(house, recall, now)
        erase(house, now)
        for recall in ordered:
            copies.withdraw(house, recall)
            concluding.conclude(house, recall.id, now)
    except TryLaterError as error:
        _log.warning("a destruction is put off", detail=error.detail)


def erase(house: House, now: datetime) -> None:
    """Erase the octets that nobody else may have; `fold` leaves nothing in the log."""
    with house.database.transaction() as tx:
        waiting = recall_copies.pending(tx, CopyKind.BLOB, store_of(house))
        erased = [_erased(tx, house, copy.id, copy.name, now) for copy in waiting]
    if not house.database.fold():
        # Nothing is said to be gone while its words are in the log.
        raise TryLaterError("the log of the register is still being read")
    _log.info("recalled octets erased", blobs=sum(erased))


def _erased(tx: Transaction, house: House, copy: int, name: str, now: datetime) -> bool:
    others = recall_copies.others_with(tx, name, store_of(house))
    if others:
        recall_copies.settle(tx, copy, CopyState.SHARED, now, ", ".join(others))
        return False
    house.blobs.erase(name)
    recall_copies.settle(tx, copy, CopyState.ERASED, now)
    return True


def store_of(house: House) -> Store:
    """Say whose octets lie in the store of this house."""
    return Store(tuple(one.code for one in house.chanceries), house.mailboxes)


def withheld(tx: Transaction, office: str | None) -> tuple[tuple[Recall, Document], ...]:
    """List what waits to be destroyed, the oldest first, and what is being erased."""
    whose = (office,) if office is not None else None
    found = recalls.in_state(tx, RecallState.WITHHELD, RecallState.ERASING, offices=whose)
    pairs = ((one, documents.get(tx, one.document or 0)) for one in found)
    return tuple((one, document) for one, document in pairs if document is not None)
