"""Paths from a certificate to a configured root, or why there is none (RFC 5280 §6.1)."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor
from pyhanko_certvalidator.errors import DisallowedAlgorithmError, PathError, ValidationError
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy
from pyhanko_certvalidator.validate import async_validate_path

from mailbridge.provenance.certificates import UNREADABLE
from mailbridge.provenance.codes import Code
from mailbridge.provenance.trust import TrustStore

logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

# A bag of cross-signed certificates has a factorial number of paths.
_PATHS = 4
# A chain of a hundred authorities, each the issuer of the next.
_LENGTH = 12
# Where everybody signed for everybody, the walk ends all the same.
_STEPS = 2_000
_AGES = timedelta(days=36_500)
_MIDDLE = datetime(2030, 1, 1, tzinfo=UTC)
_HOSTILE = (PathError, ValidationError, LookupError, AttributeError, RecursionError, *UNREADABLE)
Members = tuple[x509.Certificate, ...]


@lru_cache(maxsize=512)
def paths(
    certificate: x509.Certificate, enclosed: Members, store: TrustStore
) -> tuple[Members, ...] | Code:
    """Build the paths to a root, whenever their members were valid: that is judged after."""
    if certificate in store.roots:
        return ((certificate,),)
    others = tuple(dict.fromkeys((*enclosed, *store.certificates)))
    try:
        found, failure = asyncio.run(_found(certificate, others, store))
    except _HOSTILE:
        found, failure = (), None
    if found:
        return found
    if isinstance(failure, DisallowedAlgorithmError):
        return Code.WEAK_CHAIN
    return _why_none(certificate, others, store)


def _why_none(certificate: x509.Certificate, others: Members, store: TrustStore) -> Code:
    """Tell a forged issuer from one that is not known, from a missing and an overstepped one."""
    own = (*store.roots, *store.certificates)
    member = certificate
    for _ in range(_LENGTH):
        if member in store.roots:
            # Every signature is genuine: a constraint was overstepped (RFC 5280 §6.1).
            return Code.CHAIN_BAD
        namesakes = [each for each in own if each.subject == member.issuer]
        if namesakes and not any(_issued(member, each) for each in namesakes):
            # It bears the name of an authority of ours, and the signature of somebody else.
            return Code.LOOK_ALIKE_ISSUER
        above = [each for each in (*store.roots, *others, member) if _issued(member, each)]
        if not above or above[0] == member:
            return Code.UNKNOWN_ROOT if above else Code.NO_CHAIN
        member = above[0]
    return Code.UNKNOWN_ROOT


@lru_cache(maxsize=4096)
def _issued(member: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether the name and the key of the issuer are those of who signed."""
    if member.issuer != issuer.subject:
        return False
    try:
        member.verify_directly_issued_by(issuer)
    except (UnsupportedAlgorithm, ValueError):
        # Too old to be computed here: the path is built, and its validation refuses it as weak.
        return True
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _candidates(
    certificate: x509.Certificate, others: Members, roots: Members
) -> Iterator[Members]:
    """Walk up to the roots, only through those from whom a root can be reached."""
    known = tuple(dict.fromkeys((*roots, *others)))
    above = {
        member: [each for each in known if each != member and _issued(member, each)]
        for member in (certificate, *known)
    }
    leading = set(roots)
    for _ in range(_LENGTH):
        leading |= {member for member, issuers in above.items() if leading & set(issuers)}
    waiting: list[Members] = [(certificate,)]
    for _ in range(_STEPS):
        if not waiting:
            return
        path = waiting.pop(0)
        if path[-1] in roots:
            yield path
            continue
        further = [each for each in above[path[-1]] if each in leading and each not in path]
        waiting += [(*path, each) for each in further if len(path) < _LENGTH]


async def _found(
    certificate: x509.Certificate, others: Members, store: TrustStore
) -> tuple[tuple[Members, ...], ValidationError | None]:
    """Give the paths that keep all constraints; where none does, what the first broke."""
    context = ValidationContext(
        trust_roots=[_asn1(root) for root in store.roots],
        moment=_MIDDLE,
        time_tolerance=_AGES,
        allow_fetching=False,
        # Revocation is judged by `revocation`, as of another moment, and strictly.
        revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
    )
    found: list[Members] = []
    failures: list[ValidationError] = []
    for members in islice(_candidates(certificate, others, store.roots), _PATHS):
        signer, *between, root = map(_asn1, members)
        path = ValidationPath(CertTrustAnchor(root), list(reversed(between)), signer)
        try:
            await async_validate_path(context, path)
            found.append(members)
        except ValidationError as error:
            failures.append(error)
    weak = [error for error in failures if isinstance(error, DisallowedAlgorithmError)]
    return tuple(found), next(iter(weak or failures), None)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
