"""What a mail states about documents of ours, one statement for each answer in it. Pure.

Nothing here is believed: `rules/matching` finds what it speaks of, `rules/acceptance` judges it.
"""

from datetime import date, datetime

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.examination import MailView, Opened
from mailbridge.model.exchange import FactKind
from mailbridge.model.letter import ReceiptFacts
from mailbridge.model.message import Kind
from mailbridge.model.report import Cover, Delivery, DeliveryReport, Disposition, Machine
from mailbridge.model.statement import Source, Statement


def of(opened: Opened, came: datetime) -> tuple[Statement, ...]:
    """List what an opened mail states; the most exact form that it has counts alone."""
    mail, answers = opened.mail or MailView(), opened.answers
    if mail.kind is Kind.BOUNCE:
        return _deliveries(answers.report or DeliveryReport(), mail, came)
    # RFC 9788 §4.4: what is signed goes before what anybody may have written.
    references = answers.signed.in_reply_to if answers.signed else mail.references
    receipts = _receipts(answers.machines, references)
    if receipts:
        return receipts
    edxml = opened.edxml
    if edxml is not None and edxml.message == "status" and not edxml.is_forwarded:
        return (_status(edxml, answers.edxml, references, came),)
    return _plain(mail, answers.disposition, came)


def _plain(mail: MailView, said: Disposition | None, came: datetime) -> tuple[Statement, ...]:
    """Read what a mail program or a person says who knows neither of us nor of edXML."""
    if said is not None:
        return (_notification(said, mail, came),)
    # Nothing automatic is a person's word (RFC 3834 §5).
    if mail.automatic or mail.kind is not Kind.OTHER or not mail.references:
        return ()
    return (Statement(Source.WORDS, None, came, "words", references=mail.references),)


def _receipts(machines: tuple[Machine, ...], references: tuple[str, ...]) -> tuple[Statement, ...]:
    found = [(each, each.facts) for each in machines if isinstance(each.facts, ReceiptFacts)]
    # What a mail of several receipts answers as a whole says of none of them what it answers.
    own = references if len(found) == 1 else ()
    return tuple(_machine(machine, facts, own) for machine, facts in found)


def _machine(machine: Machine, facts: ReceiptFacts, references: tuple[str, ...]) -> Statement:
    signed = any(cover.stands for cover in machine.covers)
    return Statement(
        source=Source.MACHINE,
        kind=FactKind(facts.stage.value),
        at=facts.made_at,
        # A forged one must not stand in the way of the true one.
        key=facts.receipt_id if signed else f"weak:{facts.receipt_id}",
        by=(facts.by.agency, facts.by.address.lower()),
        to=(facts.to.agency, facts.to.address.lower()),
        names=(facts.message_id,) if facts.message_id else (),
        references=references,
        symbol=facts.symbol,
        issued=facts.issued,
        files=frozenset(file.sha256 for file in facts.files),
        seq=facts.seq,
        number=str(facts.number) if facts.number else "",
        reason=facts.words or (facts.reason.value if facts.reason else ""),
        is_dated=True,
        covers=machine.covers,
    )


def _status(
    edxml: EdxmlHeader, covers: tuple[Cover, ...], references: tuple[str, ...], came: datetime
) -> Statement:
    # QCVN 102: codes that are not known are kept as they are and change nothing.
    kind = next((each for each in FactKind if each.value == edxml.status_code), None)
    symbol, issued = edxml.notation, edxml.issued
    if symbol is None and edxml.document_id:
        symbol, issued = _of_document_id(edxml.document_id)
    stated = edxml.stated
    weak = "" if any(cover.stands for cover in covers) else "weak:"
    return Statement(
        source=Source.STATUS,
        kind=kind if kind and kind.value.isdigit() else None,
        at=stated or came,
        key=f"{weak}status:{edxml.status_code}:{stated.isoformat() if stated else ''}",
        by=(edxml.sender or "", ""),
        to=(edxml.to[0] if edxml.to else "", ""),
        references=references,
        symbol=symbol,
        issued=issued,
        reason=edxml.subject or "",
        is_dated=stated is not None,
        covers=covers,
    )


def _of_document_id(document_id: str) -> tuple[str | None, date | None]:
    """Read "agency,YYYY/MM/DD,symbol", as DocumentId of QCVN 102 is mostly written."""
    _, _, rest = document_id.partition(",")
    day, _, symbol = rest.partition(",")
    try:
        return symbol or None, date.fromisoformat(day.replace("/", "-"))
    except ValueError:
        return None, None


def _notification(said: Disposition, mail: MailView, came: datetime) -> Statement:
    """Take a plain program's word that the mail arrived; the rest a person must read."""
    arrived = not said.is_error and said.type != "deleted"
    return Statement(
        source=Source.NOTIFICATION,
        kind=FactKind.ARRIVED if arrived else None,
        at=came,
        key="notification" if not any(c.stands for c in said.covers) else "notification:signed",
        by=("", said.recipient),
        names=(said.message_id,) if said.message_id else (),
        references=mail.references,
        reason=said.error or ("" if arrived else said.type),
        covers=said.covers,
    )


# What a report says of our letter: given back, or taken by some server (RFC 3464 §2.3.3).
_OF_ACTION = {"failed": FactKind.BOUNCED}


def _deliveries(report: DeliveryReport, mail: MailView, came: datetime) -> tuple[Statement, ...]:
    told: tuple[Delivery | None, ...] = report.deliveries or (None,)
    return tuple(
        Statement(
            source=Source.DELIVERY,
            kind=_OF_ACTION.get(each.action, FactKind.SUBMITTED) if each else None,
            at=came,
            key=_key(each, mail, came) if each else "",
            by=("", each.recipient) if each else ("", ""),
            # The recipient as we named it: the final one may be an alias behind it.
            to=("", each.original) if each else ("", ""),
            names=report.message_ids,
            envelope=report.envelope_id,
            references=mail.references,
            reason=" ".join(filter(None, (each.status, each.diagnostic))) if each else "",
        )
        for each in told
    )


def _key(each: Delivery, mail: MailView, came: datetime) -> str:
    """Name what a report says: what a person sent again can be given back again."""
    if each.action != "failed":
        return "delivery:taken"
    return f"delivery:failed:{mail.message_id or came.isoformat()}"
