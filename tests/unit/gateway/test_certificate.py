"""A certificate that was renewed is in use without a restart, and a half-written one never."""

import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from mailbridge.gateway.certificate import OwnCertificate
from mailbridge.wiring.stamped import stamp
from tests.unit.letters.keyring import self_signed


class Files:
    """The two files of a certificate, and what is written into them."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self.key = folder / "door.pem", folder / "door.key"

    def renew(self) -> tuple[bytes, bytes]:
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return self_signed(key).public_bytes(Encoding.PEM), pem

    def own(self) -> OwnCertificate:
        return OwnCertificate(self.certificate, self.key, stamp(self.certificate, self.key))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    made = Files(tmp_path)
    certificate, key = made.renew()
    made.certificate.write_bytes(certificate)
    made.key.write_bytes(key)
    return made


def test_the_same_files_are_read_once(files: Files) -> None:
    own = files.own()
    assert own.context() is own.context()


def test_a_renewed_certificate_is_shown_to_the_next_who_comes(files: Files) -> None:
    own = files.own()
    before = own.context()
    certificate, key = files.renew()
    # As renewal does it: a new file takes the place of the old one.
    for path, octets in ((files.key, key), (files.certificate, certificate)):
        fresh = path.with_suffix(".new")
        fresh.write_bytes(octets)
        fresh.replace(path)
    assert own.context() is not before


def test_between_the_two_files_the_former_one_stays_in_use(files: Files) -> None:
    own = files.own()
    before = own.context()
    certificate, key = files.renew()
    files.certificate.write_bytes(certificate)
    assert own.context() is before
    assert own.context() is before
    files.key.write_bytes(key)
    assert own.context() is not before


@pytest.mark.parametrize("octets", [b"", b"no certificate"])
def test_what_cannot_be_read_leaves_the_former_one_in_use(files: Files, octets: bytes) -> None:
    own = files.own()
    before = own.context()
    files.certificate.write_bytes(octets)
    assert own.context() is before
    files.certificate.unlink()
    assert own.context() is before


def test_one_that_is_of_no_use_from_the_start_is_said_at_the_start(files: Files) -> None:
    files.key.write_bytes(files.renew()[1])
    with pytest.raises(ssl.SSLError):
        files.own()
