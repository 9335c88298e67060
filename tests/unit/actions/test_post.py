"""The attempt is registered before the network is touched."""

from datetime import timedelta
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.actions.pacing import Pace
from mailbridge.actions.post import Desk, post
from mailbridge.actions.send import send
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.model.letter import LetterState
from mailbridge.registry import outbox
from tests.simulators.smtp import Fault, SmtpSimulator
from tests.unit.actions.conftest import Lead
from tests.unit.actions.drafts import NEIGHBOUR, SENDER, drafted, printed, signed
from tests.unit.letters.sample import EDXML
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
