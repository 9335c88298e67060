"""The directory is listed, shown and loaded after its changes were seen."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.unit.cli.conftest import Run


def test_agencies_are_listed_and_shown(run: Run, ask: Callable[..., Any]) -> None:
    codes = {agency["code"] for agency in ask("agency", "list")}
    assert codes == {"DEMO.01.01", "DEMO.01.03", "DEMO.02.07"}
    assert ask("agency", "show", "demo.01.01")["name"] == "Văn phòng Tỉnh ủy"
    assert "Chứng thư số" in run("agency", "show", "DEMO.01.01").stdout


def test_an_unknown_agency_is_a_no(run: Run) -> None:
    assert run("agency", "show", "KHONG.CO").exit_code == 1


def test_an_unchanged_file_changes_nothing(run: Run, filled: Path) -> None:
    done = run("agency", "load", str(filled.parent / "agencies.toml"), "--yes")
    assert done.exit_code == 0
    assert "Đã nạp" not in done.stdout


def test_a_bad_file_is_one_sentence(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "agencies.toml"
    bad.write_text('[[agency]]\ncode = "A"\nnam = "x"\n')
    done = run("agency", "load", str(bad), "--yes")
    assert done.exit_code == 2
    assert "'name'" in done.output


def test_who_does_not_agree_loads_nothing(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "agencies.toml"
    other.write_text('[[agency]]\ncode = "A"\nname = "Nơi khác"\n', encoding="utf-8")
    assert run("agency", "load", str(other)).exit_code == 1
    assert run("agency", "show", "A").exit_code == 1


def test_a_changed_mailbox_is_seen_before_it_is_agreed_to(run: Run, filled: Path) -> None:
    listed = (filled.parent / "agencies.toml").read_text(encoding="utf-8")
    old = listed.partition('mailboxes = ["')[2].partition('"')[0]
    other = filled.parent / "other.toml"
    other.write_text(listed.replace(old, "la@hungyen.gov.vn"), encoding="utf-8")
    done = run("agency", "load", str(other))
    assert done.exit_code == 1
    assert f"{old} → la@hungyen.gov.vn" in done.stdout
