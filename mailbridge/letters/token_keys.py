"""Keys that stay in a token, in the shape in which `cryptography` takes keys for signing."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NoReturn, Self

import pkcs11
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import PKCS11Error
from pkcs11.types import PrivateKey, SignMixin

from mailbridge.letters.keys import SigningKey
from mailbridge.letters.unsigned import KeyFault, UnsignedError


@dataclass(frozen=True, slots=True)
class Session:
    """A login to a token, whose module one thread uses at a time; `stands` until it is over."""

    handle: pkcs11.Session
    turn: AbstractContextManager[bool]
    stands: Callable[[], bool]
    name: str

    def signed(self, key: PrivateKey, octets: bytes, mechanism: Mechanism) -> bytes:
        """Sign in the token; raises UnsignedError."""
        with self.turn:
            # A handle of an earlier initialising may name another key by now.
            if not self.stands():
                raise UnsignedError(KeyFault.UNPLUGGED, f"the session of {self.name} is over")
            if not isinstance(key, SignMixin):
                raise UnsignedError(KeyFault.UNPLUGGED, f"the key of {self.name} may not sign")
            try:
                return bytes(key.sign(octets, mechanism=mechanism))
            except PKCS11Error as error:
                told = f"{self.name} does not sign ({type(error).__name__})"
                raise UnsignedError(KeyFault.UNPLUGGED, told) from error


class _Kept:
    """What the interfaces of keys want besides signing: nothing of it leaves a token."""

    def decrypt(self, *_: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError

    def exchange(self, *_: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError

    def private_numbers(self) -> NoReturn:
        """Refuse."""
        raise NotImplementedError

    def private_bytes(self, *_: object) -> NoReturn:
        """Refuse."""
        raise NotImplementedError

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


class _Rsa(_Kept, rsa.RSAPrivateKey):
    """An RSA key in a token; each signature is checked before it is given out."""

    def __init__(self, session: Session, key: PrivateKey, public: rsa.RSAPublicKey) -> None:
        self._session, self._key, self._public = session, key, public

    @property
    def key_size(self) -> int:
        """Bits of the modulus."""
        return self._public.key_size

    def public_key(self) -> rsa.RSAPublicKey:
        """Give the key of the certificate."""
        return self._public

    def sign(self, data: bytes, padding: object, algorithm: object) -> bytes:
        """Sign by PKCS #1 v1.5 and SHA-256, the one way in which letters are signed."""
        del padding, algorithm
        octets = bytes(data)
        signature = self._session.signed(self._key, octets, Mechanism.SHA256_RSA_PKCS)
        try:
            self._public.verify(signature, octets, PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise _wrong(self._session) from error
        return signature


class _Curve(_Kept, ec.EllipticCurvePrivateKey):
    """A key of an elliptic curve in a token; each signature is checked, too."""

    def __init__(
        self, session: Session, key: PrivateKey, public: ec.EllipticCurvePublicKey
    ) -> None:
        self._session, self._key, self._public = session, key, public

    @property
    def curve(self) -> ec.EllipticCurve:
        """The curve of the certificate."""
        return self._public.curve

    @property
    def key_size(self) -> int:
        """Bits of the curve."""
        return self._public.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Give the key of the certificate."""
        return self._public

    def sign(self, data: object, signature_algorithm: object) -> bytes:
        """Sign by ECDSA and SHA-256, hashed here: not every token hashes for ECDSA."""
        del signature_algorithm
        octets = bytes(data) if isinstance(data, bytes | bytearray | memoryview) else b""
        digest = Hash(SHA256())
        digest.update(octets)
        # PKCS #11 v2.40 §2.3.1: r and s, each half of the octets.
        pair = self._session.signed(self._key, digest.finalize(), Mechanism.ECDSA)
        half = len(pair) // 2
        r, s = (int.from_bytes(part) for part in (pair[:half], pair[half:]))
        signature = encode_dss_signature(r, s)
        try:
            self._public.verify(signature, octets, ec.ECDSA(SHA256()))
        except InvalidSignature as error:
            raise _wrong(self._session) from error
        return signature


def chosen(
    session: Session, certificates: Sequence[x509.Certificate], label: str | None
) -> SigningKey:
    """Find the private key of one of the certificates; raises UnsignedError or PKCS11Error."""
    wanted: dict[Attribute, object] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
    if label is not None:
        wanted[Attribute.LABEL] = label
    keys = [one for one in session.handle.get_objects(wanted) if isinstance(one, PrivateKey)]
    for key in keys:
        for certificate in certificates:
            found = _fitting(session, key, certificate)
            if found is not None:
                chain = tuple(one for one in certificates if one != certificate)
                return SigningKey(found, certificate, chain)
    raise UnsignedError(KeyFault.UNPLUGGED, f"{session.name} holds no key of the certificate")


def _fitting(
    session: Session, key: PrivateKey, certificate: x509.Certificate
) -> _Rsa | _Curve | None:
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey) and key.key_type is KeyType.RSA:
        modulus = int.from_bytes(key[Attribute.MODULUS])
        return _Rsa(session, key, public) if modulus == public.public_numbers().n else None
    if isinstance(public, ec.EllipticCurvePublicKey) and key.key_type is KeyType.EC:
        return _Curve(session, key, public) if _is_point_of(session, key, public) else None
    return None


def _is_point_of(session: Session, key: PrivateKey, public: ec.EllipticCurvePublicKey) -> bool:
    """Compare with the public key beside it, which has the same CKA_ID (PKCS #11 v2.40 §4.8)."""
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    beside = {Attribute.CLASS: ObjectClass.PUBLIC_KEY, Attribute.ID: key.id}
    points = [bytes(one[Attribute.EC_POINT]) for one in session.handle.get_objects(beside)]
    # Without one the first signature tells.
    return not points or any(one.endswith(point) for one in points)


def _wrong(session: Session) -> UnsignedError:
    return UnsignedError(KeyFault.UNPLUGGED, f"{session.name} signed by another key")
