"""What a person says of a document stands before what was read, and what is owed is followed."""

from pathlib import Path
from typing import Any

from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.model.letter import DocumentFacts
from mailbridge.model.reading import FieldName
from mailbridge.model.search import Question
from mailbridge.model.sending import Sent
from mailbridge.registry import documents, exchanges, outbox
from mailbridge.registry.search import find
from tests.unit.actions.drafts import NOW, OWN, drafted, printed, signed


def _sent(house: House, tmp_path: Path, **more: Any) -> Sent:
    done = send(house, drafted(house, tmp_path, signed(printed()), **more), "An", NOW)
    assert isinstance(done, Sent)
    return done


def test_what_the_person_said_is_kept_with_his_name(house: House, tmp_path: Path) -> None:
    done = _sent(house, tmp_path, fields={FieldName.SUMMARY: "trích yếu của văn thư"})
    with house.database.reading() as tx:
        document = documents.get(tx, done.document)
    assert document is not None
    field = document.reading.fields[FieldName.SUMMARY]
    assert (field.value, field.source, field.confirmed_by) == (
        "trích yếu của văn thư",
        "clerk",
        "An",
    )


def test_an_answer_is_expected_on_the_day_of_sending(house: House, tmp_path: Path) -> None:
    done = _sent(house, tmp_path)
    with house.database.reading() as tx:
        (exchange,) = exchanges.of_document(tx, done.document)
        facts = outbox.letters(tx)[0].facts
    assert exchange.answer_by is not None
    assert exchange.answer_by > NOW
    assert isinstance(facts, DocumentFacts)
    assert facts.answer_by == exchange.answer_by


def test_why_mail_was_used_travels_with_the_document(house: House, tmp_path: Path) -> None:
    _sent(house, tmp_path)
    with house.database.reading() as tx:
        facts = outbox.letters(tx)[0].facts
    assert isinstance(facts, DocumentFacts)
    assert "KHONG_CO_MANG_WAN_GUI" in facts.ground


def test_what_was_sent_is_found_by_its_words(house: House, tmp_path: Path) -> None:
    done = _sent(house, tmp_path)
    with house.database.reading() as tx:
        found = find(tx, Question(OWN.code, "thử"))
    assert done.document in [hit.document.id for hit in found.hits]
