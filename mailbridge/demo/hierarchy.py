"""One ready hierarchy with every kind of signer that a verifier must tell apart."""

import functools
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from mailbridge.demo import pki
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER, Invented
from mailbridge.demo.pki import ANSWERS, EMAIL, SERVER, STAMPS, YEAR, Identity, Profile

_DAY = timedelta(days=1)
_SERVICE = "Cơ quan chứng thực ví dụ"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Who signs in the samples; all but the rogue ones stand under `root` and `sub`."""

    now: datetime
    root: Identity
    sub: Identity
    # The sending agency: its seal, a person of it, and its mailbox for S/MIME.
    seal: Identity
    person: Identity
    mailbox: Identity
    ec_seal: Identity
    own_seal: Identity
    own_mailbox: Identity
    neighbour_seal: Identity
    neighbour_mailbox: Identity
    # Each with the subject of `seal`, and one thing wrong.
    revoked: Identity
    expired: Identity
    early: Identity
    wrong_use: Identity
    # Who stamps times, and who answers for `sub` whether a certificate is good.
    tsa: Identity
    responder: Identity
    # The same names under a root of somebody else.
    rogue_root: Identity
    rogue_sub: Identity
    rogue_seal: Identity
    rogue_mailbox: Identity
    rogue_tsa: Identity

    def crls(self) -> tuple[bytes, bytes]:
        """Make fresh lists of `root` and `sub`; the latter revokes `revoked` a day ago."""
        start, end = self.now - timedelta(hours=1), self.now + 7 * _DAY
        return (
            pki.crl(self.root, start, end),
            pki.crl(self.sub, start, end, [(self.revoked, self.now - _DAY)]),
        )

    def stale_crls(self) -> tuple[bytes, bytes]:
        """Make lists whose next update is a month overdue."""
        start, end = self.now - 37 * _DAY, self.now - 30 * _DAY
        return pki.crl(self.root, start, end), pki.crl(self.sub, start, end)

    def write_trust(self, folder: Path, crls: tuple[bytes, ...] | None = None) -> None:
        """Fill a trust folder: roots/, certs/, crls/; fresh lists unless others are given."""
        for part in ("roots", "certs", "crls"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "roots" / "root.pem").write_bytes(self.root.pem())
        (folder / "certs" / "sub.pem").write_bytes(self.sub.pem())
        for number, octets in enumerate(self.crls() if crls is None else crls):
            (folder / "crls" / f"{number}.crl").write_bytes(octets)


@functools.lru_cache(maxsize=8)
def hierarchy(now: datetime) -> Hierarchy:
    """Make the whole hierarchy as of `now`; keys and certificates are kept per process."""
    root, sub = _authorities("", now)
    rogue_root, rogue_sub = _authorities("rogue ", now)
    seal = _seal_of(SENDER)
    return Hierarchy(
        now=now,
        root=root,
        sub=sub,
        seal=_signer(sub, "seal", now, seal),
        person=_signer(sub, "person", now, _person_of(SENDER)),
        mailbox=_mailbox(sub, "mailbox", now, SENDER),
        ec_seal=pki.issue(sub, _profile(seal, now), pki.key("seal", "ec")),
        own_seal=_signer(sub, "own seal", now, _seal_of(OWN)),
        own_mailbox=_mailbox(sub, "own mailbox", now, OWN),
        neighbour_seal=_signer(sub, "neighbour seal", now, _seal_of(NEIGHBOUR)),
        neighbour_mailbox=_mailbox(sub, "neighbour mailbox", now, NEIGHBOUR),
        revoked=_signer(sub, "revoked", now, seal),
        expired=_signer(sub, "expired", now - 2 * YEAR, seal),
        early=_signer(sub, "early", now + 2 * YEAR, seal),
        wrong_use=pki.issue(sub, _profile(seal, now, uses=SERVER), pki.key("wrong use")),
        tsa=_service(sub, "tsa", now, STAMPS),
        responder=_service(sub, "responder", now, ANSWERS),
        rogue_root=rogue_root,
        rogue_sub=rogue_sub,
        rogue_seal=_signer(rogue_sub, "rogue seal", now, seal),
        rogue_mailbox=_mailbox(rogue_sub, "rogue mailbox", now, SENDER),
        rogue_tsa=_service(rogue_sub, "rogue tsa", now, STAMPS),
    )


def _authorities(whose: str, now: datetime) -> tuple[Identity, Identity]:
    top = Profile(pki.name("CA gốc ví dụ", _SERVICE), now - 5 * YEAR, now + 15 * YEAR)
    root = pki.authority(top, pki.key(whose + "root"))
    below = Profile(pki.name("CA phục vụ cơ quan ví dụ", _SERVICE), now - 4 * YEAR, now + 6 * YEAR)
    return root, pki.authority(below, pki.key(whose + "sub"), root)


def _profile(
    subject: x509.Name, now: datetime, email: str = "", uses: tuple[x509.ObjectIdentifier, ...] = ()
) -> Profile:
    return Profile(subject, now - YEAR, now + YEAR, email, uses)


def _signer(issuer: Identity, label: str, now: datetime, subject: x509.Name) -> Identity:
    return pki.issue(issuer, _profile(subject, now), pki.key(label))


def _service(
    issuer: Identity, label: str, now: datetime, uses: tuple[x509.ObjectIdentifier, ...]
) -> Identity:
    # Unlike those of the offices, it goes on for long: old stamps stay good.
    subject = pki.name("Dịch vụ ví dụ", _SERVICE, label.removeprefix("rogue "))
    profile = Profile(subject, now - 3 * YEAR, now + 5 * YEAR, "", uses)
    return pki.issue(issuer, profile, pki.key(label))


def _mailbox(issuer: Identity, label: str, now: datetime, agency: Invented) -> Identity:
    subject = pki.name(agency.mailbox, agency.superior, agency.name)
    return pki.issue(issuer, _profile(subject, now, agency.mailbox, EMAIL), pki.key(label))


def _seal_of(agency: Invented) -> x509.Name:
    return pki.name(agency.name.upper(), agency.superior.upper(), place="Hưng Yên")


def _person_of(agency: Invented) -> x509.Name:
    return pki.name(agency.signer, agency.superior.upper(), agency.name.upper())
