"""The invented certificates are what their names say."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from mailbridge.demo import pki
from mailbridge.demo.hierarchy import Hierarchy, hierarchy

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def keys() -> Hierarchy:
    return hierarchy(NOW)


def _verify(folder: Path, keys: Hierarchy, identity: pki.Identity) -> str:
    crls = (x509.load_der_x509_crl(octets) for octets in keys.crls())
    (folder / "root.pem").write_bytes(keys.root.pem())
    (folder / "chain.pem").write_bytes(identity.chain_pem())
    (folder / "crls.pem").write_bytes(b"".join(each.public_bytes(Encoding.PEM) for each in crls))
    (folder / "end.pem").write_bytes(identity.pem())
    done = subprocess.run(
        ["openssl", "verify", "-crl_check_all", "-attime", str(int(NOW.timestamp())),
         "-CAfile", "root.pem", "-untrusted", "chain.pem", "-CRLfile", "crls.pem", "end.pem"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.mark.parametrize("who", ["seal", "ec_seal", "person", "mailbox", "neighbour_mailbox"])
def test_good_signers_lead_to_the_root(tmp_path: Path, keys: Hierarchy, who: str) -> None:
    assert "end.pem: OK" in _verify(tmp_path, keys, getattr(keys, who))


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("revoked", "certificate revoked"),
        ("expired", "certificate has expired"),
        ("early", "not yet valid"),
        ("rogue_seal", "error"),
    ],
)
def test_each_bad_signer_has_its_own_fault(
    tmp_path: Path, keys: Hierarchy, who: str, why: str
) -> None:
    assert why in _verify(tmp_path, keys, getattr(keys, who))


def test_rogues_bear_the_same_names(keys: Hierarchy) -> None:
    assert keys.rogue_seal.certificate.subject == keys.seal.certificate.subject
    assert keys.rogue_seal.certificate.issuer == keys.seal.certificate.issuer
    assert keys.rogue_seal.fingerprint != keys.seal.fingerprint


def test_same_question_gives_the_same_serial(keys: Hierarchy) -> None:
    profile = pki.Profile(pki.name("A", "B"), NOW, NOW + pki.YEAR)
    one, two = (pki.issue(keys.sub, profile, pki.key("seal")) for _ in range(2))
    assert one.fingerprint == two.fingerprint


def test_a_list_has_the_entries_asked_for(keys: Hierarchy) -> None:
    octets = pki.crl(keys.sub, NOW, NOW + timedelta(days=1), [(keys.seal, NOW)], entries=50)
    found = x509.load_der_x509_crl(octets)
    assert len(found) == 51
    serial = keys.seal.certificate.serial_number
    assert found.get_revoked_certificate_by_serial_number(serial) is not None


def test_a_packed_identity_opens_with_its_password(keys: Hierarchy) -> None:
    key, certificate, above = pkcs12.load_key_and_certificates(keys.seal.p12("mật"), "mật".encode())
    assert certificate == keys.seal.certificate
    assert key is not None
    assert len(above) == 2
