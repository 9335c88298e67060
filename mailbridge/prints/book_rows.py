"""From documents of the register to the rows of a printed book."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from mailbridge.clock import in_vietnam
from mailbridge.model.book_row import BookLine, BookRow
from mailbridge.model.document import Document, DocumentState, Medium
from mailbridge.model.evidence import Verdict
from mailbridge.model.paper import Channel
from mailbridge.model.reading import FieldName, Urgency

VALUES = {
    Verdict.LEGAL: "Có giá trị pháp lý tương đương văn bản giấy",
    Verdict.REFERENCE: "Chỉ có giá trị tham khảo",
    Verdict.UNDETERMINED: "Chưa kiểm tra được",
    Verdict.FAILED: "Không bảo đảm",
}
# Said in the column of notes: what a reader of the paper book must know.
_NOTES = {
    Verdict.REFERENCE: "Bản tham khảo",
    Verdict.UNDETERMINED: "Chưa kiểm tra được",
    Verdict.FAILED: "Không bảo đảm",
}
WAYS = {
    Channel.PAPER: "bản giấy",
    Channel.AXIS: "Trục liên thông",
    Channel.SOFTWARE: "phần mềm gửi, nhận văn bản",
    Channel.WAN: "mạng diện rộng của Đảng",
}
PAPER = "Văn bản giấy"
# A number that was reserved, or is void.
WITHOUT = "(Số chưa có văn bản)"
MARKED = "(Có dấu hiệu mật: không lưu nội dung)"


def rows(entries: Iterable[BookLine], label: Callable[[str], str]) -> Iterator[BookRow]:
    """Make the rows in their order; `label` names a status (Điều 11.8)."""
    for line in entries:
        if line.document is None:
            number, day = str(line.number.ordinal), in_vietnam(line.entered_at).date()
            made = BookRow(number, day, arrived=line.entered_at, has_document=False)
            made = replace(made, note="" if line.note else WITHOUT)
        else:
            made = row(line.document, label(line.document.status), line.also)
        yield replace(
            made,
            # The book shows what stands on the document: "1-CV/ĐU" is no "01-CV/ĐU".
            symbol=made.symbol or line.symbol,
            type=line.type or made.type,
            summary=line.summary or made.summary,
            note="; ".join(filter(None, (line.note, made.note))),
            is_void=line.is_void,
            **_left(line, made),
        )


def row(document: Document, progress: str, also: tuple[Channel, ...] = ()) -> BookRow:
    """Make the row of one entered document; of what bears a mark of secrecy nothing is told."""
    entered = document.entered_at or document.received_at
    number = str(document.number.ordinal) if document.number else ""
    day = in_vietnam(entered).date()
    if document.reading.secrecy is not None:
        return BookRow(number, day, arrived=entered, note=MARKED)
    reading = document.reading
    return BookRow(
        number=number,
        day=day,
        arrived=entered,
        author=document.author,
        symbol=document.key.symbol or reading.value(FieldName.SYMBOL) or "",
        issued=document.key.date or reading.value(FieldName.DATE) or "",
        type=reading.value(FieldName.TYPE) or "",
        summary=reading.value(FieldName.SUMMARY) or document.subject,
        signer=reading.value(FieldName.SIGNER) or "",
        recipients=reading.value(FieldName.RECIPIENTS) or "",
        handler=", ".join(filter(None, (document.unit, document.handler))),
        moved=entered if document.handler or document.unit else None,
        deadline=document.deadline,
        progress=progress,
        urgency="" if document.urgency is Urgency.NORMAL else document.urgency.value,
        value=PAPER if document.medium is Medium.PAPER else VALUES[document.verdict],
        note="; ".join((*_notes(document), *_ways(also))),
    )


def _left(line: BookLine, made: BookRow) -> dict[str, Any]:
    """Say to whom it was really sent and when, but of what bears a mark of secrecy."""
    if line.document is None or line.document.reading.secrecy is not None:
        return {}
    # "Nơi nhận: Như trên" names nobody: the text counts only where no mail was sent.
    to = "; ".join(line.recipients) or made.recipients
    return {"recipients": to, "moved": line.left_at or made.moved}


def _notes(document: Document) -> Iterator[str]:
    if document.state is DocumentState.REFUSED:
        yield "Đã trả lại"
    if document.state in {DocumentState.WITHHELD, DocumentState.DESTROYED}:
        yield "Đã thu hồi"
    if document.urgency is not Urgency.NORMAL:
        yield document.urgency.value.capitalize()
    if document.medium is Medium.PAPER:
        # The paper itself is the document: only its scan would be for reference (Điều 4).
        yield PAPER
    elif document.verdict in _NOTES:
        yield _NOTES[document.verdict]


def _ways(also: tuple[Channel, ...]) -> Iterator[str]:
    if also:
        yield f"Cũng nhận qua {', '.join(WAYS[channel] for channel in also)}"
