"""One line as a stamp."""

import pytest

from mailbridge.reading.secrecy_stamps import label, stamp


@pytest.mark.parametrize(
    "line", ["M Ậ T", "*** MẬT ***", "MẬT - KHẨN", "MẬT BẢN SỐ 02", "M.Ậ.T", "MẬT MẬT MẬT"]
)
def test_a_line_that_holds_a_level_and_other_stamps_is_a_stamp(line: str) -> None:
    found = stamp(line)
    assert found is not None
    assert (found.mark, found.weak) == ("MẬT", False)


@pytest.mark.parametrize("line", ["MẠT", "| MAT |", "I MẬT I", "[ MÂT ]"])
def test_a_machine_loses_accents_and_takes_frames_for_letters(line: str) -> None:
    found = stamp(line, machine=True)
    assert found is not None
    assert found.mark == "MẬT"


@pytest.mark.parametrize("line", ["MAT", "mật", "MẶT", "MẤT", "THÂN MẬT", "□ MẬT"])
def test_what_a_person_wrote_otherwise_is_none(line: str) -> None:
    assert stamp(line) is None


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Số 5-CV/TU; độ mật : “Mật”", "MẬT"),
        ("do mat: tuyet mat", "TUYỆT MẬT"),
        ("Số 12-CV/VPTU MẬT", "MẬT"),
        ("Độ mật (Mật, Tối mật, Tuyệt mật): Tối mật", "TỐI MẬT"),
        ("Độ mật: không", None),
        ("Độ mật: Mật hoặc Tối mật", None),
        ("Xác định độ mật: mật độ", None),
    ],
)
def test_a_label_names_its_level(line: str, mark: str | None) -> None:
    assert label(line) == mark
