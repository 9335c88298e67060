"""Recalled: a recall reached us, and what follows of it (Điều 10.2), in the transaction of settle.

Proven and held: the document is withheld at once and destroyed. Proven and not held: answered 16,
and a tombstone waits for the document. Not proven, or not the sender's: answered 16 to the enrolled
address, listed as a stray, and the clerk is told; strangers get nothing. What only lacks
a word on the revocation of its certificate, or a key of its server from DNS, withholds nothing, is
judged again for a day, and answered then.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.actions.case import Case
from mailbridge.actions.claims import claims_of
from mailbridge.actions.house import House
from mailbridge.actions.recall_asked import Asked, asked_by
from mailbridge.actions.recall_doubts import Doubt, doubt, no_more, proven
from mailbridge.actions.recall_waits import follow, may_wait, waiting
from mailbridge.actions.withholding import withhold
from mailbridge.clock import in_vietnam
from mailbridge.letters.recall_refusals import RefusalTerms, refusal
from mailbridge.model.directory import Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import LetterState, Party, ReceiptFacts, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied, Noted
from mailbridge.model.recall import Recall, RecallState, Strength
from mailbridge.model.sending import StrayKind
from mailbridge.registry import (
    documents,
    evidence,
    journal,
    outbox,
    recalls,
)
from mailbridge.registry.database import Transaction
from mailbridge.rules.recalls import (
    Candidate,
    Judged,
    NotHeld,
    NotProven,
    NotSenders,
    Proven,
    judge,
    strength_of,
)
from mailbridge.rules.senders import known_sender

# An answer is repeated to who asks again at most once in this time.
REPLAY_SECONDS = 3600
# By what would prove it: what could not be checked.
_UNCHECKED = {
    Strength.SERVER: "chưa kiểm tra được chữ ký của máy chủ thư nơi gửi (DKIM)",
    Strength.KEY: "chưa kiểm tra được khóa của nơi gửi còn hiệu lực hay đã bị thu hồi",
    Strength.SEAL: "chưa kiểm tra được chứng thư số của nơi gửi còn hiệu lực hay đã bị thu hồi",
}
_JUDGED_AGAIN = "{}; hệ thống kiểm tra lại trong 24 giờ"
_STRANGER = "nơi gửi không có trong danh bạ hoặc ngoài tên miền được phép"
_OF_STRANGER = Doubt(StrayKind.FORGED, _STRANGER)
_UNREAD = "không đọc được yêu cầu thu hồi, hoặc là lời của thư khác được chuyển tiếp"


@dataclass(frozen=True, slots=True)
class _Done:
    """What followed from one claim, and whether it may be proven, or proven better, yet."""

    applied: tuple[str, ...] = ()
    waits: bool = False


def apply(
    tx: Transaction, house: House, case: Case, directory: Directory, now: datetime
) -> Applied | Noted:
    """Write what follows from the recalls of a mail; the caller records its evidence.

    Of a mail that waited it is what waited in it: the rest was applied, or refused.
    """
    domains = house.of_office(case.office).office.allowed_domains
    agency = known_sender(case.mail, directory, domains, in_vietnam(now).date())
    found, before = claims_of(case), waiting(tx, case)
    if agency is None or not found:
        unread = Doubt(StrayKind.FORGED, _UNREAD, agency.code) if agency else _OF_STRANGER
        doubt(tx, house, case, unread, now)
        # What waited was a known agency's: nobody waits for a stranger's.
        no_more(tx, case, before.names if before else (), unread.why)
        follow(tx, case, None, (), now)
        return Noted(Kind.RECALL)
    asked = [asked_by(house, case, agency, said, len(found)) for said in found]
    due = [one for one in asked if before is None or before.is_for(one.said.claim.recall_id)]
    done = [(one, _one(tx, house, one, now)) for one in due]
    waits = [one for one, what in done if what.waits]
    hope = max((one.hope for one in waits), key=lambda hope: hope.strength, default=None)
    follow(tx, case, hope, [one.said.claim.recall_id for one in waits], now)
    applied = " ".join(name for _, what in done for name in what.applied)
    return Applied(applied) if applied else Noted(Kind.RECALL)


def _one(tx: Transaction, house: House, asked: Asked, now: datetime) -> _Done:
    """Write what follows from one claim."""
    judged = _judged(tx, asked)
    if isinstance(judged, Proven):
        proven(tx, asked.case, asked.about, now)
        meant = _with_older(tx, judged.documents)
        return _Done(tuple(_called_back(tx, house, asked, one, now) for one in meant))
    grows = asked.hope.strength > asked.strength and not isinstance(judged, NotSenders)
    waits = grows and may_wait(tx, asked.case, asked.hope, now)
    if isinstance(judged, NotHeld):
        # It is buried as it is: what is proven no better falls to it, and to the better later.
        if not waits:
            proven(tx, asked.case, asked.about, now)
        return _Done((_bury(tx, house, asked, judged, now),), waits)
    if waits:
        why = _JUDGED_AGAIN.format(_UNCHECKED[asked.hope.strength])
        doubt(tx, house, asked.case, asked.doubt(why), now)
        return _Done(waits=True)
    if grows:
        judged = NotProven(_UNCHECKED[asked.hope.strength])
    _refuse(tx, house, asked, judged, now)
    kind = StrayKind.DISPUTE if isinstance(judged, NotSenders) else StrayKind.FORGED
    doubt(tx, house, asked.case, asked.doubt(judged.why, kind), now)
    return _Done()


def _judged(tx: Transaction, asked: Asked) -> Judged:
    claim = asked.said.claim
    is_proven = asked.strength is not Strength.NOTHING
    # Nobody looks through the register at the word of whoever can write From.
    known = recalls.candidates(tx, asked.case.office, claim) if is_proven else ()
    compared = tuple(_candidate(tx, one) for one in known)
    return judge(claim, asked.agency.code, asked.strength, compared)


def _candidate(tx: Transaction, document: Document) -> Candidate:
    found = evidence.of_document(tx, document.id)
    agency = document.key.agency
    strength = max((strength_of(one, agency) for one in found), default=Strength.NOTHING)
    prints = frozenset(file.sha256 for file in document.files)
    message_id = (document.message_id or "").strip("<> ")
    return Candidate(document.id, agency, message_id, prints, strength)


def _with_older(tx: Transaction, meant: tuple[int, ...]) -> tuple[int, ...]:
    """Add the unsigned copies that a signed original superseded: they say the same.

    The other way round the original stays: only the copy before it was called back.
    """
    older = (one for document in meant for one in documents.under_one_number(tx, document))
    return tuple(dict.fromkeys((*meant, *older)))


def _called_back(tx: Transaction, house: House, asked: Asked, number: int, now: datetime) -> str:
    document = documents.get(tx, number)
    if document is None:
        raise LookupError(f"no document {number}")
    if document.state is DocumentState.DESTROYED:
        _replay(tx, document, now)
    elif document.state is not DocumentState.WITHHELD:
        withhold(tx, house, document, _recall(asked, now), now)
    else:
        data = {"by": asked.agency.code, "mail": str(asked.case.ledger)}
        journal.append(tx, document.office, "recalled-again", f"document:{number}", data, now)
    return f"document:{number}"


def _replay(tx: Transaction, document: Document, now: datetime) -> None:
    """Send the answer 15 once more, to who asks again after it."""
    for letter in outbox.receipts_of(tx, document.id):
        is_answer = isinstance(letter.facts, ReceiptFacts) and letter.facts.stage is Stage.RECALLED
        if not is_answer or letter.state is not LetterState.SENT or letter.sent_at is None:
            continue
        if (now - letter.sent_at).total_seconds() > REPLAY_SECONDS:
            outbox.requeue(tx, letter.id, now)


def _bury(tx: Transaction, house: House, asked: Asked, judged: NotHeld, now: datetime) -> str:
    """Answer that it is not held, and wait for it: mails overtake one another."""
    claim, office = asked.said.claim, asked.case.office
    before = recalls.named(tx, office, asked.agency.code, claim.recall_id)
    for one in before:
        if one.state is RecallState.TOMBSTONE and one.strength < asked.strength:
            recalls.strengthen(tx, one.id, _recall(asked, now))
    if before:
        return f"recall:{before[0].id}"
    letter = _refuse(tx, house, asked, judged, now)
    number = recalls.add(tx, _recall(asked, now, letter))
    data = {"by": claim.agency, "document": claim.key, "reason": claim.reason}
    journal.append(tx, office, "tombstone", f"recall:{number}", data, now)
    return f"recall:{number}"


def _recall(asked: Asked, now: datetime, letter: str = "") -> Recall:
    return Recall(
        id=0,
        office=asked.case.office,
        ledger=asked.case.ledger,
        # As the directory writes its identifier, whatever the mail does.
        claim=replace(asked.said.claim, agency=asked.agency.code),
        address=asked.spec,
        strength=asked.strength,
        state=RecallState.TOMBSTONE,
        at=now,
        letter=letter,
    )


def _refuse(tx: Transaction, house: House, asked: Asked, judged: Judged, now: datetime) -> str:
    """Owe the 16. What is proven has an answer of its own; what is not, one for its document.

    Whoever can write From could have us write to an agency without end.
    """
    if isinstance(judged, Proven):
        raise TypeError("there is no right to refuse a proven recall (Điều 10.2)")
    claim, mailbox = asked.said.claim, asked.case.arrival.slot.mailbox
    name = claim.key if isinstance(judged, NotProven) else claim.recall_id
    letter = refusal(
        claim,
        RefusalTerms(
            by=house.parties[mailbox],
            to=Party(asked.agency.code, asked.agency.name, asked.spec),
            mailbox=mailbox,
            cause=(type(judged).__name__, asked.case.office, asked.spec, name),
            why=judged.why,
            secret=house.secret,
            now=now,
        ),
    )
    outbox.owe(tx, letter)
    return letter.id
