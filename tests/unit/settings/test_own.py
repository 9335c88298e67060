"""The house's own secret is made once and stays."""

from pathlib import Path

from mailbridge.settings.own import own_secret


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    first = own_secret(tmp_path / "secret")
    assert own_secret(tmp_path / "secret") == first
    assert len(first) == 32


def test_the_secret_is_for_the_service_alone(tmp_path: Path) -> None:
    own_secret(tmp_path / "secret")
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_two_houses_have_two_secrets(tmp_path: Path) -> None:
    assert own_secret(tmp_path / "a") != own_secret(tmp_path / "b")
