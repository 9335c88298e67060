"""Receipts (phản hồi trạng thái, Điều 10.2): what is owed to the agency that sent a document."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from mailbridge.letters.canonical import digest
from mailbridge.letters.grounds import ground
from mailbridge.letters.ids import message_id, receipt_id
from mailbridge.model.document import Document
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.letter import (
    FileFact,
    Letter,
    LetterKind,
    Party,
    Proof,
    ReceiptFacts,
    Stage,
)
from mailbridge.model.reading import FieldName

# Stages of a document that stands in the book.
_ENTERED = (Stage.REGISTERED, Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE)
# What was destroyed keeps its number, if it had one.
_NUMBERED = (*_ENTERED, Stage.RECALLED)


class ReceiptTerms(TypedDict):
    """Between whom, when and why a receipt is owed; `earlier` are those of the same exchange."""

    by: Party
    to: Party
    secret: bytes
    now: datetime
    earlier: tuple[Letter, ...]
    reason: NotRequired[Reason | None]
    words: NotRequired[str]
    # Of a 15 (Điều 10.2).
    proof: NotRequired[Proof]


def receipt(document: Document, stage: Stage, **terms: Unpack[ReceiptTerms]) -> Letter:
    """Make the receipt that is owed: 01 or 03 by itself, the others only when a clerk says so.

    Refuses a 02 whose reason may not be told, a 03 and what follows it without a number, and a 15
    without its proof.
    """
    _demand(document, stage, terms)
    earlier = _chain(terms["earlier"], terms["to"])
    seq = len(earlier) + 1
    cause = (str(document.id), document.mic, terms["to"].address, stage.value, str(seq))
    facts = _facts(document, stage, terms, earlier, receipt_id(terms["secret"], *cause))
    return Letter(
        id=message_id(terms["secret"], *cause),
        kind=LetterKind.RECEIPT,
        mailbox=document.mailbox,
        to=terms["to"].address,
        facts=facts,
        owed_at=terms["now"],
        not_before=terms["now"],
        urgent=document.urgency.rank > 0,
        document=document.id,
    )


def _demand(document: Document, stage: Stage, terms: ReceiptTerms) -> None:
    reason = terms.get("reason")
    if stage is Stage.REFUSED:
        ground(reason or Reason.INTERNAL, terms.get("words", ""))
    if stage in _ENTERED and document.number is None:
        raise RefusedError(Reason.INTERNAL, f"a receipt {stage} needs the number of the entry")
    if stage is Stage.RECALLED and terms.get("proof") is None:
        raise RefusedError(Reason.INTERNAL, "nothing is said to be destroyed without proof")


def _chain(earlier: tuple[Letter, ...], to: Party) -> tuple[ReceiptFacts, ...]:
    """List the facts of earlier receipts to the same address, by their seq."""
    found = [
        letter.facts
        for letter in earlier
        if isinstance(letter.facts, ReceiptFacts) and letter.facts.to.address == to.address
    ]
    return tuple(sorted(found, key=lambda facts: facts.seq))


def _facts(
    document: Document,
    stage: Stage,
    terms: ReceiptTerms,
    earlier: tuple[ReceiptFacts, ...],
    name: str,
) -> ReceiptFacts:
    refused = stage is Stage.REFUSED
    return ReceiptFacts(
        receipt_id=name,
        stage=stage,
        seq=len(earlier) + 1,
        document_key=str(document.key),
        symbol=document.key.symbol,
        issued=day_of(document.key.date),
        summary=document.reading.value(FieldName.SUMMARY),
        files=tuple(FileFact(f.name, f.size, f.sha256) for f in document.files),
        by=terms["by"],
        to=terms["to"],
        verdict=document.verdict,
        message_id=document.message_id,
        subject=document.subject,
        mic=document.mic,
        received_at=document.received_at,
        made_at=terms["now"],
        number=document.number if stage in _NUMBERED else None,
        reason=terms.get("reason") if refused else None,
        words=terms.get("words", "") if refused else "",
        previous=digest(earlier[-1]) if earlier else None,
        entered_at=document.entered_at if stage in _NUMBERED else None,
        sender=document.sender,
        proof=terms.get("proof"),
    )


def day_of(iso: str | None) -> date | None:
    """Read a date of issue; what is no date is left out rather than guessed."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
