"""gui.toml says what a person wants, or he is told what is wrong with it."""

from datetime import date
from pathlib import Path

import pytest

from mailbridge.daemon.drop_file import DropFileError, read
from mailbridge.model.reading import FieldName, Urgency


def _read(folder: Path, text: str | bytes) -> object:
    path = folder / "gui.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def test_all_that_may_be_said_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "gui.toml"
    path.write_text(
        'to = ["DEMO.01.03"]\nsymbol = "1-CV/ĐU"\ndate = 2026-11-24\nurgency = "hỏa tốc"\n'
        "due = 2026-11-30\nencrypt = true\n"
    )
    draft = read(path).draft("DEMO.02.07", ())
    assert draft.to == ("DEMO.01.03",)
    assert draft.fields == {FieldName.SYMBOL: "1-CV/ĐU", FieldName.DATE: "2026-11-24"}
    assert (draft.urgency, draft.due, draft.encrypt) == (Urgency.EXPRESS, date(2026, 11, 30), True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("to = [", "không đọc được"),
        (b"\xff\xfe", "không đọc được"),
        ('to = ["A"]\nmau = 1', "không có khóa mau"),
        ("symbol = 'x'", "to: giá trị"),
        ('to = "A"', "to: giá trị"),
        ('to = ["A"]\nurgency = "rất khẩn"', "urgency"),
        ("#" * 70_000, "quá lớn"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str | bytes, told: str) -> None:
    with pytest.raises(DropFileError, match=told):
        _read(tmp_path, text)


def test_a_list_that_was_written_as_a_word_is_told_with_an_example(tmp_path: Path) -> None:
    with pytest.raises(DropFileError, match=r'to = \["DEMO.01.01"'):
        _read(tmp_path, 'to = "DEMO.01.01"')


def test_days_and_urgencies_are_taken_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / "gui.toml"
    path.write_text('to = ["A"]\ndue = "30/11/2026"\ndate = "24/11/2026"\nurgency = "hoả tốc"\n')
    draft = read(path).draft("DEMO.02.07", ())
    assert draft.due == date(2026, 11, 30)
    assert draft.fields[FieldName.DATE] == "2026-11-24"
    assert draft.urgency is Urgency.EXPRESS
