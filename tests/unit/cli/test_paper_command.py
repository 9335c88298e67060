"""Paper on the command line, in the same book as mail."""

from pathlib import Path

import pytest

from tests.unit.cli.desk import Run, answer, desk_of

INCOMING = (
    "register", "add", "--symbol", "9-CV/VPTU", "--date", "2026-11-20", "--type", "Công văn",
    "--summary", "Về việc thử", "--agency", "DEMO.01.01", "--by", "An",
)  # fmt: skip


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Run:
    return desk_of(filled)


def test_paper_is_entered_with_its_scan_after_the_mail(desk: Run, tmp_path: Path) -> None:
    scan = tmp_path / "quét.pdf"
    scan.write_bytes(b"%PDF-1.7")
    done = desk(*INCOMING, "--file", str(scan), "--received", "2026-11-24 08:00:00")
    assert done.exit_code == 0, done.output
    assert "số 2/" in done.stdout
    shown = answer(desk("register", "show", "2", "--json"))
    assert (shown["medium"], shown["files"][0]["name"]) == ("paper", "quét.pdf")
    assert shown["received_at"].startswith("2026-11-24T01:00")
    assert "Văn bản giấy" in desk("register", "show", "2").stdout


def test_what_is_known_is_told_with_its_number(desk: Run) -> None:
    desk(*INCOMING)
    again = desk(*INCOMING)
    assert again.exit_code == 1
    assert "số 2/" in again.stderr
    assert desk(*INCOMING, "--anyway").exit_code == 2
    assert "số 3/" in desk(*INCOMING, "--anyway", "--why", "bản thứ hai").stdout


def test_what_left_on_paper_has_its_reserved_number(desk: Run) -> None:
    desk("number", "reserve", "--type", "QĐ")
    out = ("register", "add", "--out", "--type", "Quyết định", "--summary", "Về việc thử")
    assert "01-QĐ/ĐU" in desk(*out, "--number", "01-QĐ/ĐU").stdout
    assert desk(*out, "--number", "01-QĐ/ĐU").exit_code == 1
    assert "02-QĐ/ĐU" in desk(*out).stdout
    listed = answer(desk("register", "list", "--out", "--json"))
    assert [one["key"]["symbol"] for one in listed] == ["02-QĐ/ĐU", "01-QĐ/ĐU"]
    assert "Sổ đăng ký văn bản đi" in desk("register", "list", "--out").stdout
    assert "Văn bản đi số 1-QĐ/2025" in desk("register", "show", "01-QĐ/ĐU").stdout


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--date", "2026-02-30"), 2),
        (("--number", "1"), 2),
        (("--file", "khong-co.pdf"), 2),
        (("--summary", "Độ mật: Mật"), 1),
        (("--office", "NONE"), 2),
    ],
)
def test_what_cannot_be_entered_is_told(desk: Run, more: tuple[str, ...], code: int) -> None:
    assert desk(*INCOMING, *more).exit_code == code
    assert len(answer(desk("register", "list", "--json"))) == 1


def test_paper_cannot_be_examined_again(desk: Run) -> None:
    desk(*INCOMING)
    done = desk("check-again", "den:2/2026")
    assert "không đến bằng thư" in done.stderr
