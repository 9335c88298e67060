"""What subjects, covers and file names say."""

from mailbridge.model.reading import FieldName
from mailbridge.reading.subjects import of_cover, of_name, of_subject


def test_a_subject_names_the_symbol_and_what_it_is_about() -> None:
    found = of_subject("Fwd: [Văn bản] Công văn số 123-CV/VPTU về việc rà soát hộp thư")
    assert found[FieldName.SYMBOL].value == "123-CV/VPTU"
    assert found[FieldName.SUMMARY].value == "rà soát hộp thư"
    assert all(field.confidence < 0.5 for field in found.values())


def test_two_symbols_are_none() -> None:
    assert of_subject("Trả lời Công văn số 5-CV/TU bằng Công văn số 6-CV/TU") == {}
    assert of_cover(["Gửi kèm 5-CV/TU và 6-CV/TU"]) == {}


def test_a_cover_names_a_symbol() -> None:
    assert of_cover(["Kính gửi", "Văn bản số 12/QĐ-UBND\nkèm theo"])[FieldName.NUMBER].value == "12"


def test_the_name_of_a_file_gives_its_number_alone() -> None:
    assert of_name("123-CV-VPTU.signed.pdf")[FieldName.NUMBER].value == "123"
    assert FieldName.SYMBOL not in of_name("123-CV-VPTU.pdf")
    assert of_name("scan0001.pdf") == {}
