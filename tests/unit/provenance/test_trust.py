"""The trust folder is read once, and a bad file in it stops nothing."""

from pathlib import Path

from mailbridge.provenance.trust import load
from tests.unit.provenance.samples import keys


def test_an_unchanged_folder_is_parsed_once(tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    assert load(tmp_path) is load(tmp_path)


def test_a_changed_folder_is_read_anew(tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    first = load(tmp_path)
    (tmp_path / "crls" / "more.crl").write_bytes(keys().crls()[0])
    assert len(load(tmp_path).crls) == len(first.crls) + 1


def test_a_bad_file_is_named_and_the_others_count(tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    (tmp_path / "roots" / "bad.pem").write_bytes(b"junk")
    store = load(tmp_path)
    assert len(store.roots) == 1
    assert "roots/bad.pem" in store.problems[0]


def test_an_empty_folder_trusts_nobody(tmp_path: Path) -> None:
    assert load(tmp_path).roots == ()
