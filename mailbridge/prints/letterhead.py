"""The head of a sheet: whose it is, the state or the Party above it, and the day."""

from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Spacer, Table, TableStyle

from mailbridge.clock import in_vietnam
from mailbridge.model.directory import Agency, AgencyKind
from mailbridge.prints.pages import WIDTH, words


def letterhead(own: Agency, above: str, printed_at: datetime) -> Table:
    """Lay the head of a sheet in two columns."""
    left = [above.upper()] if above else []
    is_party = own.kind is AgencyKind.PARTY
    state = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    right = [words("ĐẢNG CỘNG SẢN VIỆT NAM", 12, bold=True, centred=True)]
    if not is_party:
        right = [words(line, 10.5, bold=True, centred=True) for line in state]
    printed = in_vietnam(printed_at)
    day = f"Ngày {printed.day:02} tháng {printed.month:02} năm {printed.year}"
    table = Table(
        [
            [
                [
                    *(words(line, 10.5, centred=True) for line in left),
                    words(own.name.upper(), 10.5, bold=True, centred=True),
                    words("*" if is_party else "–––––––", 10.5, centred=True),
                ],
                [*right, Spacer(0, 2 * mm), words(day, 10.5, centred=True)],
            ]
        ],
        [WIDTH * 0.48, WIDTH * 0.52],
    )
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table
