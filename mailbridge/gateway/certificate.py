"""The gateway's own certificate: one that was renewed is shown to the next who comes."""

import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import structlog

_log = structlog.get_logger(__name__)


class OwnCertificate:
    """Certificate and key of a door, read again when their files look another way.

    Renewal writes two files, one after the other: what cannot be read, or does not belong together,
    leaves the former certificate in use until the files change once more.
    """

    def __init__(self, certificate: Path, key: Path, stamp: Callable[[], object]) -> None:
        """Read them; raises OSError where they are of no use from the start."""
        self._certificate, self._key, self._stamp = certificate, key, stamp
        self._turn = threading.Lock()
        self._seen = stamp()
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """Give what the next connection is secured with."""
        with self._turn:
            seen = self._stamp()
            if seen != self._seen:
                self._seen = seen
                self._renew()
            return self._context

    def _renew(self) -> None:
        try:
            self._context = self._read()
        except OSError as error:
            _log.warning(
                "renewed certificate of no use", file=str(self._certificate), error=str(error)
            )
        else:
            _log.info("renewed certificate in use", file=str(self._certificate))

    def _read(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        # A key that asks for a password would stop the service and ask whoever started it.
        context.load_cert_chain(self._certificate, self._key, password=str)
        return context
