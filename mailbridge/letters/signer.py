"""Who signs letters: what compose asks for, and the one that keeps a key open until it is lost."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from cryptography import x509

from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signing import sign
from mailbridge.letters.unsigned import KeyFault, UnsignedError


class Signer(Protocol):
    """What compose asks for; every member raises UnsignedError while the key is away."""

    @property
    def certificate(self) -> x509.Certificate:
        """Our own certificate, for which an envelope is locked, too."""

    def sign(self, entity: bytes) -> bytes:
        """Give the DER of a detached CMS over the exact octets (RFC 8551 §3.5.3)."""


class KeySigner:
    """Signs by a key that is opened at the first letter: of a file or of a token.

    A key that fails in use (a token that was unplugged, a session that the token ended) is opened
    once more before the letter is given back. A certificate out of its time never signs. A key
    whose file looks another way (`stamp`) was renewed; while that cannot be opened, the former one
    signs on.
    """

    def __init__(
        self,
        open_: Callable[[], SigningKey],
        now: Callable[[], datetime],
        stamp: Callable[[], object] = lambda: None,
    ) -> None:
        self._open = open_
        self._now = now
        self._stamp, self._seen = stamp, stamp()
        self._key: SigningKey | None = None
        # The poster and whoever previews a letter may ask at once.
        self._turn = threading.Lock()

    @property
    def certificate(self) -> x509.Certificate:
        """Our own certificate; raises UnsignedError."""
        with self._turn:
            return self._opened().certificate

    def sign(self, entity: bytes) -> bytes:
        """Sign the octets as they will travel; raises UnsignedError."""
        with self._turn:
            was_open = self._key is not None
            try:
                return sign(entity, self._opened())
            except UnsignedError:
                self._key = None
                if not was_open:
                    raise
            try:
                return sign(entity, self._opened())
            except UnsignedError:
                self._key = None
                raise

    def _opened(self) -> SigningKey:
        seen = self._stamp()
        if self._key is None:
            self._key = self._open()
        elif seen != self._seen:
            with suppress(UnsignedError):
                self._key = self._open()
        self._seen = seen
        certificate, now = self._key.certificate, self._now()
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            # Forgotten, so that a renewed one is found without a restart.
            self._key = None
            until = certificate.not_valid_after_utc.date()
            raise UnsignedError(KeyFault.EXPIRED, f"the certificate is out of its time ({until})")
        return self._key
