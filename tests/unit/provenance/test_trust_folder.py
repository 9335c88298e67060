"""Imported roots, certificates and CRLs."""

from typing import Any

from mailbridge.provenance import trust


def test_an_unchanged_folder_is_parsed_once(tmp_path: Any, keys: Any) -> None:
    keys.write_trust(tmp_path)
    first = trust.load(tmp_path)
    assert trust.load(tmp_path) is first
    (tmp_path / "roots" / "more.pem").write_bytes(keys.rogue_root.pem())
    assert len(trust.load(tmp_path).roots) == len(first.roots) + 1


def test_a_bad_file_is_named_and_harms_no_other(tmp_path: Any, keys: Any) -> None:
    keys.write_trust(tmp_path)
    (tmp_path / "roots" / "bad.der").write_bytes(b"none")
    (tmp_path / "crls" / "folder").mkdir()
    found = trust.load(tmp_path)
    assert [each.partition(":")[0] for each in found.problems] == ["roots/bad.der"]
    assert found.root_fingerprints == (keys.root.fingerprint,)
    assert len(found.crls) == 2


def test_every_part_of_the_folder_is_optional(tmp_path: Any) -> None:
    assert trust.load(tmp_path / "nowhere").roots == ()
