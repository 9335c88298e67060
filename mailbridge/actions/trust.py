"""Trust: what an administrator imports into the trust folder and removes; each is journalled."""

import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from mailbridge.model.trust_file import TrustFault, TrustFaultError, TrustFile, TrustKind
from mailbridge.provenance import importing, importing_keys, importing_lists
from mailbridge.registry import journal
from mailbridge.registry.database import Database

_SUFFIX = {
    TrustKind.ROOT: "crt",
    TrustKind.INTERMEDIATE: "crt",
    TrustKind.CRL: "crl",
    TrustKind.OPENPGP: "pgp",
}


def authorities(
    octets: bytes, kind: TrustKind | None, folder: Path, now: datetime
) -> tuple[TrustFile, ...]:
    """Read roots and intermediates that are not there yet; raises TrustFaultError."""
    found = importing.certificates(octets, kind, now)
    there = {one.fingerprint for one in importing.listed(folder)}
    for one in found:
        if one.fingerprint in there:
            raise TrustFaultError(TrustFault.ALREADY_THERE, one.subject)
    return found


def lists(octets: bytes, folder: Path) -> tuple[tuple[TrustFile, tuple[TrustFile, ...]], ...]:
    """Read revocation lists, each with those that it replaces; raises TrustFaultError."""
    return importing_lists.lists(octets, folder)


def key(octets: bytes, now: datetime) -> TrustFile:
    """Read the OpenPGP key of an agency; raises TrustFaultError."""
    return importing_keys.key(octets, now)


def listed(folder: Path) -> tuple[TrustFile, ...]:
    """List roots, intermediates, revocation lists and OpenPGP keys."""
    return (*importing.listed(folder), *importing_keys.listed(folder))


def add(
    database: Database, folder: Path, files: Iterable[TrustFile], who: str, now: datetime
) -> None:
    """Lay confirmed files into the trust folder, then journal them; raises OSError.

    Who dies in between finds the file there, and its import says so.
    """
    for one in files:
        _lay(folder, one)
        _journal(database, "trust-added", one, who, now)


def replace(
    database: Database,
    folder: Path,
    pairs: Iterable[tuple[TrustFile, tuple[TrustFile, ...]]],
    who: str,
    now: datetime,
) -> None:
    """Lay newer lists into the folder, and only then take away those that they replace."""
    for new, older in pairs:
        add(database, folder, (new,), who, now)
        for one in older:
            if _alone(folder, one):
                (folder / one.kind.folder / one.name).unlink(missing_ok=True)


def remove(
    database: Database, folder: Path, fingerprint: str, who: str, now: datetime
) -> TrustFile | None:
    """Take a root, an intermediate, a list or a key away; None where there is none.

    Raises TrustFaultError where its file holds others too, which would go with it.
    """
    found = next((one for one in listed(folder) if one.fingerprint == fingerprint), None)
    if found is None:
        return None
    if not _alone(folder, found):
        raise TrustFaultError(TrustFault.NOT_ONE, found.name)
    (folder / found.kind.folder / found.name).unlink(missing_ok=True)
    _journal(database, "trust-removed", found, who, now)
    return found


def _alone(folder: Path, one: TrustFile) -> bool:
    same = [each for each in listed(folder) if (each.kind, each.name) == (one.kind, one.name)]
    return len(same) == 1


def _lay(folder: Path, one: TrustFile) -> None:
    """Write beside the parts and rename into its part: a half file is never believed."""
    part = folder / one.kind.folder
    part.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(one.octets)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(part / f"{one.fingerprint}.{_SUFFIX[one.kind]}")
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _journal(database: Database, event: str, one: TrustFile, who: str, now: datetime) -> None:
    data = {"by": who, "kind": one.kind.value, "subject": one.subject[:500]}
    with database.transaction() as tx:
        journal.append(tx, journal.HOUSE, event, f"trust:{one.fingerprint}", data, now)
