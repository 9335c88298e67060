"""Marks of secrecy are found, and ordinary words are not taken for them."""

import unicodedata

import pytest

from mailbridge.reading.secrecy import mark_in_lines, mark_in_name, mark_in_subject


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("MẬT", "MẬT"),
        ("  TỐI MẬT ", "TỐI MẬT"),
        ("| TUYỆT MẬT |", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("[MẬT]", "MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("TÀI LIỆU THU HỒI", "TÀI LIỆU THU HỒI"),
        (unicodedata.normalize("NFD", "MẬT"), "MẬT"),
        ("BẢO MẬT", None),
        ("MẬT KHẨU", None),
        ("Bảo vệ bí mật nhà nước", None),
        ("mật", None),
        ("QUY CHẾ BẢO MẬT THÔNG TIN", None),
        ("Thực hiện chế độ bảo mật theo quy định", None),
    ],
)
def test_a_stamp_stands_alone_in_its_line(line: str, mark: str | None) -> None:
    assert mark_in_lines(["Số 5-CV/VPTU", line, "Kính gửi"]) == mark


@pytest.mark.parametrize(
    ("subject", "mark"),
    [
        ("[MẬT] Báo cáo", "MẬT"),
        ("Báo cáo (Tối mật)", "TỐI MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("MẬT: công văn số 5", "MẬT"),
        ("Về việc bảo mật thông tin", None),
        ("Đổi mật khẩu hộp thư", None),
        ("Mật ong Hưng Yên", None),
        ("Bảo vệ bí mật nhà nước", None),
        ("TĂNG CƯỜNG BẢO MẬT", None),
    ],
)
def test_a_mark_in_a_subject(subject: str, mark: str | None) -> None:
    assert mark_in_subject(subject) == mark


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("5-CV-VPTU (Mật).pdf", "MẬT"),
        ("MAT_5-CV-VPTU.pdf", "MẬT"),
        ("cong van toi mật.pdf", "TỐI MẬT"),
        ("bao mat.pdf", None),
        ("bảo mật.pdf", None),
        ("mật khẩu wifi.txt", None),
        ("mat bang.pdf", None),
        ("format.pdf", None),
    ],
)
def test_a_mark_in_a_file_name(name: str, mark: str | None) -> None:
    assert mark_in_name(name) == mark


@pytest.mark.parametrize(
    "lines",
    [
        ["Mục 3", "TÀI LIỆU MẬT", "Điều 5. Quản lý"],
        ["DANH SÁCH", "TÀI LIỆU THU HỒI"],
        ["phải đóng dấu", "“TỐI MẬT”", "trên văn bản"],
        ["STT", "Loại", "MẬT", "TỐI MẬT", "TUYỆT MẬT", "THƯỜNG"],
    ],
)
def test_headings_and_lists_about_secrecy_are_no_stamps(lines: list[str]) -> None:
    assert mark_in_lines(lines) is None
