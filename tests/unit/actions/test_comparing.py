"""What the regulation says of a document is told to the clerk and lowers no verdict."""

from dataclasses import replace
from datetime import date

from mailbridge import wiring
from mailbridge.actions.comparing import Standards, compared
from mailbridge.actions.house import House
from mailbridge.model.directory import Agency, AgencyKind, Directory
from mailbridge.model.evidence import Evidence, Verdict
from mailbridge.model.examination import Opened
from mailbridge.registry import evidence
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, sealed
from tests.unit.rules.read import reading

SENDER = Agency("A", "Văn phòng Tỉnh ủy", symbol="VPTU", has_party_wan=True)
OWN = Agency("B", "Đảng ủy phường", has_party_wan=True)
STANDARDS = Standards(Directory((SENDER, OWN)), NOW, own=OWN, regulation=wiring.regulation(None))
OPENED = Opened("mail", None, (), (), Evidence(Verdict.LEGAL, sender="A"))


def codes(opened: Opened = OPENED, standards: Standards = STANDARDS, **values: str) -> list[str]:
    found = compared(opened, reading(**values), standards).evidence
    assert found.verdict is opened.evidence.verdict
    return [finding.code for finding in found.findings]


def test_a_document_between_two_on_the_network_is_told() -> None:
    assert codes() == ["channel-wan"]


def test_a_state_agency_is_told_the_axis_and_form_is_looked_at() -> None:
    state = replace(SENDER, kind=AgencyKind.STATE)
    standards = replace(STANDARDS, directory=Directory((state, OWN)))
    assert codes(standards=standards, date="2026-12-31") == ["form-date-ahead", "channel-axis"]


def test_why_mail_was_used_stays_on_record() -> None:
    directory = Directory((replace(SENDER, has_party_wan=False), OWN))
    held = compared(OPENED, reading(), replace(STANDARDS, directory=directory))
    (told,) = held.evidence.findings
    assert told.code == "channel-mail"
    assert "KHONG_CO_MANG_WAN_GUI" in told.text


def test_an_agency_that_has_ended_is_told_with_its_successor() -> None:
    ended = replace(SENDER, valid_to=date(2025, 6, 30), successor="B")
    standards = replace(STANDARDS, directory=Directory((ended, OWN)))
    told = compared(OPENED, reading(), standards).evidence.findings[0]
    assert told.code == "agency-ended"
    assert "Đảng ủy phường (B)" in told.text


def test_a_kind_that_also_goes_on_paper_is_told() -> None:
    assert "paper-expected" in codes(summary="về công tác nhân sự")


def test_nothing_is_told_where_nobodys_office_is_meant() -> None:
    assert codes(standards=replace(STANDARDS, own=None)) == []
    assert codes(replace(OPENED, evidence=Evidence(Verdict.LEGAL))) == []


def test_a_received_mail_is_held_to_the_regulation(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        (record,) = evidence.records(tx, 1)
    assert house.regulation.paper
    told = {finding.code for finding in record.examination.opened.evidence.findings}
    assert not told & {"channel-axis", "form-kind-differs"}
