"""Notices: a document passed on to whoever handles it (Điều 5.2, 6.3)."""

from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from mailbridge.letters.ids import message_id
from mailbridge.letters.receipts import day_of
from mailbridge.letters.reply_codes import code
from mailbridge.letters.words import WHY
from mailbridge.model.document import Document
from mailbridge.model.letter import Letter, LetterKind, NoticeFacts
from mailbridge.model.reading import FieldName


class NoticeTerms(TypedDict):
    """Whom a notice goes to, why, and when. `repeated` counts earlier ones."""

    to: str
    route_why: str
    mailbox: str
    secret: bytes
    now: datetime
    not_before: datetime
    urgent: bool
    due: NotRequired[datetime | None]
    repeated: NotRequired[int]
    # Why the verdict is what it is, in Vietnamese; a general sentence stands where it is empty.
    verdict_why: NotRequired[str]
    # Opinion of whoever assigned it, and which assignment it is: each is a notice of its own.
    opinion: NotRequired[str]
    assignment: NotRequired[int]
    by_reply: NotRequired[bool]


def notice(document: Document, **terms: Unpack[NoticeTerms]) -> Letter:
    """Make the notice that passes a document on; each repetition is a letter of its own."""
    repeated = terms.get("repeated", 0)
    cause: tuple[str, ...] = ("notice", str(document.id), document.mic, terms["to"], str(repeated))
    if "assignment" in terms:
        cause = (*cause, str(terms["assignment"]))
    name = message_id(terms["secret"], *cause)
    return Letter(
        id=name,
        kind=LetterKind.NOTICE,
        mailbox=terms["mailbox"],
        to=terms["to"],
        facts=_facts(document, terms, name),
        owed_at=terms["now"],
        not_before=terms["not_before"],
        urgent=terms["urgent"],
        document=document.id,
    )


def _facts(document: Document, terms: NoticeTerms, name: str) -> NoticeFacts:
    by_reply = terms.get("by_reply", False)
    return NoticeFacts(
        document=document.id,
        number=document.number,
        symbol=document.key.symbol,
        issued=day_of(document.key.date),
        type=document.reading.value(FieldName.TYPE),
        summary=document.reading.value(FieldName.SUMMARY),
        issuer=document.agency_name or document.sender,
        verdict=document.verdict,
        verdict_why=terms.get("verdict_why") or WHY[document.verdict],
        urgency=document.urgency,
        received_at=document.received_at,
        route_why=terms["route_why"],
        files=tuple((file.name, file.sha256) for file in document.files if not file.refused),
        due=terms.get("due"),
        asked_due=day_of(document.reading.value(FieldName.DEADLINE)),
        repeated=terms.get("repeated", 0),
        opinion=terms.get("opinion", ""),
        by_reply=by_reply,
        code=code(terms["secret"], name, document.id, terms["to"]) if by_reply else "",
    )
