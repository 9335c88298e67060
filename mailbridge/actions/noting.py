"""Noting: what became of a mail that was tried, in the transaction that tries the next one."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from mailbridge.actions import owing
from mailbridge.actions.exchanging import posted
from mailbridge.actions.house import House
from mailbridge.clock import in_vietnam
from mailbridge.letters import alerts_of_keys
from mailbridge.letters.endings import AuthenticationFailedError
from mailbridge.letters.signer import Signer
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.batch import batch_id
from mailbridge.model.exchange import FactKind
from mailbridge.model.letter import ONCE, Letter, LetterState
from mailbridge.registry import (
    journal,
    mailboxes,
    mailings,
    outbox,
    sent_copies,
    waiting,
)
from mailbridge.registry.database import Transaction
from mailbridge.registry.withdrawn import withdraw_called_back

_log = structlog.get_logger(__name__)

# What the ending of a document's mail says of its exchange.
_LEARNED = {
    LetterState.SENT: FactKind.SUBMITTED,
    LetterState.UNCERTAIN: FactKind.UNCERTAIN,
    LetterState.FAILED: FactKind.BOUNCED,
}
# Until an OpenPGP key that is away is asked for again.
_PAUSE = timedelta(seconds=60)
# Days before its end at which a certificate is spoken of.
_NEAR = (1, 3, 7, 14, 30)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a try ended, and the seconds that the server asked us to wait."""

    state: LetterState
    error: Exception | None = None
    after: int | None = None


def note(
    tx: Transaction,
    house: House,
    letters: tuple[Letter, ...],
    ending: Ending,
    signer: Signer | None,
    now: datetime,
) -> None:
    """Write how the letters of one mail ended; `signer` is whose key was at hand."""
    mailbox = letters[0].mailbox
    if isinstance(ending.error, UnsignedError):
        _wait(tx, house, letters, ending.error, now)
        _withdraw(tx, (letter.id for letter in letters))
        return
    if signer is not None:
        waiting.key_is_back(tx, mailbox)
        _foresee(tx, house, mailbox, signer, now)
    _put(tx, letters, ending, house, now)
    if ending.state is LetterState.OWED and isinstance(ending.error, AuthenticationFailedError):
        # A wrong password that is tried again and again locks the account.
        mailboxes.suspend(tx, f"smtp:{mailbox}", str(ending.error), now)


def put_off(tx: Transaction, ids: Iterable[str], until: datetime) -> None:
    """Write that letters were not tried, since their destination gets no more now."""
    names = tuple(ids)
    outbox.put_off(tx, names, until)
    _withdraw(tx, names)


def _withdraw(tx: Transaction, ids: Iterable[str]) -> None:
    """Let nothing leave again that was called back while it was tried (Điều 9.2, 10.2)."""
    withdraw_called_back(tx, ids, "đã thu hồi trước khi gửi đi")


def _wait(
    tx: Transaction,
    house: House,
    letters: tuple[Letter, ...],
    error: UnsignedError,
    now: datetime,
) -> None:
    """Let a mailbox's letters wait for its key, and tell a person once a day and cause.

    The alert itself leaves unsigned, or it would wait for what it tells of.
    """
    mailbox, why = letters[0].mailbox, str(error)
    for_person = error.fault is KeyFault.PIN
    facts = alerts_of_keys.unsigned(mailbox, error.fault, now)
    cause = ("key", mailbox, error.fault, in_vietnam(now).date().isoformat())
    until = now
    if error.fault is KeyFault.OPENPGP:
        # Others are signed by another key, and must not wait for this one.
        until += _PAUSE
    else:
        waiting.key_is_away(tx, mailbox, why, now, for_person=for_person)
    outbox.untried(tx, (letter.id for letter in letters), why, until)
    owing.tell(tx, house, owing.Alarm(mailbox, cause, facts), now)
    _log.warning("letters wait for their key", mailbox=mailbox, fault=error.fault, error=why)


def _foresee(tx: Transaction, house: House, mailbox: str, signer: Signer, now: datetime) -> None:
    """Tell that the certificate ends soon, once at each of a few distances."""
    with suppress(UnsignedError):
        until = signer.certificate.not_valid_after_utc
        near = min((days for days in _NEAR if until - now < timedelta(days)), default=None)
        if near is not None:
            cause = ("key-ends", mailbox, until.isoformat(), str(near))
            facts = alerts_of_keys.ending(mailbox, until)
            owing.tell(tx, house, owing.Alarm(mailbox, cause, facts), now)


def _ended(
    tx: Transaction, letters: tuple[Letter, ...], ending: Ending, now: datetime
) -> tuple[str, ...]:
    """Write how an attempt ended; returns the ids of those given up."""
    state, error = ending.state, str(ending.error)
    ids = tuple(letter.id for letter in letters)
    if state is LetterState.SENT:
        outbox.sent(tx, ids, now)
    elif state is LetterState.UNCERTAIN:
        return outbox.uncertain(tx, ids, error, now)
    elif state is LetterState.FAILED and len(ids) > 1:
        # One of them may be the cause, or how many they are.
        mailings.apart(tx, ids, error)
    elif state is LetterState.FAILED:
        outbox.failed(tx, ids, error, now)
    else:
        return outbox.again(tx, ids, error, now, after=ending.after)
    return ()


def _put(
    tx: Transaction, letters: tuple[Letter, ...], ending: Ending, house: House, now: datetime
) -> None:
    state = ending.state
    given_up = _ended(tx, letters, ending, now)
    if state is not LetterState.SENT:
        _withdraw(tx, (letter.id for letter in letters))
    if state is LetterState.FAILED and len(letters) > 1:
        state = LetterState.OWED
    for letter in letters:
        fact = FactKind.BOUNCED if letter.id in given_up else _LEARNED.get(state)
        if fact is not None:
            posted(tx, letter, fact, str(ending.error or ""), now)
        if state is LetterState.SENT and letter.kind in ONCE:
            sent_copies.owe(tx, letter, now)
        office, data = house.of_mailbox(letter.mailbox).code, {"state": state.value}
        data["kind"] = letter.kind
        if len(letters) > 1:
            data["mail"] = batch_id(one.id for one in letters)
        journal.append(tx, office, "posted", f"letter:{letter.id}", data, now)
