"""An answer becomes a fact when everything about it holds; else it is a stray."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbridge import clock
from mailbridge.actions.exchanging import posted
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.actions.send_again import resend
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.letters.compose import Sender
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signer import KeySigner
from mailbridge.model.exchange import ExchangeState, FactKind
from mailbridge.model.letter import DocumentFacts, Letter, LetterKind, LetterState, Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Applied, Noted, Outcome
from mailbridge.model.parcel import File
from mailbridge.model.sending import Exchange, Sent, StrayKind, TaskKind
from mailbridge.model.slot import Fingerprint
from mailbridge.registry import exchanges, outbox, strays, tasks_of_people
from tests.unit.actions.conftest import Lead
from tests.unit.actions.drafts import drafted, printed, signed
from tests.unit.actions.peers import answer_mail, bounce, sender
from tests.unit.letters import sent
from tests.unit.provenance.samples import NOW, keys

LATER = NOW + timedelta(minutes=5)


@dataclass
class Sending:
    """A document that we sent to the demo's other agency, and what comes back."""

    house: House
    lead: Lead
    letter: Letter

    def answered(self, stage: Stage, **more: object) -> Outcome | None:
        """Lead an answer of that stage through."""
        octets, _ = answer_mail(self.letter, stage, **more)  # type: ignore[arg-type]
        return self.lead(octets, LATER)

    @property
    def exchange(self) -> Exchange:
        """The exchange as it stands."""
        with self.house.database.reading() as tx:
            (found,) = exchanges.listed(tx, OWN.code)
        return found

    def strays(self) -> list[StrayKind]:
        """List why answers changed nothing."""
        with self.house.database.reading() as tx:
            return [one.kind for one in strays.listed(tx, OWN.code)]

    def tasks(self) -> list[TaskKind]:
        """List what waits for a person."""
        with self.house.database.reading() as tx:
            return [one.kind for one in tasks_of_people.undone(tx, OWN.code)]


@pytest.fixture
def sending(house: House, lead: Lead, tmp_path: Path) -> Sending:
    draft = drafted(house, tmp_path, signed(printed()), to=(SENDER.code,))
    assert isinstance(send(house, draft, "An", NOW), Sent)
    with house.database.transaction() as tx:
        (letter,) = [x for x in outbox.letters(tx) if x.kind is LetterKind.DOCUMENT]
        outbox.sent(tx, (letter.id,), NOW)
    return Sending(house, lead, letter)


def test_a_signed_receipt_registers_the_document_there(sending: Sending) -> None:
    assert isinstance(sending.answered(Stage.REGISTERED), Applied)
    found = sending.exchange
    assert (found.state, found.number, found.is_weak) == (
        ExchangeState.REGISTERED,
        "431/2026",
        False,
    )
    assert (sending.strays(), sending.tasks()) == ([], [])


def test_nothing_is_answered_to_an_answer(sending: Sending) -> None:
    with sending.house.database.reading() as tx:
        before = len(outbox.letters(tx))
    sending.answered(Stage.REGISTERED)
    with sending.house.database.reading() as tx:
        assert len(outbox.letters(tx)) == before


def test_the_same_receipt_in_another_mail_changes_nothing(sending: Sending) -> None:
    octets, _ = answer_mail(sending.letter, Stage.ARRIVED)
    sending.lead(octets, LATER)
    again = octets.replace(b"Date:", b"X-Again: yes\r\nDate:", 1)
    assert isinstance(sending.lead(again, LATER), Applied)
    assert (sending.exchange.state, sending.strays()) == (ExchangeState.ARRIVED, [])


def test_a_late_arrival_does_not_lower_the_state(sending: Sending) -> None:
    _, first = answer_mail(sending.letter, Stage.ARRIVED)
    sending.answered(Stage.REGISTERED, earlier=(first,))
    sending.answered(Stage.ARRIVED)
    assert sending.exchange.state is ExchangeState.REGISTERED


def test_a_return_calls_a_person(sending: Sending) -> None:
    _, first = answer_mail(sending.letter, Stage.REGISTERED)
    sending.answered(Stage.REGISTERED)
    sending.answered(Stage.REFUSED, earlier=(first,))
    found = sending.exchange
    assert (found.state, found.is_return, found.reason) == (
        ExchangeState.REFUSED,
        True,
        "gửi nhầm",
    )
    assert sending.tasks() == [TaskKind.RETURNED]


def _unsigned() -> Sender:
    return replace(sender(), signer=None)


def _neighbour() -> Sender:
    identity = keys().neighbour_mailbox
    key = SigningKey(identity.key, identity.certificate, identity.chain)
    return replace(sender(), signer=KeySigner(lambda: key, clock.now))


@pytest.mark.parametrize("forger", [_unsigned, _neighbour])
def test_a_receipt_that_its_agency_did_not_sign_is_forged(
    sending: Sending, forger: Callable[[], Sender]
) -> None:
    outcome = sending.answered(Stage.REGISTERED, by=forger())
    assert outcome == Noted(Kind.RECEIPT)
    assert sending.exchange.state is ExchangeState.OWED
    assert sending.strays() == [StrayKind.FORGED]


def test_a_receipt_for_other_files_receives_nothing(sending: Sending) -> None:
    other = File("1", "a", "a", 1, Fingerprint("f" * 64), "application/pdf", "application/pdf")
    sending.answered(Stage.REGISTERED, files=(other,))
    assert sending.exchange.state is ExchangeState.OWED
    assert (sending.strays(), sending.tasks()) == ([StrayKind.CONTENT], [TaskKind.DISPUTE])


def test_a_receipt_for_nothing_of_ours_is_an_orphan(house: House, sending: Sending) -> None:
    facts = sending.letter.facts
    assert isinstance(facts, DocumentFacts)
    other = replace(facts, symbol="77-CV/ĐU", files=())
    unknown = replace(sending.letter, id="mb." + "c" * 52, facts=other)
    octets, _ = answer_mail(unknown, Stage.REGISTERED)
    assert sending.lead(octets, LATER) == Noted(Kind.RECEIPT)
    assert sending.strays() == [StrayKind.ORPHAN]


def test_an_answer_settles_what_a_lost_line_left_uncertain(sending: Sending) -> None:
    with sending.house.database.transaction() as tx:
        outbox.uncertain(tx, (sending.letter.id,), "cut", NOW)
    sending.answered(Stage.ARRIVED)
    with sending.house.database.reading() as tx:
        found = outbox.get(tx, sending.letter.id)
    assert found is not None
    assert found.state is LetterState.SENT


def test_a_bounce_of_our_letter_is_known_and_calls_a_person(sending: Sending) -> None:
    assert isinstance(sending.lead(bounce(sending.letter.id, SENDER.mailbox), LATER), Applied)
    assert sending.exchange.state is ExchangeState.BOUNCED
    assert sending.tasks() == [TaskKind.BOUNCED]


def test_what_was_sent_again_can_be_given_back_again(sending: Sending) -> None:
    letter = sending.letter
    sending.lead(bounce(letter.id, SENDER.mailbox), LATER)
    resend(sending.house, sending.exchange, "An", "đã sửa địa chỉ", LATER)
    then = LATER + timedelta(minutes=1)
    with sending.house.database.transaction() as tx:
        outbox.sent(tx, (letter.id,), then)
        posted(tx, letter, FactKind.SUBMITTED, "", then)
    assert (sending.exchange.state.value, sending.tasks()) == ("submitted", [])
    again = bounce(letter.id, SENDER.mailbox, "b2")
    sending.lead(again, then + timedelta(minutes=1))
    assert sending.exchange.state is ExchangeState.BOUNCED
    assert sending.tasks() == [TaskKind.BOUNCED]


@pytest.mark.parametrize(
    ("token", "recipient"), [("mb." + "d" * 52, SENDER.mailbox), ("", "ai-do@hungyen.gov.vn")]
)
def test_a_bounce_of_what_we_never_sent_changes_nothing(
    sending: Sending, token: str, recipient: str
) -> None:
    sending.lead(bounce(token or sending.letter.id, recipient), LATER)
    assert sending.exchange.state is ExchangeState.OWED


def test_a_persons_reply_is_for_a_person(sending: Sending) -> None:
    reply = (
        f"From: <{SENDER.mailbox}>\r\nTo: <{OWN.mailbox}>\r\nSubject: Re: 1-CV\r\n"
        f"In-Reply-To: <{sending.letter.id}@hungyen.gov.vn>\r\nMessage-ID: <h@x>\r\n"
        "Date: Tue, 24 Nov 2026 16:00:00 +0700\r\n\r\nĐã nhận, cảm ơn.\r\n"
    ).encode()
    sending.lead(reply, LATER)
    assert sending.exchange.state is ExchangeState.OWED
    assert (sending.strays(), sending.tasks()) == ([StrayKind.WORDS], [TaskKind.READ])


def test_a_bounce_of_our_receipt_is_noted_and_no_stray(sending: Sending) -> None:
    receipt_ = replace(
        sending.letter, id="mb." + "e" * 52, kind=LetterKind.RECEIPT, exchange=None,
        facts=answer_mail(sending.letter, Stage.ARRIVED)[1].facts,
    )  # fmt: skip
    with sending.house.database.transaction() as tx:
        outbox.owe(tx, receipt_)
    for token in (receipt_.id, "mbs." + "e" * 52):
        assert sending.lead(bounce(token, SENDER.mailbox), LATER) == Noted(Kind.BOUNCE)
    assert (sending.strays(), sending.tasks()) == ([], [])


def test_a_reminder_that_bounces_leaves_the_document_where_it_is(sending: Sending) -> None:
    facts = replace(sent.REMINDER, to=sending.exchange.to)
    reminder = replace(sending.letter, id="mb." + "e" * 52, kind=LetterKind.REMINDER, facts=facts)
    with sending.house.database.transaction() as tx:
        outbox.owe(tx, reminder)
    sending.lead(bounce(reminder.id, SENDER.mailbox), LATER)
    assert sending.exchange.state is not ExchangeState.BOUNCED
    assert (sending.strays(), sending.tasks()) == ([], [TaskKind.BOUNCED])


def test_a_receipt_whose_facts_cannot_be_read_is_listed(sending: Sending) -> None:
    octets = (
        f"From: <{SENDER.mailbox}>\r\nTo: <{OWN.mailbox}>\r\nSubject: x\r\nMessage-ID: <j@x>\r\n"
        "Date: Tue, 24 Nov 2026 16:00:00 +0700\r\n"
        "Content-Type: application/vnd.mailbridge+json; kind=receipt\r\n\r\n" + "[" * 9000
    ).encode()
    assert sending.lead(octets, LATER) == Noted(Kind.RECEIPT)
    assert sending.strays() == [StrayKind.ORPHAN]
