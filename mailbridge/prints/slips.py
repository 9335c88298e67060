"""Slips of one document: phiếu giải quyết văn bản đến, and phiếu gửi for what goes on paper."""

from collections.abc import Iterator, Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.slip import Slip
from mailbridge.model.status import StatusChange
from mailbridge.prints.book_cells import day, dotted
from mailbridge.prints.fonts import REGULAR, ready
from mailbridge.prints.letterhead import letterhead
from mailbridge.prints.pages import WIDTH, Cell, digest, document, grid, heading, words
from mailbridge.prints.qr import qr_code

HANDLING = "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN"
COVER = "PHIẾU GỬI"
_BESIDE = (
    "Văn bản giấy này gửi song song với văn bản điện tử đã gửi qua thư điện tử. Mã văn bản, mã băm "
    "và mã QR dùng để đối chiếu hai bản. Đề nghị nơi nhận ký xác nhận và gửi lại phiếu này."
)
# Text is set within the padding of the frame.
_ROOM = WIDTH - 14


def handling_slip(slip: Slip) -> bytes:
    """Print phiếu giải quyết văn bản đến (Nghị định 30/2020/NĐ-CP, Phụ lục IV)."""
    footer = f"{slip.own.name} · Số đến {slip.document.number or '……'}"
    return document(HANDLING.capitalize(), footer, lambda: list(_handling(slip)))


def cover_slip(slip: Slip) -> bytes:
    """Print phiếu gửi for paper that goes beside the mail (Điều 7.4, Điều 8)."""
    footer = f"{slip.own.name} · {slip.document.key.symbol or ''}"
    return document(COVER.capitalize(), footer, lambda: list(_cover(slip)))


def code(slip: Slip) -> str:
    """Give what the QR code says: the key of the document, and the SHA-256 of its main file."""
    main = slip.main
    return f"mailbridge:1\n{slip.key}\nsha256:{main.sha256 if main else ''}"


def _handling(slip: Slip) -> Iterator[Flowable]:
    ready()
    yield from _top(slip, HANDLING)
    yield _pairs([("Số đến", str(slip.document.number or "……")), *_identity(slip)])
    opinions = [one for one in slip.history if one.opinion]
    yield heading("1. Ý kiến của lãnh đạo cơ quan, tổ chức")
    yield from _written(
        ("Giao đơn vị, cá nhân chủ trì", "Giao đơn vị, cá nhân phối hợp", "Thời hạn giải quyết"),
        opinions,
    )
    yield heading("2. Ý kiến của lãnh đạo đơn vị")
    yield from _written(("Giao cho cá nhân", "Thời hạn giải quyết"), ())
    yield heading("3. Ý kiến đề xuất của người giải quyết")
    yield from _written(("Đề xuất",), ())


def _cover(slip: Slip) -> Iterator[Flowable]:
    yield from _top(slip, COVER)
    reading = slip.document.reading
    # "Nơi nhận: Như trên" names nobody: whom it was sent to does.
    read = reading.value(FieldName.ADDRESSEES) or reading.value(FieldName.RECIPIENTS)
    to = "; ".join(slip.recipients) or read or "…" * 20
    main = slip.main
    yield _pairs([
        ("Nơi gửi", slip.own.name),
        ("Kính gửi", to),
        *_identity(slip),
        ("Số lượng bản", "……"),
        ("Mã văn bản", slip.key),
        ("Mã băm SHA-256", [digest(main.sha256)] if main else "(không có tệp)"),
    ])  # fmt: skip
    yield Spacer(0, 4 * mm)
    yield words(_BESIDE)
    yield Spacer(0, 6 * mm)
    yield KeepTogether(_signing("NƠI GỬI", "NƠI NHẬN"))


def _top(slip: Slip, title: str) -> Iterator[Flowable]:
    yield letterhead(slip.own, slip.above, slip.printed_at)
    yield Spacer(0, 4 * mm)
    # The code stands beside the title, where it is scanned without turning the sheet.
    urgent = slip.document.urgency
    shown = [Spacer(0, 8 * mm), words(title, 15, bold=True, centred=True)]
    if urgent is not Urgency.NORMAL:
        shown.append(words(urgent.value.upper(), 13, bold=True, centred=True))
    table = Table([[shown, qr_code(code(slip))]], [WIDTH - 34 * mm, 34 * mm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    yield table


def _identity(slip: Slip) -> Iterator[tuple[str, Cell]]:
    found, read = slip.document, slip.document.reading
    yield "Tên loại văn bản", read.value(FieldName.TYPE) or "(không đọc được)"
    yield "Số và ký hiệu", found.key.symbol or "(không đọc được)"
    yield "Ngày, tháng, năm", day(found.key.date) or "(không đọc được)"
    yield "Cơ quan ban hành", found.author
    yield "Trích yếu", read.value(FieldName.SUMMARY) or found.subject or "(không có)"


def _written(labels: Sequence[str], given: Sequence[StatusChange]) -> Iterator[Flowable]:
    """Show opinions that were given in the register, and room for the pen."""
    for one in given:
        to = ", ".join(filter(None, (one.unit, one.person)))
        until = f", hạn {day(one.deadline)}" if one.deadline else ""
        yield words(f"{day(one.at)}, {one.by}: {one.opinion} (giao {to or '……'}{until})")
    for label in labels:
        yield words(dotted(f"– {label}: ", _ROOM, REGULAR, 10.5))
        yield words(dotted("", _ROOM, REGULAR, 10.5))
    yield words("Ngày …… tháng …… năm ………", centred=True)


def _pairs(facts: Sequence[tuple[str, Cell]]) -> Table:
    return grid((), [(words(label, 9.5, bold=True), value) for label, value in facts], (3, 9))


def _signing(left: str, right: str) -> list[Flowable]:
    cells = [
        [words(one, 11, bold=True, centred=True), words("(Ký, ghi rõ họ tên, ngày)", centred=True)]
        for one in (left, right)
    ]
    return [Table([cells], [WIDTH / 2, WIDTH / 2]), Spacer(0, 20 * mm)]
