"""A draft laid out on sheets, as offices of the Party and of the State do (05-HD/VPTW, NĐ 30)."""

import random
from dataclasses import replace

from tests.papers.drafts import PARTY, Block, Draft
from tests.papers.looks import Look
from tests.papers.sheets import HEIGHT, WIDTH, Sheet

_MOTTOS = {
    PARTY: ("ĐẢNG CỘNG SẢN VIỆT NAM",),
    "state": ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
}
_LONGER = {
    "CHƯƠNG TRÌNH": "CHƯƠNG TRÌNH HÀNH ĐỘNG", "BÁO CÁO": "BÁO CÁO TÓM TẮT",
    "THÔNG BÁO": "THÔNG BÁO KẾT LUẬN", "KẾ HOẠCH": "KẾ HOẠCH CÔNG TÁC", "GIẤY MỜI": "GIẤY MỜI HỌP",
}  # fmt: skip


def laid_out(made: Draft, look: Look, chance: random.Random) -> Sheet:
    """Lay a draft out."""
    sheet = Sheet(look)
    _above(sheet, made)
    _document(sheet, made, chance)
    for title in made.appendices:
        _appendix(sheet, made, title, chance)
    if "second document" in made.odd:
        # Somebody scanned two papers into one file: the second is of others, and not asked for.
        sheet.turn()
        sheet.first = len(sheet.pages) - 1
        _document(sheet, _second(made), chance)
    return sheet


def _second(made: Draft) -> Draft:
    block = Block((), ("TRƯỞNG BAN TỔ CHỨC",), "Ngụy Khác Người")
    return replace(
        made,
        number="777",
        summary="một việc khác hẳn",
        blocks=(block,),
        recipients=("Nơi khác",),
        addressees=("Nơi khác",) if made.addressees else (),
        appendices=(),
        pages=1,
        odd=made.odd - {"second document", "blank number", "stamped number", "stamped day"},
    )


def _above(sheet: Sheet, made: Draft) -> None:
    """What programs and people put above and over the head: seals' texts, watermarks."""
    if "seal above" in made.odd:
        y = sheet.y
        for line in (f"Ký bởi: {made.agency.name}", f"Cơ quan: {made.agency.superior}",
                     f"Ngày ký: {made.day:%d-%m-%Y} 10:22:33 +07:00"):  # fmt: skip
            sheet.y = y + 22
            sheet.put(sheet.right - 150, line, 7, block="seal")
            y -= 8
        sheet.y = HEIGHT - sheet.look.top - 12
    if "watermark" in made.odd:
        sheet.watermarks.append("BẢN SAO" if made.number else "DỰ THẢO")


def _document(sheet: Sheet, made: Draft, chance: random.Random) -> None:
    head(sheet, made, chance)
    _title(sheet, made, chance)
    _addressees(sheet, made, chance)
    _body(sheet, made, chance)
    _foot(sheet, made, chance)


def head(sheet: Sheet, made: Draft, chance: random.Random) -> None:
    """Boxes 1 to 4, 5b and 10."""
    look, party = sheet.look, made.family == PARTY
    top, size = sheet.y, 14.0 if party else 13.0
    left, right = sheet.left + look.left_middle, sheet.left + look.right_middle
    _agency(sheet, made, left, size)
    below, sheet.y = sheet.y, top
    _motto(sheet, made, right)
    sheet.y = min(sheet.y - 2, below)
    number_at = sheet.y
    end = _number(sheet, made, left, size)
    sheet.y = number_at + look.date_drop
    _date(sheet, made, (right, end), chance)
    lowest, sheet.y = sheet.y, number_at
    if not made.kind:
        _about(sheet, made, left)
    _stamps(sheet, made, left)
    sheet.y = min(sheet.y, lowest)
    sheet.down(size)


def _agency(sheet: Sheet, made: Draft, left: float, size: float) -> None:
    """Box 2."""
    look = sheet.look
    loud = "all bold" in made.odd
    for line in sheet.split(made.agency.superior, size, look.left_width, bold=loud):
        sheet.centred(left, line, size, bold=loud, block="left")
        sheet.down(size)
    for line in sheet.split(made.agency.name, size, look.left_width, bold=True):
        sheet.centred(left, line, size, bold=True, block="left")
        sheet.down(size)
    if made.family == PARTY and look.star:
        sheet.centred(left, look.star, size, block="left")
        sheet.down(size)
    elif made.family != PARTY:
        sheet.rule(left - 35, 70, sheet.y + 8)
        sheet.y -= 4


def _motto(sheet: Sheet, made: Draft, right: float) -> None:
    """Box 1."""
    if "no motto" in made.odd:
        return
    party = made.family == PARTY
    mottos = _MOTTOS[made.family]
    if not party and "old accents" in made.odd:
        mottos = ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", mottos[1])
    size = 15.0 if party else 13.0
    for at, line in enumerate(mottos):
        sheet.centred(right, line, size, bold=True, block="right")
        if at + 1 == len(mottos):
            long = sheet.long(line, size, bold=True)
            sheet.rule(right - long / 2, long, sheet.y - 4)
        sheet.down(size)


def _number(sheet: Sheet, made: Draft, left: float, size: float) -> float:
    """Write the number; gives its right end."""
    look = sheet.look
    colon = ":" if look.colon or made.family != PARTY else ""
    joint, notation = made.joint, made.notation
    if look.loose:
        joint, notation = f" {joint} ", notation.replace("/", " / ").replace("-", " - ", 1)
    joint = joint.replace("-", look.dash)
    number = made.number
    if "spaced number" in made.odd:
        number = " ".join(number)
    stamped = "stamped number" in made.odd and made.number
    if not number or stamped:
        number = " " * 8
    line = f"Số{colon} {number}{joint}{notation}"
    start = left - sheet.long(line, size) / 2
    sheet.put(start, line, size, block="left")
    if stamped:
        before = sheet.long(f"Số{colon} ", size)
        sheet.stamped.append((start + before + 1, sheet.y, made.number, size))
    return start + sheet.long(line, size)


def _date(sheet: Sheet, made: Draft, place: tuple[float, float], chance: random.Random) -> None:
    right, end = place
    day, size = made.day, 13.0
    stamped = "stamped day" in made.odd and not made.odd & {"blank day", "impossible day"}
    if "blank day" in made.odd or stamped:
        words = f"ngày      tháng {day:%m} năm {day:%Y}"
    elif "impossible day" in made.odd:
        words = f"ngày 31 tháng 02 năm {day:%Y}"
    elif "numeric day" in made.odd:
        words = f"ngày {day:%d/%m/%Y}"
    else:
        short = chance.random() < 0.3
        words = (
            f"ngày {day.day} tháng {day.month} năm {day.year}"
            if short
            else f"ngày {day:%d} tháng {day:%m} năm {day:%Y}"
        )
    comma = "" if chance.random() < 0.04 else ","
    line = f"{made.agency.place}{comma} {words}"
    long = sheet.long(line, size)
    lines = [line]
    if stamped:
        before = sheet.long(f"{made.agency.place}{comma} ngày ", size)
        sheet.stamped.append((right - long / 2 + before + 2, sheet.y, f"{made.day:%d}", size))
    elif long > (sheet.right - end) - 8 or long / 2 > sheet.right - right + 30:
        lines = sheet.split(line, size, min(2 * (sheet.right - right), sheet.right - end - 8))
    for text in lines:
        sheet.centred(right, text, size, slanted=True, block="right")
        sheet.down(size)


def _about(sheet: Sheet, made: Draft, left: float) -> None:
    """Box 5b: what a công văn is about."""
    size = 12.0
    words = f"{sheet.look.summary_word}{made.summary}"
    for line in sheet.split(words, size, sheet.look.left_width):
        sheet.down(size)
        sheet.centred(left, line, size, slanted=made.family == PARTY, block="left")


def _stamps(sheet: Sheet, made: Draft, left: float) -> None:
    """Box 10b, and what others stamp: a draft, the day of arrival."""
    size = 13.0
    for words in (made.urgency, "DỰ THẢO" if "draft mark" in made.odd else ""):
        if words:
            sheet.y -= 32
            long = sheet.long(words, size, bold=True) + 16
            sheet.rule(left - long / 2, long, sheet.y - 6, 22)
            sheet.centred(left, words, size, bold=True, block="stamp")
    if "arrival stamp" in made.odd:
        sheet.y -= 16
        for line in ("VĂN PHÒNG", "CÔNG VĂN ĐẾN", "Số: 4567", "Ngày: 28/02/2026", "Chuyển: TH"):
            sheet.centred(left - 10, line, 9, block="stamp")
            sheet.y -= 12


def printed_title(made: Draft) -> str:
    """Give the title as it is printed, which may say more than the kind."""
    return _LONGER.get(made.kind, made.kind) if "longer title" in made.odd else made.kind


def _title(sheet: Sheet, made: Draft, chance: random.Random) -> None:
    """Box 5a."""
    sheet.y -= 14
    if not made.kind:
        return
    size, title = sheet.look.size + 1, printed_title(made)
    if "spaced title" in made.odd:
        title = "   ".join(" ".join(word) for word in title.split())
    sheet.centred(sheet.middle, title, size, bold=True, block="title")
    sheet.down(size)
    if "of whom" in made.odd and made.kind in {"NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHƯƠNG TRÌNH"}:
        sheet.centred(sheet.middle, f"CỦA {made.agency.name}", size - 1, bold=True, block="title")
        sheet.down(size)
    width = (sheet.right - sheet.left) * chance.uniform(0.6, 0.97)
    summary = made.summary.upper() if "loud summary" in made.odd else made.summary
    bold = "plain summary" not in made.odd
    for line in sheet.split(summary, sheet.look.size, width, bold=bold):
        sheet.centred(sheet.middle, line, sheet.look.size, bold=bold, slanted=not bold,
                      block="title")  # fmt: skip
        sheet.down(sheet.look.size)
    _ending(sheet)
    if (
        made.family != PARTY
        and "authority" in made.odd
        and made.kind in {"QUYẾT ĐỊNH", "NGHỊ QUYẾT"}
    ):
        head_of = chance.choice(("CHỦ TỊCH ", "GIÁM ĐỐC ", "")) + made.agency.name
        for line in sheet.split(head_of, size, sheet.right - sheet.left - 40, bold=True):
            sheet.centred(sheet.middle, line, size, bold=True, block="title")
            sheet.down(size)
        sheet.y -= 6


def _ending(sheet: Sheet) -> None:
    kind = sheet.look.ending
    if kind == "rule":
        sheet.rule(sheet.middle - 50, 100, sheet.y + 8)
    elif kind in {"dashes", "underscores"}:
        sheet.centred(sheet.middle, ("-" if kind == "dashes" else "_") * 8, 12, block="title")
        sheet.down(12)
    sheet.y -= 12


def _addressees(sheet: Sheet, made: Draft, chance: random.Random) -> None:
    """Box 9a."""
    if not made.addressees:
        return
    size, lead = (
        14.0,
        "Kính trình: " if made.kind == "TỜ TRÌNH" and chance.random() < 0.3 else "Kính gửi: ",
    )
    start = sheet.left + chance.uniform(20, 70)
    after = start + sheet.long(lead, size)
    slanted = made.family == PARTY
    if len(made.addressees) == 1 and sheet.look.addressee_style == "inline":
        lines = sheet.split(made.addressees[0], size, sheet.right - after)
        sheet.put(start, lead + lines[0], size, slanted=slanted, block="to")
        for line in lines[1:]:
            sheet.down(size)
            sheet.put(after, line, size, block="to")
    else:
        same_line = chance.random() < 0.5
        sheet.put(start, lead.strip(), size, slanted=slanted, block="to")
        if not same_line:
            sheet.down(size)
        for at, addressee in enumerate(made.addressees):
            last = at + 1 == len(made.addressees)
            mark = "- " if len(made.addressees) > 1 or chance.random() < 0.5 else ""
            end = ("." if last else ";") if sheet.look.recipient_end else ""
            for line in sheet.split(f"{mark}{addressee}{end}", size, sheet.right - after - 6):
                sheet.put(after + 6, line, size, block="to")
                sheet.down(size)
        sheet.y += size * sheet.look.pitch
    sheet.down(size)
    sheet.y -= 12


def _body(sheet: Sheet, made: Draft, chance: random.Random) -> None:
    target = sheet.first + max(1, made.pages - len(made.appendices))
    if made.kind == "QUYẾT ĐỊNH" and made.family != PARTY:
        sheet.paragraph("Căn cứ Luật Tổ chức chính quyền địa phương;")
        sheet.centred(sheet.middle, "QUYẾT ĐỊNH:", sheet.look.size, bold=True)
        sheet.down(sheet.look.size)
    for at, text in enumerate(made.body):
        if "headings" in made.odd and made.kind:
            heading = ("QUY ĐỊNH CHUNG", "TỔ CHỨC THỰC HIỆN", "PHẦN THỨ BA", "KẾT LUẬN")[at % 4]
            sheet.needs(40)
            sheet.centred(sheet.middle, heading, sheet.look.size, bold=True)
            sheet.down(sheet.look.size)
        sheet.paragraph(text)
    at = 0
    while len(sheet.pages) < target:
        # One more sentence each time: the break of the page falls where it falls.
        sheet.paragraph(" ".join(made.body[at % len(made.body)] for _ in range(2)))
        at += 1


def _foot(sheet: Sheet, made: Draft, chance: random.Random) -> None:
    """Boxes 7 and 9b: who signs, and who gets it."""
    look = sheet.look
    lines = _recipient_lines(sheet, made)
    high = look.block_gap + 90 + (len(lines) * 15 if "joint signatures" in made.odd else 0)
    sheet.needs(max(high, 20 + 15 * len(lines)))
    sheet.y -= 12
    if "table of persons" in made.odd:
        _persons(sheet, made)
        sheet.needs(max(high, 20 + 15 * len(lines)))
    top = sheet.y
    side = sheet.left + (sheet.right - sheet.left) * chance.uniform(0.7, 0.78)
    lowest = top
    if len(made.blocks) > 1:
        for block, middle in zip(made.blocks, (sheet.left + 110, side), strict=True):
            sheet.y = top
            _signature(sheet, made, block, middle, chance)
            lowest = min(lowest, sheet.y)
        sheet.y = lowest - 22
    elif made.blocks:
        _signature(sheet, made, made.blocks[0], side, chance)
        lowest, sheet.y = sheet.y, top
    for at, line in enumerate(lines):
        sheet.put(
            sheet.left,
            line,
            12 if at == 0 else 11,
            bold=at == 0,
            slanted=at == 0,
            block="recipients",
        )
        sheet.y -= 15
    sheet.y = min(sheet.y, lowest)
    if "contact" in made.odd and sheet.y > sheet.look.foot + 30:
        sheet.y = sheet.look.foot - 6
        sheet.put(sheet.left, "Điện thoại: 0221.3862.345; người soạn: Lê Thị Soạn Thảo", 8,
                  block="contact")  # fmt: skip


def _persons(sheet: Sheet, made: Draft) -> None:
    """A table of persons and offices right above the signature."""
    for at, (name, office) in enumerate((("Lưu Bảng Kê", "Phó Trưởng ban"),
                                         ("Mã Danh Sách", "CHỦ TỊCH"))):  # fmt: skip
        sheet.needs(20)
        for x, text in ((0, str(at + 1)), (40, name), (180, office), (330, name)):
            sheet.put(sheet.left + x, text, 12)
        sheet.down(12)
    sheet.y -= 14


def _recipient_lines(sheet: Sheet, made: Draft) -> list[str]:
    if not made.recipients:
        return []
    look, lines = sheet.look, ["Nơi nhận:"]
    width = (sheet.right - sheet.left) * 0.42
    for recipient in made.recipients:
        lines += sheet.split(f"{look.recipient_mark}{recipient}{look.recipient_end}", 11, width)
    archive = "Lưu: VT, TH." if made.family != PARTY else f"Lưu {made.agency.symbol}."
    return [*lines, f"{look.recipient_mark}{archive}"]


def _signature(
    sheet: Sheet, made: Draft, block: Block, middle: float, chance: random.Random
) -> None:
    size, width = 14.0, 250.0 if len(made.blocks) == 1 else 200.0
    quiet = block.position if "quiet position" in made.odd else ()
    for text, bold in [
        *((one, True) for one in block.competence),
        *((one, made.family != PARTY) for one in block.position),
    ]:
        shown = text[0] + text[1:].lower() if text in quiet else text
        for line in sheet.split(shown, size, width, bold=bold):
            sheet.centred(middle, line, size, bold=bold, block="signature")
            sheet.down(size)
    under = sheet.y - sheet.look.block_gap
    if "signed mark" in made.odd:
        sheet.y -= 16
        sheet.centred(middle, "(Đã ký)", 12, slanted=True, block="signature")
        sheet.y -= 14
    if "signature text" in made.odd:
        for line in (
            f"Ký bởi: {block.name}",
            "Email: vanthu@hungyen.gov.vn",
            f"Thời gian ký: {made.day:%d.%m.%Y} 08:02:35 +07:00",
        ):
            sheet.centred(middle, line, 7, block="signature")
            sheet.y -= 9
    sheet.y = min(under, sheet.y - 6)
    name = f"{block.rank} {block.name}".strip()
    if "loud name" in made.odd:
        name = name.upper()
    sheet.centred(middle, name, size, bold=True, block="signature")


def _appendix(sheet: Sheet, made: Draft, title: str, chance: random.Random) -> None:
    """A printed appendix on a page of its own, after the signature."""
    sheet.turn()
    sheet.centred(sheet.middle, title, 14, bold=True)
    sheet.down(14)
    sheet.centred(
        sheet.middle,
        f"(Kèm theo văn bản số {made.symbol}, ngày {made.day:%d/%m/%Y})",
        13,
        slanted=True,
    )
    sheet.down(18)
    for row in range(chance.randint(4, 18)):
        for x, text in (
            (0, str(row + 1)),
            (40, chance.choice(made.body)[:24]),
            (230, "Quý II/2026"),
            (330, "Văn phòng"),
        ):
            sheet.put(sheet.left + x, text, 11)
        sheet.y -= 15
        if sheet.y < sheet.look.foot:
            break


__all__ = ["WIDTH", "head", "laid_out", "printed_title"]
