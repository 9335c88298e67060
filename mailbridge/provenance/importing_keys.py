"""Public OpenPGP keys of agencies before they are trusted: one file, one key, its fingerprint.

gpg reads the file outside of the children and without their walls: this is for files of the
administrator alone, never for a key that came with a mail.
"""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mailbridge.isolation.gpg import Gpg
from mailbridge.mime import openpgp
from mailbridge.model.errors import RefusedError
from mailbridge.model.trust_file import TrustFault, TrustFaultError, TrustFile, TrustKind
from mailbridge.provenance import openpgp_keys


def key(octets: bytes, now: datetime) -> TrustFile:
    """Read the one public key of a file; raises TrustFaultError."""
    one = _one(octets)
    for fault, stands in (
        (TrustFault.REVOKED, one.revoked),
        (TrustFault.NOT_YET_VALID, now < one.created),
        (TrustFault.EXPIRED, one.expires is not None and one.expires <= now),
        (TrustFault.WEAK, one.is_weak),
    ):
        if stands:
            raise TrustFaultError(fault, one.name)
    return _described(one, openpgp.public_keys(octets))


def _one(octets: bytes) -> openpgp_keys.Key:
    if b"PRIVATE KEY" in octets:
        raise TrustFaultError(TrustFault.PRIVATE_KEY)
    try:
        known = _known(openpgp.public_keys(octets)).values()
    except (RefusedError, OSError, ValueError) as error:
        raise TrustFaultError(TrustFault.UNREADABLE) from error
    found = {key.primary: key for key in known if key.fingerprint == key.primary}
    if len(found) != 1:
        raise TrustFaultError(TrustFault.NOT_ONE if found else TrustFault.UNREADABLE)
    (one,) = found.values()
    return one


def _described(one: openpgp_keys.Key, octets: bytes) -> TrustFile:
    return TrustFile(
        kind=TrustKind.OPENPGP,
        fingerprint=one.fingerprint.lower(),
        subject=one.name,
        issuer=", ".join(one.emails),
        starts=one.created,
        ends=one.expires,
        octets=octets,
    )


def listed(folder: Path) -> tuple[TrustFile, ...]:
    """List the keys of the trust folder by their files; one that cannot be read has no name."""
    return tuple(
        _in_file(path)
        for path in sorted((folder / TrustKind.OPENPGP.folder).glob("*"))
        if path.is_file()
    )


def _in_file(path: Path) -> TrustFile:
    try:
        found = _one(path.read_bytes())
    except (OSError, TrustFaultError):
        return TrustFile(TrustKind.OPENPGP, "", "", "", None, None, b"", path.name)
    return replace(_described(found, b""), name=path.name)


def _known(ring: bytes) -> dict[str, openpgp_keys.Key]:
    with tempfile.TemporaryDirectory(prefix="mbk-") as folder:
        openpgp_keys.lay(Gpg(Path(folder) / "home"), ring)
    return openpgp_keys.known(ring)
