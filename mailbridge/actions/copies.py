"""Where the copies of a recalled document lie, and what can be done about each of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.edxml import taken_out
from mailbridge.model.document import Document
from mailbridge.model.handover import HANDED_OVER, document_id
from mailbridge.model.recall import CopyKind, CopyState, Recall, RecallCopy
from mailbridge.model.records import LedgerRow
from mailbridge.registry import documents, handover, journal, ledger, recall_copies
from mailbridge.registry.database import Transaction

# A mail server that is away longer leaves its copy to a person, and the sender with its answer.
PATIENCE = timedelta(hours=24)
_AWAY = "thư trong hộp thư {mailbox}: máy chủ thư không trả lời sau 24 giờ"
_MOVED = "thư trong hộp thư {mailbox} đã được chuyển hoặc xóa trước đó; tìm ở các thư mục khác"
_SET = "bộ bàn giao {name}: không xóa được tệp ({why})"


def plan(house: House, recall: Recall, now: datetime) -> None:
    """Write down where each copy lies; what is written already stays as it stands."""
    with house.database.reading() as tx:
        # Looking through all the evidence takes seconds: it is done once.
        is_planned = bool(recall_copies.of_recall(tx, recall.id))
        found = () if is_planned else tuple(_found(tx, recall, _document(tx, recall)))
    with house.database.transaction() as tx:
        for copy in found:
            recall_copies.add(tx, copy)
        # The index was emptied when the document was withheld.
        search = RecallCopy(0, recall.id, CopyKind.SEARCH, "search", CopyState.ERASED)
        recall_copies.add(tx, search)
        for copy in recall_copies.of_recall(tx, recall.id):
            is_waiting = copy.kind is CopyKind.IMAP and copy.state is CopyState.PENDING
            if is_waiting and recall.ordered_at and now - recall.ordered_at > PATIENCE:
                words = _AWAY.format(mailbox=copy.mailbox)
                recall_copies.settle(tx, copy.id, CopyState.LEFT, now, words)


def of_mail(recall: int, row: LedgerRow) -> Iterator[RecallCopy]:
    """Name the copies that one mail makes: its octets here, and itself on its server."""
    if row.fingerprint:
        yield RecallCopy(0, recall, CopyKind.BLOB, row.fingerprint, CopyState.PENDING)
    state, words = CopyState.PENDING, ""
    if row.gone_at is not None:
        state, words = CopyState.LEFT, _MOVED.format(mailbox=row.mailbox)
    # A mail that came by LMTP lies in no mailbox of a server.
    if row.slot.uidvalidity:
        yield RecallCopy(0, recall, CopyKind.IMAP, str(row.slot), state, words, row.id, row.mailbox)


def withdraw(house: House, recall: Recall) -> None:
    """Take the document out of the file set that it was handed over in, where that still lies."""
    with house.database.reading() as tx:
        document = _document(tx, recall)
        handed = handover.of_document(tx, document.id)
        set_ = handed.set_ if handed else None
        lines = journal.about(tx, document.office, [f"set:{set_.name}"]) if set_ else ()
    if set_ is None:
        return
    folders = {line.data.get("folder", "") for line in lines if line.event == HANDED_OVER}
    for folder in filter(None, folders):
        copy = RecallCopy(0, recall.id, CopyKind.HANDOVER, folder, CopyState.ERASED)
        try:
            if not taken_out.take_out(Path(folder), document_id(document)):
                continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            words = _SET.format(name=set_.name, why=type(error).__name__)
            copy = RecallCopy(0, recall.id, CopyKind.HANDOVER, folder, CopyState.LEFT, words)
        with house.database.transaction() as tx:
            recall_copies.add(tx, copy)


def _document(tx: Transaction, recall: Recall) -> Document:
    document = documents.get(tx, recall.document or 0)
    if document is None:
        raise LookupError(f"no document of recall {recall.id}")
    return document


def _found(tx: Transaction, recall: Recall, document: Document) -> Iterator[RecallCopy]:
    prints = tuple(dict.fromkeys(file.sha256 for file in document.files))
    for digest in prints:
        yield RecallCopy(0, recall.id, CopyKind.BLOB, digest, CopyState.PENDING)
    mails = set(recall_copies.mails_of(tx, document.ledger))
    bearing = {row for digest in prints for row in recall_copies.mails_with(tx, digest)}
    if recall.ledger in bearing:
        # A packet of type 1 brings the files once more, with the wish to have them destroyed.
        mails |= set(recall_copies.mails_of(tx, recall.ledger))
    for number in sorted(mails):
        row = ledger.get(tx, number)
        if row is not None:
            yield from of_mail(recall.id, row)
    for number in sorted(bearing - mails):
        yield from _elsewhere(tx, recall, number)


def _elsewhere(tx: Transaction, recall: Recall, number: int) -> Iterator[RecallCopy]:
    """Name another mail that holds one of the files: it is not what was called back."""
    row = ledger.get(tx, number)
    if row is not None and row.fingerprint and not recall_copies.is_dead(tx, number):
        words = f"thư số {number}"
        yield RecallCopy(
            0, recall.id, CopyKind.BLOB, row.fingerprint, CopyState.SHARED, words, number
        )
