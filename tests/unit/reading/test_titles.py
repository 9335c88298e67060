"""Titles and summaries end where the text begins."""

from mailbridge.reading.heads import head_of
from mailbridge.reading.titles import Title, title_of
from tests.unit.reading.placed import page

HEAD = ((330.0, 780.0, "ĐẢNG CỘNG SẢN VIỆT NAM"), (100.0, 740.0, "Số 5-KH/TU"))


def read(*lines: tuple[float, float, str], bold: tuple[str, ...] = ()) -> Title:
    made = page(*HEAD, *lines, bold=bold)
    return title_of(made, head_of(made))


def test_a_summary_ends_where_the_bold_lines_end() -> None:
    bold = ("KẾ HOẠCH", "triển khai văn bản", "điện tử của tỉnh")
    found = read(
        (285, 690, bold[0]), (250, 674, bold[1]), (258, 658, bold[2]),
        (100, 640, "Văn phòng đề nghị các cơ quan thực hiện những việc sau đây theo quy định"),
        bold=bold,
    )  # fmt: skip
    assert (found.kind, found.summary) == ("Kế hoạch", "triển khai văn bản điện tử của tỉnh")


def test_a_summary_may_begin_with_the_words_of_a_text() -> None:
    bold = ("KẾ HOẠCH", "Thực hiện Chỉ thị số 5-CT/TW", "Căn cứ khoa học của việc này")
    found = read((285, 690, bold[0]), (234, 674, bold[1]), (234, 658, bold[2]), bold=bold)
    assert found.summary == "Thực hiện Chỉ thị số 5-CT/TW Căn cứ khoa học của việc này"


def test_whose_resolution_it_is_and_who_decides_is_no_summary() -> None:
    bold = ("QUYẾT ĐỊNH", "CỦA BAN THƯỜNG VỤ", "về việc thử", "CHỦ TỊCH ỦY BAN NHÂN DÂN")
    places = ((280.0, 690.0), (260.0, 674.0), (270.0, 658.0), (235.0, 642.0))
    found = read(*((x, y, text) for (x, y), text in zip(places, bold, strict=True)), bold=bold)
    assert found.summary == "về việc thử"


def test_the_letters_of_a_title_may_stand_apart() -> None:
    found = read((270, 690, "K Ế H O Ạ C H"), (262, 674, "tổ chức hội nghị"))
    assert (found.kind, found.summary) == ("Kế hoạch", "tổ chức hội nghị")


def test_a_letter_says_below_its_number_what_it_is_about() -> None:
    found = read(
        (90, 724, "V/v báo cáo công tác quý"), (140, 710, "III"), (130, 680, "KHẨN"),
        (150, 640, "Kính gửi: Các cơ quan"),
    )  # fmt: skip
    assert (found.kind, found.summary) == (None, "báo cáo công tác quý III")
