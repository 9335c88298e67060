"""Documents that come after their recall: because mails overtake one another, or once more."""

from dataclasses import replace
from datetime import datetime

from mailbridge.actions import copies
from mailbridge.actions.case import Case, Stored
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, stand, tell
from mailbridge.actions.withholding import ASKED
from mailbridge.clock import in_vietnam
from mailbridge.letters.recall_alerts import withheld
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason, TryLaterError
from mailbridge.model.letter import Stage
from mailbridge.model.outcome import Applied, Duplicate, Held, Outcome
from mailbridge.model.recall import CopyKind, CopyState, Recall, RecallCopy, RecallState
from mailbridge.model.status import MACHINE, StatusChange
from mailbridge.registry import (
    documents,
    evidence,
    journal,
    ledger,
    recall_copies,
    recalls,
    search_index,
    similar,
    statuses,
)
from mailbridge.registry.database import Transaction
from mailbridge.rules.recalls import falls, strength_of


def called_back(
    tx: Transaction, house: House, case: Case, stored: Stored, document: Document, now: datetime
) -> Outcome | None:
    """Tell what becomes of a document that its sender has called back already; None of another.

    A corrected one under the same number is another. The same files anew, in a mail that is younger
    than the recall, were sent by who knew of it: that is for a person.
    """
    _demand_octets(tx, house, stored)
    agency = document.key.agency
    if not agency:
        return None
    prints = _prints(document)
    files = similar.file_set(prints)
    # Mails that hold no file at all are not the same for that.
    known = recalls.of_same_files(tx, document.office, agency, files) if prints else None
    before = documents.get(tx, known.document or 0) if known else None
    if known is not None and before is not None and not _lives(tx, document):
        return _same_again(tx, case, stored, document, (known, before))
    for recall in recalls.tombstones(tx, document.office, agency):
        if _is_strong(case, recall) and _falls(case, document, recall):
            return _overtaken(tx, house, case, document, recall, now)
    return None


def _same_again(
    tx: Transaction,
    case: Case,
    stored: Stored,
    document: Document,
    known: tuple[Recall, Document],
) -> Duplicate | Held:
    recall, before = known
    if _falls(case, document, recall):
        comes_again(tx, case, stored, before.ledger)
        return Duplicate(before.ledger)
    day = in_vietnam(recall.at).strftime("%d/%m/%Y")
    why = f"văn bản {before.id} đã bị nơi gửi thu hồi ngày {day}, nay gửi lại"
    return Held(Reason.NUMBER_CONFLICT, why)


def comes_again(tx: Transaction, case: Case, stored: Stored, of: int) -> None:
    """Have the octets of a recalled document erased anew that came once more with a mail."""
    before = ledger.get(tx, of)
    first = recall_copies.first_of(tx, of, before.of if before else None)
    document = documents.by_ledger(tx, first) if first else None
    recall = recalls.of_document(tx, document.id) if document else None
    if recall is None or recall.state not in {RecallState.ERASING, RecallState.DESTROYED}:
        return
    row = ledger.get(tx, case.ledger)
    for copy in copies.of_mail(recall.id, row) if row else ():
        recall_copies.again(tx, copy)
    for file in stored.files:
        blob = RecallCopy(0, recall.id, CopyKind.BLOB, file.sha256, CopyState.PENDING)
        recall_copies.again(tx, blob)


def _demand_octets(tx: Transaction, house: House, stored: Stored) -> None:
    """Raise TryLaterError where octets went, as a recalled document's, after they were stored.

    Whoever erases does so within a transaction: what is here in this one stays for its document.
    """
    prints = [file.sha256 for file in stored.files if file.stored]
    gone = recall_copies.were_erased(tx, prints) if prints else frozenset()
    if any(not house.blobs.path(name).exists() for name in gone):
        raise TryLaterError("files of this mail were erased while it was examined")


def _overtaken(
    tx: Transaction,
    house: House,
    case: Case,
    document: Document,
    recall: Recall,
    now: datetime,
) -> Applied:
    """Withhold a document whose recall came first, and order its destruction: nobody saw it."""
    number = documents.add(tx, document)
    evidence.record(tx, case.ledger, number, case.examination, now)
    stand(tx, house, StatusChange(number, Stage.ARRIVED, now, MACHINE))
    note = StatusChange(number, ASKED, now, document.agency_name, note=recall.claim.reason)
    statuses.note(tx, note)
    documents.set_state(tx, number, DocumentState.WITHHELD)
    search_index.close(tx, number)
    # The tombstone stays: what came to it first may have been a forgery.
    ordered = replace(
        recall, document=number, state=RecallState.ERASING, by=MACHINE, ordered_at=now
    )
    ordered = replace(ordered, id=recalls.add(tx, ordered))
    data = {"by": recall.claim.agency, "recall": str(ordered.id)}
    journal.append(tx, document.office, "overtaken", f"document:{number}", data, now)
    facts = withheld(document, recall)
    tell(tx, house, Alarm(document.mailbox, ("withheld", str(ordered.id)), facts), now)
    return Applied(f"document:{number}")


def _prints(document: Document) -> frozenset[str]:
    return frozenset(file.sha256 for file in document.files)


def _lives(tx: Transaction, document: Document) -> bool:
    """Tell whether a person has let the same files in again since they were called back."""
    prints = _prints(document)
    alike = similar.similar(tx, document.office, document.key, prints)
    return any(one.files == prints for one in alike)


def _is_strong(case: Case, recall: Recall) -> bool:
    """Tell whether a recall is proven at least as well as the document that it waited for."""
    found = case.examination.opened.evidence
    return recall.strength >= strength_of(found, recall.claim.agency)


def _falls(case: Case, document: Document, recall: Recall) -> bool:
    sent = datetime.fromisoformat(case.mail.date) if case.mail.date else None
    claim = recall.claim
    if not claim.message_id and not claim.files and not _is_named(document, recall):
        return False
    message_id = (document.message_id or "").strip("<> ")
    return falls(claim, message_id, _prints(document), sent)


def _is_named(document: Document, recall: Recall) -> bool:
    claim = recall.claim
    is_dated = claim.issued in {None, document.key.date}
    return claim.symbol is not None and claim.symbol == document.key.symbol and is_dated
