"""One copy of a document goes to the Sent folder after it left, and never before."""

from pathlib import Path

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.daemon.copies import SentFolder, append_copies
from mailbridge.letters.compose import Sender
from mailbridge.letters.smtp import Post
from mailbridge.mailbox.account import Account
from mailbridge.model.letter import DocumentFacts, LetterState
from mailbridge.model.sending import Sent
from mailbridge.registry import sent_copies
from tests.simulators.imap import ImapServer
from tests.simulators.smtp import SmtpSimulator
from tests.unit.actions.drafts import NEIGHBOUR, NOW, SENDER, drafted, printed, signed
from tests.unit.actions.posting import post
from tests.unit.letters.sample import EDXML


def test_a_document_for_two_leaves_one_copy(house: House, tmp_path: Path) -> None:
    to = (NEIGHBOUR.code, SENDER.code)
    assert isinstance(
        send(house, drafted(house, tmp_path, signed(printed()), to=to), "An", NOW), Sent
    )
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    with SmtpSimulator() as server, ImapServer() as mailbox:
        account = Account(
            "vanthu", "127.0.0.1", mailbox.port, "none", "u", "password", lambda: "p", timeout=2.0
        )
        folder = SentFolder("vanthu", account, "Sent")
        desks = {"vanthu": Desk(sender, Post(server.account()), EDXML)}
        append_copies(house, (folder,), desks)
        assert "Sent" not in mailbox.folders
        while post(house, desks, NOW) is LetterState.SENT:
            pass
        for _ in range(2):
            append_copies(house, (folder,), desks)
        (copy,) = mailbox.folders["Sent"].mails.values()
        desks["vanthu"].post.close()
        assert len(server.mails) == 2
    assert copy.octets in [mail.octets for mail in server.mails]


def test_a_copy_that_cannot_be_made_keeps_no_other_waiting(house: House, tmp_path: Path) -> None:
    sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
    for number in ("1", "2"):
        octets = signed(printed(number, f"về việc {number}"))
        draft = drafted(house, tmp_path, octets, name=f"{number}.pdf")
        assert isinstance(send(house, draft, "An", NOW), Sent)
    with SmtpSimulator() as server, ImapServer() as mailbox:
        account = Account(
            "vanthu", "127.0.0.1", mailbox.port, "none", "u", "password", lambda: "p", timeout=2.0
        )
        desks = {"vanthu": Desk(sender, Post(server.account()), EDXML)}
        while post(house, desks, NOW) is LetterState.SENT:
            pass
        with house.database.reading() as tx:
            first, _ = sent_copies.owed(tx, "vanthu")
        assert isinstance(first.facts, DocumentFacts)
        house.blobs.path(first.facts.files[0].sha256).unlink()
        append_copies(house, (SentFolder("vanthu", account, "Sent"),), desks)
        assert len(mailbox.folders["Sent"].mails) == 1
        with house.database.reading() as tx:
            assert [one.id for one in sent_copies.owed(tx, "vanthu")] == [first.id]
        desks["vanthu"].post.close()
