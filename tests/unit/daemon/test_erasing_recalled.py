"""Mails of destroyed documents go from their mailbox, wherever filing has put them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbridge.actions.destroying import destroy
from mailbridge.actions.house import House
from mailbridge.actions.receive import begin, receive
from mailbridge.daemon.erasing import erase_recalled
from mailbridge.daemon.filing import FilingPlan, file_settled
from mailbridge.model.document import DocumentState
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.recall import CopyKind, CopyState
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import documents, recall_copies, recalls
from tests.simulators.imap import ImapServer
from tests.unit.actions.recall_mails import LATER, proven
from tests.unit.daemon.conftest import Open
from tests.unit.provenance.samples import NOW, mail_with, sealed

PLAN = FilingPlan("auto", {OutcomeName.REGISTERED: "Da vao so", OutcomeName.APPLIED: "Thu khac"})
Arrive = Callable[[bytes, datetime], int]


@pytest.fixture
def arrive(house: House, server: ImapServer) -> Arrive:
    """Deliver a mail, take it in and settle it."""

    def through(octets: bytes, now: datetime) -> int:
        uid = server.deliver(octets)
        with house.blobs.writer() as blob:
            blob.write(octets)
            fingerprint = blob.commit()
        slot = Slot("vanthu", server.folders["INBOX"].uidvalidity, uid)
        arrival = Arrival(slot, len(octets), now.astimezone(UTC))
        (mail,) = begin(house, [(arrival, fingerprint)], now)
        receive(house, mail, now)
        return uid

    return through


def states(house: House) -> list[CopyState]:
    with house.database.reading() as tx:
        copies = recall_copies.of_recall(tx, 1)
    return [copy.state for copy in copies if copy.kind is CopyKind.IMAP]


def destroyed(house: House) -> bool:
    with house.database.reading() as tx:
        found = documents.get(tx, 1)
    return found is not None and found.state is DocumentState.DESTROYED


@pytest.mark.parametrize("is_filed", [False, True])
def test_the_mail_goes_from_where_it_lies_and_the_recall_stays(
    house: House, server: ImapServer, mailbox_of: Open, arrive: Arrive, *, is_filed: bool
) -> None:
    document = mail_with(sealed())
    arrive(document, NOW)
    arrive(proven(sealed()), LATER)
    with mailbox_of() as mailbox:
        if is_filed:
            file_settled(house, mailbox, PLAN, "vanthu", LATER)
            assert len(server.folders["Da vao so"].mails) == 1
        erase_recalled(house, mailbox, PLAN, "vanthu", LATER)
        assert not destroyed(house)
        destroy(house, 1, "A", LATER)
        assert not destroyed(house)
        erase_recalled(house, mailbox, PLAN, "vanthu", LATER)
    left = [mail.octets for folder in server.folders.values() for mail in folder.mails.values()]
    assert document not in left
    assert len(left) == 1
    assert states(house) == [CopyState.ERASED]
    assert destroyed(house)


def test_a_mail_that_somebody_moved_away_is_left_to_a_person(
    house: House, server: ImapServer, mailbox_of: Open, arrive: Arrive
) -> None:
    uid = arrive(mail_with(sealed()), NOW)
    arrive(proven(sealed()), LATER)
    server.remove(uid)
    destroy(house, 1, "A", LATER)
    with mailbox_of() as mailbox:
        erase_recalled(house, mailbox, PLAN, "vanthu", LATER)
    assert states(house) == [CopyState.LEFT]
    with house.database.reading() as tx:
        recall = recalls.get(tx, 1)
    assert recall is not None
    assert recall.proof is not None
    assert any("tìm ở nơi khác" in words for words in recall.proof.left)


def test_a_server_that_cannot_expunge_leaves_it_to_a_person(
    house: House, arrive: Arrive, mailbox_of: Open, server: ImapServer
) -> None:
    arrive(mail_with(sealed()), NOW)
    arrive(proven(sealed()), LATER)
    destroy(house, 1, "A", LATER)
    server.capabilities.remove("UIDPLUS")
    with mailbox_of() as mailbox:
        erase_recalled(house, mailbox, PLAN, "vanthu", LATER)
    assert states(house) == [CopyState.LEFT]
    assert destroyed(house)
