"""Corrections on the command line, and the history that they leave."""

from pathlib import Path

import pytest

from tests.unit.cli.desk import Run, answer, desk_of


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Run:
    return desk_of(filled)


def test_a_correction_is_seen_with_the_value_before(desk: Run) -> None:
    done = desk("register", "correct", "1", "--field", "summary=Khác", "--why", "gõ nhầm")
    assert done.exit_code == 0, done.output
    shown = answer(desk("register", "show", "1", "--history", "--json"))
    assert shown["reading"]["fields"]["summary"]["value"] == "Khác"
    (told,) = shown["revisions"]
    assert "thử" in told["before"]
    assert (told["after"], told["why"]) == ("Khác", "gõ nhầm")
    assert {"settled", "corrected"} <= {line["event"] for line in shown["journal"]}
    assert "Đính chính" in desk("register", "show", "1", "--history").stdout


def test_a_held_document_is_corrected_by_its_mail(desk: Run) -> None:
    arguments = ("--field", "symbol=125-CV/VPTU", "--why", "máy đọc sai")
    assert desk("register", "correct", "mail:2", *arguments).exit_code == 0
    assert answer(desk("register", "show", "mail:2", "--json"))["key"]["symbol"] == "125-CV/VPTU"


def test_what_was_read_is_confirmed(desk: Run) -> None:
    assert desk("register", "confirm", "1", "--by", "An").exit_code == 0
    fields = answer(desk("register", "show", "1", "--json"))["reading"]["fields"]
    assert {field["confirmed_by"] for field in fields.values()} == {"An"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("1", "--field", "summary", "--why", "x"), 2),
        (("1", "--field", "colour=red", "--why", "x"), 2),
        (("1", "--field", "summary=x", "--why", " "), 2),
        (("1", "--field", "date=mai", "--why", "x"), 1),
        (("7", "--field", "summary=x", "--why", "x"), 1),
        (("mail:77", "--field", "summary=x", "--why", "x"), 1),
    ],
)
def test_what_cannot_be_corrected_is_told(desk: Run, arguments: tuple[str, ...], code: int) -> None:
    assert desk("register", "correct", *arguments).exit_code == code


def test_a_correction_that_makes_two_alike_is_told(desk: Run) -> None:
    paper = ("--symbol", "9-CV/VPTU", "--date", "2026-11-20", "--summary", "x")
    desk("register", "add", *paper, "--agency", "DEMO.01.01")
    correct = ("register", "correct", "2", "--field", "symbol=123-CV/VPTU", "--why", "gõ nhầm")
    assert "sẽ trùng với" in desk(*correct).stderr
    assert desk(*correct, "--anyway").exit_code == 0
