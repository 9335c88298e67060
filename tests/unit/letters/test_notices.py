from dataclasses import replace
from datetime import date

import pytest

from mailbridge.letters.words import WHY
from mailbridge.model.codec import decode, encode
from mailbridge.model.errors import Reason
from mailbridge.model.letter import Letter, NoticeFacts
from mailbridge.model.reading import FieldName
from tests.unit.letters.sample import DOCUMENT, FILE, passed_on


def test_retry_bears_the_same_name_and_a_repetition_another() -> None:
    assert passed_on() == passed_on()
    names = {passed_on().id, passed_on(repeated=1).id, passed_on(to="khac@hungyen.gov.vn").id}
    assert len(names) == 3


def test_file_that_was_not_unpacked_is_not_passed_on() -> None:
    refused = replace(FILE, name="b.zip", refused=Reason.BOMB)
    facts = passed_on(replace(DOCUMENT, files=(FILE, refused))).facts
    assert isinstance(facts, NoticeFacts)
    assert facts.files == ((FILE.name, FILE.sha256),)


def test_verdict_always_comes_with_a_why() -> None:
    facts = passed_on().facts
    assert isinstance(facts, NoticeFacts)
    assert facts.verdict_why == WHY[DOCUMENT.verdict]


def test_letter_survives_the_store() -> None:
    assert decode(Letter, encode(Letter, passed_on())) == passed_on()


def test_each_assignment_is_a_notice_of_its_own_with_its_opinion() -> None:
    first, second = (passed_on(assignment=one, opinion="Xem ngay") for one in (1, 2))
    assert len({passed_on().id, first.id, second.id}) == 3
    assert isinstance(first.facts, NoticeFacts)
    assert first.facts.opinion == "Xem ngay"


@pytest.mark.parametrize(("read", "told"), [("2026-11-27", date(2026, 11, 27)), ("mai", None)])
def test_the_deadline_that_its_sender_asks_for_is_told(read: str, told: date | None) -> None:
    asked = replace(DOCUMENT.reading.fields[FieldName.SUMMARY], value=read)
    fields = {**DOCUMENT.reading.fields, FieldName.DEADLINE: asked}
    facts = passed_on(replace(DOCUMENT, reading=replace(DOCUMENT.reading, fields=fields))).facts
    assert isinstance(facts, NoticeFacts)
    assert facts.asked_due == told
