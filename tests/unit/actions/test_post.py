"""The attempt is registered before the network is touched."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.pacing import Pace
from mailbridge.actions.send import send
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.letter import LetterState, Stage
from mailbridge.registry import journal, outbox
from tests.simulators.smtp import CUT_AFTER, Fault, SmtpSimulator
from tests.unit.actions.conftest import Lead
from tests.unit.actions.drafts import NEIGHBOUR, SENDER, drafted, printed, signed
from tests.unit.actions.posting import post
from tests.unit.letters.sample import DOCUMENT, EDXML, owed
from tests.unit.provenance.samples import NOW, mail_with, sealed


def test_a_receipt_leaves_with_the_null_sender_and_its_status(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    with SmtpSimulator() as server:
        desk = Desk(sender, Post(server.account()), EDXML)
        assert post(house, {"vanthu": desk}, NOW) is LetterState.SENT
        desk.post.close()
        (mail,) = server.mails
    assert mail.mail_from in {"", "<>"}
    assert b"status.edxml" in mail.octets


def test_a_passing_refusal_is_owed_again_later(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    with SmtpSimulator(faults=[Fault("RCPT", "450 later")]) as server:
        desk = Desk(sender, Post(server.account()), EDXML)
        assert post(house, {"vanthu": desk}, NOW) is LetterState.OWED
        desk.post.close()
    with house.database.reading() as tx:
        (tried,) = [x for x in outbox.letters(tx) if x.attempts]
    assert tried.not_before > NOW


def _owe_receipts(house: House, first: int, last: int) -> None:
    with house.database.transaction() as tx:
        for number in range(first, last):
            letter = owed(Stage.REGISTERED, document=replace(DOCUMENT, id=number), now=NOW)
            outbox.owe(tx, replace(letter, document=None))


def _post_all(house: House, server: SmtpSimulator, now: datetime) -> list[LetterState]:
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    desk, states = Desk(sender, Post(server.account()), EDXML), []
    while (state := post(house, {"vanthu": desk}, now)) is not None:
        states.append(state)
    desk.post.close()
    return states


def test_a_mail_of_receipts_whose_answer_was_lost_leaves_again_as_it_was(house: House) -> None:
    _owe_receipts(house, 0, 6)
    with SmtpSimulator(faults=[Fault("END", CUT_AFTER, times=1)]) as server:
        assert _post_all(house, server, NOW) == [LetterState.UNCERTAIN]
        _owe_receipts(house, 6, 20)
        assert _post_all(house, server, NOW + timedelta(seconds=5)) == [LetterState.SENT] * 2
        first, again, others = server.mails
    assert first.octets == again.octets
    assert b'kind="receipt"' in others.octets
    assert others.octets.count(b'kind="receipt"') == 14
    with house.database.reading() as tx:
        assert {x.state for x in outbox.letters(tx)} == {LetterState.SENT}
        lines = [line for line in journal.lines(tx) if line.event == "posted"]
    # A line for each letter and attempt, with the mail that it shared.
    assert len(lines) == 6 + 20
    assert all(line.data["mail"].startswith("mbs.") for line in lines)


def test_a_mail_of_receipts_that_a_server_refuses_is_taken_apart(house: House) -> None:
    _owe_receipts(house, 0, 5)
    with SmtpSimulator(faults=[Fault("END", "552 too many parts", times=1)]) as server:
        assert _post_all(house, server, NOW) == [LetterState.FAILED]
        assert _post_all(house, server, NOW + timedelta(seconds=5)) == [LetterState.SENT] * 5
        assert [mail.octets.count(b'kind="receipt"') for mail in server.mails] == [1] * 5


def test_nothing_due_is_none(house: House) -> None:
    assert post(house, {}, NOW) is None


def test_a_document_beyond_the_pace_waits_and_receipts_do_not(
    house: House, lead: Lead, tmp_path: Path
) -> None:
    to = (NEIGHBOUR.code, SENDER.code)
    send(house, drafted(house, tmp_path, signed(printed()), to=to), "An", NOW)
    lead(mail_with(sealed()))
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    with SmtpSimulator() as server:
        desks = {"vanthu": Desk(sender, Post(server.account()), EDXML, Pace(1))}
        while post(house, desks, NOW) is not None:
            pass
        assert sum(b"X-Mailbridge: document" in mail.octets for mail in server.mails) == 1
        assert any(b"X-Mailbridge: receipt" in mail.octets for mail in server.mails)
        while post(house, desks, NOW + timedelta(seconds=60)) is not None:
            pass
        desks["vanthu"].post.close()
        assert sum(b"X-Mailbridge: document" in mail.octets for mail in server.mails) == 2
