"""Time-stamp tokens (RFC 3161 §2.4.2): over what, by whom, and whether to believe them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, tsp
from cryptography import x509

from mailbridge.model.evidence import Integrity, Trust
from mailbridge.provenance import chain
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.mechanism import HASHES, WEAK
from mailbridge.provenance.revocation import Sources
from mailbridge.provenance.signatures import FOREIGN, Certificates, Signature, signatures

# The clock of an authority may be ahead of ours.
_AHEAD = timedelta(minutes=10)
_PINS = {"signing_certificate", "signing_certificate_v2"}
# What says nothing against a stamp, but that something could not be looked up.
_UNCHECKED = {Code.REVOCATION_UNCHECKED, Code.REVOCATION_STALE}
_HARMLESS = {*_UNCHECKED, Code.REVOKED_LATER, Code.REVOCATION_FETCH_FAILED}


@dataclass(frozen=True, slots=True)
class Stamp:
    """One token: its signature over the octets that it stamps, and the time that it states."""

    signature: Signature
    time: datetime | None = None
    trust: Trust = Trust.UNKNOWN
    # What was found on the way to a root.
    codes: Codes = ()

    @property
    def is_good(self) -> bool:
        """Tell whether its time may be believed."""
        codes = {code for code, _ in (*self.signature.codes, *self.codes)}
        return (
            self.signature.integrity is Integrity.INTACT
            and self.time is not None
            and self.trust is Trust.TRUSTED
            and not codes - _HARMLESS
        )

    @property
    def unchecked(self) -> Codes:
        """List what could not be looked up; it is the mail's doubt as well."""
        return tuple(each for each in self.codes if each[0] in _UNCHECKED)


def read(der: bytes, digest: Callable[[str], bytes], known: Certificates) -> Stamp:
    """Read a token and hold it to the octets that it must stamp; nothing in it raises."""
    found = signatures(der, None, known)
    if len(found) != 1:
        # RFC 3161 §2.4.2: a token holds the signature of the authority, and no other.
        return Stamp(replace(found[0], integrity=Integrity.BROKEN))
    signature = found[0]
    try:
        data = cms.ContentInfo.load(der)["content"]
        info = _stamped(data)
        time = _time(info)
        integrity = _imprint(info, digest)
        pinned = _is_pinned(data["signer_infos"][0])
    except (*FOREIGN, OSError):
        return Stamp(replace(signature, integrity=Integrity.BROKEN))
    if integrity is not Integrity.INTACT or not pinned:
        worse = Integrity.BROKEN if not pinned else integrity
        return Stamp(replace(signature, integrity=worse), time)
    return Stamp(_weakened(signature, info), time)


def judge(stamp: Stamp, sources: Sources, at: datetime) -> Stamp:
    """Ask for the chain of the authority as of the time that it stamped (RFC 3161 §2.3)."""
    certificate, time = stamp.signature.certificate, stamp.time
    if certificate is None or time is None:
        return stamp
    judged = chain.judge_stamp(certificate, _enclosed(stamp, sources), sources, time)
    if time > at + _AHEAD:
        # A time that has not come yet was not seen by an honest clock.
        return replace(stamp, trust=Trust.UNTRUSTED, codes=((Code.NOT_YET_VALID, ""),))
    return replace(stamp, trust=judged.trust, codes=judged.codes)


def _enclosed(stamp: Stamp, sources: Sources) -> tuple[x509.Certificate, ...]:
    both = (*stamp.signature.enclosed, *sources.enclosed.certificates)
    return tuple(dict.fromkeys(both))


def _stamped(data: cms.SignedData) -> tsp.TSTInfo:
    inside = data["encap_content_info"]
    if inside["content_type"].native != "tst_info":
        raise ValueError("a CMS that is no time-stamp")
    return tsp.TSTInfo.load(bytes(inside["content"]), strict=True)


def _imprint(info: tsp.TSTInfo, digest: Callable[[str], bytes]) -> Integrity:
    """Compare the imprint with the octets (RFC 3161 §2.4.2: messageImprint)."""
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if name not in HASHES:
        return Integrity.UNVERIFIABLE
    same = digest(name) == imprint["hashed_message"].native
    return Integrity.INTACT if same else Integrity.BROKEN


def _weakened(signature: Signature, info: tsp.TSTInfo) -> Signature:
    name = info["message_imprint"]["hash_algorithm"]["algorithm"].native
    weak: Codes = ((Code.WEAK_ALGORITHM, name),) if name in WEAK else ()
    return replace(signature, codes=(*signature.codes, *weak))


def _is_pinned(info: cms.SignerInfo) -> bool:
    """Tell whether the authority pinned its certificate (RFC 3161 §2.4.2, RFC 5816 §2.2.1)."""
    return any(each["type"].native in _PINS for each in info["signed_attrs"] or ())


def _time(info: tsp.TSTInfo) -> datetime:
    stated = info["gen_time"].native
    if not isinstance(stated, datetime) or stated.tzinfo is None:
        raise ValueError("a time-stamp without a time")
    return stated.astimezone(UTC)
