"""Track paper: a person writes what became of the paper beside a document (Điều 8)."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.actions.house import House
from mailbridge.actions.tracking import (
    CannotTrackError,
    came_also,
    expect,
    track_of,
    write_paper,
)
from mailbridge.model.document import Document
from mailbridge.model.paper import AlsoBy, Channel, PaperState, PaperTrack
from mailbridge.registry import documents, paper_tracker
from mailbridge.registry.database import Transaction
from mailbridge.rules.paper import Paper
from mailbridge.rules.paper_tracking import may_become

# Whoever names a ground of his own: the list of Điều 8 ends with "…".
OWN_GROUND = "khac"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of one posting: who wrote it, when it was, mark of the post, and why.

    `recipient` is whom the paper goes to; empty, and it is one that comes to us.
    """

    by: str
    at: datetime
    reference: str = ""
    why: str = ""
    recipient: str = ""


def track_paper(house: House, document_id: int, to: PaperState, mark: Mark, now: datetime) -> None:
    """Write that state; raises CannotTrackError where it changes nothing."""
    with house.database.transaction() as tx:
        document = documents.get(tx, document_id)
        if document is None:
            raise CannotTrackError("không có văn bản này")
        if to is PaperState.EXPECTED:
            _expect(tx, house, document, mark, now)
        elif to is PaperState.RECEIVED and not mark.recipient:
            _receive(tx, document, mark, now)
        else:
            track = _track(tx, document, to, mark)
            write_paper(tx, _changed(track, to, mark), f"paper-{to}", now)


def _expect(tx: Transaction, house: House, document: Document, mark: Mark, now: datetime) -> None:
    if not mark.why:
        raise CannotTrackError("cần nêu căn cứ gửi kèm bản giấy")
    ground = Paper(expected=True, code=OWN_GROUND, ground=mark.why)
    if not expect(tx, track_of(house, document, ground, mark.by, now, to=mark.recipient)):
        raise CannotTrackError("bản giấy của văn bản này đã được theo dõi")


def _receive(tx: Transaction, document: Document, mark: Mark, now: datetime) -> None:
    """Write the way by which it came, which joins the paper that was waited for."""
    waived = [
        track
        for track in paper_tracker.of_document(tx, document.id)
        if track.state is PaperState.WAIVED and not track.outgoing
    ]
    given = AlsoBy(document.id, Channel.PAPER, mark.reference, mark.at, mark.by, now)
    if not came_also(tx, document, given):
        raise CannotTrackError("bản giấy này đã ghi là đã nhận")
    for track in waived:
        received = _changed(track, PaperState.RECEIVED, mark)
        write_paper(tx, received, "paper-received", now)


def _changed(track: PaperTrack, to: PaperState, mark: Mark) -> PaperTrack:
    return replace(
        track, state=to, changed_at=mark.at, by=mark.by, reference=mark.reference, why=mark.why
    )


def _track(tx: Transaction, document: Document, to: PaperState, mark: Mark) -> PaperTrack:
    tracks = paper_tracker.of_document(tx, document.id)
    found = [track for track in tracks if track.recipient == mark.recipient]
    fitting = [track for track in found if may_become(track.state, to)]
    if fitting:
        return fitting[-1]
    if not found:
        raise CannotTrackError("văn bản này không có bản giấy phải theo dõi")
    raise CannotTrackError("bản giấy của văn bản này đã ghi xong")
