"""Roots, intermediates and CRLs as the administrator imported them, parsed once a process."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem
from cryptography import x509

# An import folder is the administrator's, but a wrong file in it must not stop the checks.
_FILE_SIZE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Crl:
    """One revocation list with its digest."""

    fingerprint: str
    crl: x509.CertificateRevocationList


@dataclass(frozen=True, eq=False, slots=True)
class TrustStore:
    """What chains are judged against; compared by identity, so that results can be cached."""

    roots: tuple[x509.Certificate, ...] = ()
    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[Crl, ...] = ()
    root_fingerprints: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    verified: dict[tuple[str, str], bool] = field(default_factory=dict)


def load(folder: Path) -> TrustStore:
    """Load `roots/`, `certs/` and `crls/`; the same unchanged folder is parsed once."""
    return _loaded(folder, _state(folder))


def _state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    found = []
    for part in ("roots", "certs", "crls"):
        for path in sorted((folder / part).glob("*")):
            state = path.stat()
            found.append((f"{part}/{path.name}", state.st_mtime_ns, state.st_size))
    return tuple(found)


@lru_cache(maxsize=4)
def _loaded(folder: Path, state: tuple[tuple[str, int, int], ...]) -> TrustStore:
    problems: list[str] = []
    names = [folder / name for name, _, size in state if size <= _FILE_SIZE]

    def read(part: str, parse: Callable[[bytes], object]) -> Iterator[tuple[bytes, object]]:
        for path in (name for name in names if name.parent.name == part):
            for der in _ders(path.read_bytes()):
                try:
                    yield der, parse(der)
                except ValueError as error:
                    problems.append(f"{part}/{path.name}: {error}")

    roots = list(read("roots", x509.load_der_x509_certificate))
    others = list(read("certs", x509.load_der_x509_certificate))
    crls = list(read("crls", x509.load_der_x509_crl))
    return TrustStore(
        roots=tuple(c for _, c in roots if isinstance(c, x509.Certificate)),
        certificates=tuple(c for _, c in others if isinstance(c, x509.Certificate)),
        crls=tuple(
            Crl(hashlib.sha256(der).hexdigest(), c)
            for der, c in crls
            if isinstance(c, x509.CertificateRevocationList)
        ),
        root_fingerprints=tuple(hashlib.sha256(der).hexdigest() for der, _ in roots),
        problems=tuple(problems),
    )


def _ders(octets: bytes) -> Iterator[bytes]:
    if not pem.detect(octets):
        yield octets
        return
    try:
        for _, _, der in pem.unarmor(octets, multiple=True):
            yield der
    except ValueError:
        return
