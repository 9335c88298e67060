"""ARC: what servers that passed a mail on found before they changed it (RFC 8617 §1).

A chain is told and proves nothing: it is as good as its last server, and no server is configured as
one to be believed. So its keys are not asked for; it is checked where they are at hand.
"""

import re
from dataclasses import dataclass

from mailbridge.model.evidence import Coverage, Integrity, Seal, Signer, Trust
from mailbridge.model.examination import WantKind
from mailbridge.model.parcel import SealForm
from mailbridge.provenance import dkim_keys, dkim_octets, dkim_signature
from mailbridge.provenance.codes import Code
from mailbridge.provenance.dkim import Letterhead
from mailbridge.provenance.dkim_octets import RawField
from mailbridge.provenance.dkim_signature import DkimSignature, MalformedError
from mailbridge.provenance.question import Question, Record

# RFC 8617 §4.2.1 allows fifty sets; each is a signature to verify, and a handful is met.
_SETS = 10
_RESULTS, _MESSAGE, _SEAL = (
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
)
_INSTANCE = re.compile(rb"(?:^|;)\s*i\s*=\s*(\d{1,2})\s*(?:;|\Z)")


@dataclass(frozen=True, slots=True)
class _Set:
    """The three fields that one server added."""

    results: RawField
    message: RawField
    seal: RawField


def judge(question: Question, record: Record, head: Letterhead) -> None:
    """Add one seal for the chain, if there is any."""
    if not head.named(_SEAL):
        return
    domain = dkim_signature.claimed_domain(head.named(_SEAL)[0])
    try:
        integrity = _chain(question, head)
    except MalformedError:
        integrity = Integrity.BROKEN
    seal = Seal(
        form=SealForm.ARC,
        path=question.message.root.path if question.message else "",
        integrity=integrity,
        coverage=Coverage.PART,
        trust=Trust.UNKNOWN,
        why=(Code.ARC_CHAIN.value,),
        signer=Signer(domain),
    )
    record.add(seal, ((Code.ARC_CHAIN, domain),))


def _chain(question: Question, head: Letterhead) -> Integrity:
    """Validate the chain (RFC 8617 §5.2); raises MalformedError."""
    sets = _sets(head)
    newest = dkim_signature.read_common(sets[-1].message, _tags(sets[-1].message))
    key = _key(question, newest)
    found = [None if key is None else head.holds(newest, key)]
    for number, each in enumerate(sets, 1):
        found.append(_is_sealed(question, sets[:number], _tags(each.seal)))
    if False in found:
        return Integrity.BROKEN
    return Integrity.UNVERIFIABLE if None in found else Integrity.INTACT


def _sets(head: Letterhead) -> list[_Set]:
    """Order the fields by i=: complete sets from 1 on, without a gap (RFC 8617 §5.2)."""
    by_name = {name: _numbered(head.named(name)) for name in (_RESULTS, _MESSAGE, _SEAL)}
    count = len(by_name[_SEAL])
    numbers = set(range(1, count + 1))
    if count > _SETS or any(set(each) != numbers for each in by_name.values()):
        raise MalformedError("sets")
    return [
        _Set(by_name[_RESULTS][at], by_name[_MESSAGE][at], by_name[_SEAL][at])
        for at in sorted(numbers)
    ]


def _numbered(fields: list[RawField]) -> dict[int, RawField]:
    found = {}
    for each in fields:
        match = _INSTANCE.search(each.value)
        if match is None or int(match[1]) in found:
            raise MalformedError("i=")
        found[int(match[1])] = each
    return found


def _is_sealed(question: Question, sets: list[_Set], tags: dkim_signature.Tags) -> bool | None:
    """Verify one seal over all sets so far (RFC 8617 §5.1.1); None without its key."""
    if tags.get("cv") != ("none" if len(sets) == 1 else "pass") or "h" in tags:
        return False
    own = sets[-1].seal
    # A seal lists no fields and hashes no body: it covers the sets in their order.
    seal = dkim_signature.read_common(own, {**tags, "h": "from", "bh": "AA==", "c": ""})
    key = _key(question, seal)
    if key is None:
        return None
    covered = [field for each in sets for field in (each.results, each.message, each.seal)][:-1]
    octets = dkim_octets.joined([*covered, own], relaxed=True)
    return dkim_keys.verifies(key, seal.signature, octets)


def _key(question: Question, signature: DkimSignature) -> dkim_keys.PublicKey | None:
    answer = question.answer(WantKind.TXT, signature.key_name)
    if answer is None or answer.failed:
        return None
    return dkim_keys.key_of(answer.values, signature).key


def _tags(field: RawField) -> dkim_signature.Tags:
    tags = dkim_signature.read_tags(field.value)
    # i= is the number of the set here, and no identity (RFC 8617 §4.1.2).
    return {name: value for name, value in tags.items() if name != "i"}
