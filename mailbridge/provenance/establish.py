"""Establish: who vouches for a mail or file, by numbered checks, one finding each."""

import warnings
from functools import lru_cache
from importlib.metadata import version

from mailbridge.model.evidence import Evidence, Integrity, LaterChanges, Seal
from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel, SealForm
from mailbridge.provenance import appearance, coverage, seals, senders, transport, verdict
from mailbridge.provenance.codes import Code
from mailbridge.provenance.question import Question, Record

__all__ = ["Question", "establish"]

# A replayed mail keeps its signature and gets a new Date; one program writes both at once.
_REPLAY_SECONDS = 3600
# Whoever signs so signs a mail, and is its sender.
_SIGNED = {SealForm.SMIME, SealForm.OPENPGP}


def establish(question: Question, record: Record | None = None) -> Evidence:
    """Judge all seals of a parcel and give the evidence record; never raises on hostile octets.

    1. Every seal is verified over the octets that it covers; each signer is judged alone.
    2. What a PDF became after it was sealed is told apart: nothing, permitted, forbidden.
    3. The signer's chain leads to a configured root, valid and unrevoked when it was signed.
    4. The directory says for which agency the certificate speaks; a stranger's binds nobody.
    5. The mail's words about its sender contradict neither each other nor its signed headers;
       what its looks may make a reader believe is told.
    6. What mail servers say of its way is told; at best it proves the origin for reference.
    7. What is not supported, and what is unsigned, is said.
    8. The verdict follows from the findings and seals alone.

    What only the network could tell is left in `record.wanted`; the caller may pass a record to
    read it there.
    """
    record = Record() if record is None else record
    with warnings.catch_warnings():
        # Odd serial numbers and dates of hostile certificates are warned of on stderr.
        warnings.simplefilter("ignore")
        for claim in question.parcel.claims:
            seals.judge(question, record, claim)
        transport.judge(question, record)
    contradicted = _compare_senders(question, record)
    appearance.judge(question, record)
    _name_the_rest(question, record)
    return _concluded(question, record, contradicted=contradicted)


def _compare_senders(question: Question, record: Record) -> bool:
    """Make check 5: compare what the mail says of its sender."""
    message = question.message
    if message is None:
        return False
    found = senders.contradictions(message, question.directory)
    if question.directory is None and _signer_is_another(question, record):
        found.append("người ký số không phải là người gửi (From)")
    for what in found:
        record.say(Code.CONTRADICTING_SENDERS, what=what)
    for code, what in senders.imitations(message, question.directory):
        record.say(code, what=what)
    hidden = question.parcel.protected
    differing = [
        name
        for claim in question.parcel.claims
        # A mail that is forwarded within this one has a header of its own.
        if claim.whole and not claim.on_file
        for name in senders.differing_headers(message, claim, hidden)
    ]
    for name in dict.fromkeys(differing):
        record.say(Code.PROTECTED_DIFFERS, what=name)
    _compare_dates(message, record)
    return bool(found or differing)


def _signer_is_another(question: Question, record: Record) -> bool:
    signers = [seal.signer for seal in record.seals if seal.form in _SIGNED and seal.signer]
    return any(one.emails and question.sender not in one.emails for one in signers)


def _compare_dates(message: Message, record: Record) -> None:
    for seal in record.seals:
        if seal.form in _SIGNED and not seal.on_file and seal.time and message.date:
            apart = abs((message.date - seal.time).total_seconds())
            if apart > _REPLAY_SECONDS:
                record.say(Code.DATE_DIFFERS, path=seal.path)


def _name_the_rest(question: Question, record: Record) -> None:
    """Make check 7: name what was not opened, not evaluated, not signed, and not proven."""
    parcel, found = question.parcel, tuple(record.seals)
    _name_the_closed(parcel, record)
    coverage.name_the_open(parcel, record)
    sealed = {path for seal in found if seal.form in verdict.ON_FILES for path in seal.covers}
    for file in verdict.main_files(parcel.files):
        if file.path not in sealed:
            record.say(Code.UNSIGNED_FILE, path=file.path, what=file.name)
    if _is_proven_by_seal(question, found):
        record.say(Code.ORIGIN_PROVEN)
    elif _is_something(question, record) and not transport.proves_origin(question, record):
        record.say(Code.ORIGIN_UNPROVEN)


def _name_the_closed(parcel: Parcel, record: Record) -> None:
    for lock in parcel.locks:
        code = Code.LOCK_OPENED if lock.opened else Code.LOCKED
        record.say(code, path=lock.path, what=lock.form.value)
    for file in parcel.files:
        if file.refused is not None:
            record.say(Code.FILE_REFUSED, path=file.path, what=file.name)
        if file.path in parcel.signed_offices:
            record.say(Code.OFFICE_SIGNED, path=file.path, what=file.name)
    for path, what in parcel.remarks:
        record.say(Code.CONTAINER_ODD, path=path, what=what)
    for path, what in parcel.unsupported:
        is_part = what == "message-partial"
        record.say(Code.PART_REFUSED if is_part else Code.FORM_UNSUPPORTED, path=path, what=what)


def _is_something(question: Question, record: Record) -> bool:
    """Tell whether there is anything to vouch for."""
    return bool(record.seals or question.parcel.files or question.message)


def _is_closed(question: Question) -> bool:
    """Tell whether anything stayed locked: a seal over what nobody could read says nothing of it.

    RFC 8551 §3.7: who signs a ciphertext need not know what is in it.
    """
    return any(not lock.opened for lock in question.parcel.locks)


def _is_proven_by_seal(question: Question, found: tuple[Seal, ...]) -> bool:
    return not _is_closed(question) and verdict.proves_origin(found, question.parcel.files)


def _concluded(question: Question, record: Record, *, contradicted: bool) -> Evidence:
    """Make check 8."""
    found, findings = tuple(record.seals), tuple(record.findings)
    by_seal = _is_proven_by_seal(question, found)
    proven = (by_seal or transport.proves_origin(question, record)) and not contradicted
    return Evidence(
        verdict=verdict.decide(
            findings,
            found,
            question.parcel.files,
            record.roles,
            origin_proven=proven,
            something=_is_something(question, record),
        ),
        findings=findings,
        seals=found,
        locks=question.parcel.locks,
        vouched=_vouched(question, record, contradicted=contradicted),
        file_roles=verdict.file_roles(found, question.parcel.files),
        sender=question.agency.code if question.agency else None,
        origin_proven=proven,
        roots=question.trust.root_fingerprints,
        crls=tuple(entry.fingerprint for entry in question.trust.crls),
        tools=_tools(),
        at=question.at,
    )


def _vouched(question: Question, record: Record, *, contradicted: bool) -> tuple[str, ...]:
    """Name who stands behind the whole; nobody where a seal is broken or words contradict."""
    # A time-stamp proves a time at most: a bad one is as good as none.
    broken = any(
        seal.integrity is Integrity.BROKEN or seal.later_changes is LaterChanges.FORBIDDEN
        for seal in record.seals
        # Servers break these on the way, and they never vouch (the contract of check).
        # A time-stamp proves a time at most: a bad one is as good as none.
        if seal.form not in transport.FORMS and seal.form is not SealForm.TIMESTAMP
    )
    if question.sender is None or contradicted or broken or _is_closed(question):
        return ()
    return (question.sender,) if verdict.proves_mail(tuple(record.seals)) else ()


@lru_cache(maxsize=1)
def _tools() -> dict[str, str]:
    checking = ("cryptography", "asn1crypto", "pyhanko", "pyhanko-certvalidator")
    return {name: version(name) for name in (*checking, "python-gnupg", "dkimpy")}
