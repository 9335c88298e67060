"""What a letter says, as MIME parts by the kind of its facts: the layouts of docs/wire.md."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mailbridge.clock import in_vietnam
from mailbridge.letters import mdn, outgoing, several_receipts, words
from mailbridge.letters.canonical import MACHINE, STAGE_WORDS, canonical
from mailbridge.letters.enclosures import Enclosures, enclosures
from mailbridge.letters.grounds import ground
from mailbridge.letters.templates import render
from mailbridge.mime import build
from mailbridge.model.letter import (
    AlertFacts,
    AnswerFacts,
    DigestFacts,
    DocumentFacts,
    Letter,
    NoticeFacts,
    RecallFacts,
    ReceiptFacts,
    ReminderFacts,
    ReminderStage,
    WarningFacts,
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Blobs = Callable[[str], Path]
# What is not put together with others in one mail, but for receipts of a backlog.
Single = (
    ReceiptFacts
    | DocumentFacts
    | RecallFacts
    | WarningFacts
    | ReminderFacts
    | AnswerFacts
    | DigestFacts
)

# Letters that are words alone.
_TEMPLATES: dict[type[object], str] = {
    WarningFacts: "warning.txt",
    AnswerFacts: "answer.txt",
}
_REMINDERS = {
    ReminderStage.OVERDUE: "reminder.txt",
    ReminderStage.ANSWER_SOON: "answer_soon.txt",
    ReminderStage.HANDLE_SOON: "handle_soon.txt",
}


@dataclass(frozen=True, slots=True)
class Edxml:
    """What writes the edXML beside the words; letters do not know that format."""

    status: Callable[[ReceiptFacts], bytes]
    # The header of a document; its references are the Content-IDs of the files, in their order.
    document: Callable[[DocumentFacts, tuple[str, ...]], bytes]
    recall: Callable[[RecallFacts], bytes]


@dataclass(frozen=True, slots=True)
class Stationery:
    """What the words of a letter are written with."""

    wording: Path
    agency: str
    domain: str
    # The letter leaves unsigned, since the key is away.
    is_key_away: bool
    blobs: Blobs
    edxml: Edxml | None
    # What writes the tables of a digest as a workbook; letters do not know that form.
    sheet: Callable[[DigestFacts], bytes] | None = None


def parts(letters: tuple[Letter, ...], with_: Stationery, token: str) -> tuple[bytes, ...]:
    """Write the parts of one mail: one letter, or receipts, notices or alerts to one address."""
    facts = letters[0].facts
    match facts:
        case NoticeFacts():
            return _notices(enclosures(letters, with_.blobs), with_)
        case AlertFacts():
            alerts = [one.facts for one in letters if isinstance(one.facts, AlertFacts)]
            return (_text(with_, "alert.txt", alerts=alerts, **_about(with_)),)
        case ReceiptFacts() if len(letters) > 1:
            status = with_.edxml.status if with_.edxml else None
            every = several_receipts.facts_of(letters)
            return several_receipts.parts(every, with_.wording, token, status)
        case _:
            return _alone(letters, facts, with_, token)


def _alone(
    letters: tuple[Letter, ...], facts: Single, with_: Stationery, token: str
) -> tuple[bytes, ...]:
    if len(letters) > 1:
        raise ValueError("such a letter travels alone")
    match facts:
        case ReceiptFacts():
            return _receipt(letters[0].id, facts, with_)
        case DocumentFacts():
            return _document(facts, with_, token)
        case RecallFacts():
            return _recall(facts, with_)
        case DigestFacts():
            return _digest(facts, with_, token)
        case _:
            return (_text(with_, _template(facts), facts=facts, **_about(with_)),)


def _template(facts: Single) -> str:
    return _REMINDERS[facts.stage] if isinstance(facts, ReminderFacts) else _TEMPLATES[type(facts)]


def _about(with_: Stationery) -> dict[str, object]:
    return {"agency": with_.agency, "is_key_away": with_.is_key_away}


def _text(with_: Stationery, name: str, **values: object) -> bytes:
    return build.text(render(with_.wording, name, **values)).octets()


def _receipt(token: str, facts: ReceiptFacts, with_: Stationery) -> tuple[bytes, ...]:
    told = render(
        with_.wording,
        "receipt.txt",
        facts=facts,
        stage=STAGE_WORDS[facts.stage],
        verdict=words.verdict(facts.verdict),
        ground=ground(facts.reason, facts.words) if facts.reason else None,
    )
    report = mdn.report(facts, told, build.boundary(token, "report"))
    written = [build.attachment(MACHINE, "receipt.json", canonical(facts), {"kind": "receipt"})]
    if with_.edxml is not None:
        status = with_.edxml.status(facts)
        written.insert(0, build.attachment("application/xml", "status.edxml", status, {}))
    return (report.octets(), *(part.octets() for part in written))


def _notices(found: Enclosures, with_: Stationery) -> tuple[bytes, ...]:
    told = render(with_.wording, "notice.txt", letters=found.entries, **_about(with_))
    return (build.text(told).octets(), *found.parts())


def _document(facts: DocumentFacts, with_: Stationery, token: str) -> tuple[bytes, ...]:
    """Write cover, files as they are, edXML header and machine part of a document."""
    cover = build.alternative(
        build.boundary(token, "cover"),
        render(with_.wording, "document.txt", facts=facts),
        render(with_.wording, "document.html", facts=facts),
    )
    ids = outgoing.content_ids(facts, token, with_.domain)
    files = outgoing.files(facts, ids, with_.blobs)
    machine = outgoing.document(facts, ids)
    tail = [build.attachment(MACHINE, "document.json", machine, {"kind": "document"}).octets()]
    if with_.edxml is not None:
        header = with_.edxml.document(facts, ids)
        kind = "application/edxml+xml"
        tail.insert(0, build.attachment(kind, "vanban.edxml", header, {}).octets())
    return (cover.octets(), *files, *tail)


def _digest(facts: DigestFacts, with_: Stationery, token: str) -> tuple[bytes, ...]:
    """Write a digest in two dresses, and its tables as a workbook where one is wanted."""
    said = {"facts": facts, **_about(with_)}
    words_ = build.alternative(
        build.boundary(token, "digest"),
        render(with_.wording, "digest.txt", **said),
        render(with_.wording, "digest.html", **said),
    )
    if not facts.sheet or with_.sheet is None:
        return (words_.octets(),)
    name = f"tong-hop-{in_vietnam(facts.at):%Y%m%d-%H%M}.xlsx"
    return (words_.octets(), build.attachment(_XLSX, name, with_.sheet(facts), {}).octets())


def _recall(facts: RecallFacts, with_: Stationery) -> tuple[bytes, ...]:
    machine = outgoing.recall(facts)
    tail = [build.attachment(MACHINE, "recall.json", machine, {"kind": "recall"}).octets()]
    if with_.edxml is not None:
        asked = with_.edxml.recall(facts)
        tail.insert(0, build.attachment("application/xml", "recall.edxml", asked, {}).octets())
    return (_text(with_, "recall.txt", facts=facts), *tail)
