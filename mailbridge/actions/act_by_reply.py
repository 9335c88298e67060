"""Act by reply: a person's proven answer to a notice or digest does what the commands do.

All of it is one transaction. The letter's own Message-ID is the token: nobody can guess it, it is
of one person. Of a mail with several documents each has a code, too (`act_by_codes`). Both travel
with every forward, so that the reply must be proven (`rules/reply_proof`). Whoever else answers is
told nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.actions.act_by_codes import obey_lines, offered
from mailbridge.actions.case import Case
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.actions.replying import NothingDoneError, Reply, Token, obey
from mailbridge.clock import in_vietnam
from mailbridge.letters import reply_answers, several_answers
from mailbridge.letters.answers import answer
from mailbridge.letters.ids import is_own
from mailbridge.model.batch import SEVERAL
from mailbridge.model.letter import AnswerFacts, DigestFacts, Letter, NoticeFacts
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied
from mailbridge.registry import journal, mailings, outbox, replies_acted
from mailbridge.registry.database import Transaction
from mailbridge.rules import replies, reply_proof
from mailbridge.rules.acceptance import sender_of
from mailbridge.rules.own_lines import Words, words_of
from mailbridge.rules.replies import Wish
from mailbridge.rules.reply_lines import orders
from mailbridge.rules.routing import may_be_given


@dataclass(frozen=True, slots=True)
class _Answered:
    """The letters of the mail that is answered: none where they are no more."""

    letters: tuple[Letter, ...]
    mailbox: str
    # It held several, though some of them may be no more.
    is_shared: bool = False

    @property
    def notice(self) -> NoticeFacts | None:
        """The notice, where it left alone."""
        facts = self.letters[0].facts if self.letters and not self.is_shared else None
        return facts if isinstance(facts, NoticeFacts) else None


@dataclass(frozen=True, slots=True)
class _Done:
    """What is answered, and the documents that were acted on."""

    facts: AnswerFacts
    documents: tuple[int, ...] = ()


def apply(tx: Transaction, house: House, case: Case, now: datetime) -> Applied | None:
    """Do what a reply to a notice or digest asks for; None where it is no proven reply to one."""
    chancery = house.of_office(case.office)
    # RFC 3834 §5: nothing automatic is answered, nor is it anybody's word.
    if not chancery.telling.by_reply or case.mail.kind is not Kind.OTHER or case.mail.automatic:
        return None
    sender = sender_of(case.mail, case.examination.opened.evidence)
    person = "" if sender.contradicts else sender.address.lower()
    reply = Reply(house, chancery, case, person, now)
    answered = _answered(tx, reply)
    if answered is None or not _is_proven(tx, reply, answered):
        return None
    done = _done(tx, reply, answered)
    facts, cause, notice = done.facts, f"reply:{case.ledger}", answered.notice
    # The subject of a notice has words of its document: so has its answer.
    about = notice.document if notice else None
    letter = answer(facts, cause, person, answered.mailbox, house.secret, now)
    outbox.owe(tx, replace(letter, document=about))
    said = facts.lines[0] if notice else facts.title
    data = {"by": reply.person, "accepted": str(facts.accepted).lower(), "said": said}
    journal.append(tx, case.office, "replied", f"mail:{case.ledger}", data, now)
    if about is not None:
        return Applied(f"document:{about}")
    return Applied(" ".join(f"document:{one}" for one in done.documents) or "notices")


def _answered(tx: Transaction, reply: Reply) -> _Answered | None:
    """Find the mail that is answered itself: in a talk about it nobody speaks to us."""
    named = reply.case.mail.references[0] if reply.case.mail.references else ""
    token = named.rpartition("@")[0]
    if not token:
        return None
    letters = _letters(tx, token)
    if not letters:
        return _Answered((), reply.chancery.mailboxes[0]) if _is_ours(tx, reply, named) else None
    first = letters[0]
    if first.mailbox not in reply.chancery.mailboxes or not _is_answerable(first):
        return None
    if first.to.lower() == reply.person:
        return _Answered(letters, first.mailbox, token.startswith(SEVERAL))
    # It was passed on, or its name stolen.
    _note(tx, reply, first.id, "not its recipient")
    return None


def _letters(tx: Transaction, token: str) -> tuple[Letter, ...]:
    """List the letters of a mail; of one kind to one person, see `registry/mailings`."""
    if token.startswith(SEVERAL):
        return mailings.of_mail(tx, token)
    letter = outbox.get(tx, token)
    return (letter,) if letter else ()


def _is_answerable(letter: Letter) -> bool:
    if isinstance(letter.facts, DigestFacts):
        return bool(letter.facts.offers)
    return isinstance(letter.facts, NoticeFacts)


def _is_ours(tx: Transaction, reply: Reply, named: str) -> bool:
    """Tell whether a person of ours asks for something by a letter that is no more.

    Letters about what is secret are dropped (Điều 5.1): who was told is told no more than that.
    Another house of the same domain has names like ours: what asks for nothing was not for us.
    """
    chancery = reply.chancery
    own = {one.lower().rpartition("@")[2] for one in chancery.office.addresses}
    routes = (one.to for one in chancery.telling.routes)
    readers = {one.to.lower() for one in chancery.digests.readers}
    # A stranger's mail must not have the outbox searched; any domain signs for itself.
    domains = own.union(chancery.office.allowed_domains)
    if not may_be_given(reply.person, (*routes, *readers), domains) and not reply.leads:
        return False
    if not is_own(named, *own) or not _vouched(reply) or not _asks(reply):
        return False
    is_reader = reply.person in readers or reply.leads
    return is_reader or replies_acted.was_told(tx, reply.person, chancery.mailboxes)


def _asks(reply: Reply) -> bool:
    """Tell whether its words ask for something, in the one way or the other."""
    words, today = _words(reply.case), in_vietnam(reply.now).date()
    wishes = (replies.wish(words, today), *(one.wish for one in orders(words, today)))
    return any(isinstance(one, Wish) for one in wishes)


def _is_proven(tx: Transaction, reply: Reply, answered: _Answered) -> bool:
    if _vouched(reply):
        return True
    letter = answered.letters[0].id
    _note(tx, reply, letter, "unproven")
    case = reply.case
    facts = reply_answers.unproven(case.ledger, reply.person, case.arrival.internal_date)
    # A flood of forgeries is told once a letter and day.
    when = in_vietnam(reply.now).date().isoformat()
    cause = ("reply-unproven", letter, when)
    tell(tx, reply.house, Alarm(answered.mailbox, cause, facts), reply.now)
    return False


def _note(tx: Transaction, reply: Reply, letter: str, why: str) -> None:
    data = {"from": reply.person, "letter": letter, "why": why}
    subject = f"mail:{reply.case.ledger}"
    journal.append(tx, reply.case.office, "reply-ignored", subject, data, reply.now)


def _vouched(reply: Reply) -> tuple[str, ...]:
    opened = reply.case.examination.opened
    own = reply.chancery.office.addresses
    signed = opened.answers.signed
    return reply_proof.proves(reply.person, reply.case.mail, opened.evidence, signed, own)


def _done(tx: Transaction, reply: Reply, answered: _Answered) -> _Done:
    """Do what is asked for, and write the answer."""
    mail = reply.case.mail
    if not answered.letters:
        return _Done(several_answers.stale(mail.message_id, mail.subject))
    try:
        if answered.notice is not None:
            return _of_notice(tx, reply, answered.letters[0], answered.notice)
        _demand_new(tx, reply)
        return _Done(*obey_lines(tx, reply, answered.letters, _words(reply.case)))
    except NothingDoneError as why:
        if answered.notice is not None:
            return _Done(reply_answers.not_done(str(why), mail.message_id, mail.subject))
        listed = offered(tx, reply, answered.letters)
        return _Done(several_answers.not_done(str(why), listed, mail.message_id, mail.subject))


def _of_notice(tx: Transaction, reply: Reply, letter: Letter, notice: NoticeFacts) -> _Done:
    """Obey the first line of a reply to one notice."""
    if not any(reply_proof.names(text, notice) for text in _vouched(reply)):
        raise NothingDoneError(reply_answers.ELSEWHERE)
    wish = replies.wish(_words(reply.case), in_vietnam(reply.now).date())
    if not isinstance(wish, Wish):
        raise NothingDoneError(wish.why)
    _demand_new(tx, reply)
    document, lines = obey(tx, reply, Token(letter.id, letter, notice.document), wish)
    mail = reply.case.mail
    facts = reply_answers.done(document, lines, mail.message_id, mail.subject)
    return _Done(facts, (document.id,))


def _demand_new(tx: Transaction, reply: Reply) -> None:
    """Refuse a mail that acted before.

    Few servers sign In-Reply-To: whoever has a reply could send it on under another letter.
    """
    said = replies_acted.said_at(tx, reply.case.mail.message_id)
    if said is not None:
        raise NothingDoneError(reply_answers.used(said))


def _words(case: Case) -> Words:
    """Give the words of the mail itself: what lies in an attachment is not said by it."""
    opened = case.examination.opened
    return words_of([text for text in opened.texts if text.path in opened.answers.words])
