"""The next letter is made while the last is on its way, and nothing is written down for it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.post import post_due
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

    def post(self) -> int:
        sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", self.signer)
        post = Post(self.server.account(timeout=5.0))
        try:
            return post_due(
                self.house, {"vanthu": Desk(sender, post, EDXML)}, lambda: NOW, lambda: True
            )
        finally:
            post.close()

    def states(self) -> list[LetterState]:
        with self.house.database.reading() as tx:
            return [letter.state for letter in reversed(outbox.letters(tx))]


@pytest.fixture
def office(house: House, tmp_path: Path) -> Iterator[Office]:
    to = (NEIGHBOUR.code, SENDER.code)
    send(house, drafted(house, tmp_path, signed(printed()), to=to), "An", NOW)
    with SmtpSimulator() as server:
        yield Office(house, server)


def test_the_next_letter_is_signed_before_the_last_is_answered(office: Office) -> None:
    # The server answers to the first mail when the second is being signed, and no sooner.
    office.server.answers = threading.Event()
    seen: list[list[LetterState]] = []

    def second() -> None:
        seen.append(office.states())
        assert office.server.answers is not None
        office.server.answers.set()

    office.signer.at[2] = second
    assert office.post() == 2
    # Only the first is in doubt if we die here.
    assert seen == [[LetterState.ATTEMPTING, LetterState.OWED]]
    assert (office.signer.asked, len(office.server.mails)) == (2, 2)


def test_what_is_urgent_overtakes_the_letter_that_was_made_ahead(office: Office) -> None:
    def owe() -> None:
        facts = alerts.impounded(1, "vanthu", NOW)
        alert = alerts.alert(
            facts, to="clerk@hungyen.gov.vn", mailbox="vanthu", secret=office.house.secret,
            now=NOW, cause=("x",), urgent=True,
        )  # fmt: skip
        with office.house.database.transaction() as tx:
            outbox.owe(tx, alert)

    office.signer.at[2] = owe
    office.post()
    to = [mail.rcpt_to for mail in office.server.mails]
    assert to == [NEIGHBOUR.mailbox, "clerk@hungyen.gov.vn", SENDER.mailbox]


def test_a_bug_in_the_next_letter_is_told_at_its_turn(office: Office) -> None:
    def stumble() -> None:
        raise ZeroDivisionError

    office.signer.at = {2: stumble, 3: stumble}
    with pytest.raises(ZeroDivisionError):
        office.post()
    assert office.states() == [LetterState.SENT, LetterState.ATTEMPTING]


def test_a_key_that_failed_ahead_is_not_asked_a_second_time(office: Office) -> None:
    def locked() -> None:
        raise UnsignedError(KeyFault.PIN, "the PIN is wrong")

    office.signer.at[2] = locked
    office.post()
    assert office.signer.asked == 2
    assert office.states()[:2] == [LetterState.SENT, LetterState.OWED]
