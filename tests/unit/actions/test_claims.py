"""What a recall says is read from our own machine part first, then from its edXML."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mailbridge.actions.case import Case
from mailbridge.actions.claims import claims_of
from mailbridge.model.edxml import Business, EdxmlHeader
from mailbridge.model.evidence import Evidence
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.model.parcel import SealForm
from mailbridge.model.reading import Reading
from mailbridge.model.report import Answers, Cover, Machine
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from tests.unit.actions.recall_mails import facts

AT = datetime(2026, 11, 24, tzinfo=UTC)
COVER = Cover(SealForm.SMIME, "f", "A", stands=True)
STATUS = EdxmlHeader(
    "status", "A", notation="12-CV/TU", issued=date(2026, 11, 20), status_code="13", subject="nhầm"
)
PACKET = EdxmlHeader(
    "document",
    "A",
    number="12",
    notation="CV/TU",
    issued=date(2026, 11, 20),
    business="1",
    trace=Business("1", reason="nhầm"),
)


def case(edxml: EdxmlHeader | None = None, answers: Answers | None = None) -> Case:
    opened = Opened(
        "mail",
        MailView(kind=Kind.RECALL),
        (),
        (),
        Evidence(None),
        edxml,
        answers=answers or Answers(edxml=(COVER,)),
    )
    arrival = Arrival(Slot("vanthu", 1, 1), 5, AT)
    examination = Examination(opened, Reading())
    return Case(1, arrival, Fingerprint("e" * 64), examination, Noted(Kind.RECALL), "B")


def test_our_own_machine_part_is_read_before_edxml() -> None:
    said = facts(b"x", message_id="<1@x>")
    answers = Answers((Machine(said, "d", (COVER,)),))
    (found,) = claims_of(case(STATUS, answers))
    assert (found.claim.message_id, found.claim.files) == ("1@x", said.files)
    assert (found.claim.issued, found.covers) == ("2026-11-20", (COVER,))


def test_status_13_and_a_packet_of_type_1_name_the_document() -> None:
    for header in (STATUS, PACKET):
        (found,) = claims_of(case(header))
        assert (found.claim.symbol, found.claim.issued) == ("12-CV/TU", "2026-11-20")
        assert (found.claim.agency, found.claim.reason) == ("A", "nhầm")
        assert found.covers == (COVER,)


def test_the_document_that_a_packet_names_counts_more_than_its_own_number() -> None:
    trace = Business("1", document_id="A,2026/11/01,9-CV/TU")
    (found,) = claims_of(case(replace(PACKET, trace=trace)))
    assert (found.claim.symbol, found.claim.issued) == ("9-CV/TU", "2026-11-01")
    foreign = Business("1", document_id="000.00.00.G22,abc")
    (found,) = claims_of(case(replace(PACKET, trace=foreign)))
    assert found.claim.symbol == "12-CV/TU"


def test_what_another_mail_said_is_no_claim() -> None:
    assert claims_of(case(replace(STATUS, is_forwarded=True))) == ()
    assert claims_of(case(replace(STATUS, status_code="03"))) == ()
    assert claims_of(case()) == ()


def test_no_mail_makes_more_claims_than_are_judged() -> None:
    many = tuple(Machine(facts(b"x"), str(n), ()) for n in range(50))
    assert len(claims_of(case(None, Answers(many)))) == 20
