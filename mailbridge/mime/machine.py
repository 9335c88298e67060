"""The machine part of our mails, `application/vnd.mailbridge+json`: octets into facts."""

import hashlib
import json
import re
from datetime import UTC, date, datetime
from typing import Any

from pydantic import ValidationError

from mailbridge.mime.machine_form import (
    FileForm,
    KnownForm,
    PartyForm,
    ProofForm,
    RecallForm,
    ReceiptForm,
)
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import FileFact, Party, Proof, RecallFacts, ReceiptFacts, Stage
from mailbridge.model.outcome import Number
from mailbridge.model.report import Machine

TYPE = "application/vnd.mailbridge+json"
# Two thousand files with long names; what is larger is no receipt.
SIZE = 2 * 1024 * 1024
# The form is four levels deep; brackets by the thousand exhaust a parser's stack.
_DEPTH = 8
_BRACKETS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)

STAGES = {
    "arrived": Stage.ARRIVED,
    "refused": Stage.REFUSED,
    "registered": Stage.REGISTERED,
    "assigned": Stage.ASSIGNED,
    "processing": Stage.PROCESSING,
    "done": Stage.DONE,
    "recalled": Stage.RECALLED,
    "recall-refused": Stage.RECALL_REFUSED,
}


def read(octets: bytes) -> Machine:
    """Read a receipt or a recall; raises RefusedError for whatever is not exactly of the form."""
    value = loaded(octets)
    kind = value.get("kind")
    digest = hashlib.sha256(octets).hexdigest()
    try:
        if kind == "receipt":
            return Machine(_receipt(ReceiptForm.model_validate(value)), digest)
        if kind == "recall":
            return Machine(_recall(RecallForm.model_validate(value)), digest)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])
        raise RefusedError(Reason.MALFORMED, f"not of the form: {where[:100]}") from error
    raise RefusedError(Reason.UNSUPPORTED, "neither a receipt nor a recall")


def speaks_of_document(octets: bytes) -> bool:
    """Tell whether it states the facts of a document beside it, which its edXML header has, too."""
    try:
        return loaded(octets).get("kind") == "document"
    except RefusedError:
        return False


def loaded(octets: bytes) -> dict[str, Any]:
    """Parse the object; raises RefusedError for what is too large, too deep, or ambiguous."""
    if len(octets) > SIZE:
        raise RefusedError(Reason.TOO_LARGE, "a machine part beyond the limit")
    _demand_flat(octets)
    try:
        value = json.loads(
            octets.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except (ValueError, RecursionError) as error:
        raise RefusedError(Reason.MALFORMED, "a machine part that is no JSON") from error
    if not isinstance(value, dict):
        raise RefusedError(Reason.MALFORMED, "a machine part that is no object")
    return value


def _demand_flat(octets: bytes) -> None:
    depth = 0
    for found in _BRACKETS.finditer(octets):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(found[0], 0)
        if depth > _DEPTH:
            raise RefusedError(Reason.TOO_DEEP, "a machine part nested beyond the limit")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: readers differ in which of them counts (RFC 8259 §4)."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key stands twice")
    return value


def _no_number(word: str) -> None:
    # RFC 8259 §6: NaN and Infinity are no JSON.
    raise ValueError(word)


def _receipt(form: ReceiptForm) -> ReceiptFacts:
    stage = STAGES.get(form.stage)
    if stage is None or stage.value != form.edxml:
        raise RefusedError(Reason.UNSUPPORTED, "a receipt of an unknown stage")
    known, entry = form.document, form.entry
    reason = next((each for each in Reason if each.value == form.reason), None)
    return ReceiptFacts(
        receipt_id=form.receipt_id,
        stage=stage,
        seq=form.seq,
        document_key=known.key,
        symbol=known.symbol,
        issued=_day(known),
        summary=known.summary,
        files=_files(known.files),
        by=_party(form.by),
        to=_party(form.to),
        verdict=Verdict(form.verdict) if form.verdict else None,
        message_id=known.message_id,
        subject=known.subject,
        mic=(known.mic or "").removeprefix("sha-256:"),
        received_at=_moment(form.times.received),
        made_at=_moment(form.times.made),
        number=Number(entry.book, entry.year, entry.number) if entry else None,
        reason=reason,
        # A later mailbridge may know more grounds: the word itself is better than nothing.
        words=form.words or (form.reason if form.reason and reason is None else ""),
        previous=(form.previous or "").removeprefix("sha256:") or None,
        entered_at=_moment(entry.at) if entry and entry.at else None,
        proof=_proof(form.proof) if form.proof else None,
    )


def _recall(form: RecallForm) -> RecallFacts:
    known = form.document
    return RecallFacts(
        # The number of an exchange is its sender's own, and does not travel.
        exchange=0,
        recall_id=form.recall_id,
        document_key=known.key,
        symbol=known.symbol,
        issued=_day(known),
        summary=known.summary,
        files=_files(known.files),
        by=_party(form.by),
        to=_party(form.to),
        reason=form.reason,
        message_id=known.message_id,
        made_at=_moment(form.made),
        number=form.number,
    )


def _files(forms: list[FileForm]) -> tuple[FileFact, ...]:
    return tuple(FileFact(each.name, each.size, each.sha256) for each in forms)


def _party(form: PartyForm) -> Party:
    return Party(form.agency, form.name, form.address)


def _proof(form: ProofForm) -> Proof:
    erased = tuple(digest.removeprefix("sha256:") for digest in form.erased)
    return Proof(erased, tuple(form.copies), tuple(form.left), _moment(form.at), form.by)


def _day(known: KnownForm) -> date | None:
    return date.fromisoformat(known.issued) if known.issued else None


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)
