"""Our private keys: read once from the folder `keys/`, each with its certificates."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa, x448, x25519
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)

from mailbridge.parcel.keyring import Keyring

# The folder is the administrator's, but a wrong file in it must not stop the opening of mails.
_FILE_SIZE = 1024 * 1024
_FILES = 200
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, OSError, x509.InvalidVersion)
_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.+?-----END \1-----", re.DOTALL)
# OpenPGP keys lie in the same folder, and are another's.
_FOREIGN = {".asc", ".gpg", ".pgp"}
_State = tuple[tuple[Path, int, int], ...]
_Opening = (
    rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | x25519.X25519PrivateKey | x448.X448PrivateKey
)
_Words = tuple[bytes | None, ...]
_Loaded = TypeVar("_Loaded")


@dataclass(frozen=True, eq=False, slots=True)
class OwnKey:
    """A private key of ours with every certificate of it that is at hand; there may be none."""

    key: _Opening
    certificates: tuple[x509.Certificate, ...] = ()

    @property
    def identifiers(self) -> tuple[bytes, ...]:
        """Its subject key identifiers: those that its certificates say, and the usual one."""
        found = [x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()).digest]
        for certificate in self.certificates:
            try:
                said = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
            except (x509.ExtensionNotFound, *UNREADABLE):
                continue
            found.append(said.value.digest)
        return tuple(found)


@dataclass(slots=True)
class _Pile:
    """Keys and certificates as the files gave them."""

    keys: list[PrivateKeyTypes]
    certificates: list[x509.Certificate]


def private_keys(ring: Keyring) -> tuple[OwnKey, ...]:
    """List our keys for S/MIME, old and new; an unchanged folder is read once a process."""
    if ring.folder is None or ring.keys is None:
        return ()
    return _loaded((*_state(ring.keys), *_state(ring.folder / "certs")), ring.passwords)


def _state(folder: Path) -> _State:
    found = []
    for path in sorted(folder.glob("*"))[:_FILES]:
        state = path.stat()
        if path.is_file() and path.suffix not in _FOREIGN and state.st_size <= _FILE_SIZE:
            found.append((path, state.st_mtime_ns, state.st_size))
    return tuple(found)


# As many as one installation may host offices, each with keys of its own.
@lru_cache(maxsize=256)
def _loaded(state: _State, passwords: tuple[tuple[str, str], ...]) -> tuple[OwnKey, ...]:
    ring, pile = Keyring(passwords=passwords), _Pile([], [])
    for path, _, _ in state:
        words = [word.encode() for word in ring.passwords_for(path.name)]
        try:
            _read(path.read_bytes(), (None, *words, b""), pile)
        except UNREADABLE:
            continue
    by_public: dict[bytes, list[x509.Certificate]] = {}
    for certificate in pile.certificates:
        by_public.setdefault(_public_of(certificate), []).append(certificate)
    keys = {_public(key): key for key in pile.keys if isinstance(key, _Opening)}
    return tuple(
        OwnKey(key, tuple(dict.fromkeys(by_public.get(public, ())))) for public, key in keys.items()
    )


def _public(key: _Opening) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _public_of(certificate: x509.Certificate) -> bytes:
    try:
        public = certificate.public_key()
    except UNREADABLE:
        return b""
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _read(octets: bytes, words: _Words, pile: _Pile) -> None:
    """Read PEM of any number of keys and certificates, PKCS#12, or one DER of either."""
    blocks = list(_BLOCK.finditer(octets))
    for block in blocks:
        if block[1] == b"CERTIFICATE":
            pile.certificates.append(x509.load_pem_x509_certificate(block[0]))
        elif block[1].endswith(b"PRIVATE KEY"):
            pile.keys += _first(partial(load_pem_private_key, block[0]), words)
    if blocks:
        return
    bags = _first(partial(pkcs12.load_pkcs12, octets), words)
    for bag in bags:
        pile.keys += [bag.key] if bag.key else []
        pile.certificates += [
            each.certificate for each in (bag.cert, *bag.additional_certs) if each
        ]
    keys = [] if bags else _first(partial(load_der_private_key, octets), words)
    pile.keys += keys
    if not bags and not keys:
        pile.certificates.append(x509.load_der_x509_certificate(octets))


def _first(load: Callable[[bytes | None], _Loaded], words: _Words) -> list[_Loaded]:
    """Load with the first password that fits: none, those given, the empty one."""
    for word in words:
        try:
            return [load(word)]
        except UNREADABLE:
            continue
    return []
