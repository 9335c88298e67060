"""Dispatching: what the one transaction of `send` writes for a document that leaves."""

from dataclasses import dataclass, replace
from datetime import datetime

from mailbridge.actions.house import Chancery, House
from mailbridge.actions.numbering_drafts import HinderedError, numbered
from mailbridge.actions.tracking import expect, track_of
from mailbridge.letters.documents import Dispatch, letter
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.examination import Examination
from mailbridge.model.letter import Party, SentFile
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.model.sending import Business, Draft, Exchange, Hindrance, Sent
from mailbridge.registry import (
    documents,
    evidence,
    exchanges,
    journal,
    outbox,
    replacements,
    search_index,
    sent_documents,
    similar,
)
from mailbridge.registry.database import Transaction
from mailbridge.registry.replacements import Replacement
from mailbridge.rules.paper import Paper, paper
from mailbridge.rules.receiving import receive_by

# Where values come from that a person gave.
SOURCE = "clerk"


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that nothing hinders any more."""

    draft: Draft
    chancery: Chancery
    own: Party
    to: tuple[Party, ...]
    found: Examination
    # For search alone.
    text: str
    # Why mail is used, in words (Điều 5.3).
    ground: str
    overruled: tuple[Hindrance, ...]
    who: str


def enter(tx: Transaction, house: House, ready: Ready, now: datetime) -> Sent:
    """Write document, number, evidence, exchanges and letters; raises HinderedError."""
    document = _document(ready, now)
    _demand_new(tx, document, ready.to)
    replaced = _replaced(tx, ready.draft)
    document = replace(document, id=documents.add(tx, document))
    document = _entered(tx, ready, document, now)
    # Nobody here has to handle or acknowledge what we send ourselves.
    sent_documents.set_out(tx, document.id, ready.who, now)
    evidence.record(tx, None, document.id, ready.found, now)
    _search(tx, ready, document)
    on_paper = paper(document.reading, document.verdict, house.regulation.paper)
    dispatch = _dispatch(house, ready, document, on_paper, replaced, now)
    for party in ready.to:
        owe(tx, house, dispatch, party)
        if on_paper.expected:
            expect(tx, track_of(house, document, on_paper, ready.who, now, to=party.agency))
    for one in replaced:
        why = ready.draft.reason
        replacements.add(tx, Replacement(document.id, one.id, now, ready.who, why))
    _journal(tx, ready, document, now)
    symbol = document.key.symbol or ""
    return Sent(document.id, document.number, symbol, ready.to, ready.overruled)


def owe(tx: Transaction, house: House, dispatch: Dispatch, to: Party) -> int:
    """Begin an exchange with one recipient, and owe it the document; gives the exchange."""
    document = dispatch.document
    begun = Exchange(
        id=0,
        office=document.office,
        document=document.id,
        to=to,
        owed_at=dispatch.made_at,
        answer_by=dispatch.answer_by,
        # Điều 11.13: the day is theirs to its end.
        handle_by=house.regulation.calendar.end_of_day(dispatch.due) if dispatch.due else None,
    )
    exchange = exchanges.add(tx, begun)
    outbox.owe(tx, letter(dispatch, exchange, to, house.secret))
    return exchange


def _document(ready: Ready, now: datetime) -> Document:
    """Make the outgoing document: what the person said stands before what was read."""
    opened, draft = ready.found.opened, ready.draft
    reading = _reading(draft, ready.found.reading, ready.who)
    return Document(
        id=0,
        ledger=0,
        mailbox=ready.chancery.sending.mailbox,
        office=ready.chancery.code,
        key=DocumentKey(
            ready.own.agency, reading.value(FieldName.SYMBOL), reading.value(FieldName.DATE)
        ),
        agency_name=ready.own.name,
        sender=ready.own.address,
        verdict=opened.evidence.verdict or Verdict.UNDETERMINED,
        state=DocumentState.REGISTERED,
        urgency=draft.urgency or reading.urgency,
        reading=reading,
        files=opened.files,
        received_at=now,
        subject=reading.value(FieldName.SUMMARY) or "",
        direction=Direction.OUT,
    )


def _reading(draft: Draft, read: Reading, who: str) -> Reading:
    said = {
        name: Field(" ".join(value.split()), SOURCE, 1.0, (), who)
        for name, value in draft.fields.items()
        if value.strip()
    }
    urgency = draft.urgency or read.urgency
    return replace(read, fields={**read.fields, **said}, urgency=urgency)


def _demand_new(tx: Transaction, document: Document, to: tuple[Party, ...]) -> None:
    """Hold what was sent before: a second sending is told to those who lack it, and to no other."""
    prints = frozenset(file.sha256 for file in document.files)
    known = similar.similar(tx, document.office, document.key, prints)
    if not known:
        return
    sent = known[-1]
    had = {one.to.agency for one in exchanges.of_document(tx, sent.document)}
    lack = [one for one in to if one.agency not in had]
    named = f"{document.key.symbol or ''} đã được gửi (sent:{sent.document})"
    if sent.files != prints:
        code, words = "sent-otherwise", f"{named} với tệp khác."
    elif had and lack:
        names = ", ".join(one.name or one.agency for one in lack)
        to_ = " ".join(f"--to {one.agency}" for one in lack)
        does = f"mailbridge exchange add sent:{sent.document} {to_}"
        code, words = "sent-to-others", f"{named}, nhưng chưa gửi tới {names}. Gửi thêm: {does}."
    else:
        code, words = "already-sent", f"{named}, không gửi lần nữa."
    raise HinderedError(code, " ".join(f"Văn bản {words}".split()))


def _replaced(tx: Transaction, draft: Draft) -> tuple[Document, ...]:
    if draft.business is not Business.REPLACE:
        return ()
    found = [documents.get(tx, one) for one in draft.replaces]
    ours = [
        one
        for one in found
        if one is not None and one.office == draft.office and one.direction is Direction.OUT
    ]
    if not ours or len(ours) < len(draft.replaces) or not draft.reason.strip():
        words = "Văn bản thay thế cần nêu văn bản đi bị thay thế và lý do."
        raise HinderedError("replaces", words)
    return tuple(ours)


def _entered(tx: Transaction, ready: Ready, document: Document, now: datetime) -> Document:
    entry = numbered(tx, ready.chancery, ready.draft, document, ready.who, now)
    if entry is None:
        return document
    document = replace(document, number=entry.number, entered_at=now)
    if document.key.symbol or not entry.symbol:
        return document
    field = Field(entry.symbol, "book", 1.0, (), ready.who)
    fields = {**document.reading.fields, FieldName.SYMBOL: field}
    document = replace(
        document,
        key=replace(document.key, symbol=entry.symbol),
        reading=replace(document.reading, fields=fields),
    )
    documents.write(tx, document)
    return document


def _search(tx: Transaction, ready: Ready, document: Document) -> None:
    seals = ready.found.opened.evidence.seals
    names = (" ".join(seal.signer.name.split()) for seal in seals if seal.signer)
    search_index.index(tx, document, ready.text, tuple(dict.fromkeys(filter(None, names))))


def _dispatch(
    house: House,
    ready: Ready,
    document: Document,
    on_paper: Paper,
    replaced: tuple[Document, ...],
    now: datetime,
) -> Dispatch:
    # The recipient owes its answer as we would (NĐ 30/2020, 21.2c).
    until = receive_by(
        document.reading,
        now,
        house.regulation.calendar,
        minutes=house.regulation.minutes,
        by=house.regulation.answer,
    )
    types = {str(file.sha256): file.type for file in document.files}
    return Dispatch(
        document=document,
        files=tuple(
            SentFile(f.name, f.size, f.sha256, types.get(f.sha256, "application/octet-stream"))
            for f in ready.draft.files
        ),
        by=ready.own,
        recipients=ready.to,
        made_at=now,
        business=ready.draft.business,
        ground=ready.ground,
        paper=f"{on_paper.ground} ({on_paper.code})" if on_paper.expected else "",
        due=ready.draft.due,
        answer_by=until.answer,
        replaces=tuple(str(one.key) for one in replaced),
        reason=ready.draft.reason,
        encrypt=ready.draft.encrypt,
    )


def _journal(tx: Transaction, ready: Ready, document: Document, now: datetime) -> None:
    data: dict[str, str] = {
        "by": ready.who,
        "number": str(document.number or ""),
        "to": ", ".join(party.agency for party in ready.to),
        "verdict": document.verdict.value,
    }
    if ready.overruled:
        data["overruled"] = ", ".join(one.code for one in ready.overruled)
        data["why"] = ready.draft.overrule
    journal.append(tx, document.office, "sent", f"document:{document.id}", data, now)
