"""Concluding a destruction: once no copy waits, the sender gets its proof, and not before (10.2).

What could not be erased from here is named in the proof, and is a task of a person each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.actions.owing import stand
from mailbridge.actions.withholding import CALLED_BACK, named
from mailbridge.letters.receipts import receipt
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.handover import HandoverState
from mailbridge.model.letter import Letter, LetterState, NoticeFacts, Party, Stage
from mailbridge.model.paper import Channel
from mailbridge.model.recall import CopyKind, CopyState, Recall, RecallCopy, RecallState
from mailbridge.model.records import EXPORTED
from mailbridge.model.sending import TaskKind
from mailbridge.model.status import StatusChange
from mailbridge.model.told import Proof
from mailbridge.registry import (
    also,
    documents,
    handover,
    journal,
    outbox,
    recall_copies,
    recalls,
    statuses,
    tasks_of_people,
    withdrawn,
)
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause

# Điều 11.8 names it, and QCVN 102 has no code for it: it never travels.
ERASED = "xoa"
_DONE = "Đã hủy bỏ"
_LEFT = {LetterState.SENT, LetterState.ATTEMPTING, LetterState.UNCERTAIN}
_HANDED = {HandoverState.HANDED, HandoverState.CONFIRMED}


@dataclass(frozen=True, slots=True)
class _Left:
    """A copy that is not ours to erase: what the sender reads, and what a person must do."""

    name: str
    words: str
    task: str


def conclude(house: House, recall_id: int, now: datetime) -> bool:
    """Owe the 15 with its proof; false while a copy waits, or where it is concluded."""
    with house.database.transaction() as tx:
        recall = recalls.get(tx, recall_id)
        if recall is None or recall.state is not RecallState.ERASING or recall.document is None:
            return False
        copies = recall_copies.of_recall(tx, recall.id)
        document = documents.get(tx, recall.document)
        if document is None or any(copy.state is CopyState.PENDING for copy in copies):
            return False
        left = tuple(_left(tx, document, copies))
        proof = _proof(recall, copies, left, now)
        _answer(tx, house, document, recall, proof)
        stand(tx, house, StatusChange(document.id, Stage.RECALLED, now, recall.by))
        statuses.note(tx, StatusChange(document.id, ERASED, now, recall.by))
        _close(tx, document, recall, proof, now)
        for one in left:
            cause = Cause(
                document.office, TaskKind.COPY, f"recall:{recall.id}:{one.name}", document.id
            )
            clerk = house.of_office(document.office).telling.clerk
            tasks_of_people.open_(tx, cause, f"{named(document)}: {one.task}", now, clerk)
    return True


def _proof(
    recall: Recall, copies: tuple[RecallCopy, ...], left: tuple[_Left, ...], now: datetime
) -> Proof:
    erased = [copy for copy in copies if copy.state is CopyState.ERASED]
    blobs = [copy.name for copy in erased if copy.kind is CopyKind.BLOB]
    shared = [
        f"tệp hoặc thư có SHA-256 {copy.name}: còn thuộc {copy.words}, được giữ lại"
        for copy in copies
        if copy.state is CopyState.SHARED
    ]
    return Proof(
        erased=tuple(blobs),
        copies=tuple(dict.fromkeys(copy.kind.value for copy in erased)),
        left=(*shared, *(one.words for one in left)),
        at=now,
        by=recall.by,
    )


def _left(tx: Transaction, document: Document, copies: tuple[RecallCopy, ...]) -> Iterator[_Left]:
    for copy in copies:
        if copy.state is CopyState.LEFT:
            yield _Left(f"copy:{copy.id}", copy.words, f"xóa bản còn lại: {copy.words}.")
    told = [letter for letter in withdrawn.notices_of(tx, document.id) if _carried(letter)]
    people = tuple(dict.fromkeys(letter.to for letter in told))
    if people:
        words = f"thư báo đã chuyển tệp cho {len(people)} người trong cơ quan: đã yêu cầu xóa"
        yield _Left("notices", words, f"xác nhận đã xóa thư báo: {', '.join(people)}.")
    handed = handover.of_document(tx, document.id)
    if handed is not None and handed.state in _HANDED:
        name = handed.set_.name if handed.set_ else ""
        words = f"bản trong hệ thống điều hành tác nghiệp (bộ bàn giao {name}): đã yêu cầu hủy"
        yield _Left("handover", words, f"hủy bản trong hệ thống tác nghiệp, bộ {name}.")
    yield from _outside(tx, document)


def _outside(tx: Transaction, document: Document) -> Iterator[_Left]:
    """Name what left this system by a person's hand, or lies where it does not reach."""
    lines = journal.about(tx, document.office, [f"document:{document.id}"])
    takers = tuple(
        dict.fromkeys(line.data.get("by", "") for line in lines if line.event == EXPORTED)
    )
    if takers:
        words = "gói hồ sơ đã xuất khỏi hệ thống: đã yêu cầu xóa"
        yield _Left("exports", words, f"xóa gói hồ sơ đã xuất; người xuất: {', '.join(takers)}.")
    ways = also.of_documents(tx, (document.id,)).get(document.id, ())
    if any(way.channel is Channel.PAPER for way in ways):
        yield _Left("paper", "bản giấy: đã yêu cầu xử lý", "thu lại và hủy bản giấy.")
    elif ways:
        named_ = ", ".join(dict.fromkeys(way.channel.value for way in ways))
        yield _Left("ways", f"bản nhận qua kênh khác ({named_})", f"hủy bản nhận qua {named_}.")
    words = "bản sao lưu của hệ thống, nếu có: tự hết khi được thay thế"
    yield _Left("backups", words, "kiểm tra các bản sao lưu, xóa khi đến hạn thay thế.")


def _carried(letter: Letter) -> bool:
    """Tell whether a notice left, or may have, with a file of the document."""
    has_files = isinstance(letter.facts, NoticeFacts) and bool(letter.facts.files)
    is_tried = letter.state is LetterState.FAILED and letter.attempts > 0
    return has_files and (letter.state in _LEFT or is_tried)


def _answer(
    tx: Transaction, house: House, document: Document, recall: Recall, proof: Proof
) -> None:  # fmt: skip
    told = outbox.get(tx, recall.letter) if recall.letter else None
    earlier = outbox.receipts_of(tx, document.id)
    letter = receipt(
        document,
        Stage.RECALLED,
        by=house.parties[document.mailbox],
        to=Party(document.key.agency, document.agency_name, recall.address),
        secret=house.secret,
        now=proof.at,
        earlier=(told, *earlier) if told else earlier,
        proof=proof,
    )
    outbox.owe(tx, letter)


def _close(
    tx: Transaction, document: Document, recall: Recall, proof: Proof, now: datetime
) -> None:  # fmt: skip
    by = proof.by
    # What was being posted when it was withheld, and was owed again since.
    withdrawn.withdraw_notices(tx, document.id, CALLED_BACK)
    documents.set_state(tx, document.id, DocumentState.DESTROYED)
    recalls.destroyed(tx, recall.id, proof, now)
    data = {
        "by": by,
        "recall": str(recall.id),
        "erased": " ".join(proof.erased),
        "copies": " ".join(proof.copies),
        "left": str(len(proof.left)),
    }
    journal.append(tx, document.office, "destroyed", f"document:{document.id}", data, now)
    for task in tasks_of_people.of_document(tx, document.id):
        if task.kind is TaskKind.DESTROY:
            tasks_of_people.close(tx, task.id, by, _DONE, now)
