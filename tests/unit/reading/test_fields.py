"""Heads as they are written in the wild."""

from hypothesis import given
from hypothesis import strategies as st

from mailbridge.model.reading import FieldName, Urgency
from mailbridge.reading.fields import Paper, read_paper
from mailbridge.reading.lines import of_pages, of_text


def paper(text: str) -> Paper:
    return read_paper(of_pages((of_text(text),)), "x")


def read(text: str) -> dict[FieldName, str]:
    return {name: field.value for name, field in paper(text).found.items()}


def test_the_printed_title_decides_the_type() -> None:
    found = read("Số 5-QĐ/TU\nQUY ĐỊNH\nvề gửi, nhận văn bản điện tử\n-----\nĐiều 1. Phạm vi")
    assert found[FieldName.TYPE] == "Quy định"
    assert found[FieldName.SUMMARY] == "về gửi, nhận văn bản điện tử"


def test_without_a_title_it_is_a_cong_van() -> None:
    found = read("Số 5-CV/TU\nV/v rà soát hộp thư\ncông vụ\nKính gửi: Đảng ủy")
    assert found[FieldName.TYPE] == "Công văn"
    assert found[FieldName.SUMMARY] == "rà soát hộp thư công vụ"


def test_a_type_without_its_title_is_only_likely() -> None:
    found = paper("Số 5-BC/TU\nKính gửi: Đảng ủy")
    assert found.found[FieldName.TYPE].value == "Báo cáo"
    assert found.found[FieldName.TYPE].confidence < 0.8
    assert any("suy từ ký hiệu" in note for note in found.notes)


def test_what_is_blank_or_impossible_stays_empty_with_a_reason() -> None:
    found = paper("Số       -CV/TU\nHà Nội, ngày 31 tháng 02 năm 2026\nKính gửi: Đảng ủy")
    assert FieldName.NUMBER not in found.found
    assert FieldName.SYMBOL not in found.found
    assert FieldName.DATE not in found.found
    assert found.found[FieldName.NOTATION].value == "CV/TU"
    assert found.notes[:2] == [
        "Số văn bản để trống.",
        "Ngày ban hành in là “31/02/2026”, không có trong lịch.",
    ]


def test_a_blank_day_is_no_day() -> None:
    found = paper("Số 5-CV/TU\nHà Nội, ngày   tháng 02 năm 2026\nKính gửi: Đảng ủy")
    assert FieldName.DATE not in found.found
    assert found.found[FieldName.PLACE].value == "Hà Nội"
    assert "Ngày ban hành để trống." in found.notes


def test_a_deadline_is_a_suggestion_and_further_ones_stay_visible() -> None:
    found = paper(
        "Số 5-CV/TU\nHà Nội, ngày 5 tháng 2 năm 2026\nKính gửi: Đảng ủy\n"
        "Gửi báo cáo trước ngày 10/3/2026; bản giấy chậm nhất ngày 15/3/2026.\n"
    ).found[FieldName.DEADLINE]
    assert (found.value, found.others) == ("2026-03-10", ("2026-03-15 (x)",))
    assert found.confidence < 0.8


def test_a_stamp_of_urgency_is_a_field() -> None:
    found = paper("Số 5-CV/TU\nHOẢ TỐC\nKính gửi: Đảng ủy")
    assert found.urgency is Urgency.EXPRESS
    assert found.found[FieldName.URGENCY].value == "hỏa tốc"


@given(st.text(alphabet="Số5-CV/ĐU .…_nămngàythTM\n", max_size=400))
def test_no_text_makes_the_reading_slow_or_fail(text: str) -> None:
    read(text)


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_an_exception(text: str) -> None:
    read(f"Số 5-CV/TU\n{text}\nKính gửi: {text}\nT/M {text}\n{text}")


def test_letters_without_a_meaning_are_told() -> None:
    found = paper("\n".join("#$%& ()*+ ,-./ 0123" for _ in range(20)))
    assert any("không phải chữ Việt" in note for note in found.notes)
    assert FieldName.SIGNER not in found.found
