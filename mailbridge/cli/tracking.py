"""What became of one document, for `register show`: statuses, paper, other ways."""

from typing import TYPE_CHECKING

from mailbridge.cli.output import moment, pairs, table
from mailbridge.cli.words import CHANNELS, paper_words

if TYPE_CHECKING:
    from mailbridge.model.document import Document
    from mailbridge.model.paper import AlsoBy, PaperTrack
    from mailbridge.registry.database import Database
    from mailbridge.rules.statuses import Catalogue


def plain(database: "Database", document: "Document") -> dict[str, object]:
    """Give the history of a document as JSON values."""
    from dataclasses import asdict

    from mailbridge.registry import also, paper_tracker, statuses

    with database.reading() as tx:
        ways = also.of_documents(tx, (document.id,)).get(document.id, ())
        return {
            "history": [asdict(change) for change in statuses.under_one_number(tx, document.id)],
            "paper": [asdict(track) for track in paper_tracker.of_document(tx, document.id)],
            "also": [asdict(way) for way in ways],
        }


def show(database: "Database", document: "Document", catalogue: "Catalogue") -> None:
    """Print where a document stands and how it came there."""
    from mailbridge.registry import also, paper_tracker, statuses

    with database.reading() as tx:
        history = statuses.under_one_number(tx, document.id)
        tracks = paper_tracker.of_document(tx, document.id)
        ways = also.of_documents(tx, (document.id,)).get(document.id, ())
    pairs(
        "Xử lý",
        [
            ("Trạng thái", catalogue.label(document.status)),
            ("Đơn vị xử lý", document.unit),
            ("Thời hạn xử lý", moment(document.deadline)),
            ("Hoàn tất lúc", moment(document.ended_at)),
            *(("Bản giấy", _paper(track)) for track in tracks),
            *(("Cũng nhận qua", _way(way)) for way in ways),
        ],
    )
    table(
        "Lịch sử xử lý",
        ("Lúc", "Trạng thái", "Người ghi", "Đơn vị, người xử lý", "Thời hạn", "Ý kiến, ghi chú"),
        [
            (
                moment(change.at),
                catalogue.label(change.code),
                change.by,
                " · ".join(filter(None, (change.unit, change.person))),
                moment(change.deadline),
                " · ".join(filter(None, (change.opinion, change.note))),
            )
            for change in history
        ],
    )


def _paper(track: "PaperTrack") -> str:
    done = f" lúc {moment(track.changed_at)}" if track.changed_at else f", hạn {moment(track.due)}"
    why = f" ({track.why})" if track.why else ""
    return f"{paper_words(track)}{done}{why}; căn cứ {track.code}: {track.ground}"


def _way(way: "AlsoBy") -> str:
    reference = f", {way.reference}" if way.reference else ""
    return f"{CHANNELS[way.channel]}{reference}, lúc {moment(way.at)}"


def ways(found: "dict[int, tuple[AlsoBy, ...]]", document: "Document") -> list[dict[str, object]]:
    """Give the other ways of a document as JSON values."""
    from dataclasses import asdict

    return [asdict(way) for way in found.get(document.id, ())]


def said(found: "dict[int, tuple[AlsoBy, ...]]", document: "Document") -> str:
    """Say in a list by which other ways a document came, if it did."""
    named = dict.fromkeys(CHANNELS[way.channel] for way in found.get(document.id, ()))
    return f" · cũng nhận qua: {', '.join(named)}" if named else ""
