"""Recalled: a recall reached us, and what follows of it (Điều 10.2), in the transaction of settle.

Proven and held: the document is withheld at once and destroyed. Proven and not held: answered 16,
and a tombstone waits for the document. Not proven, or not the sender's: answered 16 to the enrolled
address, listed as a stray, and the clerk is told; strangers get nothing. What only lacks a word on
the revocation of its certificate withholds nothing, is judged again for a day, and answered then.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbridge.actions.case import Case
from mailbridge.actions.claims import Said, claims_of
from mailbridge.actions.house import House
from mailbridge.actions.owing import Alarm, tell
from mailbridge.actions.withholding import withhold
from mailbridge.clock import in_vietnam
from mailbridge.letters.recall_alerts import doubtful
from mailbridge.letters.recall_refusals import RefusalTerms, refusal
from mailbridge.model.directory import Agency, Directory
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import LetterState, Party, ReceiptFacts, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied, Noted
from mailbridge.model.recall import Recall, RecallState, Strength
from mailbridge.model.sending import Stray, StrayKind
from mailbridge.registry import (
    documents,
    evidence,
    journal,
    outbox,
    recalls,
    strays,
    unproven,
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
    may_be_proven,
    strength_of,
    strength_of_recall,
)
from mailbridge.rules.senders import known_sender

# An answer is repeated to who asks again at most once in this time.
REPLAY_SECONDS = 3600
# How long what cannot be checked for now is judged again, and how often.
WAITS = timedelta(hours=24)
RETRY = timedelta(minutes=30)
# So many wait in one office: whoever holds a key that was revoked must not keep us examining.
_MOST_WAITING = 20
_UNCHECKED = "chưa kiểm tra được chứng thư số của nơi gửi còn hiệu lực hay đã bị thu hồi"
_JUDGED_AGAIN = f"{_UNCHECKED}; hệ thống kiểm tra lại trong 24 giờ"
_STRANGER = "nơi gửi không có trong danh bạ hoặc ngoài tên miền được phép"
_UNREAD = "không đọc được yêu cầu thu hồi, hoặc là lời của thư khác được chuyển tiếp"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One claim, who makes it, and by what it is proven."""

    case: Case
    said: Said
    agency: Agency
    strength: Strength

    @property
    def spec(self) -> str:
        """The address in From: it is enrolled for the agency."""
        return self.case.mail.from_[0].spec

    @property
    def may_be_proven(self) -> bool:
        """Tell whether only a word on the revocation of its certificate is missing."""
        found = self.case.examination.opened.evidence
        return may_be_proven(self.said.covers, found, self.agency.code)


def apply(
    tx: Transaction, house: House, case: Case, directory: Directory, now: datetime
) -> Applied | Noted:
    """Write what follows from the recalls of a mail; the caller records its evidence."""
    domains = house.of_office(case.office).office.allowed_domains
    agency = known_sender(case.mail, directory, domains, in_vietnam(now).date())
    found = claims_of(case)
    if agency is None or not found:
        # What waited was a known agency's: nobody waits for a stranger's.
        unproven.remove(tx, case.ledger)
        _doubt(tx, house, case, StrayKind.FORGED, _UNREAD if agency else _STRANGER, now)
        return Noted(Kind.RECALL)
    applied, waits = list[str](), False
    for said in found:
        strength = strength_of_recall(said.covers, case.examination.opened.evidence, agency.code)
        done = _one(tx, house, _Asked(case, said, agency, strength), now)
        waits = waits or done is None
        applied += done or ()
    _follow(tx, house, case, now, waits=waits)
    return Applied(" ".join(applied)) if applied else Noted(Kind.RECALL)


def _follow(tx: Transaction, house: House, case: Case, now: datetime, *, waits: bool) -> None:
    """Have a mail judged again as long as something in it may be proven yet."""
    known = unproven.until(tx, case.ledger)
    if waits and known is None:
        unproven.add(tx, case.ledger, case.office, now + RETRY, now + WAITS)
        _doubt(tx, house, case, StrayKind.FORGED, _JUDGED_AGAIN, now)
    elif not waits and known is not None:
        unproven.remove(tx, case.ledger)


def _may_wait(tx: Transaction, asked: _Asked, now: datetime) -> bool:
    until = unproven.until(tx, asked.case.ledger)
    if until is None:
        return unproven.count(tx, asked.case.office) < _MOST_WAITING
    return now < until


def _one(tx: Transaction, house: House, asked: _Asked, now: datetime) -> tuple[str, ...] | None:
    """Write what follows from one claim; None: it may be proven yet, and nothing follows."""
    case, claim = asked.case, asked.said.claim
    is_proven = asked.strength is not Strength.NOTHING
    # Nobody looks through the register at the word of whoever can write From.
    known = recalls.candidates(tx, case.office, claim) if is_proven else ()
    compared = tuple(_candidate(tx, one) for one in known)
    judged = judge(claim, asked.agency.code, asked.strength, compared)
    if isinstance(judged, Proven):
        meant = _with_older(tx, judged.documents)
        return tuple(_called_back(tx, house, asked, one, now) for one in meant)
    if isinstance(judged, NotHeld):
        return (_bury(tx, house, asked, judged, now),)
    if isinstance(judged, NotProven) and asked.may_be_proven:
        if _may_wait(tx, asked, now):
            return None
        judged = NotProven(_UNCHECKED)
    _refuse(tx, house, asked, judged, now)
    kind = StrayKind.DISPUTE if isinstance(judged, NotSenders) else StrayKind.FORGED
    _doubt(tx, house, case, kind, judged.why, now)
    return ()


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


def _called_back(tx: Transaction, house: House, asked: _Asked, number: int, now: datetime) -> str:
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


def _bury(tx: Transaction, house: House, asked: _Asked, judged: NotHeld, now: datetime) -> str:
    """Answer that it is not held, and wait for it: mails overtake one another."""
    claim, office = asked.said.claim, asked.case.office
    before = recalls.named(tx, office, asked.agency.code, claim.recall_id)
    if not before:
        letter = _refuse(tx, house, asked, judged, now)
        recall = _recall(asked, now, letter)
        number = recalls.add(tx, recall)
        data = {"by": claim.agency, "document": claim.key, "reason": claim.reason}
        journal.append(tx, office, "tombstone", f"recall:{number}", data, now)
        return f"recall:{number}"
    return f"recall:{before[0].id}"


def _recall(asked: _Asked, now: datetime, letter: str = "") -> Recall:
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


def _refuse(tx: Transaction, house: House, asked: _Asked, judged: Judged, now: datetime) -> str:
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


def _doubt(
    tx: Transaction, house: House, case: Case, kind: StrayKind, why: str, now: datetime
) -> None:
    """List a recall that changed nothing, and tell the clerk once for each address and reason."""
    strays.add(tx, Stray(0, case.office, case.ledger, kind, why, now))
    sender = case.mail.from_[0].spec if case.mail.from_ else ""
    facts = doubtful(case.ledger, sender, why, now)
    tell(tx, house, Alarm(case.arrival.slot.mailbox, ("recall-doubtful", sender, why), facts), now)
