"""What the settings name and cannot be had is told with its key."""

from pathlib import Path

from mailbridge.settings import soundness
from mailbridge.settings.schema import Settings


def _settings(folder: Path, **more: object) -> Settings:
    (folder / "trust" / "roots").mkdir(parents=True, exist_ok=True)
    server = {"host": "h", "port": 993, "user": "u", "secret": {"file": folder / "password"}}
    box = {"name": "a", "address": "a@hungyen.gov.vn", "imap": server, "smtp": server}
    return Settings.model_validate(
        {
            "office": [{"agency": "DEMO.02.07", "clerk": "vanthu@hungyen.gov.vn"}],
            "mailbox": [box],
            "state": {"folder": folder},
            "directory": {"file": folder / "agencies.toml"},
            "trust": {"folder": folder / "trust"},
            **more,
        }
    )


def test_every_missing_secret_is_told_by_its_key(tmp_path: Path) -> None:
    told = list(soundness.of_secrets(_settings(tmp_path)))
    keys = [sentence.partition(":")[0] for sentence in told]
    assert keys == ["mailbox[0].imap.secret", "mailbox[0].smtp.secret"]


def test_a_secret_that_others_can_read_is_told_with_its_cure(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("x", encoding="utf-8")
    secret.chmod(0o644)
    assert all("0644" in one and "chmod 600" in one for one in _secrets_of(tmp_path))
    assert len(_secrets_of(tmp_path)) == 2
    secret.chmod(0o600)
    assert _secrets_of(tmp_path) == []


def _secrets_of(folder: Path) -> list[str]:
    return list(soundness.of_secrets(_settings(folder)))


def test_what_is_no_mail_address_is_told(tmp_path: Path) -> None:
    office = {"agency": "A", "clerk": "khong phai dia chi", "head": "ten@"}
    told = list(soundness.of_addresses(_settings(tmp_path, office=[office])))
    assert [one.partition(":")[0] for one in told] == ["office.clerk", "office.head"]
    assert list(soundness.of_addresses(_settings(tmp_path))) == []


def test_codes_that_the_directory_lacks_are_told_and_others_are_not(tmp_path: Path) -> None:
    settings = _settings(tmp_path, sending={"never_warn": ["demo.02.07", "KHONG.CO"]})
    (told,) = soundness.of_codes(settings, frozenset({"demo.02.07"}))
    assert told.startswith("sending.never_warn: mã KHONG.CO")


def test_folders_that_are_away_are_told(tmp_path: Path) -> None:
    settings = _settings(tmp_path, trust={"folder": tmp_path / "khong-co"})
    (told,) = soundness.of_folders(settings)
    assert told.startswith("trust.folder: ")
    assert list(soundness.of_folders(_settings(tmp_path))) == []
