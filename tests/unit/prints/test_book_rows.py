"""Rows tell of documents what the book asks for, and nothing of what bears a mark of secrecy."""

from dataclasses import replace

from mailbridge.model.book_row import BookLine
from mailbridge.model.document import Document, DocumentKey, DocumentState, Medium
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import Number
from mailbridge.model.paper import Channel
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.prints.book_rows import MARKED, WITHOUT, row, rows
from tests.unit.prints.volumes import NOW


def _document() -> Document:
    fields = {
        FieldName.SUMMARY: Field("Trích yếu bí ẩn", "main", 0.9),
        FieldName.TYPE: Field("Kế hoạch", "main", 0.9),
    }
    return Document(
        id=1, ledger=1, mailbox="vanthu", key=DocumentKey("A", "1-KH/ĐU", "2026-11-20"),
        agency_name="Đảng ủy Ví Dụ", sender="a@b.vn", verdict=Verdict.REFERENCE,
        state=DocumentState.REGISTERED, urgency=Urgency.EXPRESS, reading=Reading(fields),
        files=(), received_at=NOW, number=Number("den", 2026, 7), entered_at=NOW,
    )  # fmt: skip


def test_a_row_holds_what_was_read_and_warns_in_its_note() -> None:
    made = row(_document(), "Đang xử lý")
    assert (made.number, made.author, made.symbol) == ("7", "Đảng ủy Ví Dụ", "1-KH/ĐU")
    assert (made.type, made.summary) == ("Kế hoạch", "Trích yếu bí ẩn")
    assert made.note == "Hỏa tốc; Bản tham khảo"
    assert made.moved is None


def test_what_was_returned_or_came_on_paper_says_so() -> None:
    # The paper itself is worth what paper is worth: it is no "bản tham khảo".
    paper = replace(_document(), state=DocumentState.REFUSED, ledger=0, medium=Medium.PAPER)
    made = row(paper, "")
    assert made.note == "Đã trả lại; Hỏa tốc; Văn bản giấy"
    assert made.value == "Văn bản giấy"


def test_what_bears_a_mark_of_secrecy_leaves_its_number_alone() -> None:
    marked = replace(_document(), reading=Reading(secrecy="MẬT"), subject="Trích yếu bí ẩn")
    made = row(marked, "")
    assert (made.number, made.note) == ("7", MARKED)
    assert "bí ẩn" not in repr(made)


def test_a_number_without_a_document_keeps_its_row() -> None:
    lines = [BookLine(Number("den", 2026, 6), NOW, None)]
    lines.append(BookLine(Number("den", 2026, 7), NOW, _document()))
    first, second = rows(lines, {"01": "Đã đến"}.__getitem__)
    assert (first.number, first.note) == ("6", WITHOUT)
    assert (first.has_document, second.has_document) == (False, True)
    assert (second.number, second.progress) == ("7", "Đã đến")


def test_other_ways_by_which_it_came_stand_in_its_note() -> None:
    ways = (Channel.PAPER, Channel.AXIS)
    line = BookLine(Number("den", 2026, 7), NOW, _document(), ways)
    (made,) = rows([line], str)
    assert made.note.endswith("Cũng nhận qua bản giấy, Trục liên thông")


def test_what_the_book_says_of_a_number_is_printed_with_it() -> None:
    number = Number("di", 2026, 5)
    void = BookLine(
        number,
        NOW,
        None,
        symbol="05-QĐ/ĐU",
        type="Quyết định",
        note="Hủy số: cấp nhầm",
        is_void=True,
    )
    (made,) = rows([void], str)
    assert (made.symbol, made.type, made.note) == ("05-QĐ/ĐU", "Quyết định", "Hủy số: cấp nhầm")
    assert made.is_void


def test_what_stands_on_the_document_is_printed_and_to_whom_it_was_really_sent() -> None:
    fields = {FieldName.RECIPIENTS: Field("Như trên", "main", 0.9)}
    document = replace(_document(), reading=Reading(fields))
    line = BookLine(
        Number("di", 2026, 1),
        NOW,
        document,
        symbol="01-KH/ĐU",
        recipients=("Ban A", "Ban B"),
        left_at=NOW,
    )
    (made,) = rows([line], str)
    assert (made.symbol, made.recipients, made.moved) == ("1-KH/ĐU", "Ban A; Ban B", NOW)
    (by_hand,) = rows([replace(line, recipients=())], str)
    assert by_hand.recipients == "Như trên"
    (secret,) = rows(
        [replace(line, document=replace(document, reading=Reading(secrecy="MẬT")))], str
    )
    assert (secret.recipients, secret.moved) == ("", None)
