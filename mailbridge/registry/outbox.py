"""The outbox: letters owed with their cause, posted at least once and visibly the same."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, text, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from mailbridge.model.letter import ONCE, DigestFacts, Letter, LetterKind, LetterState
from mailbridge.registry import outbox_rows, tables
from mailbridge.registry.database import Transaction

# A letter that nobody took in two days is given up loudly.
_GIVE_UP = timedelta(hours=48)

_TABLE = tables.table(tables.Outbox)
_MOMENT = _TABLE.c.owed_at.type
_RECEIPTS = (
    columns(_TABLE)
    .where(_TABLE.c.document == bindparam("of"), _TABLE.c.kind == LetterKind.RECEIPT)
    .order_by(_TABLE.c.line)
)
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=LetterState.SENT, sent_at=bindparam("at", type_=_MOMENT), last_error="")
)
_OURS = columns(_TABLE.c.line).where(
    or_(_TABLE.c.id == bindparam("local"), _TABLE.c.mail == bindparam("local")),
    _TABLE.c.mailbox.in_(bindparam("within", expanding=True)),
)


def owe(tx: Transaction, letter: Letter) -> None:
    """Write down that a letter is owed; the same cause owes the same letter once."""
    tx.add_once(
        _TABLE,
        id=letter.id,
        kind=letter.kind,
        mailbox=letter.mailbox,
        recipient=letter.to,
        facts=outbox_rows.facts(letter),
        owed_at=letter.owed_at,
        not_before=letter.not_before,
        urgent=letter.urgent,
        document=letter.document,
        exchange=letter.exchange,
        state=LetterState.OWED,
        attempts=0,
        last_error="",
    )


def sent(tx: Transaction, ids: Iterable[str], now: datetime) -> None:
    """Write that a server took the letters."""
    tx.run(_SENT, ids=list(ids), at=now)


def put_off(tx: Transaction, ids: Iterable[str], until: datetime) -> None:
    """Owe letters again that were not tried: their destination gets no more at this moment."""
    for row in _rows(tx, ids):
        row.state, row.not_before, row.attempts = LetterState.OWED, until, row.attempts - 1
        tx.session.add(row)


def uncertain(tx: Transaction, ids: Iterable[str], error: str, now: datetime) -> tuple[str, ...]:
    """Write that an answer was lost; such letters leave again under the same Message-ID.

    Not for ever: a server that takes each and loses each answer would fill a mailbox. Returns the
    ids of those given up. Documents and recalls never leave again by themselves.
    """
    return _put_back(_rows(tx, ids), LetterState.UNCERTAIN, error, now)


def again(
    tx: Transaction, ids: Iterable[str], error: str, now: datetime, *, after: int | None = None
) -> tuple[str, ...]:
    """Write that an attempt failed for now; returns the ids of those given up after two days."""
    rows = _rows(tx, ids)
    if after is not None:
        for row in rows:
            row.not_before = now + timedelta(seconds=after)
    return _put_back(rows, LetterState.OWED, error, now)


def untried(tx: Transaction, ids: Iterable[str], why: str, until: datetime) -> None:
    """Take an attempt back that never came to the network: it counts for nothing."""
    for row in _rows(tx, ids):
        row.state, row.not_before, row.last_error = LetterState.OWED, until, why
        row.attempts, row.first_try = max(0, row.attempts - 1), None
        row.mail = row.mail if row.attempts else None
        tx.session.add(row)


def _put_back(
    rows: list[tables.Outbox], state: LetterState, error: str, now: datetime
) -> tuple[str, ...]:
    # Letters of one mail are given up together.
    youngest = max((row.first_try for row in rows if row.first_try), default=now)
    for row in rows:
        waits = state is LetterState.UNCERTAIN and row.kind in ONCE
        gives_up = not waits and now - youngest > _GIVE_UP
        row.state = LetterState.FAILED if gives_up else state
        row.last_error = error
        if state is LetterState.UNCERTAIN:
            # Whoever has it knows it by this name.
            row.mail = row.mail or row.id
        elif row.attempts == 1:
            # It never left: it may share another mail.
            row.mail = None
    return tuple(row.id for row in rows if row.state is LetterState.FAILED)


def failed(tx: Transaction, ids: Iterable[str], error: str, now: datetime) -> None:
    """Write that a server refused the letters for good."""
    del now
    for row in _rows(tx, ids):
        row.state, row.last_error = LetterState.FAILED, error
        tx.session.add(row)


def recover(tx: Transaction, now: datetime, mailboxes: Sequence[str]) -> tuple[Letter, ...]:
    """Owe again, as the same letter, what was being posted when the service died.

    The first time at once; a letter that kills us each time keeps to its back-off. Returns the
    documents and recalls among them, which were perhaps sent and are now uncertain.
    """
    found = select(tables.Outbox).where(
        tables.Outbox.state == LetterState.ATTEMPTING, col(tables.Outbox.mailbox).in_(mailboxes)
    )
    rows = tx.session.exec(found).all()
    for row in rows:
        row.state = LetterState.UNCERTAIN if row.kind in ONCE else LetterState.OWED
        row.mail = row.mail or row.id
        if row.attempts <= 1:
            row.not_before = now
        tx.session.add(row)
    return tuple(outbox_rows.letter(row) for row in rows if row.kind in ONCE)


def requeue(tx: Transaction, letter: str, now: datetime) -> None:
    """Owe a letter once more."""
    for row in _rows(tx, (letter,)):
        row.state, row.not_before, row.first_try, row.attempts = LetterState.OWED, now, None, 0
        row.mail = None
        tx.session.add(row)


def get(tx: Transaction, letter: str) -> Letter | None:
    """Find a letter by its id, the local part of its Message-ID."""
    row = next(iter(_rows(tx, (letter,))), None)
    return outbox_rows.letter(row) if row else None


def of_exchange(tx: Transaction, exchange: int) -> tuple[Letter, ...]:
    """List the letters of an exchange, the oldest first."""
    found = select(tables.Outbox).where(tables.Outbox.exchange == exchange)
    return tuple(map(outbox_rows.letter, tx.session.exec(found.order_by("line"))))


def letters(tx: Transaction, limit: int = 500) -> tuple[Letter, ...]:
    """List letters, newest first."""
    found = select(tables.Outbox).order_by(col(tables.Outbox.line).desc()).limit(limit)
    return tuple(map(outbox_rows.letter, tx.session.exec(found)))


def forget(tx: Transaction, document: int, ids: Iterable[str]) -> None:
    """Drop what was owed or sent about a document that must leave no words here (Điều 5.1)."""
    row = tables.Outbox
    about = (col(row.document) == document) | col(row.id).in_(tuple(ids))
    # Each by an index of its own: together they are found by reading every letter.
    for which in (about, text(tables.DIGEST)):
        for found in tx.session.exec(select(row).where(which)).all():
            if found.kind != LetterKind.DIGEST or _names(found, document):
                tx.session.delete(found)
        tx.session.flush()


def _names(row: tables.Outbox, document: int) -> bool:
    """Tell whether a digest speaks of a document; its newest edition is then made anew."""
    facts = outbox_rows.letter(row).facts
    return isinstance(facts, DigestFacts) and document in facts.documents


def receipts_of(tx: Transaction, document: int) -> tuple[Letter, ...]:
    """List the receipts of a document, the oldest first."""
    return tuple(map(outbox_rows.letter, tx.run(_RECEIPTS, of=document)))


def is_ours(tx: Transaction, message_id: str, mailboxes: Sequence[str]) -> bool:
    """Tell whether a Message-ID is of a letter of these mailboxes: only the outbox knows."""
    local = message_id.strip().strip("<>").rpartition("@")[0]
    return tx.run(_OURS, local=local, within=list(mailboxes)).first() is not None


def _rows(tx: Transaction, ids: Iterable[str]) -> list[tables.Outbox]:
    found = select(tables.Outbox).where(col(tables.Outbox.id).in_(tuple(ids)))
    return list(tx.session.exec(found))
