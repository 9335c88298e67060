"""Act by reply: a person's proven answer to a notice does what the commands do, in one transaction.

The notice's own Message-ID is the token: nobody can guess it, it is of one person and one document.
But it travels with every forward, so that the reply must be proven (`rules/reply_proof`). Whoever
else answers is told nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbridge.actions.advance import Assignment, By, CannotAdvanceError, advanced
from mailbridge.actions.case import Case
from mailbridge.actions.house import Chancery, House
from mailbridge.actions.owing import Alarm, Ground, tell
from mailbridge.actions.refuse import CannotRefuseError, returned
from mailbridge.clock import in_vietnam
from mailbridge.letters import reply_answers
from mailbridge.letters.answers import answer
from mailbridge.letters.words import moment
from mailbridge.model.batch import batch_id
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, NoticeFacts, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied
from mailbridge.registry import documents, journal, outbox, replies_acted
from mailbridge.registry.database import Transaction
from mailbridge.rules import replies, reply_proof
from mailbridge.rules.acceptance import sender_of
from mailbridge.rules.replies import Verb, Wish

# How long a notice may be answered.
_DAYS = timedelta(days=14)
# Clocks of mail programs differ by so much.
_CLOCKS = timedelta(hours=1)
# How the name of a mail of several letters begins, see `letters/ids`.
_SHARED = "mbs."


class _NothingDoneError(Exception):
    """Nothing is changed; the text says why in Vietnamese."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply to a notice, or to a mail of several."""

    house: House
    chancery: Chancery
    case: Case
    person: str
    # None: several notices shared the mail.
    letter: Letter | None
    mailbox: str
    now: datetime

    @property
    def leads(self) -> bool:
        """Tell whether it is of the clerk or the head."""
        telling = self.chancery.telling
        return self.person in {telling.clerk.lower(), (telling.head or "").lower()}


def apply(tx: Transaction, house: House, case: Case, now: datetime) -> Applied | None:
    """Do what a reply to a notice asks for; None where the mail is no proven reply to one."""
    chancery = house.of_office(case.office)
    # RFC 3834 §5: nothing automatic is answered, nor is it anybody's word.
    if not chancery.telling.by_reply or case.mail.kind is not Kind.OTHER or case.mail.automatic:
        return None
    reply = _reply(tx, house, chancery, case, now)
    if reply is None or not _is_proven(tx, reply):
        return None
    try:
        document, lines = _done(tx, reply)
        facts = reply_answers.done(document, lines, case.mail.message_id, case.mail.subject)
    except _NothingDoneError as why:
        facts = reply_answers.not_done(str(why), case.mail.message_id, case.mail.subject)
    cause = f"reply:{case.ledger}"
    outbox.owe(tx, answer(facts, cause, reply.person, reply.mailbox, house.secret, now))
    data = {"by": reply.person, "accepted": str(facts.accepted).lower(), "said": facts.lines[0]}
    journal.append(tx, case.office, "replied", f"mail:{case.ledger}", data, now)
    about = reply.letter.document if reply.letter else None
    return Applied(f"document:{about}" if about else "notices")


def _reply(
    tx: Transaction, house: House, chancery: Chancery, case: Case, now: datetime
) -> _Reply | None:
    """Find the notice that is answered itself: in a talk about it nobody speaks to us."""
    token = case.mail.references[0].rpartition("@")[0] if case.mail.references else ""
    sender = sender_of(case.mail, case.examination.opened.evidence)
    person = "" if sender.contradicts else sender.address.lower()
    if token.startswith(_SHARED):
        several = _Reply(house, chancery, case, person, None, chancery.mailboxes[0], now)
        # Proof first: a stranger's mail must not have the outbox searched.
        if not _vouched(several):
            return None
        shared = replies_acted.sent_together(tx, person, chancery.mailboxes)
        return several if token in map(batch_id, shared) else None
    letter = outbox.get(tx, token) if token else None
    is_here = letter is not None and letter.mailbox in chancery.mailboxes
    if letter is None or not is_here or not isinstance(letter.facts, NoticeFacts):
        return None
    reply = _Reply(house, chancery, case, person, letter, letter.mailbox, now)
    if letter.to.lower() == person:
        return reply
    # It was passed on, or its name stolen.
    _note(tx, reply, "not its recipient")
    return None


def _is_proven(tx: Transaction, reply: _Reply) -> bool:
    if _vouched(reply):
        return True
    _note(tx, reply, "unproven")
    case = reply.case
    facts = reply_answers.unproven(case.ledger, reply.person, case.arrival.internal_date)
    # A flood of forgeries is told once a notice and day.
    when = in_vietnam(reply.now).date().isoformat()
    cause = ("reply-unproven", reply.letter.id if reply.letter else reply.person, when)
    tell(tx, reply.house, Alarm(reply.mailbox, cause, facts), reply.now)
    return False


def _note(tx: Transaction, reply: _Reply, why: str) -> None:
    data = {"from": reply.person, "letter": reply.letter.id if reply.letter else "", "why": why}
    subject = f"mail:{reply.case.ledger}"
    journal.append(tx, reply.case.office, "reply-ignored", subject, data, reply.now)


def _vouched(reply: _Reply) -> tuple[str, ...]:
    opened = reply.case.examination.opened
    own = reply.chancery.office.addresses
    signed = opened.answers.signed
    return reply_proof.proves(reply.person, reply.case.mail, opened.evidence, signed, own)


def _done(tx: Transaction, reply: _Reply) -> tuple[Document, tuple[str, ...]]:
    """Do it and say it; raises _NothingDoneError."""
    letter = reply.letter
    if letter is None or not isinstance(letter.facts, NoticeFacts):
        raise _NothingDoneError(reply_answers.SEVERAL)
    notice = letter.facts
    if not any(reply_proof.names(text, notice) for text in _vouched(reply)):
        raise _NothingDoneError(reply_answers.ELSEWHERE)
    wish = replies.wish(_words(reply.case), in_vietnam(reply.now).date())
    if not isinstance(wish, Wish):
        raise _NothingDoneError(wish.why)
    # Few servers sign In-Reply-To: whoever has a reply could send it on under another notice.
    said = replies_acted.said_at(tx, reply.case.mail.message_id)
    before = said or replies_acted.used_at(tx, letter.id, wish.verb)
    if before is not None:
        raise _NothingDoneError(reply_answers.used(before))
    document = _answerable(tx, reply, letter)
    try:
        lines = _act(tx, reply, document, wish)
    except (CannotAdvanceError, CannotRefuseError) as why:
        raise _NothingDoneError(reply_answers.unlawful(str(why))) from why
    replies_acted.use(tx, letter.id, wish.verb, reply.case.ledger, reply.person, reply.now)
    return document, lines


def _answerable(tx: Transaction, reply: _Reply, letter: Letter) -> Document:
    """Find the document, where this notice still lets its reader act."""
    came = min(reply.now, reply.case.arrival.internal_date)
    if came > (letter.sent_at or letter.owed_at) + _DAYS:
        raise _NothingDoneError(reply_answers.EXPIRED)
    written = reply.case.mail.date
    if written is None or datetime.fromisoformat(written) < letter.owed_at - _CLOCKS:
        raise _NothingDoneError(reply_answers.OLDER)
    document = documents.get(tx, letter.document) if letter.document else None
    if document is None or document.state is not DocumentState.REGISTERED:
        raise _NothingDoneError(reply_answers.GONE)
    if not reply.leads and (document.handler or "").lower() != reply.person:
        raise _NothingDoneError(reply_answers.PASSED_ON)
    return document


def _words(case: Case) -> str:
    """Give the first text of the mail itself: what lies in an attachment is not said by it."""
    opened = case.examination.opened
    for text in opened.texts:
        if text.path in opened.answers.words:
            return replies.shown(text.text) if text.type == "text/html" else text.text
    return ""


def _act(tx: Transaction, reply: _Reply, document: Document, wish: Wish) -> tuple[str, ...]:
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
                raise _NothingDoneError(reply_answers.NOT_YOURS)
            if not document.key.agency:
                raise _NothingDoneError(reply_answers.STRANGER)
            ground = Ground(Reason.AWAITS_CLERK, wish.words)
            returned(tx, reply.house, document.id, ground, reply.person, reply.now)
            return (f"Đã trả lại nơi gửi, lý do: {wish.words}",)


def _take(tx: Transaction, reply: _Reply, document: Document) -> tuple[str, ...]:
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


def _forward(tx: Transaction, reply: _Reply, document: Document, wish: Wish) -> tuple[str, ...]:
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
    tx: Transaction, reply: _Reply, document: Document, to: Stage, given: Assignment
) -> None:
    advanced(tx, reply.house, document.id, to.value, given, By(reply.person, reply.now))
