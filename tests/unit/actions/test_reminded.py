"""A reminder of a document's own sender is shown to the clerk once, and is never answered."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER
from mailbridge.demo.papers import Paper, pdf
from mailbridge.demo.seals import seal_pdf
from mailbridge.letters.compose import Sender, compose
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signer import KeySigner
from mailbridge.model.document import Document
from mailbridge.model.letter import Awaited, Letter, LetterKind, ReminderStage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.model.sending import Task, TaskKind
from mailbridge.registry import documents, outbox, tasks_of_people
from tests.unit.actions.conftest import Lead
from tests.unit.actions.peers import HERE, THERE, sender
from tests.unit.letters.sent import REMINDER
from tests.unit.provenance.samples import NOW, keys, mail_with

LATER = NOW + timedelta(hours=3)


@pytest.fixture
def document(house: House, lead: Lead) -> Document:
    """What came from the demo's sending agency and is in the book."""
    made = pdf(Paper("123", "CV/VPTU", date(2026, 11, 20), "về việc thử"))
    lead(mail_with(seal_pdf(made, keys().seal, NOW)))
    with house.database.reading() as tx:
        found = documents.get(tx, 1)
    assert found is not None
    assert found.message_id
    return found


def _reminding(names: str, by: Sender | None = None, **more: object) -> bytes:
    facts = replace(REMINDER, by=THERE, to=HERE, message_id=names.strip("<>"), **more)  # type: ignore[arg-type]
    letter = Letter(
        id="mb." + "c" * 52,
        kind=LetterKind.REMINDER,
        mailbox="there",
        to=HERE.address,
        facts=facts,
        owed_at=LATER,
        not_before=LATER,
    )
    return compose((letter,), by or sender(), Path).octets


def _neighbour() -> Sender:
    identity = keys().neighbour_mailbox
    key = SigningKey(identity.key, identity.certificate, identity.chain)
    return replace(sender(), signer=KeySigner(lambda: key, clock.now))


def _tasks(house: House) -> list[Task]:
    with house.database.reading() as tx:
        return list(tasks_of_people.undone(tx, OWN.code))


def _letters(house: House) -> int:
    with house.database.reading() as tx:
        return len(outbox.letters(tx))


def test_the_clerk_sees_once_that_its_sender_reminds_and_nothing_is_answered(
    house: House, lead: Lead, document: Document
) -> None:
    before = _letters(house)
    first = _reminding(document.message_id or "")
    again = _reminding(document.message_id or "", stage=ReminderStage.ANSWER_SOON)
    assert [lead(mail, LATER) for mail in (first, again)] == [Noted(Kind.AUTOMATIC)] * 2
    (task,) = _tasks(house)
    assert (task.kind, task.document) == (TaskKind.READ, document.id)
    assert task.words.startswith(f"{SENDER.name} nhắc về văn bản 123-CV/VPTU")
    assert _letters(house) == before


def test_a_reminder_of_several_documents_shows_those_that_are_here(
    house: House, lead: Lead, document: Document
) -> None:
    also = (Awaited(None, None, "", NOW, LATER, (document.message_id or "").strip("<>")),)
    lead(_reminding("unknown@hungyen.gov.vn", stage=ReminderStage.ANSWER_SOON, also=also), LATER)
    assert [task.document for task in _tasks(house)] == [document.id]


@pytest.mark.parametrize("by", [replace(sender(), signer=None), _neighbour()])
def test_what_its_sender_did_not_sign_says_nothing_in_its_name(
    house: House, lead: Lead, document: Document, by: Sender
) -> None:
    assert lead(_reminding(document.message_id or "", by), LATER) == Noted(Kind.AUTOMATIC)
    assert _tasks(house) == []


def test_a_signed_reminder_speaks_of_what_is_signed_alone(
    house: House, lead: Lead, document: Document
) -> None:
    mail = _reminding("another@hungyen.gov.vn")
    head, split, body = mail.partition(b"\r\n\r\n")
    name = (document.message_id or "").encode()
    changed = head.replace(b"<another@hungyen.gov.vn>", name)
    assert changed != head
    lead(changed + split + body, LATER)
    assert _tasks(house) == []


@pytest.mark.parametrize(
    ("was", "is_"),
    [
        # Of another agency, of nobody's document, of a person, and of something else.
        (SENDER.mailbox.encode(), NEIGHBOUR.mailbox.encode()),
        (b"<@", b"<x@"),
        (b"Auto-Submitted: auto-generated\r\n", b""),
        (b"X-Mailbridge: reminder", b"X-Mailbridge: notice"),
    ],
)
def test_what_is_no_reminder_of_its_sender_opens_nothing(
    house: House, lead: Lead, document: Document, was: bytes, is_: bytes
) -> None:
    mail = _reminding(document.message_id or "")
    was = was.replace(b"<@", (document.message_id or "").encode())
    assert was in mail
    lead(mail.replace(was, is_), LATER)
    assert _tasks(house) == []
