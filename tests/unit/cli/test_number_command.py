"""Numbers on the command line: reserved, listed, void."""

from pathlib import Path

import pytest

from tests.unit.cli.desk import Run, answer, desk_of


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Run:
    return desk_of(filled)


def test_a_number_is_reserved_with_its_notation(desk: Run) -> None:
    done = desk("number", "reserve", "--type", "Quyết định", "--for", "Ngân sách", "--by", "An")
    assert "di:1-QĐ/2025; số và ký hiệu: 01-QĐ/ĐU" in done.stdout
    made = answer(desk("number", "reserve", "--type", "QĐ", "--json"))
    assert (made["ordinal"], made["series"], made["state"]) == (2, "QĐ", "reserved")
    listed = answer(desk("number", "list", "--json"))
    assert [(one["symbol"], one["purpose"]) for one in listed] == [
        ("01-QĐ/ĐU", "Ngân sách"),
        ("02-QĐ/ĐU", ""),
    ]
    assert "đã giữ" in desk("number", "list").stdout


def test_a_void_number_stays_in_the_book_with_its_reason(desk: Run) -> None:
    desk("number", "reserve", "--type", "QĐ")
    assert desk("number", "void", "01-QĐ/ĐU", "--why", " ").exit_code == 2
    assert "Đã hủy số di:1-QĐ/2025" in desk("number", "void", "01-QĐ/ĐU", "--why", "hỏng").stdout
    assert desk("number", "void", "di:1-QĐ", "--why", "hỏng").exit_code == 1
    assert answer(desk("number", "list", "--json")) == []
    (line,) = answer(desk("number", "list", "--all", "--book", "di", "--json"))
    assert (line["state"], line["void_why"]) == ("void", "hỏng")
    assert "chưa có văn bản: hủy số: hỏng" in desk("register", "show", "di:1-QĐ").stderr


def test_an_incoming_number_that_was_given_by_mistake_is_void(desk: Run) -> None:
    assert desk("number", "void", "den:1", "--why", "vào nhầm").exit_code == 0
    assert "Đã hủy số" in desk("register", "show", "1").stdout


@pytest.mark.parametrize(
    "arguments", [(), ("--type", "Bức tranh"), ("--type", "QĐ", "--book", "den")]
)
def test_what_cannot_be_numbered_is_told(desk: Run, arguments: tuple[str, ...]) -> None:
    assert desk("number", "reserve", *arguments).exit_code == 2


def test_a_number_that_is_not_there_is_a_no(desk: Run) -> None:
    assert desk("number", "void", "di:7", "--why", "x").exit_code == 1
