"""Exchanging: how a fact becomes known of an exchange, within the transaction of whoever learns it.

State is a function of the set of facts: what comes twice, late or out of order changes nothing.
"""

from datetime import datetime

from mailbridge.letters.reason_words import in_words
from mailbridge.model.exchange import ExchangeState, Fact, FactKind, Standing, Weight
from mailbridge.model.letter import ONCE, Letter, LetterKind
from mailbridge.model.sending import Exchange, TaskKind
from mailbridge.registry import exchanges, journal, tasks_of_people
from mailbridge.registry.database import Transaction
from mailbridge.registry.tasks_of_people import Cause
from mailbridge.rules.exchanges import standing

# What an answer of the recipient makes needless.
_ANSWERED = (TaskKind.SILENT, TaskKind.UNCERTAIN, TaskKind.BOUNCED)
_WORDS = {
    FactKind.UNCERTAIN: (
        "Chưa rõ thư tới {to} đã gửi được hay chưa (mất kết nối khi máy chủ trả lời). Hỏi nơi "
        "nhận, rồi gửi lại (mailbridge exchange resend) hoặc xác nhận đã gửi."
    ),
    FactKind.BOUNCED: (
        "Máy chủ thư không nhận thư tới {to}: {why}. Kiểm tra địa chỉ: nếu đúng thì gửi lại "
        "(mailbridge exchange resend), nếu sai thì sửa trong danh bạ rồi gửi tới địa chỉ mới "
        "(mailbridge exchange add)."
    ),
}
_REACHED = {
    ExchangeState.ARRIVED,
    ExchangeState.REGISTERED,
    ExchangeState.ASSIGNED,
    ExchangeState.PROCESSING,
    ExchangeState.DONE,
    ExchangeState.REFUSED,
    ExchangeState.RECALLED,
}


def learn(
    tx: Transaction, exchange: Exchange, key: str, fact: Fact, ledger: int | None, now: datetime
) -> Standing:
    """Write one fact and what all of them say together; the same key again changes nothing."""
    exchanges.add_fact(tx, exchange.id, key, fact, ledger, now)
    found = standing(exchanges.facts(tx, exchange.id))
    exchanges.stand(tx, exchange.id, found)
    if found.state is not exchange.state:
        data = {"to": exchange.to.agency, "state": found.state.value, "fact": fact.kind.value}
        subject = f"exchange:{exchange.id}"
        journal.append(tx, exchange.office, "exchange-stands", subject, data, now)
    if found.state in _REACHED:
        words = "Nơi nhận đã phản hồi."
        tasks_of_people.close_of_exchange(tx, exchange.id, _ANSWERED, words, now)
    return found


def posted(tx: Transaction, letter: Letter, fact: FactKind, why: str, now: datetime) -> None:
    """Write what became of the mail of a document with its exchange; other letters have none."""
    if letter.kind not in ONCE or letter.exchange is None:
        return
    exchange = exchanges.get(tx, letter.exchange)
    if exchange is None:
        return
    if letter.kind is LetterKind.DOCUMENT:
        key = f"{fact.value}:{letter.id}:{now.isoformat()}"
        learn(tx, exchange, key, Fact(fact, now, Weight.OWN, reason=why[:200]), None, now)
    kind = {FactKind.UNCERTAIN: TaskKind.UNCERTAIN, FactKind.BOUNCED: TaskKind.UNDELIVERED}
    if fact in kind:
        # What a person sent again can be lost again: each time is a task of its own.
        word = f"letter:{letter.id}:{now.isoformat()}"
        cause = Cause(exchange.office, kind[fact], word, exchange.document, exchange.id)
        tasks_of_people.open_(
            tx, cause, _WORDS[fact].format(to=exchange.to.name, why=in_words(why)), now
        )
