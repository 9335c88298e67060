"""The answer 16 to a recall: what it claims, and why nothing was destroyed."""

from dataclasses import dataclass
from datetime import datetime

from mailbridge.letters.ids import message_id, receipt_id
from mailbridge.letters.receipts import day_of
from mailbridge.model.letter import Letter, LetterKind, Party, ReceiptFacts, Stage
from mailbridge.model.recall import Claim


@dataclass(frozen=True, slots=True)
class RefusalTerms:
    """Between whom; `cause` makes the letter: the same cause is answered once."""

    by: Party
    to: Party
    mailbox: str
    cause: tuple[str, ...]
    # Vietnamese: not proven, not the sender's, not held. There is no other ground (Điều 10.2).
    why: str
    secret: bytes
    now: datetime


def refusal(claim: Claim, terms: RefusalTerms) -> Letter:
    """Make the receipt 16; it repeats the claim and tells nothing that its writer did not know."""
    cause = ("recall-refused", *terms.cause)
    facts = ReceiptFacts(
        receipt_id=receipt_id(terms.secret, *cause),
        stage=Stage.RECALL_REFUSED,
        seq=1,
        document_key=claim.key,
        symbol=claim.symbol,
        issued=day_of(claim.issued),
        summary=claim.summary or None,
        files=claim.files,
        by=terms.by,
        to=terms.to,
        verdict=None,
        message_id=claim.message_id or None,
        subject="",
        mic="",
        received_at=terms.now,
        made_at=terms.now,
        words=terms.why,
    )
    return Letter(
        id=message_id(terms.secret, *cause),
        kind=LetterKind.RECEIPT,
        mailbox=terms.mailbox,
        to=terms.to.address,
        facts=facts,
        owed_at=terms.now,
        not_before=terms.now,
    )
