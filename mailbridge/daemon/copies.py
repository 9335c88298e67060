"""Copies: one of each document that left is put into the Sent folder, where its clerk looks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import structlog

from mailbridge import clock
from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.locking import peers
from mailbridge.letters.compose import compose
from mailbridge.mailbox.account import Account
from mailbridge.mailbox.copies import append_once
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.letter import Letter
from mailbridge.registry import sent_copies

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SentFolder:
    """The folder of a mailbox for what it sent."""

    mailbox: str
    account: Account
    folder: str


def append_copies(house: House, folders: tuple[SentFolder, ...], desks: Mapping[str, Desk]) -> None:
    """Append what is owed; a mailbox that is away keeps no other one waiting."""
    for folder in folders:
        desk = desks.get(folder.mailbox)
        if desk is None:
            continue
        try:
            _append(house, folder, desk)
        except TryLaterError as error:
            _log.warning("copies wait", mailbox=folder.mailbox, detail=error.detail)


def _append(house: House, folder: SentFolder, desk: Desk) -> None:
    with house.database.reading() as tx:
        owed = sent_copies.owed(tx, folder.mailbox)
    if not owed:
        return
    ids = {f"<{letter.id}@{desk.sender.domain}>": letter.id for letter in owed}
    for message_id in append_once(folder.account, folder.folder, _mails(house, desk, owed)):
        with house.database.transaction() as tx:
            sent_copies.done(tx, (ids[message_id],), clock.now())
        _log.info("copied", mailbox=folder.mailbox, letter=ids[message_id])


def _mails(house: House, desk: Desk, owed: tuple[Letter, ...]) -> Iterator[tuple[str, bytes]]:
    """Write the mails anew: the same octets as those that left, but for the signature."""
    known = peers(house, clock.now())
    for letter in owed:
        try:
            composed = compose((letter,), desk.sender, house.blobs.path, desk.edxml, known)
        except TryLaterError as error:
            _log.warning("a copy waits", letter=letter.id, detail=error.detail)
            continue
        except RefusedError as error:
            # No longer lockable, and never will be: twenty of these would keep all others waiting.
            _log.warning("no copy can be made", letter=letter.id, detail=error.detail)
            with house.database.transaction() as tx:
                sent_copies.done(tx, (letter.id,), clock.now())
            continue
        yield composed.message_id, composed.octets
