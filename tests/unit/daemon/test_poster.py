"""Letters leave, and one that fails does not keep the others."""

import threading
from datetime import UTC, datetime

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.daemon.poster import Poster
from mailbridge.letters import alerts
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.letter import LetterState
from mailbridge.registry import outbox
from tests.simulators.smtp import CUT_AFTER, Fault, SmtpSimulator
from tests.unit.letters.sample import EDXML

NOW = datetime.now(UTC)


def desk(server: SmtpSimulator) -> Desk:
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    return Desk(sender, Post(server.account()), EDXML)


def post_once(house: House, server: SmtpSimulator) -> int:
    used = desk(server)
    tried = len(Posting(house, {"vanthu": used}, lambda: NOW).due(lambda: True))
    used.post.close()
    return tried


def owe(house: House, number: int) -> None:
    facts = alerts.impounded(number, "vanthu", NOW)
    letter = alerts.alert(
        facts, to="clerk@hungyen.gov.vn", mailbox="vanthu", secret=house.secret, now=NOW,
        cause=(str(number),), urgent=False,
    )  # fmt: skip
    with house.database.transaction() as tx:
        outbox.owe(tx, letter)


def states(house: House) -> list[LetterState]:
    with house.database.reading() as tx:
        return [letter.state for letter in reversed(outbox.letters(tx))]


def test_what_is_owed_leaves_once(house: House) -> None:
    with SmtpSimulator() as server:
        for number in range(3):
            owe(house, number)
        desks = {"vanthu": desk(server)}
        posting = Posting(house, desks, lambda: NOW)
        assert posting.due(lambda: True) == [LetterState.SENT] * 3
        assert posting.due(lambda: True) == []
        desks["vanthu"].post.close()
        assert set(states(house)) == {LetterState.SENT}


def test_a_lost_answer_is_uncertain_and_a_refusal_is_final(house: House) -> None:
    with SmtpSimulator(faults=[Fault("END", CUT_AFTER, times=1)]) as server:
        owe(house, 1)
        post_once(house, server)
        assert states(house) == [LetterState.UNCERTAIN]
    with SmtpSimulator(faults=[Fault("RCPT", "550 no")]) as server:
        owe(house, 2)
        post_once(house, server)
        assert states(house)[1] is LetterState.FAILED


def test_the_thread_ends_when_it_is_told(house: House) -> None:
    with SmtpSimulator() as server:
        poster = Poster(house, {"vanthu": desk(server)})
        owe(house, 1)
        poster.start()
        poster.wake()
        for _ in range(100):
            if states(house) == [LetterState.SENT]:
                break
            threading.Event().wait(0.05)
        poster.stop()
        poster.join(10)
        assert not poster.is_alive()
        assert states(house) == [LetterState.SENT]
