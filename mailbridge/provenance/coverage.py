"""What the seals of a mail leave out, and what its locks do not protect."""

from mailbridge.model.evidence import Integrity
from mailbridge.model.parcel import Lock, LockForm, Parcel, SealForm
from mailbridge.provenance.codes import Code
from mailbridge.provenance.question import Record

_ON_MAILS = {SealForm.SMIME, SealForm.OPENPGP}
_WEAK = {"tripledes_3key"}


def name_the_open(parcel: Parcel, record: Record) -> None:
    """Name texts and files outside the seals of the mail, and ciphers that promise too much."""
    outside = _unsealed(record, parcel)
    if outside:
        record.say(Code.TEXT_UNSIGNED, path=outside[0])
    for index, lock in enumerate(parcel.locks):
        if not lock.opened or lock.form is not LockForm.SMIME:
            continue
        if lock.cipher in _WEAK:
            record.say(Code.LOCK_WEAK, path=lock.path, what=lock.cipher)
        if _is_malleable(lock) and not _holds_a_seal(parcel, record, index):
            record.say(Code.LOCK_MALLEABLE, path=lock.path)


def _unsealed(record: Record, parcel: Parcel) -> list[str]:
    """List what a reader sees beside the sealed part of a mail (RFC 8551 §3.5)."""
    seals = [seal for seal in record.seals if seal.form in _ON_MAILS and not seal.on_file]
    if not seals:
        return []
    sealed = {path for seal in seals for path in seal.covers}
    shown = [each.path for each in parcel.texts] + [each.path for each in parcel.files]
    return [path for path in shown if path not in sealed]


def _is_malleable(lock: Lock) -> bool:
    """Tell whether a stranger could have changed what is in it (RFC 8551 §6)."""
    return lock.cipher.endswith("_cbc") or lock.cipher in _WEAK


def _holds_a_seal(parcel: Parcel, record: Record, index: int) -> bool:
    intact = {seal.path for seal in record.seals if seal.integrity is Integrity.INTACT}
    return any(index in each.unlocked_by and each.path in intact for each in parcel.claims)
