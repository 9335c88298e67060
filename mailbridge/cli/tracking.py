"""What became of one document, for `register show`: its statuses."""

from typing import TYPE_CHECKING

from mailbridge.cli.output import moment, pairs, table

if TYPE_CHECKING:
    from mailbridge.model.document import Document
    from mailbridge.registry.database import Database
    from mailbridge.rules.statuses import Catalogue


def plain(database: "Database", document: "Document") -> dict[str, object]:
    """Give the history of a document as JSON values."""
    from dataclasses import asdict

    from mailbridge.registry import statuses

    with database.reading() as tx:
        return {"history": [asdict(change) for change in statuses.history(tx, document.id)]}


def show(database: "Database", document: "Document", catalogue: "Catalogue") -> None:
    """Print where a document stands and how it came there."""
    from mailbridge.registry import statuses

    pairs(
        "Xử lý",
        [
            ("Trạng thái", catalogue.label(document.status)),
            ("Đơn vị xử lý", document.unit),
            ("Thời hạn xử lý", moment(document.deadline)),
            ("Hoàn tất lúc", moment(document.ended_at)),
        ],
    )
    with database.reading() as tx:
        history = statuses.history(tx, document.id)
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
