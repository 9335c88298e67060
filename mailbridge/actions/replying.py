"""Replying: what one proven word of a person does to one document, in the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbridge.actions.advance import Assignment, By, CannotAdvanceError, advanced
from mailbridge.actions.case import Case
from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import Ground
from mailbridge.actions.refuse import CannotRefuseError, returned
from mailbridge.letters import reply_answers
from mailbridge.letters.words import moment
from mailbridge.model.document import Document
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, Stage
from mailbridge.registry import documents, journal, replies_acted
from mailbridge.registry.database import Transaction
from mailbridge.rules.answerable import Hold, hold
from mailbridge.rules.replies import Verb, Wish

# How long a letter may be answered.
_DAYS = timedelta(days=14)
# Clocks of mail programs differ by so much.
_CLOCKS = timedelta(hours=1)


class NothingDoneError(Exception):
    """Nothing is changed; the text says why in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of a person to a letter of ours."""

    house: House
    chancery: Chancery
    case: Case
    person: str
    now: datetime

    @property
    def leads(self) -> bool:
        """Tell whether it is of the clerk or the head."""
        return self.chancery.telling.leads(self.person)


@dataclass(frozen=True, slots=True)
class Token:
    """What lets a person act on one document, each word once; `name` is under what it is used."""

    name: str
    letter: Letter
    document: int | None


def obey(
    tx: Transaction, reply: Reply, token: Token, wish: Wish
) -> tuple[Document, tuple[str, ...]]:
    """Do what is asked for and say it; raises NothingDoneError."""
    before = replies_acted.used_at(tx, token.name, wish.verb)
    if before is not None:
        raise NothingDoneError(reply_answers.used(before))
    document = _answerable(tx, reply, token)
    try:
        lines = _act(tx, reply, document, wish)
    except (CannotAdvanceError, CannotRefuseError) as why:
        raise NothingDoneError(reply_answers.unlawful(str(why))) from why
    replies_acted.use(tx, token.name, wish.verb, reply.case.ledger, reply.person, reply.now)
    return document, lines


def in_hand(tx: Transaction, reply: Reply, token: Token) -> Document | None:
    """Give the document where the person may still act on it."""
    document = documents.get(tx, token.document) if token.document else None
    is_theirs = hold(document, reply.person, leads=reply.leads) is Hold.ACTS
    return document if is_theirs else None


def _answerable(tx: Transaction, reply: Reply, token: Token) -> Document:
    """Find the document, where this letter still lets its reader act."""
    letter = token.letter
    came = min(reply.now, reply.case.arrival.internal_date)
    if came > (letter.sent_at or letter.owed_at) + _DAYS:
        raise NothingDoneError(reply_answers.EXPIRED)
    written = reply.case.mail.date
    if written is None or datetime.fromisoformat(written) < letter.owed_at - _CLOCKS:
        raise NothingDoneError(reply_answers.OLDER)
    document = documents.get(tx, token.document) if token.document else None
    found = hold(document, reply.person, leads=reply.leads)
    if document is None or found is Hold.GONE:
        raise NothingDoneError(reply_answers.GONE)
    if found is Hold.PASSED_ON:
        raise NothingDoneError(reply_answers.PASSED_ON)
    return document


def _act(tx: Transaction, reply: Reply, document: Document, wish: Wish) -> tuple[str, ...]:
    match wish.verb:
        case Verb.TAKE:
            return _take(tx, reply, document)
        case Verb.FORWARD:
            return _forward(tx, reply, document, wish)
        case Verb.DONE:
            _advance(tx, reply, document, Stage.DONE, Assignment())
            return ("Đã ghi: hoàn thành xử lý.",)
        case Verb.RETURN:
            if not reply.leads:
                raise NothingDoneError(reply_answers.NOT_YOURS)
            if not document.key.agency:
                raise NothingDoneError(reply_answers.STRANGER)
            ground = Ground(Reason.AWAITS_CLERK, wish.words)
            returned(tx, reply.house, document.id, ground, reply.person, reply.now)
            return (f"Đã trả lại nơi gửi, lý do: {wish.words}",)


def _take(tx: Transaction, reply: Reply, document: Document) -> tuple[str, ...]:
    """Acknowledge it (Điều 6.3); with its handler it is then in work.

    Clerk and head have every urgent one, and may yet pass it on.
    """
    lines = ["Đã ghi: đồng chí đã nhận văn bản."]
    if not reply.leads:
        try:
            _advance(tx, reply, document, Stage.PROCESSING, Assignment())
            lines.append("Trạng thái: đang xử lý.")
        except CannotAdvanceError:
            # Further on already; that it was taken is true all the same.
            lines.append("Trạng thái của văn bản giữ nguyên.")
    if documents.acknowledge(tx, document.id, reply.person, reply.now):
        subject, data = f"document:{document.id}", {"by": reply.person}
        journal.append(tx, document.office, "acknowledged", subject, data, reply.now)
    elif document.acknowledged_by:
        lines.append(f"Trước đó đã có người nhận: {document.acknowledged_by}.")
    return tuple(lines)


def _forward(tx: Transaction, reply: Reply, document: Document, wish: Wish) -> tuple[str, ...]:
    if wish.due is None:
        raise TypeError("a document is passed on with its deadline")
    until = reply.house.regulation.calendar.end_of_day(wish.due)
    is_person = "@" in wish.words
    given = Assignment(
        unit="" if is_person else wish.words,
        person=wish.words if is_person else "",
        deadline=until,
    )
    _advance(tx, reply, document, Stage.ASSIGNED, given)
    return (f"Đã chuyển: {wish.words}, hạn {moment(until)}.",)


def _advance(
    tx: Transaction, reply: Reply, document: Document, to: Stage, given: Assignment
) -> None:
    advanced(tx, reply.house, document.id, to.value, given, By(reply.person, reply.now))
