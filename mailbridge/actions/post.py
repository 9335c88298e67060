"""Post: take one letter (or one batch of notices) from the outbox to its server.

The attempt and its next time are registered before the network is touched, so that a server which
kills us is not hammered. A lost answer after DATA is `uncertain`: receipts and notices leave again
under the same Message-ID.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from mailbridge.actions import owing
from mailbridge.actions.exchanging import posted
from mailbridge.actions.house import House
from mailbridge.actions.locking import peers
from mailbridge.actions.pacing import Pace
from mailbridge.clock import in_vietnam
from mailbridge.letters import alerts_of_keys
from mailbridge.letters.bodies import Edxml
from mailbridge.letters.compose import Sender, compose
from mailbridge.letters.endings import AuthenticationFailedError, UncertainError
from mailbridge.letters.signer import Signer
from mailbridge.letters.smtp import Post
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.batch import batch_id
from mailbridge.model.errors import RefusedError, TryLaterError
from mailbridge.model.exchange import FactKind
from mailbridge.model.letter import ONCE, Letter, LetterKind, LetterState
from mailbridge.registry import (
    exchanges,
    journal,
    mailboxes,
    mailings,
    outbox,
    sent_copies,
    waiting,
)
from mailbridge.registry.database import Transaction
from mailbridge.registry.withdrawn import withdraw

_log = structlog.get_logger(__name__)

# What the ending of a document's mail says of its exchange.
_LEARNED = {
    LetterState.SENT: FactKind.SUBMITTED,
    LetterState.UNCERTAIN: FactKind.UNCERTAIN,
    LetterState.FAILED: FactKind.BOUNCED,
}
# What may leave by the hundred at one word of a person; answers wait for nobody.
_PACED = ONCE | {LetterKind.REMINDER}
# Until an OpenPGP key that is away is asked for again.
_PAUSE = timedelta(seconds=60)
# Days before its end at which a certificate is spoken of.
_NEAR = (1, 3, 7, 14, 30)
# State, what went wrong, and the seconds that the server asked us to wait.
_Ending = tuple[LetterState, Exception | None, int | None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who signs a mailbox's letters, and the line over which they leave."""

    sender: Sender
    post: Post
    # Who writes the edXML in them; letters do not know that format.
    edxml: Edxml
    pace: Pace = field(default_factory=Pace)


def post(house: House, desks: Mapping[str, Desk], now: datetime) -> LetterState | None:
    """Post the next letter that is due; None when there is none."""
    with house.database.transaction() as tx:
        letters = outbox.claim(tx, now, tuple(desks))
        away = bool(letters) and waiting.is_key_away(tx, letters[0].mailbox, now)
    if not letters:
        return None
    if _is_too_soon(house, desks[letters[0].mailbox].pace, letters, now):
        return LetterState.OWED
    desk = _without_key(desks[letters[0].mailbox]) if away else desks[letters[0].mailbox]
    state, error, after = _attempt(house, desk, letters, now)
    if isinstance(error, UnsignedError):
        return _wait(house, letters, error, now)
    with house.database.transaction() as tx:
        if not away and desk.sender.signer is not None:
            waiting.key_is_back(tx, letters[0].mailbox)
            _foresee(tx, house, letters[0].mailbox, desk.sender.signer, now)
        _note(tx, house, letters, (state, error, after), now)
        if state is LetterState.OWED and isinstance(error, AuthenticationFailedError):
            # A wrong password that is tried again and again locks the account.
            mailboxes.suspend(tx, f"smtp:{letters[0].mailbox}", str(error), now)
    _log.info("posted", state=state, letters=[letter.id for letter in letters], error=str(error))
    return state


def _attempt(house: House, desk: Desk, letters: tuple[Letter, ...], now: datetime) -> _Ending:
    try:
        known = peers(house, now)
        composed = compose(letters, desk.sender, house.blobs.path, desk.edxml, known)
        desk.post.post(composed, mail_from=_envelope_sender(letters[0], desk.sender))
    except UncertainError as error:
        return LetterState.UNCERTAIN, error, None
    except TryLaterError as error:
        return LetterState.OWED, error, error.after_seconds
    except RefusedError as error:
        return LetterState.FAILED, error, None
    return LetterState.SENT, None, None


def _is_too_soon(house: House, pace: Pace, letters: tuple[Letter, ...], now: datetime) -> bool:
    """Put off what its destination should not get at once; what is urgent is never slowed."""
    first = letters[0]
    if first.kind not in _PACED:
        return False
    until = None if first.urgent else pace.wait_until(first.to, now)
    if until is None:
        pace.leaves(first.to, now)
        return False
    with house.database.transaction() as tx:
        outbox.put_off(tx, (letter.id for letter in letters), until)
    return True


def _without_key(desk: Desk) -> Desk:
    if desk.sender.signer is None:
        return desk
    return replace(desk, sender=replace(desk.sender, signer=None, is_key_away=True))


def _wait(
    house: House, letters: tuple[Letter, ...], error: UnsignedError, now: datetime
) -> LetterState:
    """Let a mailbox's letters wait for its key, and tell a person once a day and cause.

    The alert itself leaves unsigned, or it would wait for what it tells of.
    """
    mailbox, why = letters[0].mailbox, str(error)
    for_person = error.fault is KeyFault.PIN
    facts = alerts_of_keys.unsigned(mailbox, error.fault, now)
    cause = ("key", mailbox, error.fault, in_vietnam(now).date().isoformat())
    with house.database.transaction() as tx:
        until = now
        if error.fault is KeyFault.OPENPGP:
            # Others are signed by another key, and must not wait for this one.
            until += _PAUSE
        else:
            waiting.key_is_away(tx, mailbox, why, now, for_person=for_person)
        outbox.untried(tx, (letter.id for letter in letters), why, until)
        owing.tell(tx, house, owing.Alarm(mailbox, cause, facts), now)
    _log.warning("letters wait for their key", mailbox=mailbox, fault=error.fault, error=why)
    return LetterState.OWED


def _foresee(tx: Transaction, house: House, mailbox: str, signer: Signer, now: datetime) -> None:
    """Tell that the certificate ends soon, once at each of a few distances."""
    with suppress(UnsignedError):
        until = signer.certificate.not_valid_after_utc
        near = min((days for days in _NEAR if until - now < timedelta(days)), default=None)
        if near is not None:
            cause = ("key-ends", mailbox, until.isoformat(), str(near))
            facts = alerts_of_keys.ending(mailbox, until)
            owing.tell(tx, house, owing.Alarm(mailbox, cause, facts), now)


def _envelope_sender(letter: Letter, sender: Sender) -> str:
    # RFC 8098 §3: a receipt has the null sender, so that it is never answered.
    return "" if letter.kind in {LetterKind.RECEIPT, LetterKind.WARNING} else sender.address


def _called_back(tx: Transaction, letters: tuple[Letter, ...]) -> tuple[str, ...]:
    """Name what was called back while it was being posted: it must not be tried again."""
    documents = (letter for letter in letters if letter.kind is LetterKind.DOCUMENT)
    found = ((letter.id, exchanges.get(tx, letter.exchange or 0)) for letter in documents)
    return tuple(name for name, exchange in found if exchange and exchange.recall_asked)


def _ended(
    tx: Transaction, letters: tuple[Letter, ...], ending: _Ending, now: datetime
) -> tuple[str, ...]:
    """Write how an attempt ended; returns the ids of those given up."""
    state, error, after = ending
    ids = tuple(letter.id for letter in letters)
    if state is LetterState.SENT:
        outbox.sent(tx, ids, now)
    elif state is LetterState.UNCERTAIN:
        return outbox.uncertain(tx, ids, str(error), now)
    elif state is LetterState.FAILED and len(ids) > 1:
        # One of them may be the cause, or how many they are.
        mailings.apart(tx, ids, str(error))
    elif state is LetterState.FAILED:
        outbox.failed(tx, ids, str(error), now)
    else:
        given_up = outbox.again(tx, ids, str(error), now, after=after)
        withdraw(tx, _called_back(tx, letters), "đã thu hồi trước khi gửi đi")
        return given_up
    return ()


def _note(
    tx: Transaction, house: House, letters: tuple[Letter, ...], ending: _Ending, now: datetime
) -> None:
    state, error, _ = ending
    given_up = _ended(tx, letters, ending, now)
    if state is LetterState.FAILED and len(letters) > 1:
        state = LetterState.OWED
    for letter in letters:
        fact = FactKind.BOUNCED if letter.id in given_up else _LEARNED.get(state)
        if fact is not None:
            posted(tx, letter, fact, str(error or ""), now)
        if state is LetterState.SENT and letter.kind in ONCE:
            sent_copies.owe(tx, letter, now)
        office, data = house.of_mailbox(letter.mailbox).code, {"state": state.value}
        data["kind"] = letter.kind
        if len(letters) > 1:
            data["mail"] = batch_id(one.id for one in letters)
        journal.append(tx, office, "posted", f"letter:{letter.id}", data, now)
