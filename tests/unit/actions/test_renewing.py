"""A replacement is linked, an update shown; nobody's word about another's document counts."""

from datetime import date, timedelta
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.demo.agencies import OWN
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.seals import seal_pdf
from mailbridge.model.letter import LetterKind
from mailbridge.model.outcome import Duplicate, Registered
from mailbridge.model.sending import TaskKind
from mailbridge.registry import outbox, replacements, tasks_of_people
from tests.unit.actions.conftest import Lead
from tests.unit.actions.peers import sent_mail
from tests.unit.provenance.samples import NOW, keys, sealed
from tests.unit.registry.numbered import by_number

LATER = NOW + timedelta(minutes=5)
OLD = "DEMO.01.01,2026/11/20,123-CV/VPTU"


def _other() -> bytes:

    made = pdf(Paper("124", "CV/VPTU", date(2026, 11, 21), "về việc thử, sửa"))
    return seal_pdf(made, keys().seal, NOW)


def _replacing(tmp_path: Path, replaces: tuple[str, ...]) -> bytes:
    return sent_mail(
        tmp_path,
        _other(),
        business="3",
        replaces=replaces,
        reason="sai căn cứ",
        document_key="DEMO.01.01,2026/11/21,124-CV/VPTU",
        symbol="124-CV/VPTU",
        number="124",
    )


def test_a_document_of_another_mailbridge_is_registered_with_its_files_alone(
    house: House, lead: Lead, tmp_path: Path
) -> None:
    assert isinstance(lead(sent_mail(tmp_path, sealed())), Registered)
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
    assert [file.type for file in document.files] == ["application/pdf"]


def test_a_replacement_is_linked_and_the_old_one_stays(
    house: House, lead: Lead, tmp_path: Path
) -> None:
    lead(sent_mail(tmp_path, sealed()))
    assert isinstance(lead(_replacing(tmp_path, (OLD,)), LATER), Registered)
    with house.database.reading() as tx:
        (old,), (new,) = by_number(tx, "1"), by_number(tx, "2")
        (made,) = replacements.of_document(tx, old.id)
        titles = [x.facts.title for x in outbox.letters(tx) if x.kind is LetterKind.ALERT]  # type: ignore[union-attr]
    assert (made.document, made.why) == (new.id, "sai căn cứ")
    assert any("được thay thế" in title for title in titles)


def test_nobody_replaces_what_another_agency_sent(house: House, lead: Lead, tmp_path: Path) -> None:
    lead(sent_mail(tmp_path, sealed()))
    foreign = OLD.replace("DEMO.01.01", "DEMO.01.03")
    lead(_replacing(tmp_path, (foreign, "not a key", "a,2026/99/99,b")), LATER)
    with house.database.reading() as tx:
        (old,) = by_number(tx, "1")
        found = replacements.of_document(tx, old.id)
    # The sender's own document is meant, whoever the packet names in front of it.
    assert all(made.replaced == old.id for made in found)


def test_an_update_is_shown_to_the_clerk_and_changes_nothing(
    house: House, lead: Lead, tmp_path: Path
) -> None:
    octets = sealed()
    lead(sent_mail(tmp_path, octets))
    mail = sent_mail(tmp_path, octets, business="2", reason="sửa trích yếu", summary="mới")
    assert lead(mail, LATER) == Duplicate(1)
    with house.database.reading() as tx:
        (task,) = tasks_of_people.undone(tx, OWN.code)
        (document,) = by_number(tx, "1")
    assert task.kind is TaskKind.READ
    assert "sửa trích yếu" in task.words
    assert document.number is not None
