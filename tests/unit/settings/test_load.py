"""Every fault of the settings is one sentence with file, key and cure."""

import tomllib
from pathlib import Path

import pytest

from mailbridge.settings.load import SettingsError, keys_at, load
from mailbridge.settings.schema import Settings

REFERENCE = Path(__file__).resolve().parents[3] / "config" / "mailbridge.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = REFERENCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mailbridge.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def fault(path: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load(path)
    (sentence,) = caught.value.sentences
    assert sentence.startswith(str(path))
    return sentence


def test_the_reference_file_loads_and_shows_every_table() -> None:
    settings = load(REFERENCE)
    table = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))
    assert set(table) == set(Settings.model_fields)
    for name in ("office", "intake", "policy", "examination", "notices", "state"):
        known = set(keys_at((name,)))
        elsewhere = {"keys", "database", "database_password"} & known
        assert set(table[name]) | elsewhere == known, name
    optional = {"ca_file"}
    assert set(table["mailbox"][0]["imap"]) | optional == set(keys_at(("mailbox", 0, "imap")))
    assert settings.directory.file == REFERENCE.parent / "agencies.example.toml"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("batch_minutes = 15", "batch_minuts = 15", "'batch_minutes'"),
        (
            "batch_minutes = 15",
            'batch_minutes = "soon"',
            "notices.batch_minutes: phải là số nguyên",
        ),
        ("port = 993", "", "mailbox[0].imap.port: còn thiếu"),
        ('watch = "idle"', 'watch = "push"', "mailbox[0].imap.watch: phải là một trong"),
        ('security = "tls"', 'security = "none"', "127.0.0.1"),
        ('failed = "hold"', 'failed = "register"', "policy.failed: phải là một trong 'hold'"),
        ('{ credential = "vanthu-p12" }', "{}", "file, credential, command"),
        ('name = "vanthu"', 'name = "Văn thư"', "mailbox[0].name"),
        ("[notices]", "[notices", "TOML"),
    ],
)
def test_a_fault_names_key_and_cure(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in fault(changed(tmp_path, old, new))


def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = changed(tmp_path, '{ credential = "vanthu-password" }', '"hunter2"')
    sentence = fault(path)
    assert "mailbox[0].imap.secret" in sentence
    assert "hunter2" not in sentence


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    assert "không đọc được" in fault(tmp_path / "none.toml")


def test_two_mailboxes_of_one_name_are_refused(tmp_path: Path) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    start, end = text.index("[[mailbox]]"), text.index("[[route]]")
    path = tmp_path / "mailbridge.toml"
    path.write_text(text + text[start:end], encoding="utf-8")
    with pytest.raises(SettingsError, match="'vanthu' bị trùng"):
        load(path)
