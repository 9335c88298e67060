"""Copies of what was recalled: each waits until something became of it; what others hold stays."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.document import Document
from mailbridge.model.outcome import Duplicate
from mailbridge.model.recall import CopyKind, CopyState, RecallCopy, RecallState
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import documents, ledger, recall_copies
from mailbridge.registry.database import Database
from mailbridge.registry.recall_copies import Store
from tests.unit.registry.conftest import NOW, OFFICE
from tests.unit.registry.recalled import MAIL, recalled, settled

Make = Callable[..., Document]
FILE = "a" * 64
STORE = Store((OFFICE,), ("vanthu",))


def test_a_copy_waits_until_it_is_settled_and_again_when_it_comes_once_more(
    database: Database, document: Make
) -> None:
    with database.transaction() as tx:
        recall = recalled(tx, document)
        copy = RecallCopy(0, recall.id, CopyKind.BLOB, FILE, CopyState.PENDING)
        for _ in range(2):
            recall_copies.add(tx, copy)
        (found,) = recall_copies.pending(tx, CopyKind.BLOB, STORE)
        assert recall_copies.were_erased(tx, (FILE,)) == frozenset()
        recall_copies.settle(tx, found.id, CopyState.ERASED, NOW)
        assert recall_copies.pending(tx, CopyKind.BLOB, STORE) == ()
        assert recall_copies.were_erased(tx, (FILE, MAIL)) == {FILE}
        recall_copies.again(tx, copy)
        assert [one.id for one in recall_copies.pending(tx, CopyKind.BLOB, STORE)] == [found.id]
        (kept,) = recall_copies.of_recall(tx, recall.id)
    assert kept.name == FILE


def test_mails_in_mailboxes_wait_for_their_own_mailbox(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        recall = recalled(tx, document)
        copy = RecallCopy(
            0,
            recall.id,
            CopyKind.IMAP,
            "vanthu/1/1",
            CopyState.PENDING,
            "",
            recall.ledger,
            "vanthu",
        )
        recall_copies.add(tx, copy)
        (found,) = recall_copies.in_mailbox(tx, "vanthu")
        assert (found.ledger, found.mailbox) == (recall.ledger, "vanthu")
        assert recall_copies.in_mailbox(tx, "other") == ()


def test_a_mail_is_listed_with_all_that_were_the_same(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        recall = recalled(tx, document)
        rows = list[int]()
        for uid, of in ((2, recall.ledger), (3, None)):
            arrival = Arrival(Slot("vanthu", 1, uid), 5, NOW)
            row = ledger.begin(tx, arrival, MAIL, NOW).ledger
            same = Duplicate(of or rows[0])
            ledger.settle(tx, row, same, NOW, kind=None, mail=None)
            rows.append(row)
        assert recall_copies.mails_of(tx, recall.ledger) == (recall.ledger, *rows)


def test_octets_of_what_is_to_be_erased_are_nobodys(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        recalled(tx, document, RecallState.ERASING)
        assert recall_copies.others_with(tx, FILE, STORE) == ()
        assert recall_copies.others_with(tx, MAIL, STORE) == ()


def test_what_another_document_or_mail_holds_is_named(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        recall = recalled(tx, document, RecallState.ERASING)
        other = documents.add(tx, replace(document(0)))
        row = settled(tx, 7, Fingerprint(MAIL))
        assert recall_copies.others_with(tx, FILE, STORE) == (f"văn bản {other}",)
        assert recall_copies.others_with(tx, MAIL, STORE) == (f"thư số {row}",)
        assert recall.document != other


def test_what_is_withheld_alone_still_has_its_octets(database: Database, document: Make) -> None:
    with database.transaction() as tx:
        recall = recalled(tx, document)
        assert recall_copies.others_with(tx, FILE, STORE) == (f"văn bản {recall.document}",)


def test_another_daemons_store_is_none_of_ours(database: Database, document: Make) -> None:
    elsewhere = Store(("DEMO.99",), ("other",))
    with database.transaction() as tx:
        recall = recalled(tx, document, RecallState.ERASING)
        copy = RecallCopy(0, recall.id, CopyKind.BLOB, FILE, CopyState.PENDING)
        recall_copies.add(tx, copy)
        documents.add(tx, document(0, office="DEMO.99"))
        # What another daemon has under the same digest is another file on another disk.
        assert recall_copies.others_with(tx, FILE, STORE) == ()
        assert len(recall_copies.others_with(tx, FILE, elsewhere)) == 1
        assert len(recall_copies.pending(tx, CopyKind.BLOB, STORE)) == 1
        assert recall_copies.pending(tx, CopyKind.BLOB, elsewhere) == ()
