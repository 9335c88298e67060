"""The keys of a mailbox: who signs its letters, opened when the first of them leaves."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.settings.schema_of_mail import Key, Mailbox

if TYPE_CHECKING:
    from mailbridge.letters.keys import SigningKey
    from mailbridge.letters.pgp_signing import PgpSigner
    from mailbridge.letters.signer import Signer
    from mailbridge.settings.secret import Secret


def signer(mailbox: Mailbox) -> "Signer | None":
    """Build who signs the letters of a mailbox; no key is opened before the first letter."""
    from mailbridge import clock
    from mailbridge.letters.signer import KeySigner
    from mailbridge.wiring.stamped import stamp

    key = mailbox.key
    if key is None:
        return None
    # A token is asked for its key by name, and has no file.
    renewed = stamp(key.file) if key.file else stamp()
    signs = KeySigner(opening(key), clock.now, renewed)
    if key.tsa is None:
        return signs
    from mailbridge.letters.stamping import StampingSigner

    return StampingSigner(signs, _stamps(key.tsa))


def openpgp(mailbox: Mailbox, homes: Path) -> "PgpSigner | None":
    """Build who signs for agencies that read OpenPGP alone, with a home in this folder."""
    from mailbridge.letters.pgp_signing import PgpKey, PgpSigner

    set_ = mailbox.openpgp
    if set_ is None:
        return None
    passphrase = _secret(set_.passphrase) if set_.passphrase else None
    return PgpSigner(PgpKey(set_.key, set_.fingerprint, homes / mailbox.name, passphrase))


def opening(key: Key) -> "Callable[[], SigningKey]":
    """Give what opens the key; it is not opened yet."""
    from functools import partial

    from mailbridge.letters import keys

    if key.token is not None:
        from mailbridge.letters import token

        place = token.Place(
            module=key.token.module,
            label=key.token.label,
            pin=_secret(key.token.pin),
            certificates=key.token.certificate,
            key=key.token.key,
        )
        return partial(token.opened, place)
    passphrase = _secret(key.passphrase) if key.passphrase else None
    octets = (lambda: passphrase().encode()) if passphrase else None
    return partial(keys.load, key.file or Path(), octets)


def _stamps(url: str) -> Callable[[bytes], bytes]:
    """Ask the authority when a letter is signed: one that is silent delays letters."""
    from mailbridge.letters.unsigned import KeyFault, UnsignedError
    from mailbridge.network.errors import UnansweredError
    from mailbridge.network.time_stamps import asking

    asked = asking(url)

    def ask(question: bytes) -> bytes:
        try:
            return asked(question)
        except UnansweredError as error:
            raise UnsignedError(KeyFault.STAMP, f"no time-stamp: {error}") from error

    return ask


def _secret(secret: "Secret") -> Callable[[], str]:
    """Read a secret when a letter asks: one that is away delays letters."""
    from mailbridge.letters.unsigned import KeyFault, UnsignedError
    from mailbridge.settings.secret import SecretError

    def read() -> str:
        try:
            return secret.read()
        except SecretError as error:
            raise UnsignedError(KeyFault.FILE, f"a secret is away: {error}") from error

    return read
