"""The next letter is made while the last is on its way, and nothing is written down for it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.actions.send import send
from mailbridge.letters import alerts
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.letter import LetterState
from mailbridge.registry import outbox
from tests.simulators.smtp import SmtpSimulator
from tests.unit.actions.drafts import NEIGHBOUR, SENDER, drafted, printed, signed
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import NOW


@dataclass
class Watching:
    """A signer that does something at a letter, the first is 1, and counts them."""

    at: dict[int, Callable[[], None]] = field(default_factory=dict)
    asked: int = 0

    @property
    def certificate(self) -> x509.Certificate:
        raise UnsignedError(KeyFault.FILE, "no letter of this test is locked")

    def sign(self, entity: bytes) -> bytes:
        self.asked += 1
        self.at.get(self.asked, lambda: None)()
        return b"\x30\x00"


@dataclass
class Office:
    """A house that owes one document to two agencies, and its mail server."""

    house: House
    server: SmtpSimulator
    signer: Watching = field(default_factory=Watching)

    def __post_init__(self) -> None:
        sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", self.signer)
        desk = Desk(sender, Post(self.server.account(timeout=5.0)), EDXML)
        self.close = desk.post.close
        self.now = NOW
        self.posting = Posting(self.house, {"vanthu": desk}, lambda: self.now)

    def post(self) -> list[LetterState]:
        """Post until nothing is due."""
        return self.posting.due(lambda: True)

    def states(self) -> list[LetterState]:
        with self.house.database.reading() as tx:
            return [letter.state for letter in reversed(outbox.letters(tx))]


@pytest.fixture
def office(house: House, tmp_path: Path) -> Iterator[Office]:
    to = (NEIGHBOUR.code, SENDER.code)
    send(house, drafted(house, tmp_path, signed(printed()), to=to), "An", NOW)
    with SmtpSimulator() as server:
        made = Office(house, server)
        yield made
        made.close()


def test_the_next_letter_is_signed_before_the_last_is_answered(office: Office) -> None:
    # The server answers to the first mail when the second is being signed, and no sooner.
    office.server.answers = threading.Event()
    seen: list[list[LetterState]] = []

    def second() -> None:
        seen.append(office.states())
        assert office.server.answers is not None
        office.server.answers.set()

    office.signer.at[2] = second
    assert office.post() == [LetterState.SENT] * 2
    # Only the first is in doubt if we die here.
    assert seen == [[LetterState.ATTEMPTING, LetterState.OWED]]
    assert (office.signer.asked, len(office.server.mails)) == (2, 2)


def _owe_urgent(office: Office) -> None:
    facts = alerts.impounded(1, "vanthu", NOW)
    alert = alerts.alert(
        facts, to="clerk@hungyen.gov.vn", mailbox="vanthu", secret=office.house.secret,
        now=NOW, cause=("x",), urgent=True,
    )  # fmt: skip
    with office.house.database.transaction() as tx:
        outbox.owe(tx, alert)


def test_what_is_urgent_overtakes_the_letter_that_was_made_ahead(office: Office) -> None:
    office.signer.at[2] = lambda: _owe_urgent(office)
    office.post()
    to = [mail.rcpt_to for mail in office.server.mails]
    assert to == [NEIGHBOUR.mailbox, "clerk@hungyen.gov.vn", SENDER.mailbox]


def test_a_bug_in_the_next_letter_is_told_at_its_turn_and_it_is_tried_again(office: Office) -> None:
    def stumble() -> None:
        raise ZeroDivisionError("words of the letter")

    office.signer.at = {2: stumble, 3: stumble}
    assert office.post() == [LetterState.SENT, LetterState.OWED]
    with office.house.database.reading() as tx:
        assert [x.last_error for x in outbox.letters(tx)] == [
            "an error of the program (ZeroDivisionError)", ""
        ]  # fmt: skip
    office.now += timedelta(minutes=1)
    assert office.post() == [LetterState.SENT]


def _locked() -> None:
    raise UnsignedError(KeyFault.PIN, "the PIN is wrong")


def test_a_key_that_failed_ahead_is_not_asked_a_second_time(office: Office) -> None:
    office.signer.at[2] = _locked
    office.post()
    assert office.signer.asked == 2
    assert office.states()[:2] == [LetterState.SENT, LetterState.OWED]


def test_nor_by_an_urgent_letter_that_comes_between(office: Office) -> None:
    def locked() -> None:
        _owe_urgent(office)
        _locked()

    office.signer.at = {2: locked, 3: _locked, 4: _locked}
    office.post()
    assert office.signer.asked == 2
    # It leaves all the same, and says that it is not signed.
    assert "clerk@hungyen.gov.vn" in [mail.rcpt_to for mail in office.server.mails]
