"""Certificates for which letters are locked: files whose fingerprints a clerk has enrolled."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from mailbridge.clock import in_vietnam
from mailbridge.letters.enveloping import fit
from mailbridge.model.directory import Agency

# The folder beside roots and lists in the trust folder.
FOLDER = "recipients"
# A certificate has some kilobytes; a chain of them a few dozen.
_SIZE = 1024 * 1024


def looked_up(
    trust: Path, agency: Callable[[str], Agency | None], now: datetime
) -> Callable[[str], tuple[x509.Certificate, ...]]:
    """Give who finds them by the identifier of an agency, when a letter is to be locked."""
    return lambda code: certificates(trust, agency(code), now)


def certificates(trust: Path, agency: Agency | None, now: datetime) -> tuple[x509.Certificate, ...]:
    """List those of an agency that may lock letters today.

    A file gives octets and no trust: what counts is that the directory lists its fingerprint.
    """
    if agency is None:
        return ()
    day = in_vietnam(now).date()
    speaking = {one.fingerprint for one in agency.certificates if one.speaks_on(day)}
    found = {each.fingerprint(SHA256()).hex(): each for each in _read(trust / FOLDER)}
    enrolled = (one for fingerprint, one in sorted(found.items()) if fingerprint in speaking)
    return fit(one for one in enrolled if _is_in_time(one, now))


def _is_in_time(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _read(folder: Path) -> Iterator[x509.Certificate]:
    """Read PEM and DER; a file that is none must not stop the others."""
    for path in sorted(folder.glob("*")):
        if not path.is_file() or path.stat().st_size > _SIZE:
            continue
        octets = path.read_bytes()
        try:
            if b"-----BEGIN" in octets:
                yield from x509.load_pem_x509_certificates(octets)
            else:
                yield x509.load_der_x509_certificate(octets)
        except ValueError:
            continue
