"""What a recall that reached us says: from our own machine part, else from its edXML.

The document is named by Message-ID and files in the first, by number, notation and date in both;
QCVN 102 knows two forms, the status 13 and a packet of type 1.
"""

from dataclasses import dataclass

from mailbridge.actions.case import Case
from mailbridge.model.document import DocumentKey
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.letter import RecallFacts
from mailbridge.model.recall import Claim
from mailbridge.model.report import Cover

# Recalls that travel together; more is an attack on whoever judges them.
MOST = 20


@dataclass(frozen=True, slots=True)
class Said:
    """One claim, and the seals over the words that make it."""

    claim: Claim
    covers: tuple[Cover, ...]


def claims_of(case: Case) -> tuple[Said, ...]:
    """List the recalls of a mail; none where it cannot be read, or repeats another's words."""
    opened = case.examination.opened
    machines = [one for one in opened.answers.machines if isinstance(one.facts, RecallFacts)]
    if machines:
        return tuple(
            Said(_of_facts(one.facts), one.covers)
            for one in machines[:MOST]
            if isinstance(one.facts, RecallFacts)
        )
    header = opened.edxml
    if header is None or not header.is_recall or header.is_forwarded:
        return ()
    return (Said(_of_edxml(header, case.fingerprint), opened.answers.edxml),)


def _of_facts(facts: RecallFacts) -> Claim:
    return Claim(
        recall_id=facts.recall_id,
        agency=facts.by.agency,
        symbol=facts.symbol,
        issued=facts.issued.isoformat() if facts.issued else None,
        message_id=facts.message_id.strip("<> "),
        files=facts.files,
        reason=facts.reason,
        made_at=facts.made_at,
        summary=facts.summary,
    )


def _of_edxml(header: EdxmlHeader, fingerprint: str) -> Claim:
    named = _key(header)
    reason = header.trace.reason if header.trace else header.subject
    return Claim(
        recall_id=fingerprint,
        agency=header.sender or "",
        symbol=named.symbol,
        issued=named.date,
        reason=reason or "",
        made_at=header.stated,
    )


def _key(header: EdxmlHeader) -> DocumentKey:
    """Tell which document is meant: by the DocumentId that a packet of type 1 names, else by Code.

    Identifiers that say agency, date and symbol are read; others are only their writer's to read.
    """
    named = (header.trace.document_id if header.trace else None) or ""
    issued = header.issued.isoformat() if header.issued else None
    code = _code(header)
    if not named and code is None:
        named = header.document_id or ""
    agency, _, rest = named.partition(",")
    day, _, symbol = rest.partition(",")
    if agency and symbol:
        return DocumentKey(agency, symbol, day.replace("/", "-") or None)
    return DocumentKey(header.sender or "", code, issued)


def _code(header: EdxmlHeader) -> str | None:
    if not header.number or not header.notation:
        # A status has the whole of it in one element.
        return header.notation
    # Party notations hold a slash ("CV/VPTU") and are joined by a hyphen.
    joint = "-" if "/" in header.notation else "/"
    return f"{header.number}{joint}{header.notation}"
