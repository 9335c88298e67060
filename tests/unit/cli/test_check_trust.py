"""Of a trust folder only what the contract names is laid, and no more than is sane."""

from pathlib import Path

import pytest

from mailbridge.cli import check_trust
from mailbridge.cli.exits import UsageError


def _write(path: Path, octets: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)


def test_only_the_parts_of_the_contract_are_laid(tmp_path: Path) -> None:
    named = {"roots/a.pem", "crls/b.crl", "keys/c.p12", "pgp/d.asc", "dns.json", "agencies.toml"}
    for name in (*named, "disk.img", "home/e.pem", "roots/deep/f.pem"):
        _write(tmp_path / "trust" / name)
    laid = check_trust.lay(tmp_path / "trust", tmp_path / "laid")
    found = {path.relative_to(laid).as_posix() for path in laid.rglob("*") if path.is_file()}
    assert found == named


def test_too_many_files_are_refused_in_words(tmp_path: Path) -> None:
    for number in range(check_trust.FILES + 1):
        _write(tmp_path / "trust" / "certs" / str(number))
    with pytest.raises(UsageError, match="thư mục tin cậy"):
        check_trust.lay(tmp_path / "trust", tmp_path / "laid")


def test_a_file_of_gigabytes_is_refused_before_it_is_copied(tmp_path: Path) -> None:
    _write(tmp_path / "trust" / "roots" / "huge")
    with (tmp_path / "trust" / "roots" / "huge").open("r+b") as file:
        file.truncate(check_trust.SIZE + 1)
    with pytest.raises(UsageError, match="MiB"):
        check_trust.lay(tmp_path / "trust", tmp_path / "laid")
    assert not list((tmp_path / "laid").rglob("huge"))


def test_a_folder_that_is_not_there_is_no_empty_trust(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="không có thư mục"):
        check_trust.lay(tmp_path / "none", tmp_path / "laid")
