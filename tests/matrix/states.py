"""In what state a sample is, who signs it then, and where it is examined."""

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mailbridge.actions.in_opener import open_mail
from mailbridge.demo import pki
from mailbridge.demo.agencies import NEIGHBOUR, SENDER, enrolled
from mailbridge.demo.pki import EMAIL, YEAR, Identity, Profile
from mailbridge.model import codec
from mailbridge.model.directory import Directory
from mailbridge.model.evidence import Evidence
from mailbridge.model.examination import OpenRequest
from mailbridge.model.limits import Limits
from tests.unit.parcel.locked import holder
from tests.unit.provenance.samples import NOW, keys

WORD = "khoa"
OURS = holder("us")


class State(StrEnum):
    """The columns of the table."""

    GOOD = "good"
    TAMPERED = "tampered"
    OTHER_CONTENT = "wrong content"
    EXPIRED = "expired"
    REVOKED = "revoked"
    OTHER_AGENCY = "wrong agency"
    UNKNOWN_ROOT = "unknown root or key"
    NO_KEY = "no key or password"


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail as it is sent, and what its receiver has beside his roots."""

    octets: bytes
    at: datetime = NOW
    passwords: tuple[str, ...] = ()
    has_key: bool = True
    public_keys: tuple[bytes, ...] = ()
    secret_key: bytes = b""
    pinned: tuple[tuple[str, str], ...] = ()
    dns: dict[str, list[str]] = field(default_factory=dict)


Maker = Callable[[State], Sample | None]


def mail_signer(state: State) -> Identity:
    """Choose who signs a mail in that state."""
    return _chosen(state, keys().mailbox, keys().neighbour_mailbox)


def file_signer(state: State) -> Identity:
    """Choose who signs a file in that state."""
    return _chosen(state, keys().seal, keys().neighbour_seal)


def _chosen(state: State, own: Identity, other: Identity) -> Identity:
    others = {
        State.EXPIRED: keys().expired,
        State.REVOKED: keys().revoked,
        State.OTHER_AGENCY: other,
        State.UNKNOWN_ROOT: _stranger(),
    }
    return others.get(state, own)


def _stranger() -> Identity:
    """Make a signer under a root that nobody configured."""
    top = Profile(pki.name("CA gốc xa lạ"), NOW - YEAR, NOW + YEAR)
    root = pki.authority(top, pki.key("strange root"))
    profile = Profile(pki.name("Người lạ"), NOW - YEAR, NOW + YEAR, SENDER.mailbox, EMAIL)
    return pki.issue(root, profile, pki.key("stranger"))


def _directory(pinned: tuple[tuple[str, str], ...]) -> Directory:
    made = keys()
    own = [("seal", made.seal), ("mailbox", made.mailbox), ("seal", made.expired)]
    own += [("seal", made.revoked)]
    other = [("seal", made.neighbour_seal), ("mailbox", made.neighbour_mailbox)]
    agencies = []
    for invented, known in ((SENDER, own), (NEIGHBOUR, other)):
        agency = invented.agency([enrolled(one.fingerprint, role) for role, one in known])
        prints = tuple(each for code, each in pinned if code == agency.code)
        agencies.append(replace(agency, openpgp=prints))
    return Directory(tuple(agencies))


def examined(sample: Sample) -> Evidence:
    """Open and establish a mail as the child does, in this process."""
    folder = Path(tempfile.mkdtemp(prefix="mb"))
    trust = folder / "t"
    keys().write_trust(trust)
    for part in ("pgp", "keys"):
        (trust / part).mkdir()
    for number, key in enumerate(sample.public_keys):
        (trust / "pgp" / f"{number}.asc").write_bytes(key)
    if sample.secret_key:
        (trust / "keys" / "own.asc").write_bytes(sample.secret_key)
    if sample.has_key:
        (trust / "keys" / "own.pem").write_bytes(OURS.key_pem() + OURS.pem())
    (trust / "dns.json").write_bytes(codec.encode(dict[str, list[str]], sample.dns))
    directory = codec.encode(Directory, _directory(sample.pinned))
    listed = folder / f"directory-{hashlib.sha256(directory).hexdigest()[:16]}.json"
    listed.write_bytes(directory)
    (folder / "mail").write_bytes(sample.octets)
    (folder / "s").mkdir()
    return open_mail(
        OpenRequest(
            source=str(folder / "mail"),
            scratch=str(folder / "s"),
            trust=str(trust),
            directory=str(listed),
            at=sample.at,
            limits=Limits(),
            passwords=tuple(("*", word) for word in sample.passwords),
        )
    ).evidence
