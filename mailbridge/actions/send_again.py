"""Send again: more recipients, news of a sent document, a mail that was lost, a word on paper.

Each is a person's decision, journalled with his name. A document is never sent twice by itself.
"""

from dataclasses import replace
from datetime import datetime

from mailbridge.actions.dispatching import owe
from mailbridge.actions.exchanging import learn
from mailbridge.actions.house import House
from mailbridge.actions.tracking import expect, track_of
from mailbridge.clock import in_vietnam
from mailbridge.letters.documents import Dispatch, letter
from mailbridge.model.document import Document
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Weight
from mailbridge.model.letter import DocumentFacts, Letter, LetterKind, LetterState, Party
from mailbridge.model.reading import Urgency
from mailbridge.model.sending import Business, Exchange, Hindrance, TaskKind, Weigh
from mailbridge.registry import (
    agencies,
    documents,
    exchanges,
    journal,
    outbox,
    tasks_of_people,
)
from mailbridge.registry.database import Transaction
from mailbridge.rules import recipients
from mailbridge.rules.answers import next_deadline
from mailbridge.rules.paper import Paper, paper

# Grounds of a person's own (Điều 7.4: a side is not equipped, or technology failed).
_ON_PAPER = "7.4"
_DECIDED = (TaskKind.SILENT, TaskKind.UNCERTAIN, TaskKind.BOUNCED, TaskKind.UNDELIVERED)
# What was handed to a server and is not known to have failed may lie there twice.
_RESENT = {LetterState.UNCERTAIN, LetterState.FAILED, LetterState.SENT}


class CannotSendAgainError(Exception):
    """There is nothing to do, or something hinders it; the text says it in Vietnamese."""


def add_recipients(
    house: House, document: Document, names: tuple[str, ...], who: str, now: datetime
) -> tuple[Party, ...]:
    """Send a document to those who have not had it; gives them."""
    chancery = house.of_office(document.office)
    with house.database.transaction() as tx:
        to = recipients.resolve(
            names,
            agencies.directory(tx),
            chancery.code,
            chancery.office.allowed_domains,
            in_vietnam(now).date(),
        )
        _demand(to.hindrances)
        begun = exchanges.of_document(tx, document.id)
        if begun and all(_is_called_back(one) for one in begun):
            raise CannotSendAgainError("văn bản đã được thu hồi, không gửi thêm")
        had = {one.to.agency for one in begun if one.state is not ExchangeState.BOUNCED}
        # To an address that gave it back it goes by `resend`; a corrected one is another.
        tried = {one.to.address.lower() for one in begun}
        new = tuple(
            party
            for party in to.parties
            if party.agency not in had and party.address.lower() not in tried
        )
        if not new:
            raise CannotSendAgainError("các nơi này đã được gửi văn bản, tới đúng địa chỉ đó")
        again = {party.agency for party in new}
        # Whom a corrected address reaches is one recipient, and is waited for there.
        every = (*(one.to for one in begun if one.to.agency not in again), *new)
        for one in begun:
            if one.to.agency in again:
                words = f"{who} gửi tới địa chỉ mới trong danh bạ."
                tasks_of_people.close_of_exchange(tx, one.id, _DECIDED, words, now)
        until = next_deadline(
            now, document.urgency, house.regulation.calendar, house.regulation.minutes
        )
        dispatch = replace(_dispatch(tx, document, now), recipients=every, answer_by=until)
        for party in new:
            owe(tx, house, dispatch, party)
            _expect_paper(tx, house, document, party, who, now)
        data = {"by": who, "to": ", ".join(party.agency for party in new)}
        journal.append(tx, document.office, "sent-also", f"document:{document.id}", data, now)
    return new


def update(
    house: House, document: Document, reason: str, who: str, now: datetime
) -> tuple[Party, ...]:
    """Tell all recipients what the document says of itself now (QCVN 102, type 2)."""
    if not reason.strip():
        raise CannotSendAgainError("cần nêu nội dung cập nhật (--reason)")
    with house.database.transaction() as tx:
        begun = [one for one in exchanges.of_document(tx, document.id) if not one.recall_asked]
        if not begun:
            raise CannotSendAgainError("văn bản chưa gửi tới nơi nào, hoặc đã thu hồi")
        known = documents.get(tx, document.id) or document
        dispatch = replace(
            _dispatch(tx, known, now),
            business=Business.UPDATE,
            reason=reason,
            recipients=tuple(one.to for one in begun),
        )
        for one in begun:
            rounds = sum(x.kind is LetterKind.DOCUMENT for x in outbox.of_exchange(tx, one.id))
            again = replace(dispatch, round=rounds + 1)
            outbox.owe(tx, letter(again, one.id, one.to, house.secret))
        data = {"by": who, "reason": reason}
        journal.append(tx, document.office, "updated", f"document:{document.id}", data, now)
    return tuple(one.to for one in begun)


def resend(house: House, exchange: Exchange, who: str, why: str, now: datetime) -> None:
    """Let the same mail leave once more, under the Message-ID by which its recipient knows it."""
    if not why.strip():
        raise CannotSendAgainError("cần nêu lý do gửi lại (--why)")
    with house.database.transaction() as tx:
        if _is_called_back(exchanges.get(tx, exchange.id) or exchange):
            raise CannotSendAgainError("văn bản đã được thu hồi tại nơi này, không gửi lại")
        last = _last(tx, exchange)
        if last.state not in _RESENT:
            raise CannotSendAgainError("thư này đang chờ gửi, không cần gửi lại")
        outbox.requeue(tx, last.id, now)
        regulation, facts = house.regulation, last.facts
        urgency = facts.urgency if isinstance(facts, DocumentFacts) else Urgency.NORMAL
        until = next_deadline(now, urgency, regulation.calendar, regulation.minutes)
        exchanges.expect(tx, exchange.id, until)
        _decided(tx, exchange, "resent", who, why, now)


def confirm_sent(house: House, exchange: Exchange, who: str, why: str, now: datetime) -> None:
    """Write that a person knows of the arrival of a mail whose answer was lost."""
    if not why.strip():
        raise CannotSendAgainError("cần nêu căn cứ xác nhận đã gửi (--why)")
    with house.database.transaction() as tx:
        last = _last(tx, exchange)
        if last.state is not LetterState.UNCERTAIN:
            raise CannotSendAgainError("thư này không ở trạng thái chưa rõ đã gửi hay chưa")
        outbox.sent(tx, (last.id,), now)
        fact = Fact(FactKind.SUBMITTED, now, Weight.OWN, reason=why[:200])
        learn(tx, exchange, f"confirmed:{last.id}", fact, None, now)
        _decided(tx, exchange, "sent-confirmed", who, why, now)


def on_paper(house: House, exchange: Exchange, who: str, ground: str, now: datetime) -> None:
    """Write that the paper goes there, on a ground of a person: silence is none (Điều 7.4)."""
    if not ground.strip():
        raise CannotSendAgainError(
            "cần nêu căn cứ gửi bản giấy; việc chưa phản hồi không là căn cứ"
        )
    with house.database.transaction() as tx:
        document = documents.get(tx, exchange.document)
        if document is None:
            raise CannotSendAgainError("không có văn bản này")
        wanted = Paper(expected=True, code=_ON_PAPER, ground=ground)
        if not expect(tx, track_of(house, document, wanted, who, now, to=exchange.to.agency)):
            raise CannotSendAgainError("bản giấy tới nơi này đã được theo dõi")
        _decided(tx, exchange, "goes-on-paper", who, ground, now)


def _is_called_back(exchange: Exchange) -> bool:
    """Tell whether this recipient must not have it any more (Điều 9.2)."""
    return exchange.recall_asked or exchange.state is ExchangeState.RECALLED


def _expect_paper(
    tx: Transaction, house: House, document: Document, to: Party, who: str, now: datetime
) -> None:
    """Follow the paper that goes there, too, where Điều 8 wants it."""
    wanted = paper(document.reading, document.verdict, house.regulation.paper)
    if wanted.expected:
        expect(tx, track_of(house, document, wanted, who, now, to=to.agency))


def _demand(found: tuple[Hindrance, ...]) -> None:
    blocks = [one.words for one in found if one.weigh is Weigh.BLOCK]
    if blocks:
        raise CannotSendAgainError(" ".join(blocks))


def _dispatch(tx: Transaction, document: Document, now: datetime) -> Dispatch:
    """Take up what was sent first: files, ground and deadlines stay what they were."""
    first = next(
        (
            letter.facts
            for one in exchanges.of_document(tx, document.id)
            for letter in outbox.of_exchange(tx, one.id)
            if isinstance(letter.facts, DocumentFacts)
        ),
        None,
    )
    if first is None:
        raise CannotSendAgainError("văn bản này chưa được gửi qua thư")
    return Dispatch(
        document=document,
        files=first.files,
        by=first.by,
        recipients=first.recipients,
        made_at=now,
        ground=first.ground,
        paper=first.paper,
        due=first.due,
        answer_by=first.answer_by if first.answer_by and first.answer_by > now else None,
        encrypt=first.encrypt,
    )


def _last(tx: Transaction, exchange: Exchange) -> Letter:
    sent = [x for x in outbox.of_exchange(tx, exchange.id) if x.kind is LetterKind.DOCUMENT]
    if not sent:
        raise CannotSendAgainError("chưa có thư nào tới nơi này")
    return sent[-1]


def _decided(
    tx: Transaction, exchange: Exchange, event: str, who: str, why: str, now: datetime
) -> None:
    tasks_of_people.close_of_exchange(tx, exchange.id, _DECIDED, why, now)
    data = {"by": who, "why": why, "to": exchange.to.agency}
    journal.append(tx, exchange.office, event, f"exchange:{exchange.id}", data, now)
