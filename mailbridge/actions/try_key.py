"""Try key: an administrator sees whether letters can be signed, before any has to wait."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.letters.signer import Signer
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.errors import TryLaterError
from mailbridge.registry import mailboxes, waiting
from mailbridge.registry.database import Database

_PROBE = b"Content-Type: text/plain\r\n\r\nmailbridge\r\n"


@dataclass(frozen=True, slots=True)
class Tried:
    """Whose certificate signed, until when it may, and how many octets the signature has."""

    subject: str
    until: datetime
    size: int


def try_key(database: Database, mailbox: str, signer: Signer, now: datetime) -> Tried:
    """Sign a probe as a letter is signed; raises TryLaterError.

    A PIN that was refused is not shown to the token again, by this command neither.
    """
    with database.reading() as tx:
        why = mailboxes.suspended(tx).get(f"key:{mailbox}")
    if why is not None:
        raise TryLaterError(f"key:{mailbox} waits for `mailbridge account resume`: {why}")
    try:
        seal = signer.sign(_PROBE)
    except UnsignedError as error:
        if error.fault is KeyFault.PIN:
            with database.transaction() as tx:
                waiting.key_is_away(tx, mailbox, error.detail, now, for_person=True)
        raise
    with database.transaction() as tx:
        waiting.key_is_back(tx, mailbox)
    certificate = signer.certificate
    subject = certificate.subject.rfc4514_string()
    return Tried(subject, certificate.not_valid_after_utc, len(seal))
