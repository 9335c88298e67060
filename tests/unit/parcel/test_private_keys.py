"""Keys of ours are found in every form in which an administrator lays them down."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.private_keys import private_keys
from tests.unit.parcel.locked import folder, holder, openssl

US = holder("us")


def ring(name: str, octets: bytes, *passwords: tuple[str, str]) -> Keyring:
    made = folder()
    (made / "keys" / name).write_bytes(octets)
    return Keyring(made, passwords)


def locked_pem(word: bytes) -> bytes:
    lock = serialization.BestAvailableEncryption(word)
    pem = serialization.Encoding.PEM
    return US.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, lock)


@pytest.mark.parametrize(
    ("name", "octets", "passwords"),
    [
        ("a.pem", US.key_pem(), ()),
        ("a.pem", b"words before\n" + US.pem() + US.key_pem(), ()),
        ("a.pem", locked_pem("mật".encode()), (("a.pem", "mật"),)),
        ("a.key", locked_pem(b"x"), (("*", "y"), ("*", "x"))),
        ("a.p12", US.p12("nss"), (("a.p12", "nss"),)),
        ("a.pfx", US.p12("nss"), (("*", "nss"),)),
        ("a.der", openssl("pkey", "-outform", "DER", octets=US.key_pem()), ()),
    ],
)
def test_a_key_is_read(name: str, octets: bytes, passwords: tuple[tuple[str, str], ...]) -> None:
    assert len(private_keys(ring(name, octets, *passwords))) == 1


def test_a_pkcs12_under_the_empty_password_is_read() -> None:
    made = folder()
    for name, octets in (("k", US.key_pem()), ("c", US.pem())):
        (made / name).write_bytes(octets)
    octets = openssl(
        "pkcs12", "-export", "-inkey", f"{made}/k", "-in", f"{made}/c", "-passout", "pass:"
    )
    (own,) = private_keys(ring("a.p12", octets))
    assert own.certificates == (US.certificate,)


@pytest.mark.parametrize("octets", [b"", b"-----BEGIN PRIVATE KEY-----", b"\x30\x03abc", b"junk"])
def test_a_wrong_file_hides_no_key_beside_it(octets: bytes) -> None:
    made = folder(US)
    (made / "keys" / "00.pem").write_bytes(octets)
    assert len(private_keys(Keyring(made))) == 1


def test_every_certificate_of_a_key_is_found_wherever_it_lies() -> None:
    made = folder(US, certificates=False)
    renewed = holder("us renewed", US.key)
    (made / "certs").mkdir()
    (made / "certs" / "new.pem").write_bytes(renewed.pem())
    (made / "keys" / "old.crt").write_bytes(US.pem())
    (own,) = private_keys(Keyring(made))
    assert set(own.certificates) == {US.certificate, renewed.certificate}


def test_a_changed_folder_is_read_anew() -> None:
    made = folder()
    assert private_keys(Keyring(made)) == ()
    (made / "keys" / "a.pem").write_bytes(US.key_pem())
    assert len(private_keys(Keyring(made))) == 1


def test_a_key_without_its_password_is_none() -> None:
    assert private_keys(ring("a.pem", locked_pem(b"x"), ("b.pem", "x"))) == ()


def test_without_a_folder_there_are_no_keys() -> None:
    assert private_keys(Keyring()) == private_keys(Keyring(Path("/nonexistent"))) == ()
