"""What a mail states, in the most exact form that it has."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Evidence, Verdict
from mailbridge.model.examination import MailView, Opened
from mailbridge.model.exchange import FactKind
from mailbridge.model.letter import FileFact, Party, RecallFacts, ReceiptFacts, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Number
from mailbridge.model.report import (
    Answers,
    Delivery,
    DeliveryReport,
    Disposition,
    Machine,
    SignedFields,
)
from mailbridge.model.statement import Source, Statement
from mailbridge.rules.statements import of
from tests.unit.rules.answering import NOW, PDF, THEIRS, THEM, TOKEN, US

MADE = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
FACTS = ReceiptFacts(
    receipt_id="r" * 26,
    stage=Stage.REGISTERED,
    seq=2,
    document_key="DEMO.02.07,2026/11/20,12-CV/ĐU",
    symbol="12-CV/ĐU",
    issued=date(2026, 11, 20),
    summary=None,
    files=(FileFact("a.pdf", 1, PDF),),
    by=THEM,
    to=replace(US, address=US.address.upper()),
    verdict=Verdict.LEGAL,
    message_id=f"<{TOKEN}@x.vn>",
    subject="",
    mic="",
    received_at=MADE,
    made_at=MADE,
    number=Number("den", 2026, 431),
)
STATUS = EdxmlHeader(
    "status", sender="DEMO.01.01", to=("DEMO.02.07",), status_code="05", subject="Đang xử lý"
)


def stated(kind: Kind = Kind.RECEIPT, **more: Any) -> tuple[Statement, ...]:
    answers = more.pop("answers", Answers())
    edxml = more.pop("edxml", None)
    mail = MailView(kind=kind, **more)
    opened = Opened("mail", mail, (), (), Evidence(None), edxml=edxml, answers=answers)
    return of(opened, NOW)


def only(kind: Kind = Kind.RECEIPT, **more: Any) -> Statement:
    (one,) = stated(kind, **more)
    return one


def receipt(**changes: Any) -> Answers:
    return Answers(machines=(Machine(replace(FACTS, **changes), "digest", (THEIRS,)),))


def test_a_receipt_states_everything_that_is_compared() -> None:
    assert only(answers=receipt(), edxml=STATUS) == Statement(
        source=Source.MACHINE,
        kind=FactKind.REGISTERED,
        at=MADE,
        key="r" * 26,
        by=(THEM.agency, THEM.address),
        to=(US.agency, US.address),
        names=(f"<{TOKEN}@x.vn>",),
        symbol="12-CV/ĐU",
        issued=date(2026, 11, 20),
        files=frozenset({PDF}),
        seq=2,
        number="431/2026",
        is_dated=True,
        covers=(THEIRS,),
    )


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_is_a_fact(stage: Stage) -> None:
    assert only(answers=receipt(stage=stage)).kind == FactKind(stage.value)


def test_a_refusal_gives_its_words_or_its_ground() -> None:
    said = receipt(stage=Stage.REFUSED, reason=Reason.WRONG_ADDRESSEE)
    assert only(answers=said).reason == "wrong-addressee"
    said = receipt(stage=Stage.REFUSED, reason=Reason.WRONG_ADDRESSEE, words="gửi nhầm")
    assert only(answers=said).reason == "gửi nhầm"


def test_receipts_that_travel_together_are_each_stated() -> None:
    two = tuple(Machine(replace(FACTS, seq=seq), str(seq)) for seq in (1, 2))
    said = stated(answers=Answers(machines=two), references=("a@x.vn", "b@x.vn"))
    assert [one.seq for one in said] == [1, 2]
    # What the mail answers as a whole may be another one's document.
    assert [one.references for one in said] == [(), ()]


def test_a_recall_states_nothing_about_documents_of_ours() -> None:
    recall = RecallFacts(1, "a" * 26, "k", None, None, "", (), THEM, US, "nhầm", "", MADE)
    answers = Answers(machines=(Machine(recall, "d"),))
    assert stated(Kind.RECALL, answers=answers) == ()


def test_a_status_is_read_where_there_are_no_facts_of_ours() -> None:
    at = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    edxml = replace(STATUS, stated=at, notation="12-CV/ĐU", issued=date(2026, 11, 20))
    said = only(edxml=edxml, answers=Answers(edxml=(THEIRS,)))
    assert (said.source, said.kind, said.at) == (Source.STATUS, FactKind.PROCESSING, at)
    assert (said.by, said.to) == (("DEMO.01.01", ""), ("DEMO.02.07", ""))
    assert (said.symbol, said.is_dated, said.covers) == ("12-CV/ĐU", True, (THEIRS,))


def test_a_status_without_code_of_the_document_is_found_by_its_id() -> None:
    said = only(edxml=replace(STATUS, document_id="DEMO.02.07,2026/11/20,12-CV/ĐU"))
    assert (said.symbol, said.issued) == ("12-CV/ĐU", date(2026, 11, 20))


@pytest.mark.parametrize("document_id", ["", "x", "a,b,c", "9f1c-uuid"])
def test_an_opaque_id_names_no_symbol(document_id: str) -> None:
    assert only(edxml=replace(STATUS, document_id=document_id)).symbol is None


@pytest.mark.parametrize("code", ["09", "13", "late", "submitted", None])
def test_a_code_that_is_no_answer_is_no_fact(code: str | None) -> None:
    said = only(edxml=replace(STATUS, status_code=code))
    assert said.kind is None


def test_a_status_in_a_forwarded_mail_states_nothing() -> None:
    assert stated(Kind.OTHER, edxml=replace(STATUS, is_forwarded=True)) == ()


NOTE = Disposition(THEM.address, f"{TOKEN}@x.vn", "displayed")


@pytest.mark.parametrize("kind", ["displayed", "dispatched", "processed"])
def test_a_notification_says_that_it_arrived(kind: Any) -> None:
    said = only(Kind.AUTOMATIC, answers=Answers(disposition=replace(NOTE, type=kind)))
    assert (said.source, said.kind, said.at) == (Source.NOTIFICATION, FactKind.ARRIVED, NOW)
    assert said.names == (f"{TOKEN}@x.vn",)


@pytest.mark.parametrize(
    "changes", [{"type": "deleted"}, {"is_error": True, "error": "không mở được"}]
)
def test_an_error_or_a_deletion_is_for_a_person(changes: dict[str, Any]) -> None:
    said = only(Kind.AUTOMATIC, answers=Answers(disposition=replace(NOTE, **changes)))
    assert said.kind is None
    assert said.reason


def test_a_report_is_stated_recipient_by_recipient() -> None:
    report = DeliveryReport(
        TOKEN,
        (
            Delivery("a@x.vn", "", "failed", "5.1.1", "smtp; 550"),
            Delivery("b@x.vn", "c@x.vn", "delayed", "4.4.1"),
        ),
        (f"{TOKEN}@x.vn",),
    )
    one, two = stated(Kind.BOUNCE, answers=Answers(report=report))
    assert (one.kind, one.key, one.reason) == (
        FactKind.BOUNCED, f"delivery:failed:{NOW.isoformat()}", "5.1.1 smtp; 550",
    )  # fmt: skip
    assert (two.kind, two.by, two.to) == (FactKind.SUBMITTED, ("", "b@x.vn"), ("", "c@x.vn"))
    assert (one.envelope, one.names) == (TOKEN, (f"{TOKEN}@x.vn",))


def test_a_bounce_in_words_alone_says_nothing_to_a_machine() -> None:
    said = only(Kind.BOUNCE, references=(f"{TOKEN}@x.vn",))
    assert (said.source, said.kind) == (Source.DELIVERY, None)


def test_a_bounce_that_returns_a_receipt_is_a_bounce() -> None:
    assert only(Kind.BOUNCE, answers=receipt()).source is Source.DELIVERY


def test_a_persons_answer_is_words() -> None:
    said = only(Kind.OTHER, references=(f"{TOKEN}@x.vn",))
    assert (said.source, said.references) == (Source.WORDS, (f"{TOKEN}@x.vn",))


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Kind.OTHER, {}),
        # A vacation robot, a list, a document that answers ours.
        (Kind.AUTOMATIC, {"references": (f"{TOKEN}@x.vn",)}),
        (Kind.OTHER, {"references": (f"{TOKEN}@x.vn",), "automatic": True}),
        (Kind.DOCUMENT, {"references": (f"{TOKEN}@x.vn",)}),
        (Kind.RECEIPT, {"references": (f"{TOKEN}@x.vn",)}),
    ],
)
def test_robots_and_documents_state_nothing(kind: Kind, more: dict[str, Any]) -> None:
    assert stated(kind, **more) == ()


def test_signed_references_go_before_open_ones() -> None:
    signed = SignedFields(in_reply_to=("signed@x.vn",))
    said = only(answers=replace(receipt(), signed=signed), references=(f"{TOKEN}@forged.vn",))
    assert said.references == ("signed@x.vn",)


def test_the_party_is_whom_the_receipt_names() -> None:
    other = Party("DEMO.01.03", "Ban", "Noi.Chinh@x.vn")
    assert only(answers=receipt(by=other)).by == ("DEMO.01.03", "noi.chinh@x.vn")
