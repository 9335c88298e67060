"""Words about handling deadlines (thời hạn xử lý, Điều 11.13): before, at and after them."""

from collections.abc import Sequence

from mailbridge.letters.words import day, moment
from mailbridge.model.document import Document
from mailbridge.model.letter import AlertFacts
from mailbridge.model.paper import PaperTrack
from mailbridge.model.reading import FieldName
from mailbridge.model.status import Warned

# A mail that lists more is not read; the rest is in `mailbridge tasks`.
LISTED = 50

_TITLES = {
    Warned.BEFORE: "{count} văn bản sắp đến hạn xử lý",
    Warned.AT: "{count} văn bản đã đến hạn xử lý",
    Warned.HEAD: "{count} văn bản quá hạn chưa hoàn thành xử lý",
}
_ASKS = {
    Warned.BEFORE: "Đề nghị xử lý đúng thời hạn và ghi trạng thái khi hoàn thành.",
    Warned.AT: "Đề nghị hoàn thành, hoặc báo lãnh đạo cho thêm thời hạn.",
    Warned.HEAD: "Đề nghị đồng chí chỉ đạo xử lý.",
}


def due(said: Warned, documents: Sequence[Document]) -> AlertFacts:
    """Tell one person of all deadlines that are due for it at this moment."""
    lines = [_line(document, said) for document in documents[:LISTED]]
    if len(documents) > LISTED:
        lines.append(f"… và {len(documents) - LISTED} văn bản khác.")
    return AlertFacts(
        title=_TITLES[said].format(count=len(documents)),
        lines=(*lines, _ASKS[said]),
        command="mailbridge tasks --overdue" if said is Warned.HEAD else "mailbridge tasks",
    )


def _line(document: Document, said: Warned) -> str:
    what = document.reading.value(FieldName.SUMMARY) or document.subject
    until = moment(document.deadline) if document.deadline else ""
    whom = f"; người xử lý: {document.handler or document.unit}" if said is Warned.HEAD else ""
    named = " ".join(filter(None, (document.key.symbol, what)))
    return f"Số đến {document.number}: {named}; thời hạn: {until}{whom}"


def papers(late: Sequence[tuple[PaperTrack, Document]]) -> tuple[str, ...]:
    """Write the lines of a digest about paper that should be there (Điều 8)."""
    return tuple(
        f"Số {document.number}: {document.key.symbol or document.subject}; chờ bản giấy từ "
        f"{day(track.expected_at)}, hạn {day(track.due)} ({track.code}: {track.ground})"
        for track, document in late
    )
