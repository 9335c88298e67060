"""DKIM: a mail server's word that a mail left under its domain (RFC 6376 §1), judged by ourselves.

dkimpy reads the tags and makes the header canonical. Its own verifying is not used: it asks the
machine's clock, believes keys that are for another service or for other hashes, lets a signature
leave out From, and holds a large mail several times in memory.
"""

import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from mailbridge.model.evidence import Coverage, Integrity, Seal, Signer, Trust
from mailbridge.model.examination import WantKind
from mailbridge.model.message import Message
from mailbridge.model.parcel import SealForm
from mailbridge.provenance import dkim_keys, dkim_octets, dkim_signature
from mailbridge.provenance.codes import Code, Codes
from mailbridge.provenance.dkim_octets import MalformedHeaderError, Octets, RawField
from mailbridge.provenance.dkim_signature import DkimSignature, MalformedError
from mailbridge.provenance.question import Question, Record

_LENGTH = re.compile(rb"(?:^|;)\s*l\s*=")
# A mail with a thousand signatures is a thousand hashes over its body.
SIGNATURES = 8
# Clocks of mail servers differ, and some write Vietnam's time as if it were universal: 7 hours.
_SKEW = timedelta(hours=10)
# What a reader is shown of a header, or what decides how the body is shown: RFC 6376 §5.4.1 has
# them signed. One that is there, and not under the signature, can be anybody's.
_SHOWN = (
    "from", "sender", "reply-to", "subject", "date", "to", "cc", "message-id",
    "content-type", "content-transfer-encoding",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A mail as DKIM sees it: raw fields, and a body that is hashed once for each way to do so."""

    octets: Octets
    body: int
    fields: tuple[RawField, ...]
    _digests: dict[tuple[bool, int | None], bytes | None] = field(default_factory=dict)

    def named(self, *keys: str) -> list[RawField]:
        """List the fields of these names, from the top."""
        return [each for each in self.fields if each.key in keys]

    def holds(self, signature: DkimSignature, key: dkim_keys.PublicKey) -> bool:
        """Tell whether body and header are those that were signed (RFC 6376 §6.1.3)."""
        way = (signature.relaxed_body, signature.length)
        if way not in self._digests:
            self._digests[way] = dkim_octets.body_digest(
                self.octets, self.body, "sha256", relaxed=way[0], length=way[1]
            )
        signed = dkim_octets.signed_header(
            self.fields, signature.names, signature.field, relaxed=signature.relaxed_header
        )
        return self._digests[way] == signature.body_hash and dkim_keys.verifies(
            key, signature.signature, signed
        )

    def is_whole_under(self, signature: DkimSignature) -> bool:
        """Tell whether all that a reader sees is signed: each field so often as it is there.

        A mail that bears l= on any of its signatures is made to be appended to: the standard
        warns of it (RFC 6376 §8.2), and none of its signatures counts as one of the whole.
        """
        if any(_LENGTH.search(each.value) for each in self.named("dkim-signature")):
            return False
        return all(len(self.named(name)) <= signature.names.count(name) for name in _SHOWN)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One signature as judged; `faults` are against it, whoever signed."""

    integrity: Integrity
    coverage: Coverage = Coverage.PART
    trust: Trust = Trust.UNKNOWN
    faults: tuple[Code, ...] = ()
    key: dkim_keys.DkimKey | None = None


@contextmanager
def letterhead(source: Path, message: Message) -> Iterator[Letterhead | None]:
    """Open the mail's own octets; None where a line of its header is no field."""
    body = message.root.body
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        try:
            fields = dkim_octets.header_fields(octets[:body])
        except MalformedHeaderError:
            yield None
            return
        yield Letterhead(octets, body, fields)


def judge(question: Question, record: Record, head: Letterhead) -> None:
    """Add a seal for each DKIM signature, those of the From domain first, up to a limit."""
    signed = head.named("dkim-signature")
    own = from_domain(question)
    signed.sort(key=lambda each: dkim_signature.claimed_domain(each) != own)
    if len(signed) > SIGNATURES:
        record.say(Code.DKIM_TOO_MANY, what=str(SIGNATURES))
    for each in signed[:SIGNATURES]:
        _judge_one(question, record, head, each)


def from_domain(question: Question) -> str:
    """Give the domain of the one From address; empty where there is none."""
    return (question.sender or "").rpartition("@")[2]


def _judge_one(question: Question, record: Record, head: Letterhead, raw: RawField) -> None:
    try:
        signature = dkim_signature.read(raw)
        judged = _judged(question, record, head, signature)
        domain, name, time = signature.domain, signature.key_name, signature.signed_at
    except MalformedError:
        judged = _Judged(Integrity.UNVERIFIABLE, faults=(Code.DKIM_INVALID,))
        domain, name, time = dkim_signature.claimed_domain(raw), "", None
    aligned = bool(domain) and domain == from_domain(question)
    seal = Seal(
        form=SealForm.DKIM,
        path=question.message.root.path if question.message else "",
        integrity=judged.integrity,
        coverage=judged.coverage,
        trust=judged.trust,
        why=tuple(code.value for code in judged.faults),
        # Keys are changed and vanish from DNS: the evidence says which one it was.
        signer=Signer(
            domain, fingerprint=judged.key.fingerprint if judged.key else "", serial=name
        ),
        time=time,
        time_source="claimed" if time else "none",
        # Where there is a directory, only an enrolled mailbox is anybody's.
        bound=aligned and (question.directory is None or question.agency is not None),
    )
    record.add(seal, _said(judged, domain, aligned=aligned))


def _said(judged: _Judged, domain: str, *, aligned: bool) -> Codes:
    """Say what the clerk must know: a stranger's signature is told, and weighs nothing."""
    is_unasked = Code.DKIM_UNCHECKED in judged.faults
    if (judged.integrity is Integrity.INTACT or is_unasked) and not aligned:
        return ((Code.DKIM_OTHER_DOMAIN, domain),)
    if judged.integrity is Integrity.BROKEN and not aligned:
        return ((Code.DKIM_INVALID, domain),)
    praise = (Code.DKIM_ALIGNED,) if judged.trust is Trust.TRUSTED else ()
    return tuple((code, domain or "(không rõ)") for code in (*praise, *judged.faults))


def _judged(
    question: Question, record: Record, head: Letterhead, signature: DkimSignature
) -> _Judged:
    """Fetch the key and hold the octets to it; raises MalformedError (RFC 6376 §6.1.1)."""
    if signature.algorithm in dkim_keys.WEAK_ALGORITHMS:
        return _Judged(Integrity.UNVERIFIABLE, faults=(Code.DKIM_WEAK,))
    # Nothing rests on a stranger's signature: his DNS is not asked, and cannot watch us read.
    is_own = signature.domain == from_domain(question)
    answer = (
        record.want(question, WantKind.TXT, signature.key_name)
        if is_own
        else question.answer(WantKind.TXT, signature.key_name)
    )
    if answer is None or answer.failed:
        return _Judged(Integrity.UNVERIFIABLE, faults=(Code.DKIM_UNCHECKED,))
    key = dkim_keys.key_of(answer.values, signature)
    if not head.holds(signature, key.key):
        # RFC 6376 §3.6.1: a failure of who is only testing is that of an unsigned mail.
        fault = Code.DKIM_TESTING if key.testing else Code.DKIM_BROKEN
        return _Judged(Integrity.BROKEN, faults=(fault,), key=key)
    whole = head.is_whole_under(signature)
    found = {
        Code.DKIM_PART: not whole,
        Code.DKIM_WEAK: key.bits < dkim_keys.LEAST_BITS,
        Code.DKIM_TESTING: key.testing,
        Code.DKIM_EXPIRED: not _is_timely(question, signature),
    }
    faults = tuple(code for code, is_so in found.items() if is_so)
    short = dkim_keys.LEAST_BITS <= key.bits < dkim_keys.GOOD_BITS
    return _Judged(
        Integrity.INTACT,
        Coverage.WHOLE if whole else Coverage.PART,
        Trust.UNTRUSTED if faults else Trust.TRUSTED,
        (*faults, Code.DKIM_KEY_SHORT) if short else faults,
        key,
    )


def _is_timely(question: Question, signature: DkimSignature) -> bool:
    """Hold t= and x= to the moment at which we got the mail (RFC 6376 §3.5)."""
    expired = signature.expires is not None and signature.expires + _SKEW < question.moment
    early = signature.signed_at is not None and signature.signed_at - _SKEW > question.moment
    return not expired and not early
