"""Marks in one line that people typed."""

import time

import pytest

from mailbridge.reading.secrecy_titles import mark_in_name, mark_in_subject


@pytest.mark.parametrize(
    "subject",
    [
        "(MẬT - KHẨN) x",
        "Báo cáo tháng 5 MẬT",
        "Tài liệu mật",
        "Mật_Báo cáo tháng 11",
        "MẬT/Báo cáo quý",
        "Hỏa tốc, Mật: gửi báo cáo",
        "*MẬT* báo cáo",
        "Độ mật: MẬT; Độ khẩn: Hỏa tốc",
    ],
)
def test_a_mark_in_words(subject: str) -> None:
    assert mark_in_subject(subject) == "MẬT"


@pytest.mark.parametrize(
    "subject",
    [
        "Phân loại: mật, tối mật",
        "Tài liệu mật điện tử: cách quản lý",
        "V/v đóng dấu MẬT trên văn bản",
        "Gặp mặt đầu xuân",
        "Nhắc: không gửi tài liệu MẬT qua email",
        "Cảnh báo: cấm gửi văn bản MẬT, TỐI MẬT qua mạng",
        "Sổ đăng ký văn bản mật đến (mẫu)",
    ],
)
def test_a_title_about_secrecy_bears_none(subject: str) -> None:
    assert mark_in_subject(subject) is None


@pytest.mark.parametrize("name", ["KHÔNG MẬT 16.pdf", "TIEN MAT.xlsx", "MAT TRAN TO QUOC.pdf"])
def test_a_name_without_accents_is_another_word(name: str) -> None:
    assert mark_in_name(name) is None


def test_a_name_of_megabytes_costs_little() -> None:
    start = time.monotonic()
    mark_in_name("MAT_" * 500_000)
    mark_in_subject("[ " * 500_000)
    assert time.monotonic() - start < 1.0
