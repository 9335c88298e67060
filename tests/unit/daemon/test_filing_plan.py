"""Settled mails go where their outcome says, once; the impounded stay untouched."""

from datetime import UTC, datetime

from mailbridge.actions.house import House
from mailbridge.daemon.filing import FilingPlan, file_settled
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Impounded, Noted, OutcomeName
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import ledger
from tests.simulators.imap import ImapServer
from tests.unit.daemon.conftest import Open

NOW = datetime.now(UTC)
PLAN = FilingPlan("auto", {OutcomeName.NOTED: "Thu khac", OutcomeName.IMPOUNDED: "Mat"})


def settle(house: House, slot: Slot, outcome: Noted | Impounded) -> None:
    with house.database.transaction() as tx:
        row = ledger.begin(tx, Arrival(slot, 1, NOW), Fingerprint("0" * 64), NOW).ledger
        ledger.settle(tx, row, outcome, NOW, kind=None, mail=None)


def test_only_what_has_a_folder_is_moved_and_only_once(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    with mailbox_of() as mailbox:
        for outcome in (Noted(Kind.OTHER), Impounded("MẬT")):
            uid = server.deliver(b"Subject: x\r\n\r\n")
            settle(house, Slot("vanthu", mailbox.uidvalidity, uid), outcome)
        for _ in range(2):
            file_settled(house, mailbox, PLAN, "vanthu", NOW)
    assert len(server.folders["Thu khac"].mails) == 1
    assert "Mat" not in server.folders
    with house.database.reading() as tx:
        assert ledger.unfiled(tx, "vanthu") == ()


def test_a_mail_that_a_clerk_took_away_is_noted_as_gone(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    with mailbox_of() as mailbox:
        uid = server.deliver(b"Subject: x\r\n\r\n")
        settle(house, Slot("vanthu", mailbox.uidvalidity, uid), Noted(Kind.OTHER))
        server.remove(uid)
        file_settled(house, mailbox, PLAN, "vanthu", NOW)
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert row.gone_at is not None


def test_a_slot_of_another_uidvalidity_is_never_touched(
    house: House, server: ImapServer, mailbox_of: Open
) -> None:
    with mailbox_of() as mailbox:
        uid = server.deliver(b"Subject: x\r\n\r\n")
        settle(house, Slot("vanthu", mailbox.uidvalidity - 1, uid), Noted(Kind.OTHER))
        file_settled(house, mailbox, PLAN, "vanthu", NOW)
    assert len(server.folders["INBOX"].mails) == 1
