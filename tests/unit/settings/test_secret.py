"""A secret comes from its place, and never shows in an error."""

from pathlib import Path

import pytest

from mailbridge.settings.secret import Secret, SecretError


def test_a_secret_is_read_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mật khẩu\n", encoding="utf-8")
    assert Secret(file=tmp_path / "secret").read() == "mật khẩu"


def test_a_secret_is_read_from_a_systemd_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "imap").write_text("s3cret", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert Secret(credential="imap").read() == "s3cret"


def test_a_credential_without_systemd_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    with pytest.raises(SecretError, match="LoadCredential"):
        Secret(credential="imap").read()


def test_a_secret_is_read_from_a_command() -> None:
    assert Secret(command=("printf", "%s", "token")).read() == "token"


def test_a_failing_command_does_not_tell_what_it_printed() -> None:
    with pytest.raises(SecretError) as caught:
        Secret(command=("sh", "-c", "echo hunter2; exit 1")).read()
    assert "hunter2" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="none"):
        Secret(file=tmp_path / "none").read()
