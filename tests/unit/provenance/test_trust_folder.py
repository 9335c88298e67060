"""Imported roots, certificates and CRLs."""

from typing import Any

import pytest

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


def test_texts_of_dns_lie_beside_the_roots_and_stand_for_the_network(tmp_path: Any) -> None:
    assert trust.load(tmp_path).dns is None
    (tmp_path / "dns.json").write_text('{"K._domainkey.B.vn.": ["v=DKIM1"], "c.vn": "x"}')
    assert trust.load(tmp_path).dns == {"k._domainkey.b.vn": ("v=DKIM1",), "c.vn": ("x",)}


@pytest.mark.parametrize("written", ["{", "[]", '{"a": 1}', "\xff"])
def test_texts_that_cannot_be_read_are_an_empty_dns_and_never_that_of_the_network(
    tmp_path: Any, written: str
) -> None:
    (tmp_path / "dns.json").write_text(written, encoding="latin-1")
    found = trust.load(tmp_path)
    assert (found.dns, [each[:9] for each in found.problems]) == ({}, ["dns.json:"])
