"""Who signed, as what, and for whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.reading.lines import of_text
from mailbridge.reading.rows import rows_of
from mailbridge.reading.signers import Signer, name_in, signed_on
from tests.unit.reading.placed import page, words


def one(*lines: str) -> Signer | None:
    made = page(*((360.0, 400.0 - 17 * at, line) for at, line in enumerate(lines) if line))
    found = signed_on(made)
    return found.signers[0] if found else None


BTV, UBND = "T/M BAN THƯỜNG VỤ", "TM. ỦY BAN NHÂN DÂN"


@pytest.mark.parametrize(
    ("lines", "competence", "position", "name"),
    [
        ((BTV, "PHÓ BÍ THƯ", "", "Lê An"), (BTV,), "PHÓ BÍ THƯ", "Lê An"),
        (
            (UBND, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Lê An"),
            (UBND, "KT. CHỦ TỊCH"),
            "PHÓ CHỦ TỊCH",
            "Lê An",
        ),
        (
            ("T/M BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH", "BÍ THƯ", "", "Lê An"),
            ("T/M BAN CHẤP HÀNH ĐẢNG BỘ TỈNH",),
            "BÍ THƯ",
            "Lê An",
        ),
        (
            (BTV, "CHÁNH VĂN PHÒNG", "K/T CHÁNH VĂN PHÒNG", "PHÓ VĂN PHÒNG", "", "Lê An"),
            (BTV, "CHÁNH VĂN PHÒNG", "K/T CHÁNH VĂN PHÒNG PHÓ VĂN PHÒNG"),
            None,
            "Lê An",
        ),
        (("CHÁNH VĂN PHÒNG", "", "Lê Thị An"), (), "CHÁNH VĂN PHÒNG", "Lê Thị An"),
        (("Q. GIÁM ĐỐC", "", "Lê Thị An"), (), "Q. GIÁM ĐỐC", "Lê Thị An"),
        (("GIÁM ĐỐC", "", "PGS.TS. Lê Thị An"), (), "GIÁM ĐỐC", "Lê Thị An"),
        (("CHỈ HUY TRƯỞNG", "", "Đại tá Lê An"), (), "CHỈ HUY TRƯỞNG", "Lê An"),
        (("GIÁM ĐỐC", "", "NGUYỄN VĂN AN"), (), "GIÁM ĐỐC", "Nguyễn Văn An"),
        (("GIÁM ĐỐC", "(Đã ký)", "", "Giàng A Sáng"), (), "GIÁM ĐỐC", "Giàng A Sáng"),
        (("GIÁM ĐỐC", "Ký bởi: Trần Bình", "16.03.2026", "Lê An"), (), "GIÁM ĐỐC", "Lê An"),
    ],
)
def test_the_block_of_a_signature_is_read(
    lines: tuple[str, ...], competence: tuple[str, ...], position: str | None, name: str
) -> None:
    assert one(*lines) == Signer(competence, position, name)


def test_the_list_of_recipients_beside_it_is_no_signature() -> None:
    made = page(
        (85, 400, "Nơi nhận:"), (360, 400, "T/M BAN THƯỜNG VỤ"), (85, 385, "- Như trên,"),
        (360, 383, "PHÓ BÍ THƯ"), (85, 330, "- Đồng chí Lê Văn Bình,"), (360, 330, "Lê An"),
    )  # fmt: skip
    found = signed_on(made)
    assert found
    assert [signer.name for signer in found.signers] == ["Lê An"]


def test_joint_signatures_are_given_from_left_to_right() -> None:
    made = page(
        (85, 400, "KT. GIÁM ĐỐC"), (360, 400, "TM. BAN CHỈ ĐẠO"), (85, 383, "PHÓ GIÁM ĐỐC"),
        (360, 383, "TRƯỞNG BAN"), (85, 320, "Trần Bình"), (360, 320, "Lê An"),
        (85, 290, "Nơi nhận:"),
    )  # fmt: skip
    found = signed_on(made)
    assert found
    assert [signer.name for signer in found.signers] == ["Trần Bình", "Lê An"]


def test_a_page_of_text_bears_no_signature() -> None:
    assert signed_on(of_text("Giao Chánh Văn phòng theo dõi.\nNguyễn Văn An\n")) is None


@pytest.mark.parametrize("line", ["Chánh Văn Phòng", "Nơi nhận", "BAN TỔ CHỨC", "Lê", "lê văn an"])
def test_a_line_that_is_no_name(line: str) -> None:
    assert name_in(rows_of(words(10, 10, line))[0]) is None


@given(st.text(max_size=120))
def test_no_line_fails(line: str) -> None:
    for row in of_text(line).rows:
        name_in(row)
    signed_on(of_text(f"T/M {line}\n{line}\nLê An"))
