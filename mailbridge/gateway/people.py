"""Who may submit: people by their address, and their passwords as Argon2 hashes or secrets."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# A password of megabytes, which the hash would have to read.
PASSWORD_LENGTH = 1024
_HASHED = "$argon2"


@dataclass(frozen=True, slots=True)
class Person:
    """One person who may submit: the login name is the address."""

    name: str
    address: str
    # Identifier of the agency for which this person sends.
    office: str
    # Reads the hash, or the password itself where a secret holds it.
    secret: Callable[[], str] = field(repr=False)


class People:
    """Everybody who may submit. A login costs the same time, whoever asks and whatever is wrong."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = {person.address.lower(): person for person in people}
        # What is checked where there is no such account, so that none is told by the time it takes.
        self._nobody = hashed(secrets.token_urlsafe())

    def login(self, account: bytes, password: bytes) -> Person | None:
        """Give who has this name and password; None if nobody has. Takes a tenth of a second."""
        person = self._people.get(account.decode("utf-8", "replace").strip().lower())
        wanted = person.secret() if person else self._nobody
        given = password[:PASSWORD_LENGTH]
        fits = _fits(given, wanted) if wanted.startswith(_HASHED) else self._is_same(given, wanted)
        is_whole = len(password) <= PASSWORD_LENGTH
        return person if person is not None and fits and is_whole and given else None

    def _is_same(self, given: bytes, wanted: str) -> bool:
        _fits(given, self._nobody)
        # Digests, so that not even the length is told by the time that the comparison takes.
        digests = (hashlib.sha256(one).digest() for one in (given, wanted.encode()))
        return hmac.compare_digest(*digests)


def hashed(password: str) -> str:
    """Hash a password by Argon2id (RFC 9106 §4), for the settings."""
    return _hasher().hash(password)


def _fits(given: bytes, wanted: str) -> bool:
    return _hasher().verify(given, wanted)


def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))
