"""Also received: a document came by another way, too, and keeps its one number (NĐ 30, 22.2)."""

from mailbridge.actions.house import House
from mailbridge.actions.tracking import CannotTrackError, came_also
from mailbridge.model.document import DocumentState
from mailbridge.model.paper import AlsoBy
from mailbridge.registry import documents


def also_received(house: House, document_id: int, given: AlsoBy) -> None:
    """Join another way to the number of a document; raises CannotTrackError if it is known."""
    with house.database.transaction() as tx:
        document = documents.get(tx, document_id)
        if document is None or document.state is DocumentState.HELD:
            raise CannotTrackError("văn bản chưa vào sổ")
        if not came_also(tx, document, given):
            raise CannotTrackError("đường nhận này đã ghi")
