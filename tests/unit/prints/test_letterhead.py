"""The head of a sheet is that of the Party or of the state, as the agency is."""

import io
from datetime import UTC, datetime

import pypdfium2
import pytest

from mailbridge.model.directory import Agency, AgencyKind
from mailbridge.prints.letterhead import letterhead
from mailbridge.prints.pages import document


@pytest.mark.parametrize(
    ("kind", "said"),
    [(AgencyKind.PARTY, "ĐẢNG CỘNG SẢN VIỆT NAM"), (AgencyKind.STATE, "Độc lập - Tự do")],
)
def test_the_head_is_of_its_kind(kind: AgencyKind, said: str) -> None:
    own, now = Agency("A", "Đơn vị Ví Dụ", kind=kind), datetime(2026, 11, 23, 18, tzinfo=UTC)
    octets = document("T", "", lambda: [letterhead(own, "Cấp trên", now)])
    with pypdfium2.PdfDocument(io.BytesIO(octets)) as opened:
        shown = opened[0].get_textpage().get_text_bounded()
    assert said in shown
    assert "ĐƠN VỊ VÍ DỤ" in shown
    assert "Ngày 24 tháng 11 năm 2026" in shown
