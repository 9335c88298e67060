"""Paper and other ways, written by the transaction of whatever decides about a document."""

from dataclasses import replace
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.actions.owing import tell_handler
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.paper import AlsoBy, Channel, PaperState, PaperTrack
from mailbridge.model.status import MACHINE, StatusChange
from mailbridge.registry import also, documents, journal, paper_tracker, statuses
from mailbridge.registry.database import Transaction
from mailbridge.rules.paper import Paper, paper
from mailbridge.rules.paper_tracking import OPEN, due
from mailbridge.rules.statuses import Setter

_SUPERSEDED = "Bản có ký số đã thay thế, cùng số đến"
_RETURNED = "Văn bản đã trả lại"
_CALLED_BACK = "Văn bản đã bị nơi gửi thu hồi"
_CARRIED = "Theo bản chưa ký số cùng số đến"


class CannotTrackError(Exception):
    """There is nothing to write; the text says why in Vietnamese."""


def expect_paper(tx: Transaction, house: House, document: Document, now: datetime) -> None:
    """Write that the paper of an incoming document must follow, where the rules say so (Điều 8).

    Nothing waits for it: the document is registered and passed on already (Điều 6.3).
    """
    found = paper(document.reading, document.verdict, house.regulation.paper)
    if found.expected and document.ledger:
        expect(tx, track_of(house, document, found, MACHINE, now))


def track_of(
    house: House, document: Document, found: Paper, who: str, now: datetime, to: str = ""
) -> PaperTrack:
    """Make the track of a paper that must come on that ground, or go to `to`: not stored yet."""
    days = house.of_office(document.office).telling.paper_days
    return PaperTrack(
        id=0,
        office=document.office,
        document=document.id,
        outgoing=bool(to),
        recipient=to,
        code=found.code,
        ground=found.ground,
        state=PaperState.EXPECTED,
        expected_at=now,
        due=due(now, house.regulation.calendar, days),
        by=who,
    )


def expect(tx: Transaction, track: PaperTrack) -> bool:
    """Write that a paper must come, or go to its recipient; false where that was known."""
    if not paper_tracker.expect(tx, track):
        return False
    data = {"by": track.by, "code": track.code, "ground": track.ground, "to": track.recipient}
    subject = f"document:{track.document}"
    journal.append(tx, track.office, "paper-expected", subject, data, track.expected_at)
    return True


def write_paper(tx: Transaction, track: PaperTrack, event: str, now: datetime) -> None:
    """Write what became of a paper, with its line in the journal."""
    paper_tracker.change(tx, track)
    data = {"by": track.by, "reference": track.reference, "why": track.why, "to": track.recipient}
    journal.append(tx, track.office, event, f"document:{track.document}", data, now)


def came_also(tx: Transaction, document: Document, given: AlsoBy) -> bool:
    """Join another way to the number, and the paper that was waited for; false if known."""
    if not also.add(tx, given):
        return False
    data = {
        "by": given.by,
        "channel": given.channel,
        "reference": given.reference,
        "at": given.at.isoformat(),
    }
    subject = f"document:{document.id}"
    journal.append(tx, document.office, "also-received", subject, data, given.recorded_at)
    if given.channel is Channel.PAPER:
        for track in paper_tracker.of_document(tx, document.id):
            if not track.outgoing and track.state in OPEN:
                received = replace(
                    track,
                    state=PaperState.RECEIVED,
                    changed_at=given.at,
                    by=given.by,
                    reference=given.reference,
                )
                write_paper(tx, received, "paper-received", given.recorded_at)
    return True


def no_paper_any_more(tx: Transaction, document: Document, who: str, now: datetime) -> None:
    """Wait no longer for the paper of a document that was returned, or called back."""
    is_called_back = document.state in {DocumentState.WITHHELD, DocumentState.DESTROYED}
    _waive(tx, document.id, _CALLED_BACK if is_called_back else _RETURNED, who, now)


def carry_over(tx: Transaction, house: House, old: int, new: Document, now: datetime) -> None:
    """Let the signed original stand where the unsigned one stood, with whoever handles it.

    The paper of the unsigned one is not waited for: beside a signed document there is none (5.2).
    """
    _waive(tx, old, _SUPERSEDED, MACHINE, now)
    before = documents.get(tx, old)
    row = house.regulation.statuses.find(before.status) if before else None
    if before is None or row is None or row.ends or row.setter is not Setter.OFFICE:
        return
    change = StatusChange(
        document=new.id,
        code=before.status,
        at=now,
        by=MACHINE,
        unit=before.unit,
        person=before.handler or "",
        deadline=before.deadline,
        note=_CARRIED,
    )
    statuses.stand(tx, change)
    if change.person:
        tell_handler(tx, house, documents.get(tx, new.id) or new, change, _CARRIED + ".")


def _waive(tx: Transaction, document: int, why: str, who: str, now: datetime) -> None:
    for track in paper_tracker.of_document(tx, document):
        if track.document == document and track.state in OPEN:
            waived = replace(track, state=PaperState.WAIVED, changed_at=now, by=who, why=why)
            write_paper(tx, waived, "paper-waived", now)
