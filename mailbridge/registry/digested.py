"""What digests ask of the register and nobody else does: what changed since, and what is equal."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, case, func, or_, text
from sqlmodel import col, select

from mailbridge.model.digested import Answered, Mails
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.exchange import ExchangeState, FactKind
from mailbridge.model.impounded import ImpoundState
from mailbridge.model.letter import Letter, LetterState
from mailbridge.model.outcome import Direction, OutcomeName
from mailbridge.model.status import StatusChange
from mailbridge.registry import (
    book_tables,
    documents,
    exchange_tables,
    exchanges,
    impounded_tables,
    ledger,
    outbox_rows,
    status_tables,
    tables,
    trust_tables,
)
from mailbridge.registry.database import Transaction

_EXCHANGE, _FACT = exchange_tables.Exchange, exchange_tables.Fact
# The recipient has said nothing yet, or no number.
_SILENT = (
    ExchangeState.OWED,
    ExchangeState.UNCERTAIN,
    ExchangeState.SUBMITTED,
    ExchangeState.ARRIVED,
)
_RETURNED = (ExchangeState.BOUNCED, ExchangeState.REFUSED)
# What is our own doing tells nothing of the recipient.
_OWN = (FactKind.SUBMITTED, FactKind.UNCERTAIN, FactKind.RECALL_ASKED, FactKind.LATE)
# Codes of a recall (QCVN 102): asked, done, not done.
_RECALL = ("13", "15", "16")


def watched_since(tx: Transaction, mailboxes: Sequence[str]) -> datetime | None:
    """Tell since when the first of these mailboxes is watched: before, nothing is told.

    One that no IMAP server has (LMTP) is watched since its first mail.
    """
    row, mail = tables.Mailbox, tables.Ledger
    found = select(func.min(row.started_at)).where(col(row.name).in_(mailboxes))
    first = select(func.min(mail.first_seen)).where(col(mail.mailbox).in_(mailboxes))
    return tx.session.exec(found).first() or tx.session.exec(first).first()


def told_at(tx: Transaction, to: str, mailboxes: Sequence[str]) -> datetime | None:
    """Tell when a person's last digest was made."""
    row = tables.Outbox
    found = (
        select(row.owed_at)
        .where(text(tables.DIGEST), row.recipient == to, col(row.mailbox).in_(mailboxes))
        .order_by(col(row.line).desc())
    )
    return tx.session.exec(found.limit(1)).first()


def answered(
    tx: Transaction, office: str, since: datetime, oldest: datetime, limit: int
) -> tuple[Answered, ...]:
    """List recipient by recipient what we sent or heard of since, and what still waits.

    What waits or came back stands first; what came back before `oldest` is a task, and no news.
    """
    waits = or_(
        col(_EXCHANGE.state).in_(_SILENT),
        col(_EXCHANGE.is_disputed),
        and_(
            col(_EXCHANGE.recall_asked),
            col(_EXCHANGE.state) != ExchangeState.RECALLED,
            ~col(_EXCHANGE.recall_refused),
        ),
        and_(col(_EXCHANGE.state).in_(_RETURNED), col(_EXCHANGE.owed_at) >= oldest),
    )
    heard = select(_FACT.exchange).where(col(_FACT.recorded_at) >= since)
    found = (
        select(_EXCHANGE)
        .where(
            _EXCHANGE.office == office,
            or_(waits, col(_EXCHANGE.owed_at) >= since, col(_EXCHANGE.id).in_(heard)),
        )
        .order_by(case((waits, 0), else_=1), col(_EXCHANGE.document).desc(), col(_EXCHANGE.id))
    )
    listed = exchanges.values(tx.session.exec(found.limit(limit)))
    of = _documents(tx, {one.document for one in listed})
    heard_at = _heard_at(tx, [one.id for one in listed])
    return tuple(Answered(one, of[one.document], heard_at.get(one.id)) for one in listed)


def _documents(tx: Transaction, ids: Iterable[int]) -> dict[int, Document]:
    row = tables.Document
    found = tx.session.exec(select(row).where(col(row.id).in_(list(ids))))
    return {document.id: document for document in documents.values(tx, found)}


def _heard_at(tx: Transaction, ids: Sequence[int]) -> dict[int, datetime]:
    found = (
        select(_FACT.exchange, func.max(_FACT.at))
        .where(col(_FACT.exchange).in_(ids), col(_FACT.kind).not_in(_OWN))
        .group_by(col(_FACT.exchange))
    )
    return dict(tx.session.exec(found).all())


def came(tx: Transaction, office: str, since: datetime, limit: int) -> tuple[Document, ...]:
    """List what was entered since as incoming, the most urgent first."""
    row, entry = tables.Document, book_tables.Entry
    found = (
        select(row)
        .join(entry)
        .where(
            entry.office == office,
            col(entry.entered_at) >= since,
            entry.direction == Direction.IN,
            col(entry.voided_at).is_(None),
        )
        .order_by(col(entry.id))
        .limit(limit)
    )
    listed = documents.values(tx, tx.session.exec(found))
    return tuple(sorted(listed, key=lambda one: -one.urgency.rank))


def refused(tx: Transaction, office: str, since: datetime, limit: int) -> tuple[Document, ...]:
    """List what we returned to its sender since (Điều 10.1)."""
    row = tables.Document
    found = select(row).where(
        row.office == office,
        row.state == DocumentState.REFUSED,
        row.direction == Direction.IN,
        col(row.ended_at) >= since,
    )
    return documents.values(tx, tx.session.exec(found.order_by("id").limit(limit)))


def recalled(
    tx: Transaction, office: str, since: datetime, limit: int
) -> tuple[tuple[StatusChange, Document], ...]:
    """List what senders asked back since, and what became of it (Điều 10.2)."""
    row, document = status_tables.Status, tables.Document
    found = (
        select(row)
        .join(document, col(document.id) == row.document)
        .where(
            document.office == office,
            document.direction == Direction.IN,
            col(row.code).in_(_RECALL),
            col(row.at) >= since,
        )
        .order_by(col(row.id))
        .limit(limit)
    )
    changes = tx.session.exec(found).all()
    of = _documents(tx, {one.document for one in changes})
    return tuple(
        (StatusChange(one.document, one.code, one.at, one.by, note=one.note), of[one.document])
        for one in changes
    )


def impounded(tx: Transaction, office: str) -> int:
    """Count what bears a mark of secrecy and is not closed by the officer: a number alone."""
    row = impounded_tables.Impounded
    found = select(func.count()).where(row.office == office, row.state != ImpoundState.ERASED)
    return tx.session.exec(found).one()


def undelivered(
    tx: Transaction, mailboxes: Sequence[str], oldest: datetime, limit: int
) -> tuple[Letter, ...]:
    """List letters that were given up, or of which nobody knows whether they were taken."""
    row = tables.Outbox
    found = select(row).where(
        col(row.state).in_((LetterState.FAILED, LetterState.UNCERTAIN)),
        col(row.mailbox).in_(mailboxes),
        col(row.owed_at) >= oldest,
    )
    listed = tx.session.exec(found.order_by(col(row.line).desc()).limit(limit))
    return tuple(map(outbox_rows.letter, listed))


def proposals(tx: Transaction) -> int:
    """Count the certificates that a clerk has to compare."""
    row = trust_tables.Proposal
    found = select(func.count(func.distinct(row.fingerprint)))
    return tx.session.exec(found.where(col(row.decided_at).is_(None))).one()


def mails(tx: Transaction, mailboxes: Sequence[str]) -> Mails:
    """Count what became of the mails, and apart from that the documents of the registered."""
    row, document = tables.Ledger, tables.Document
    entered = (
        select(func.count(func.distinct(document.ledger)))
        .join(row, col(row.id) == document.ledger)
        .where(col(row.mailbox).in_(mailboxes), row.outcome == OutcomeName.REGISTERED)
    )
    return Mails(ledger.count_by_outcome(tx, mailboxes), tx.session.exec(entered).one())
