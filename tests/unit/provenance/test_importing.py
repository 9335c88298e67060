"""What is no authority, or a bad one, is refused before anything is trusted by it."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from mailbridge.demo import pki
from mailbridge.model.trust_file import TrustFault, TrustFaultError, TrustKind
from mailbridge.provenance.importing import certificates, listed
from tests.unit.provenance.samples import NOW, keys


def test_roots_and_intermediates_are_told_apart(tmp_path: Path) -> None:
    found = certificates(keys().root.pem() + keys().sub.pem(), None, NOW)
    assert [one.kind for one in found] == [TrustKind.ROOT, TrustKind.INTERMEDIATE]
    assert found[0].fingerprint == keys().root.fingerprint
    keys().write_trust(tmp_path)
    (tmp_path / "certs" / "junk").write_bytes(b"junk")
    there = {(one.kind, one.name): one.fingerprint for one in listed(tmp_path)}
    assert there[TrustKind.ROOT, "root.pem"] == keys().root.fingerprint
    assert there[TrustKind.INTERMEDIATE, "junk"] == ""


def _short() -> bytes:
    profile = pki.Profile(pki.name("CA khóa ngắn"), NOW - pki.YEAR, NOW + pki.YEAR)
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    return pki.authority(profile, key).der()


@pytest.mark.parametrize(
    ("octets", "kind", "later", "fault"),
    [
        (keys().seal.der(), None, 0, TrustFault.NOT_AN_AUTHORITY),
        (keys().sub.der(), TrustKind.ROOT, 0, TrustFault.NOT_SELF_SIGNED),
        (keys().root.der(), TrustKind.INTERMEDIATE, 0, TrustFault.SELF_SIGNED),
        (keys().root.der(), None, 40, TrustFault.EXPIRED),
        (keys().root.der(), None, -40, TrustFault.NOT_YET_VALID),
        (_short(), None, 0, TrustFault.WEAK),
        (keys().seal.key_pem(), None, 0, TrustFault.PRIVATE_KEY),
        (keys().crls()[0], None, 0, TrustFault.UNREADABLE),
        (b"", None, 0, TrustFault.UNREADABLE),
        (b"junk", TrustKind.ROOT, 0, TrustFault.UNREADABLE),
    ],
)
def test_each_fault_has_its_word(
    octets: bytes, kind: TrustKind | None, later: int, fault: TrustFault
) -> None:
    with pytest.raises(TrustFaultError) as error:
        certificates(octets, kind, NOW + timedelta(days=365 * later))
    assert error.value.fault is fault
