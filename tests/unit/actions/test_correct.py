"""A correction has a reason and a name, and leaves the old value readable."""

from dataclasses import replace

import pytest

from mailbridge.actions.check_again import check_again
from mailbridge.actions.correct import (
    AlreadyThereError,
    CannotCorrectError,
    Correction,
    correct,
)
from mailbridge.actions.enter_paper import enter_paper
from mailbridge.actions.house import House
from mailbridge.actions.release import release
from mailbridge.actions.void import void
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.model.search import Question
from mailbridge.registry import documents, entries, journal, revisions, search
from tests.unit.actions.conftest import Lead
from tests.unit.actions.desk import CLERK, DATE, OFFICE, SENDER, SYMBOL, incoming, outgoing
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed


def _correct(house: House, document: int, **values: str) -> Document:
    typed = {FieldName(name): value for name, value in values.items()}
    return correct(house, document, Correction(typed, "gõ nhầm"), CLERK, NOW)


def _get(house: House, document: int) -> Document:
    with house.database.reading() as tx:
        found = documents.get(tx, document)
    assert found is not None
    return found


def test_the_old_value_stays_with_reason_and_name(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    before = _get(house, 1)
    _correct(house, 1, summary="Về việc khác")
    field = _get(house, 1).reading.fields[FieldName.SUMMARY]
    assert (field.value, field.source, field.confirmed_by) == ("Về việc khác", "clerk", CLERK)
    assert before.reading.value(FieldName.SUMMARY) in field.others
    with house.database.reading() as tx:
        (told,) = revisions.history(tx, None, [1])
        (line,) = journal.lines(tx, OFFICE, limit=1)
    assert (told.before, told.after) == (before.reading.value(FieldName.SUMMARY), "Về việc khác")
    assert (told.why, told.by, told.line) == ("gõ nhầm", CLERK, line.line)
    assert (line.event, line.data["why"]) == ("corrected", "gõ nhầm")


def test_number_date_agency_and_urgency_change_what_the_document_is(house: House) -> None:
    entered = enter_paper(house, incoming(agency="", issuer="Văn phòng"), NOW)
    values = {"symbol": "7-CV/VPTU", "date": "2026-11-19", "agency": SENDER.lower()}
    _correct(house, entered.id, **values, urgency="hỏa tốc")
    found = _get(house, entered.id)
    assert str(found.key) == f"{SENDER},2026/11/19,7-CV/VPTU"
    assert found.agency_name == "Văn phòng Tỉnh ủy"
    assert found.urgency is found.reading.urgency is Urgency.EXPRESS


def test_a_correction_that_makes_it_like_another_is_told(house: House) -> None:
    first = enter_paper(house, incoming(), NOW)
    second = enter_paper(house, incoming("9-CV/VPTU"), NOW)
    with pytest.raises(AlreadyThereError) as told:
        _correct(house, second.id, symbol=SYMBOL)
    assert told.value.document.id == first.id
    assert _get(house, second.id).key.symbol == "9-CV/VPTU"
    correction = Correction({FieldName.SYMBOL: SYMBOL}, "đúng là trùng", anyway=True)
    correct(house, second.id, correction, CLERK, NOW)
    with house.database.reading() as tx:
        assert journal.lines(tx, OFFICE)[0].data["alike"] == str(first.id)


def test_what_was_corrected_is_found_by_its_new_words(house: House) -> None:
    entered = enter_paper(house, incoming(summary="Về cây lúa"), NOW)
    _correct(house, entered.id, summary="Về cây ngô")
    with house.database.reading() as tx:
        found = search.find(tx, Question(OFFICE, "cay ngo")).hits
        assert [one.document.id for one in found] == [entered.id]
        assert search.find(tx, Question(OFFICE, "cay lua")).hits == ()


def test_an_empty_value_takes_a_field_away(house: House) -> None:
    entered = enter_paper(house, incoming(signer="Nguyễn Văn B"), NOW)
    assert FieldName.SIGNER not in _correct(house, entered.id, signer="").reading.fields


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("date", "2026-02-30", "không phải ngày"),
        ("urgency", "gấp", "mức độ khẩn"),
        ("agency", "NONE", "danh bạ"),
        ("summary", "Về việc thử", "không có giá trị nào"),
    ],
)
def test_what_cannot_be_is_refused(house: House, name: str, value: str, told: str) -> None:
    entered = enter_paper(house, incoming(), NOW)
    with pytest.raises(CannotCorrectError, match=told):
        _correct(house, entered.id, **{name: value})
    assert _get(house, entered.id) == entered


def test_void_unknown_and_outgoing_symbols_are_not_corrected(house: House) -> None:
    entered, left = enter_paper(house, incoming(), NOW), enter_paper(house, outgoing(), NOW)
    with house.database.reading() as tx:
        (entry,) = entries.named(tx, "den:1")
    void(house, entry.id, "vào nhầm", CLERK, NOW)
    for document, field in ((entered.id, "summary"), (99, "summary"), (left.id, "symbol")):
        with pytest.raises(CannotCorrectError):
            _correct(house, document, **{field: "x"})


def test_what_a_person_corrected_outlives_another_examination(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    assert _get(house, 1).state is DocumentState.HELD
    _correct(house, 1, symbol="124-CV/VPTU", date=DATE, summary="Đúng")
    check_again(house, 1, CLERK, NOW)
    found = _get(house, 1)
    assert (found.key.symbol, found.reading.value(FieldName.SUMMARY)) == ("124-CV/VPTU", "Đúng")
    assert found.reading.fields[FieldName.SUMMARY].confirmed_by == CLERK
    assert release(house, 1, CLERK, "x", NOW).key == found.key


def test_a_correction_needs_no_reading_of_the_rest(house: House) -> None:
    entered = enter_paper(house, replace(incoming(), fields={}), NOW)
    assert _correct(house, entered.id, type="Công văn").reading.value(FieldName.TYPE)
