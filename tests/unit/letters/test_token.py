"""Signing in a token (SoftHSM2): what openssl accepts, what waits, what is never tried twice."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from mailbridge import clock
from mailbridge.letters.signer import KeySigner
from mailbridge.letters.token import Place, opened
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from tests.simulators.token import MODULE, PIN, Hsm
from tests.unit.letters.keyring import Key, self_signed

ENTITY = b"Subject: a\r\n\r\nb\r\n"


@pytest.fixture(scope="module", params=["rsa", "ec"])
def key(request: pytest.FixtureRequest) -> Key:
    if request.param == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 2048)


def _written(path: Path, certificate: x509.Certificate) -> Path:
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return path


def _pin() -> str:
    return PIN


def _signer(place: Place) -> KeySigner:
    return KeySigner(partial(opened, place), clock.now)


@contextmanager
def _unplugged(hsm: Hsm) -> Iterator[None]:
    hsm.unplug()
    try:
        yield
    finally:
        hsm.plug_in()


def _fault(ask: Callable[[], object]) -> UnsignedError:
    with pytest.raises(UnsignedError) as caught:
        ask()
    return caught.value


def _verified(tmp_path: Path, seal: bytes, root: Path) -> bytes:
    (tmp_path / "seal.der").write_bytes(seal)
    (tmp_path / "entity").write_bytes(ENTITY)
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in"]
    command += [str(tmp_path / "seal.der"), "-content", str(tmp_path / "entity")]
    command += ["-CAfile", str(root), "-purpose", "any"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _place(hsm: Hsm, tmp_path: Path, label: str, key: Key) -> Place:
    hsm.token(label)
    hsm.put(label, key)
    certificates = _written(tmp_path / "own.pem", self_signed(key))
    return Place(MODULE, label, _pin, certificates)


def test_openssl_accepts_what_a_token_signed(hsm: Hsm, tmp_path: Path, key: Key) -> None:
    label = f"nhan-{type(key).__name__}"
    place = _place(hsm, tmp_path, label, key)
    assert place.certificates is not None
    assert _verified(tmp_path, _signer(place).sign(ENTITY), place.certificates) == ENTITY


def test_of_many_keys_the_one_of_the_certificate_signs(hsm: Hsm, tmp_path: Path, key: Key) -> None:
    label = f"nhieu-{type(key).__name__}"
    hsm.token(label)
    others: list[Key] = [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256R1()),
    ]
    for number, other in enumerate(others, start=2):
        hsm.put(label, other, label=f"khac-{number}", number=f"0{number}")
    hsm.put(label, key)
    path = _written(tmp_path / "own.pem", self_signed(key))
    assert _verified(tmp_path, _signer(Place(MODULE, label, _pin, path)).sign(ENTITY), path)
    wrong = Place(MODULE, label, _pin, path, key="khac-2")
    assert _fault(lambda: opened(wrong)).fault is KeyFault.UNPLUGGED


def test_certificate_may_lie_on_the_token(hsm: Hsm, key: Key) -> None:
    label = f"the-{type(key).__name__}"
    hsm.token(label)
    hsm.put(label, key)
    place = Place(MODULE, label, _pin)
    assert "no key of the certificate" in str(_fault(lambda: opened(place)))
    certificate = self_signed(key)
    hsm.put_certificate(label, certificate.public_bytes(Encoding.DER))
    assert _signer(place).certificate == certificate


def test_unplugged_token_delays_letters_and_signs_again_when_it_is_back(
    hsm: Hsm, tmp_path: Path, key: Key
) -> None:
    label = f"rut-{type(key).__name__}"
    signer = _signer(_place(hsm, tmp_path, label, key))
    signer.sign(ENTITY)
    with _unplugged(hsm):
        for _ in range(2):
            assert _fault(lambda: signer.sign(ENTITY)).fault is KeyFault.UNPLUGGED
    assert _verified(tmp_path, signer.sign(ENTITY), tmp_path / "own.pem") == ENTITY


def test_a_short_loss_is_not_even_seen(hsm: Hsm, tmp_path: Path) -> None:
    first, second = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = _signer(_place(hsm, tmp_path / "a", "mat-1", first))
    two = _signer(_place(hsm, tmp_path / "b", "mat-2", second))
    one.sign(ENTITY)
    # The second token was made after the module began: it begins anew, and all handles are void.
    assert _verified(tmp_path, two.sign(ENTITY), tmp_path / "b" / "own.pem") == ENTITY
    assert _verified(tmp_path, one.sign(ENTITY), tmp_path / "a" / "own.pem") == ENTITY


def test_two_mailboxes_may_share_a_token(hsm: Hsm, tmp_path: Path) -> None:
    place = _place(hsm, tmp_path, "chung", rsa.generate_private_key(65537, 2048))
    one, two = _signer(place), _signer(place)
    for signer in (one, two, one):
        assert _verified(tmp_path, signer.sign(ENTITY), tmp_path / "own.pem") == ENTITY


def test_wrong_pin_is_shown_to_a_token_once(hsm: Hsm, tmp_path: Path) -> None:
    place = _place(hsm, tmp_path, "sai-pin", rsa.generate_private_key(65537, 2048))
    pins = ["999111"]
    wrong = Place(MODULE, "sai-pin", lambda: pins[0], place.certificates)
    first, second = _signer(wrong), _signer(wrong)
    told = _fault(lambda: first.sign(ENTITY))
    assert told.fault is KeyFault.PIN
    assert "999111" not in f"{told} {told!r} {wrong!r}"
    # Another mailbox with the same token, too.
    for signer in (first, second):
        again = _fault(lambda one=signer: one.sign(ENTITY))  # type: ignore[misc]
        assert "refused this PIN before" in again.detail
    pins[0] = PIN
    assert first.sign(ENTITY)


@pytest.mark.parametrize("module", ["/nowhere/libhsm.so", "/etc/hostname"])
def test_what_is_no_module_delays_letters(module: str) -> None:
    place = Place(Path(module), "x", _pin)
    assert _fault(lambda: opened(place)).fault is KeyFault.UNPLUGGED


def test_certificate_of_another_key_is_not_used(hsm: Hsm, tmp_path: Path) -> None:
    place = _place(hsm, tmp_path, "khac-khoa", rsa.generate_private_key(65537, 2048))
    assert place.certificates is not None
    _written(place.certificates, self_signed(rsa.generate_private_key(65537, 2048)))
    assert "no key of the certificate" in str(_fault(lambda: opened(place)))
    place.certificates.write_bytes(b"junk")
    assert _fault(lambda: opened(place)).fault is KeyFault.UNPLUGGED
