"""How a letter ended is written with the try of the next one, and by no transaction of its own."""

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.post import Posting
from mailbridge.actions.send import send
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.errors import TryLaterError
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.registry import exchanges, journal, mailboxes, outbox
from tests.simulators.smtp import CUT_AFTER, Fault, SmtpSimulator
from tests.unit.actions.drafts import NEIGHBOUR, OWN, SENDER, drafted, printed, signed
from tests.unit.actions.posting import post
from tests.unit.letters.sample import EDXML
from tests.unit.letters.sent import letter as owed_letter
from tests.unit.provenance.samples import NOW


@pytest.fixture
def owing(house: House, tmp_path: Path) -> House:
    """A house that owes one document to two agencies."""
    to = (NEIGHBOUR.code, SENDER.code)
    send(house, drafted(house, tmp_path, signed(printed()), to=to), "An", NOW)
    return house


def _desks(server: SmtpSimulator, *, login: bool = False) -> dict[str, Desk]:
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    account = server.login() if login else server.account()
    return {"vanthu": Desk(sender, Post(account), EDXML)}


def _states(house: House) -> list[LetterState]:
    with house.database.reading() as tx:
        return [letter.state for letter in reversed(outbox.letters(tx))]


def _post_due(house: House, desks: dict[str, Desk], many: int = 9) -> int:
    left = iter(range(many))
    states = Posting(house, desks, lambda: NOW).due(lambda: next(left, None) is not None)
    desks["vanthu"].post.close()
    return len(states)


def test_all_that_is_due_leaves_and_is_in_the_journal(owing: House) -> None:
    with SmtpSimulator() as server:
        assert _post_due(owing, _desks(server)) == 2
    assert _states(owing) == [LetterState.SENT] * 2
    with owing.database.reading() as tx:
        assert {one.state for one in exchanges.listed(tx, OWN.code)} == {ExchangeState.SUBMITTED}
        assert [x.event for x in journal.lines(tx, OWN.code)].count("posted") == 2


def test_who_is_told_to_stop_claims_no_other_letter(owing: House) -> None:
    with SmtpSimulator() as server:
        assert _post_due(owing, _desks(server), many=1) == 1
    assert _states(owing) == [LetterState.SENT, LetterState.OWED]
    with owing.database.reading() as tx:
        assert [letter.attempts for letter in outbox.letters(tx)] == [0, 1]


def test_the_next_letter_is_claimed_by_the_transaction_that_notes_the_last(owing: House) -> None:
    seen: list[list[LetterState]] = []

    def now() -> datetime:
        seen.append(_states(owing))
        return NOW

    with SmtpSimulator() as server:
        desks = _desks(server)
        Posting(owing, desks, now).due(lambda: True)
        desks["vanthu"].post.close()
    # Nobody ever sees one letter ended and no other being tried while one is due.
    assert [LetterState.SENT, LetterState.OWED] not in seen
    assert [LetterState.SENT, LetterState.ATTEMPTING] in seen


def test_an_ending_that_could_not_be_written_is_written_first_of_all(owing: House) -> None:
    owing.database._busy_seconds = 0.2
    free, held = threading.Event(), threading.Event()

    def hold() -> None:
        with owing.database.transaction():
            held.set()
            free.wait(10)

    other = threading.Thread(target=hold)
    seen: list[datetime] = []

    def now() -> datetime:
        seen.append(NOW)
        if len(seen) == 2 and not other.is_alive():
            # The first letter is claimed, and being tried: somebody else writes, and goes on.
            other.start()
            held.wait(10)
        return NOW

    with SmtpSimulator() as server:
        desks = _desks(server)
        posting = Posting(owing, desks, now)
        with pytest.raises(TryLaterError):
            posting.due(lambda: True)
        with pytest.raises(TryLaterError):
            posting.due(lambda: True)
        assert (len(server.mails), _states(owing)[0]) == (1, LetterState.ATTEMPTING)
        free.set()
        other.join()
        assert posting.due(lambda: False) == []
        assert _states(owing) == [LetterState.SENT, LetterState.OWED]
        assert posting.due(lambda: True) == [LetterState.SENT]
        desks["vanthu"].post.close()


def test_a_bug_in_choosing_the_next_letter_loses_no_ending(owing: House) -> None:
    with SmtpSimulator() as server:

        def now() -> datetime:
            if server.mails:
                raise ZeroDivisionError
            return NOW

        desks = _desks(server)
        with pytest.raises(ZeroDivisionError):
            Posting(owing, desks, now).due(lambda: True)
        desks["vanthu"].post.close()
        assert len(server.mails) == 1
    assert _states(owing) == [LetterState.SENT, LetterState.OWED]


def test_an_ending_that_can_never_be_written_is_in_doubt_and_keeps_nobody(house: House) -> None:
    # A mailbox that no office of ours has: whose journal tells of it, nobody knows.
    stranger = replace(owed_letter(LetterKind.ANSWER), mailbox="la")
    with house.database.transaction() as tx:
        outbox.owe(tx, stranger)
    with SmtpSimulator() as server:
        desk = _desks(server)["vanthu"]
        posting = Posting(house, {"la": desk}, lambda: NOW)
        with pytest.raises(Exception, match="la"):
            posting.due(lambda: True)
        assert _states(house) == [LetterState.UNCERTAIN]
        assert posting.due(lambda: True) == []
        desk.post.close()


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (("END", CUT_AFTER), ExchangeState.UNCERTAIN),
        (("RCPT", "550 no such user"), ExchangeState.BOUNCED),
        (("RCPT", "450 later"), ExchangeState.OWED),
    ],
)
def test_each_ending_is_told_to_its_exchange_and_the_next_leaves(
    owing: House, fault: tuple[str, str], state: ExchangeState
) -> None:
    with SmtpSimulator(faults=[Fault(*fault, times=1)]) as server:
        assert _post_due(owing, _desks(server)) == 2
    with owing.database.reading() as tx:
        found = [one.state for one in reversed(exchanges.listed(tx, OWN.code))]
    assert found == [state, ExchangeState.SUBMITTED]


def test_a_refused_login_suspends_the_account_and_tries_no_more(owing: House) -> None:
    with SmtpSimulator(faults=[Fault("AUTH", "535 no")]) as server:
        desks = _desks(server, login=True)
        assert post(owing, desks, NOW) is LetterState.OWED
        assert post(owing, desks, NOW) is None
        assert server.commands.count("AUTH") == 1
    with owing.database.reading() as tx:
        assert "smtp:vanthu" in mailboxes.suspended(tx)
