"""From a signer's certificate to a configured root, and what stands against it on the way."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    PathError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.validate import async_validate_path

from mailbridge.model.evidence import Trust
from mailbridge.provenance import revocation
from mailbridge.provenance.certificates import UNREADABLE, may_sign
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.trust import TrustStore

logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

# A bag of cross-signed certificates has a factorial number of paths.
_PATHS = 4
_AGES = timedelta(days=36_500)
_MIDDLE = datetime(2030, 1, 1, tzinfo=UTC)
_AGAINST = {
    Code.NOT_YET_VALID,
    Code.EXPIRED,
    Code.EXPIRED_CLAIMED_EARLIER,
    Code.REVOKED,
    Code.WRONG_USE,
}
Members = tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """When it was signed as far as that is known, and what the signer claims."""

    at: datetime
    claimed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """What the chain of one signer came to; revocation data that is missing leaves it trusted."""

    trust: Trust
    codes: Codes = ()


def judge(
    certificate: x509.Certificate,
    enclosed: Members,
    store: TrustStore,
    at: datetime,
    claimed: datetime | None,
    *,
    document: bool,
) -> Chain:
    """Judge a signer's certificate as of the moment of signing (DESIGN section 3)."""
    moment = _Moment(at, claimed)
    codes: Codes = () if may_sign(certificate, document=document) else ((Code.WRONG_USE, ""),)
    paths = _paths(certificate, enclosed, store)
    if isinstance(paths, Code):
        return Chain(Trust.UNTRUSTED, (*codes, (paths, "")))
    # An authority that was renewed leads up two ways: the better one counts.
    codes += min((_walked(path, store, moment) for path in paths), key=_weight)
    against = any(code in _AGAINST for code, _ in codes)
    return Chain(Trust.UNTRUSTED if against else Trust.TRUSTED, tuple(dict.fromkeys(codes)))


def _weight(codes: Codes) -> tuple[int, int]:
    return sum(code in _AGAINST for code, _ in codes), len(codes)


def _walked(path: Members, store: TrustStore, moment: _Moment) -> Codes:
    """Hold each member to its validity, and all but the root to the CRL of its issuer."""
    codes = [(code, "") for member in path if (code := _validity(member, moment))]
    for member, issuer in pairwise(path):
        found = revocation.judge(member, issuer, store, moment.at)
        codes += [found] if found else []
    return tuple(codes)


def _validity(member: x509.Certificate, moment: _Moment) -> Code | None:
    """Compare with the validity period (RFC 5280 §4.1.2.5)."""
    start, end = member.not_valid_before_utc, member.not_valid_after_utc
    if moment.at < start:
        return Code.NOT_YET_VALID
    if moment.at <= end:
        return None
    # A claimed time is shown and excuses nothing: it makes of a no a cannot tell.
    earlier = moment.claimed is not None and start <= moment.claimed <= end
    return Code.EXPIRED_CLAIMED_EARLIER if earlier else Code.EXPIRED


@lru_cache(maxsize=512)
def _paths(
    certificate: x509.Certificate, enclosed: Members, store: TrustStore
) -> tuple[Members, ...] | Code:
    """Build the paths to a root, whenever their members were valid: that is judged after."""
    if certificate in store.roots:
        return ((certificate,),)
    others = tuple(dict.fromkeys((*enclosed, *store.certificates)))
    try:
        found = asyncio.run(_found(certificate, others, store)) if store.roots else ()
        issuer = certificate.issuer
    except DisallowedAlgorithmError:
        return Code.WEAK_CHAIN
    except (PathError, ValidationError, LookupError, AttributeError, *UNREADABLE):
        found, issuer = (), certificate.issuer
    if found:
        return found
    known = {each.subject.public_bytes() for each in (*others, *store.roots)}
    return Code.UNKNOWN_ROOT if issuer.public_bytes() in known else Code.NO_CHAIN


async def _found(
    certificate: x509.Certificate, others: Members, store: TrustStore
) -> tuple[Members, ...]:
    context = ValidationContext(
        trust_roots=[_asn1(root) for root in store.roots],
        other_certs=[_asn1(other) for other in others],
        moment=_MIDDLE,
        time_tolerance=_AGES,
        allow_fetching=False,
        # Revocation is judged by `revocation`, as of another moment.
        revocation_mode="soft-fail",
    )
    found: list[Members] = []
    failures: list[ValidationError] = []
    candidates: Any = context.path_builder.async_build_paths_lazy(_asn1(certificate))
    try:
        async for candidate in candidates:
            try:
                await async_validate_path(context, candidate)
                found.append(_members(candidate))
            except ValidationError as error:
                failures.append(error)
            if len(found) + len(failures) >= _PATHS:
                break
    finally:
        await candidates.cancel()
    weak = [error for error in failures if isinstance(error, DisallowedAlgorithmError)]
    if weak and not found:
        raise weak[0]
    return tuple(found)


def _members(path: ValidationPath) -> Members:
    """List the certificates from the signer to the root."""
    listed = [x509.load_der_x509_certificate(c.dump()) for c in path.iter_certs(include_root=True)]
    return tuple(reversed(listed))


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
