"""The key of a mailbox in a PKCS#11 token: it signs there and never leaves."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, ObjectClass, TokenFlag
from pkcs11 import exceptions as faults

from mailbridge.letters.keys import SigningKey
from mailbridge.letters.token_keys import Session, chosen
from mailbridge.letters.unsigned import KeyFault, UnsignedError

# PKCS #11 v2.40 §5.6 C_Login: what says that this PIN will not do, now or ever.
_PIN_FAULTS = (
    faults.PinIncorrect,
    faults.PinInvalid,
    faults.PinLenRange,
    faults.PinLocked,
    faults.PinExpired,
    faults.UserPinNotInitialized,
)
# One more wrong PIN would lock the token, or has locked it.
_LAST_TRY = TokenFlag.USER_PIN_FINAL_TRY | TokenFlag.USER_PIN_LOCKED


@dataclass(frozen=True, slots=True)
class Place:
    """Where the key lies: the vendor's module, the token by its label, and the key on it.

    `certificates` names a PEM file of ours and those between it and the root; None: they lie on the
    token. `key` is the label of the private key; None: the one that fits the certificate.
    """

    module: Path
    label: str
    pin: Callable[[], str] = field(repr=False)
    certificates: Path | None = None
    key: str | None = None


class _Module:
    """A vendor's module, of which a process may have one: its sessions end with its initialising.

    PKCS #11 v2.40 §5.4: after C_Finalize every handle is void, and may mean another object later.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.turn = threading.RLock()
        self.age = 0
        # Digests of PINs that a token refused, by its label: none is shown to it twice.
        self.refused: dict[str, bytes] = {}

    def token(self, label: str) -> pkcs11.Token:
        """Find a token; one that was plugged in later shows after a new beginning alone."""
        try:
            return pkcs11.lib(str(self.path)).get_token(token_label=label)
        except faults.PKCS11Error:
            self.age += 1
            library = pkcs11.lib(str(self.path))
            library.reinitialize()
            return library.get_token(token_label=label)


_MODULES: dict[Path, _Module] = {}
_ALL = threading.Lock()


def opened(place: Place) -> SigningKey:
    """Log in to the token and find key and certificate; raises UnsignedError without secrets."""
    with _ALL:
        module = _MODULES.setdefault(place.module, _Module(place.module))
    with module.turn, _told(place):
        handle = _logged_in(module, place)
        age = module.age
        session = Session(handle, module.turn, lambda: module.age == age, f"token {place.label!r}")
        return chosen(session, _certificates(place, handle), place.key)


def _logged_in(module: _Module, place: Place) -> pkcs11.Session:
    token = module.token(place.label)
    pin = place.pin()
    digest = hashlib.sha256(pin.encode()).digest()
    if module.refused.get(place.label) == digest:
        raise UnsignedError(KeyFault.PIN, f"token {place.label!r} has refused this PIN before")
    if token.flags & _LAST_TRY:
        raise UnsignedError(KeyFault.PIN, f"token {place.label!r} is locked, or would be soon")
    try:
        return token.open(user_pin=pin)
    except faults.UserAlreadyLoggedIn:
        # PKCS #11 v2.40 §5.6: a login holds for all sessions of the process with that token.
        return token.open()
    except _PIN_FAULTS as error:
        module.refused[place.label] = digest
        told = f"token {place.label!r} refused the PIN ({type(error).__name__})"
        raise UnsignedError(KeyFault.PIN, told) from error


def _certificates(place: Place, session: pkcs11.Session) -> list[x509.Certificate]:
    if place.certificates is not None:
        return x509.load_pem_x509_certificates(place.certificates.read_bytes())
    found = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
    return [x509.load_der_x509_certificate(bytes(one[Attribute.VALUE])) for one in found]


@contextmanager
def _told(place: Place) -> Iterator[None]:
    """Turn what modules and files raise into one sentence; no words of theirs are in it."""
    try:
        yield
    except (faults.PKCS11Error, OSError, ValueError) as error:
        told = f"token {place.label!r} cannot be used ({type(error).__name__})"
        raise UnsignedError(KeyFault.UNPLUGGED, told) from error
