"""Hand over: entered documents go to the operations system as a file set (Điều 6.4).

The set is written down first, its files next, and only then its documents are called handed over.
Who dies in between begins with the same set again and writes the same octets.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.edxml import file_set, taken_out
from mailbridge.model.document import Document
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.handover import HANDED_OVER, HandoverSet, Packet, document_id
from mailbridge.model.letter import Party
from mailbridge.registry import agencies, handover, journal

# A set that fits a removable disk, and that a person can look through.
DOCUMENTS = 500
OCTETS = 2 * 1024**3


class CannotHandOverError(Exception):
    """There is no such set, its folder is taken by another, or a file of it is not here."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A set that was written: where, and how many documents are in it."""

    set_: HandoverSet
    folder: Path
    documents: int


def hand_over(
    house: House, office: str, folder: Path, who: str, now: datetime, *, again: int | None = None
) -> Handed | None:
    """Write the next set of an office into the folder; None where nothing is pending.

    `again` writes a set anew whose disk was lost. Raises CannotHandOverError, or OSError of a disk.
    """
    set_, members, own = _begun(house, office, now, again)
    if set_ is None:
        return None
    packets = [Packet(document, own, set_.made_at) for document in members]
    try:
        written = file_set.write(folder, set_, packets, house.blobs.path)
    except RefusedError as refusal:
        if refusal.reason is Reason.NUMBER_CONFLICT:
            taken = folder / refusal.detail
            raise CannotHandOverError(f"{taken}: đã có và khác nội dung") from None
        raise
    with house.database.transaction() as tx:
        handover.finish(tx, set_, now)
        data = {
            "by": who,
            "documents": str(len(members)),
            "again": "yes" if again else "no",
            # Where a document that is called back is looked for.
            "folder": str(written.resolve()),
        }
        journal.append(tx, office, HANDED_OVER, f"set:{set_.name}", data, now)
        staying = {document.id for document in handover.members(tx, set_)}
    for document in members:
        if document.id not in staying:
            # It was called back while the set was written (Điều 10.2).
            taken_out.take_out(written, document_id(document))
    return Handed(set_, written, len(members))


def _begun(
    house: House, office: str, now: datetime, again: int | None
) -> tuple[HandoverSet | None, tuple[Document, ...], Party]:
    with house.database.transaction() as tx:
        own = agencies.directory(tx).by_code(office)
        party = Party(office, own.name if own else office, "")
        if again is not None:
            set_ = handover.set_of(tx, office, again)
            if set_ is None:
                raise CannotHandOverError(f"không có bộ bàn giao số {again}")
            return set_, handover.members(tx, set_), party
        set_ = handover.unfinished(tx, office)
        if set_ is not None:
            return set_, handover.members(tx, set_), party
        members = _fitting(handover.pending(tx, office, DOCUMENTS))
        if not members:
            return None, (), party
        return handover.begin(tx, office, members, now), members, party


def _fitting(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Take as many as fit, and one in any case."""
    room, fitting = OCTETS, list[Document]()
    for document in documents:
        room -= sum(file.size for file in document.files)
        if room < 0 and fitting:
            break
        fitting.append(document)
    return tuple(fitting)
