"""What stands against a signer on the way from his certificate to a configured root."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509

from mailbridge.model.evidence import Trust
from mailbridge.provenance import revocation
from mailbridge.provenance.certificates import may_sign, may_stamp
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.paths import Members, paths
from mailbridge.provenance.revocation import Sources
from mailbridge.provenance.trust import TrustStore

_AGAINST = {
    Code.NOT_YET_VALID,
    Code.EXPIRED,
    Code.EXPIRED_CLAIMED_EARLIER,
    Code.REVOKED,
    Code.WRONG_USE,
}


@dataclass(frozen=True, slots=True)
class _Moment:
    """When it was signed as far as that is proven, and what the signer claims."""

    at: datetime
    claimed: datetime | None = None
    stamp: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """What the chain of one signer came to; revocation data that is missing leaves it trusted."""

    trust: Trust
    codes: Codes = ()


def judge(
    certificate: x509.Certificate,
    enclosed: Members,
    sources: Sources | TrustStore,
    at: datetime,
    claimed: datetime | None,
    *,
    document: bool,
) -> Chain:
    """Judge a signer's certificate as of the moment of signing (DESIGN section 3).

    A store alone has only its own lists to look in, and asks nothing of the network.
    """
    allowed = may_sign(certificate, document=document)
    known = sources if isinstance(sources, Sources) else Sources(sources)
    return _judged(certificate, enclosed, known, _Moment(at, claimed), allowed=allowed)


def judge_stamp(
    certificate: x509.Certificate, enclosed: Members, sources: Sources, at: datetime
) -> Chain:
    """Judge the certificate of a time-stamping authority as of what it stamped."""
    moment = _Moment(at, stamp=True)
    return _judged(certificate, enclosed, sources, moment, allowed=may_stamp(certificate))


def _judged(
    certificate: x509.Certificate,
    enclosed: Members,
    sources: Sources,
    moment: _Moment,
    *,
    allowed: bool,
) -> Chain:
    codes: Codes = () if allowed else ((Code.WRONG_USE, ""),)
    found = paths(certificate, enclosed, sources.store)
    if isinstance(found, Code):
        return Chain(Trust.UNTRUSTED, (*codes, (found, "")))
    # An authority that was renewed leads up two ways: the better one counts.
    codes += min((_walked(path, sources, moment) for path in found), key=_weight)
    against = any(code in _AGAINST for code, _ in codes)
    return Chain(Trust.UNTRUSTED if against else Trust.TRUSTED, tuple(dict.fromkeys(codes)))


def _weight(codes: Codes) -> tuple[int, int]:
    return sum(code in _AGAINST for code, _ in codes), len(codes)


def _walked(path: Members, sources: Sources, moment: _Moment) -> Codes:
    """Hold each member to its validity, and all but the root to what its issuer says of it."""
    codes = [(code, "") for member in path if (code := _validity(member, moment))]
    for member, issuer in pairwise(path):
        codes += revocation.judge(member, issuer, sources, moment.at, stamp=moment.stamp)
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
