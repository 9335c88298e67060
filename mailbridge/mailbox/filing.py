"""Puts a settled mail where clerks look for settled mail; doing it twice changes nothing."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Literal

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from mailbridge.mailbox.answers import fetched, numbers, uid_set
from mailbridge.mailbox.errors import edge, told
from mailbridge.mailbox.session import Session, server_name
from mailbridge.mailbox.wire import RejectedError
from mailbridge.model.errors import TryLaterError

Method = Literal["auto", "move", "copy", "keywords", "none"]
MARK = "$MailbridgeFiled"
# Servers take command lines of a few thousand octets (RFC 2683 §3.2.1.5).
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the mails: in the state that the method wants, or there no more."""

    moved: tuple[int, ...]
    gone: tuple[int, ...]
    # What was really done, where the server lacks what was wanted.
    method: Method = "none"


def choose(session: Session, wanted: Method, target: str) -> Method:
    """Choose the nearest method that the server has and that can harm nobody's mail.

    Without UIDPLUS only a plain EXPUNGE is left, which removes what a clerk has marked as
    deleted, too (RFC 4315 §2.1): then the mail stays and gets a keyword.
    """
    if wanted == "none" or target == session.folder or not session.writable:
        return "none"
    has = session.capabilities
    if wanted in {"auto", "move"} and "MOVE" in has:
        return "move"
    if wanted != "keywords" and "UIDPLUS" in has:
        return "copy"
    return "keywords" if _may_mark(session) else "none"


def _may_mark(session: Session) -> bool:
    # RFC 3501 §7.1: \* in PERMANENTFLAGS lets clients make new keywords.
    return "\\*" in session.keywords or MARK.lower() in session.keywords


def present(session: Session, uids: Collection[int]) -> set[int]:
    """Tell which of these mails are still in the folder."""
    found: set[int] = set()
    for some in _parts(uids):
        found.update(numbers(session.wire.talk(f"UID SEARCH UID {uid_set(some)}")))
    # A server may answer with more than it was asked for.
    return found & set(uids)


def _parts(uids: Collection[int]) -> list[list[int]]:
    ordered = sorted(set(uids))
    return [ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE)]


def file(
    session: Session, uids: Collection[int], folder: str, wanted: Method, copied: set[int]
) -> Filed:
    """File mails of the selected folder; `copied` remembers what a failed EXPUNGE left behind."""
    target = server_name(folder, session.prefix, session.delimiter)
    method = choose(session, wanted, target)
    if method == "none":
        return Filed(tuple(uids), (), method)
    here = present(session, uids)
    for some in _parts(here):
        if method == "move":
            into(session, target, partial(session.client.move, some, target))
        elif method == "copy":
            _copy(session, some, target, copied)
        else:
            _store(session, some, MARK)
    return Filed(
        tuple(uid for uid in uids if uid in here),
        tuple(uid for uid in uids if uid not in here),
        method,
    )


def _copy(session: Session, uids: list[int], target: str, copied: set[int]) -> None:
    """COPY, mark, UID EXPUNGE; a mail that was copied before is only marked and expunged."""
    flags = {
        uid: items.get("FLAGS", b"").lower().split()
        for uid, items in fetched(
            session.wire.talk(f"UID FETCH {uid_set(uids)} (UID FLAGS)")
        ).items()
    }
    done = {uid for uid in uids if uid in copied or MARK.lower().encode() in flags.get(uid, [])}
    # Deleted, but not by us as far as anybody knows: a clerk's decision, which stays a clerk's.
    left = {uid for uid in uids if uid not in done and b"\\deleted" in flags.get(uid, [])}
    new = [uid for uid in uids if uid not in done | left]
    if new:
        into(session, target, partial(session.client.copy, new, target))
        copied.update(new)
    ours = sorted(done.union(new))
    if ours:
        _store(session, ours, f"\\Deleted {MARK}" if _may_mark(session) else "\\Deleted")
        with edge("expunge"):
            _ask(partial(session.client.uid_expunge, ours))
        copied.difference_update(ours)


def _store(session: Session, uids: list[int], flags: str) -> None:
    session.wire.talk(f"UID STORE {uid_set(uids)} +FLAGS.SILENT ({flags})")


def into(session: Session, target: str, act: Callable[[], object]) -> None:
    """Move, copy or append, and make a folder that was missing (RFC 3501 §6.4.7)."""
    with edge("file"):
        try:
            _ask(act)
        except RejectedError:
            if session.client.folder_exists(target):
                raise
            session.client.create_folder(target)
            # Mail programs show a folder only when it is subscribed.
            session.client.subscribe_folder(target)
            _ask(act)


def _ask(act: Callable[[], object]) -> None:
    """Tell a NO, after which the connection is whole, from a lost connection."""
    try:
        act()
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        raise RejectedError(f"file: {told(error)}") from error


def same_folder(session: Session) -> None:
    """Go no further when UIDVALIDITY is another by now (RFC 3501 §6.3.10).

    STATUS, for selecting anew takes a second where 50,000 mails lie.
    """
    with edge("status"):
        answer = session.client.folder_status(session.folder, ["UIDVALIDITY", "UIDNEXT"])
    if answer.get(b"UIDVALIDITY") != session.uidvalidity:
        raise TryLaterError("UIDVALIDITY changed: nothing is filed")
    if answer.get(b"UIDNEXT", 0) > session.uidnext:
        session.wire.news = True
