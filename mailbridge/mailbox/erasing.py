"""Erases one mail from a folder for good, known by its octets and by nothing that it says."""

import hashlib

from mailbridge.mailbox import bodies
from mailbridge.mailbox.answers import numbers, uid_set
from mailbridge.mailbox.errors import VanishedError
from mailbridge.mailbox.session import Session
from mailbridge.mailbox.wire import Body, RejectedError
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.limits import MIB

# So many mails of just that size are fetched and compared; more is no mailbox of documents.
_COMPARED = 50


def same(session: Session, size: int, digest: str) -> tuple[int, ...]:
    """List the UIDs of the mails in the selected folder that have these very octets."""
    # RFC 3501 §6.4.4: both bounds exclude the size itself.
    command = f"UID SEARCH LARGER {max(0, size - 1)} SMALLER {size + 1}"
    found = sorted(numbers(session.wire.talk(command)))[:_COMPARED]
    return tuple(uid for uid in found if _digest(session, uid, size) == digest)


def expunge(session: Session, uids: tuple[int, ...]) -> None:
    """Remove these mails and no other; raises RejectedError where the server cannot do that.

    Without UIDPLUS a plain EXPUNGE removes what a clerk has marked as deleted, too (RFC 4315 §2.1):
    then the mail stays, and a person removes it.
    """
    if not session.writable:
        raise RejectedError("expunge: the folder is read-only")
    if "UIDPLUS" not in session.capabilities:
        raise RejectedError("expunge: the server lacks UIDPLUS")
    session.wire.talk(f"UID STORE {uid_set(uids)} +FLAGS.SILENT (\\Deleted)")
    session.wire.talk(f"UID EXPUNGE {uid_set(uids)}")


def _digest(session: Session, uid: int, size: int) -> str:
    digest = hashlib.sha256()
    try:
        bodies.stream(session.wire, (uid, size), Body(0, digest.update), size + MIB)
    except (VanishedError, RefusedError):
        return ""
    except RejectedError:
        raise
    except TryLaterError:
        session.wire.broken = True
        raise
    return digest.hexdigest()
