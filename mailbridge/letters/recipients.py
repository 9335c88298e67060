"""To whom letters go: certificates that lock for them are files that a clerk has enrolled."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
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


@dataclass(frozen=True, slots=True)
class Peers:
    """What is known of those to whom letters go, by the identifier of the agency."""

    agency: Callable[[str], Agency | None]
    trust: Path
    now: datetime

    def certificates(self, code: str) -> tuple[x509.Certificate, ...]:
        """List the certificates for which a letter to it is locked."""
        return certificates(self.trust, self.agency(code), self.now)

    def reads_openpgp_alone(self, code: str) -> bool:
        """Tell whether the directory knows an OpenPGP key of it, and no certificate."""
        agency = self.agency(code)
        return agency is not None and bool(agency.openpgp) and not agency.certificates


# Nobody is known: what is to be locked does not leave.
STRANGERS = Peers(lambda _: None, Path(), datetime.max.replace(tzinfo=UTC))


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
