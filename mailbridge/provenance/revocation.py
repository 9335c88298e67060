"""Whether one certificate was revoked at the moment that counts, from all that is at hand.

Imported lists first, then what the signature encloses, then what the network can tell.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID

from mailbridge.model.examination import Got, WantKind
from mailbridge.provenance import crls, ocsp
from mailbridge.provenance.certificates import UNREADABLE, extension
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.enclosures import Enclosed
from mailbridge.provenance.statements import Statement
from mailbridge.provenance.trust import Crl, TrustStore, crl_of

Ask = Callable[[WantKind, str, str], Got | None]
# A certificate that names a hundred places would have them all asked.
_PLACES = 2
# An address of kilobytes is none.
_URL = 1024


@dataclass(frozen=True, slots=True)
class Sources:
    """What there is to look in: lists of the store, enclosed proofs, and the network, if any."""

    store: TrustStore
    enclosed: Enclosed = field(default_factory=Enclosed)
    ask: Ask | None = None


def judge(
    member: x509.Certificate,
    issuer: x509.Certificate,
    sources: Sources,
    at: datetime,
    *,
    stamp: bool = False,
) -> Codes:
    """Give what stands against it as of that moment; nothing where a fresh word says good.

    `stamp`: it signs time-stamps, which a lost key spoils for all times (RFC 3161 §4).
    """
    lists = tuple(each for der in sources.enclosed.crls if (each := crl_of(der)) is not None)
    said = _said(member, issuer, sources, lists, sources.enclosed.ocsps)
    found = _weighed(said, at, stamp=stamp)
    if sources.ask is None or not any(code in _OPEN for code, _ in found):
        return found
    fetched, failed = _fetched(member, issuer, sources.ask)
    if fetched.crls or fetched.ocsps:
        more = tuple(each for der in fetched.crls if (each := crl_of(der)) is not None)
        said += _said(member, issuer, sources, (*lists, *more), fetched.ocsps)
    return (*_weighed(said, at, stamp=stamp), *failed)


_OPEN = {Code.REVOCATION_UNCHECKED, Code.REVOCATION_STALE}


def _said(
    member: x509.Certificate,
    issuer: x509.Certificate,
    sources: Sources,
    lists: tuple[Crl, ...],
    answers: tuple[bytes, ...],
) -> list[Statement]:
    """Gather every genuine word on this certificate (RFC 5280 §6.3.3, RFC 6960 §3.2)."""

    def is_good(responder: x509.Certificate, made: datetime) -> bool:
        words = crls.statements(responder, issuer, sources.store, lists)
        return bool(words) and not _weighed(words, made, stamp=False)

    made = crls.statements(member, issuer, sources.store, lists)
    spoken = (ocsp.statement(der, member, issuer, is_good) for der in answers)
    return made + [each for each in spoken if each is not None]


def _weighed(said: list[Statement], at: datetime, *, stamp: bool) -> Codes:
    """Let the newest word decide; a final revocation is never taken back."""
    if not said:
        return ((Code.REVOCATION_UNCHECKED, ""),)
    newest = max(said, key=lambda each: each.said)
    against = [each for each in said if each.is_final] or ([newest] if newest.since else [])
    since = min((each.since for each in against if each.since is not None), default=None)
    if since is not None:
        tainted = stamp and any(each.taints_the_past for each in against)
        if since <= at or tainted:
            return ((Code.REVOKED, f"{since:%d/%m/%Y}"),)
        return ((Code.REVOKED_LATER, f"{since:%d/%m/%Y}"),)
    until = max(each.until for each in said)
    return () if until >= at else ((Code.REVOCATION_STALE, f"{until:%d/%m/%Y}"),)


def _fetched(
    member: x509.Certificate, issuer: x509.Certificate, ask: Ask
) -> tuple[Enclosed, Codes]:
    """Ask where the certificate says (RFC 5280 §4.2.1.13, §4.2.2.1); tell what stays silent."""
    question = ocsp.request(member, issuer)
    places = [(WantKind.OCSP, url, question) for url in _responders(member)]
    places += [(WantKind.CRL, url, "") for url in _points(member)]
    found: dict[WantKind, list[bytes]] = {WantKind.OCSP: [], WantKind.CRL: []}
    failed: list[tuple[Code, str]] = []
    for kind, url, body in places:
        got = ask(kind, url, body)
        if got is not None and got.failed:
            failed.append((Code.REVOCATION_FETCH_FAILED, urlsplit(url).netloc[:100]))
        found[kind] += _decoded(got.values) if got is not None else ()
    return Enclosed((), tuple(found[WantKind.CRL]), tuple(found[WantKind.OCSP])), tuple(failed)


def _decoded(values: tuple[str, ...]) -> Iterator[bytes]:
    for value in values:
        try:
            yield base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            continue


def _responders(member: x509.Certificate) -> list[str]:
    try:
        access = extension(member, x509.AuthorityInformationAccess)
    except UNREADABLE:
        return []
    kind = AuthorityInformationAccessOID.OCSP
    return _urls([each.access_location for each in access or () if each.access_method == kind])


def _points(member: x509.Certificate) -> list[str]:
    try:
        points = extension(member, x509.CRLDistributionPoints)
    except UNREADABLE:
        return []
    return _urls([name for point in points or () for name in point.full_name or ()])


def _urls(names: list[x509.GeneralName]) -> list[str]:
    found = [each.value for each in names if isinstance(each, x509.UniformResourceIdentifier)]
    asked = [url for url in found if url.startswith(("http://", "https://")) and len(url) <= _URL]
    return list(dict.fromkeys(asked))[:_PLACES]
