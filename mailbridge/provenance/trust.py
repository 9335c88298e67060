"""Roots, intermediates and CRLs as the administrator imported them, parsed once a process."""

import hashlib
import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from mailbridge.mime import openpgp
from mailbridge.model.errors import RefusedError
from mailbridge.provenance.certificates import UNREADABLE, fingerprint

# An import folder is the administrator's, but a wrong file in it must not stop the checks.
_FILE_SIZE = 64 * 1024 * 1024
_DNS = "dns.json"
_Parsed = TypeVar("_Parsed", x509.Certificate, x509.CertificateRevocationList)
_State = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Crl:
    """One revocation list with its digest, and the serial numbers in it once it was asked."""

    fingerprint: str
    crl: x509.CertificateRevocationList
    _serials: set[int] = field(default_factory=set)

    def revoked(self, serial: int) -> tuple[datetime, x509.ReasonFlags | None] | None:
        """Look a serial number up: since when its certificate is not to be believed, and why."""
        if not self._serials and len(self.crl):
            self._serials.update(entry.serial_number for entry in self.crl)
        if serial not in self._serials:
            return None
        entry = self.crl.get_revoked_certificate_by_serial_number(serial)
        return _since(entry) if entry is not None else None


def _since(entry: x509.RevokedCertificate) -> tuple[datetime, x509.ReasonFlags | None]:
    """Give the earlier of revocation and known invalidity (RFC 5280 §5.3.2), and the reason."""
    since = entry.revocation_date_utc
    try:
        extensions = {type(each.value): each.value for each in entry.extensions}
    except UNREADABLE:
        return since, None
    known, why = extensions.get(x509.InvalidityDate), extensions.get(x509.CRLReason)
    if isinstance(known, x509.InvalidityDate):
        since = min(since, known.invalidity_date_utc)
    return since, why.reason if isinstance(why, x509.CRLReason) else None


def crl_of(der: bytes) -> Crl | None:
    """Read a list that came with a signature or from the network; None if it is none."""
    try:
        return Crl(hashlib.sha256(der).hexdigest(), x509.load_der_x509_crl(der))
    except UNREADABLE:
        return None


@dataclass(frozen=True, eq=False, slots=True)
class TrustStore:
    """What chains are judged against; compared by identity, so that results can be cached."""

    roots: tuple[x509.Certificate, ...] = ()
    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[Crl, ...] = ()
    root_fingerprints: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    # TXT records by lower-case name, that stand for the whole of DNS; None: DNS is asked.
    dns: dict[str, tuple[str, ...]] | None = None
    # The public keys of `pgp/`, binary, one after the other.
    openpgp: bytes = b""
    # Signatures of CRLs that were verified: (fingerprint of the list, of its issuer).
    verified: dict[tuple[str, str], bool] = field(default_factory=dict)


def load(folder: Path) -> TrustStore:
    """Load all its parts, `dns.json` among them; the same unchanged folder is parsed once."""
    return _loaded(folder, _state(folder))


def _state(folder: Path) -> _State:
    found = []
    parts = [*(f"{part}/*" for part in ("roots", "certs", "crls", "pgp")), _DNS]
    for path in (path for part in parts for path in sorted(folder.glob(part))):
        if path.is_file():
            state = path.stat()
            name = path.relative_to(folder).as_posix()
            found.append((name, state.st_mtime_ns, state.st_size))
    return tuple(found)


@lru_cache(maxsize=4)
def _loaded(folder: Path, state: _State) -> TrustStore:
    problems: list[str] = []

    def read(part: str, parse: Callable[[bytes], _Parsed]) -> Iterator[_Parsed]:
        for name, _, size in state:
            if name.startswith(part):
                yield from _parsed(folder / name, size, parse, problems)

    with warnings.catch_warnings():
        # Old authorities number from zero; cryptography warns, and reads them all the same.
        warnings.simplefilter("ignore")
        roots = tuple(read("roots/", x509.load_der_x509_certificate))
        certificates = tuple(read("certs/", x509.load_der_x509_certificate))
        crls = tuple(Crl(_digest(each), each) for each in read("crls/", x509.load_der_x509_crl))
    prints = tuple(map(fingerprint, roots))
    dns = _dns(folder / _DNS, problems) if any(name == _DNS for name, _, _ in state) else None
    ring = _ring(folder, state, problems)
    return TrustStore(roots, certificates, crls, prints, tuple(problems), dns, ring)


def _dns(path: Path, problems: list[str]) -> dict[str, tuple[str, ...]]:
    """Read `{"name": ["TXT", …]}`; a file that cannot be read is an empty DNS, and never ours."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        return {
            name.lower().rstrip("."): tuple(map(str, [texts] if isinstance(texts, str) else texts))
            for name, texts in written.items()
        }
    except (OSError, ValueError, AttributeError, TypeError) as error:
        problems.append(f"{_DNS}: {error}")
        return {}


def _ring(folder: Path, state: _State, problems: list[str]) -> bytes:
    """Join the public keys of `pgp/`, without anything else that lies in the files."""
    found = []
    for name, _, size in state:
        if not name.startswith("pgp/") or size > _FILE_SIZE:
            continue
        try:
            found.append(openpgp.public_keys((folder / name).read_bytes()))
        except (OSError, RefusedError) as error:
            problems.append(f"{name}: {error}")
    return b"".join(found)


def _parsed(
    path: Path, size: int, parse: Callable[[bytes], _Parsed], problems: list[str]
) -> Iterator[_Parsed]:
    name = f"{path.parent.name}/{path.name}"
    if size > _FILE_SIZE:
        problems.append(f"{name}: more than {_FILE_SIZE} octets")
        return
    try:
        for der in _ders(path.read_bytes()):
            yield parse(der)
    except (OSError, *UNREADABLE) as error:
        problems.append(f"{name}: {error}")


def _ders(octets: bytes) -> Iterator[bytes]:
    if not pem.detect(octets):
        yield octets
        return
    for _, _, der in pem.unarmor(octets, multiple=True):
        yield der


def _digest(crl: x509.CertificateRevocationList) -> str:
    return crl.fingerprint(SHA256()).hex()
