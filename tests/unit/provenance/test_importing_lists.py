"""A list is taken when its issuer is known and it is newer than the one at hand."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge.demo import pki
from mailbridge.model.trust_file import TrustFault, TrustFaultError
from mailbridge.provenance.importing_lists import lists
from tests.unit.provenance.samples import NOW, keys

WEEK = timedelta(days=7)


def _fault(octets: bytes, folder: Path) -> TrustFault:
    with pytest.raises(TrustFaultError) as error:
        lists(octets, folder)
    return error.value.fault


def test_a_newer_list_replaces_the_older_of_its_issuer_alone(tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    ((new, older),) = lists(pki.crl(keys().sub, NOW, NOW + WEEK), tmp_path)
    assert new.ends == NOW + WEEK
    assert [one.name for one in older] == ["1.crl"]


def test_a_list_that_brings_nothing_is_refused(tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    assert _fault(keys().crls()[1], tmp_path) is TrustFault.ALREADY_THERE
    assert _fault(keys().stale_crls()[1], tmp_path) is TrustFault.OLDER


def test_a_list_of_nobody_and_what_is_no_list_are_refused(tmp_path: Path) -> None:
    keys().write_trust(tmp_path)
    forged = pki.crl(keys().rogue_sub, NOW, NOW + WEEK)
    assert _fault(forged, tmp_path) is TrustFault.UNKNOWN_ISSUER
    assert _fault(keys().root.der(), tmp_path) is TrustFault.UNREADABLE
    assert _fault(b"", tmp_path) is TrustFault.UNREADABLE
