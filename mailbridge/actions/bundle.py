"""Bundle: one document with its mail, files, evidence and history as a ZIP, for who keeps it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from mailbridge.actions.house import House
from mailbridge.clock import in_vietnam
from mailbridge.model import codec
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.examination import Examination
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.paper import AlsoBy, PaperTrack
from mailbridge.model.records import EXPORTED, EvidenceRecord, JournalLine, LedgerRow
from mailbridge.model.status import StatusChange
from mailbridge.prints.bundle import Member, names, write
from mailbridge.registry import also, evidence, impounded, journal, ledger, paper_tracker, statuses
from mailbridge.registry.database import Transaction

# Recalled and destroyed, or erased (Điều 10.2): the content is withheld, its number stays.
_WITHHELD = {"15", "xoa"}
_CALLED_BACK = {DocumentState.WITHHELD, DocumentState.DESTROYED}
_PIECE = 1024 * 1024


class CannotBundleError(Exception):
    """The content may not leave, or is not whole; the text says why."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the register has of one document."""

    document: Document
    row: LedgerRow | None
    records: tuple[EvidenceRecord, ...]
    history: tuple[StatusChange, ...]
    lines: tuple[JournalLine, ...]
    ways: tuple[AlsoBy, ...]
    papers: tuple[PaperTrack, ...]


def bundle(house: House, document: Document, out: BinaryIO, who: str, now: datetime) -> None:
    """Write the ZIP and a line of the journal; raises CannotBundleError, or OSError of a disk.

    Who took copies stays in the journal and out of the bundle: the same document, same octets.
    """
    with house.database.reading() as tx:
        may_leave(tx, document)
        kept = _kept(tx, document)
    write(out, _members(kept, house.blobs.path), document.entered_at or document.received_at)
    with house.database.transaction() as tx:
        may_leave(tx, document)
        subject = f"document:{document.id}"
        journal.append(tx, document.office, EXPORTED, subject, {"by": who}, now)


def may_leave(tx: Transaction, document: Document) -> None:
    """Raise CannotBundleError for what is impounded (Điều 5.1) or withheld (Điều 10.2)."""
    row = ledger.get(tx, document.ledger) if document.ledger else None
    digests = [*(file.sha256 for file in document.files)]
    digests += [row.fingerprint] if row and row.fingerprint else []
    marked = document.reading.secrecy is not None
    stopped = row is not None and row.outcome is OutcomeName.IMPOUNDED
    if marked or stopped or any(impounded.level_of(tx, one) for one in digests):
        raise CannotBundleError("văn bản có dấu hiệu mật, không được đưa ra khỏi hệ thống")
    if document.status in _WITHHELD or document.state in _CALLED_BACK:
        raise CannotBundleError("văn bản đã bị thu hồi hoặc xóa, nội dung không được đưa ra")


def _kept(tx: Transaction, document: Document) -> _Kept:
    subjects = [f"document:{document.id}", f"mail:{document.ledger}"]
    return _Kept(
        document,
        ledger.get(tx, document.ledger) if document.ledger else None,
        evidence.records(tx, document.ledger) if document.ledger else (),
        statuses.history(tx, document.id),
        tuple(
            line
            for line in journal.about(tx, document.office, subjects)
            if line.event != EXPORTED
        ),
        also.of_documents(tx, (document.id,)).get(document.id, ()),
        paper_tracker.of_document(tx, document.id),
    )  # fmt: skip


def _members(kept: _Kept, path_of: Callable[[str], Path]) -> Iterator[Member]:
    document, row = kept.document, kept.row
    yield Member("van-ban.json", [codec.encode(Document, document)])
    if row is not None and row.fingerprint:
        yield Member("thu-goc.eml", _octets(path_of(row.fingerprint), row.fingerprint))
    files = [file for file in document.files if file.refused is None]
    for name, file in zip(names(file.name for file in files), files, strict=True):
        yield Member(f"tep/{name}", _octets(path_of(file.sha256), file.sha256))
    for record in kept.records:
        encoded = codec.encode(Examination, record.examination)
        yield Member(f"kiem-tra/{record.sequence:03d}.json", [encoded])
    yield Member("lich-su.jsonl", map(_line, map(asdict, kept.history)))
    yield Member("cung-nhan-qua.jsonl", map(_line, map(asdict, kept.ways)))
    yield Member("ban-giay.jsonl", map(_line, map(asdict, kept.papers)))
    yield Member("nhat-ky.jsonl", map(_line, map(asdict, kept.lines)))


def _octets(path: Path, sha256: str) -> Iterator[bytes]:
    """Read a blob, which must be what its name says."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                yield piece
    except FileNotFoundError:
        raise CannotBundleError(f"không còn tệp {sha256} trong kho") from None
    if digest.hexdigest() != sha256:
        raise CannotBundleError(f"tệp {sha256} trong kho đã bị thay đổi")


def _line(value: dict[str, object]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, default=_plain, sort_keys=True)
    return f"{text}\n".encode()


def _plain(value: object) -> str:
    return in_vietnam(value).isoformat() if isinstance(value, datetime) else str(value)
