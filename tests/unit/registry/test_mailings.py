"""What is due together leaves together, and what left together stays together."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailbridge.model.batch import batch_id
from mailbridge.model.letter import (
    FileFact,
    Letter,
    LetterKind,
    LetterState,
    NoticeFacts,
    Party,
    ReceiptFacts,
    Stage,
)
from mailbridge.registry import claiming, mailings, outbox, withdrawn
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW
from tests.unit.registry.owed import NOTICE, RECEIPT
from tests.unit.registry.plans import plans

SOON = NOW + timedelta(seconds=5)
DESKS = ("vanthu", "khac")


def _receipt(
    name: str,
    stage: Stage = Stage.REGISTERED,
    *,
    urgent: bool = False,
    agency: str = "DEMO.01",
    mailbox: str = "vanthu",
    to: str = "vptu@hungyen.gov.vn",
    files: tuple[FileFact, ...] = (),
) -> Letter:
    party = Party(agency, "Văn phòng Tỉnh ủy Ví Dụ", to)
    facts: ReceiptFacts = replace(RECEIPT, receipt_id=name, stage=stage, to=party, files=files)
    kind = LetterKind.RECEIPT
    return Letter(name, kind, mailbox, to, facts, NOW, NOW, urgent=urgent)


def _notice(name: str) -> Letter:
    facts: NoticeFacts = NOTICE
    return Letter(name, LetterKind.NOTICE, "vanthu", "an@hungyen.gov.vn", facts, NOW, NOW)


def _owe(database: Database, *letters: Letter) -> None:
    with database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)


def _names(first: int, last: int) -> list[str]:
    return [f"{number:03}" for number in range(first, last)]


def _backlog(database: Database, first: int, last: int) -> list[str]:
    _owe(database, *map(_receipt, _names(first, last)))
    return _names(first, last)


def _claim(database: Database, now: datetime = NOW) -> list[str]:
    with database.transaction() as tx:
        return [letter.id for letter in claiming.take(tx, now, DESKS).letters]


def _mails(database: Database, now: datetime = NOW) -> list[list[str]]:
    """Claim whatever is due, mail by mail."""
    found = []
    while claimed := _claim(database, now):
        found.append(claimed)
    return found


def _get(database: Database, name: str) -> Letter:
    with database.reading() as tx:
        found = outbox.get(tx, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("owed", "sizes"),
    [
        (1, [1]),
        (4, [1, 1, 1, 1]),
        (5, [5]),
        (50, [50]),
        (51, [50, 1]),
        (104, [50, 50, 1, 1, 1, 1]),
        (105, [50, 50, 5]),
    ],
)
def test_a_backlog_leaves_in_few_mails_and_a_few_receipts_each_alone(
    database: Database, owed: int, sizes: list[int]
) -> None:
    names = _backlog(database, 0, owed)
    mails = _mails(database)
    assert [len(mail) for mail in mails] == sizes
    assert [name for mail in mails for name in mail] == names


def test_urgent_receipts_leave_first_and_alone(database: Database) -> None:
    _backlog(database, 0, 5)
    _owe(database, *(_receipt(f"u{n}", urgent=True) for n in range(6)))
    assert [len(mail) for mail in _mails(database)] == [1] * 6 + [5]


@pytest.mark.parametrize("stage", [Stage.REFUSED, Stage.RECALLED, Stage.RECALL_REFUSED])
def test_what_a_person_acts_on_has_a_mail_of_its_own(database: Database, stage: Stage) -> None:
    _owe(database, _receipt("first", stage))
    _backlog(database, 0, 3)
    _owe(database, _receipt("middle", stage))
    _backlog(database, 3, 5)
    assert _mails(database) == [["first"], _names(0, 5), ["middle"]]


def test_receipts_of_every_other_stage_share_a_mail(database: Database) -> None:
    stages = (Stage.ARRIVED, Stage.REGISTERED, Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE)
    _owe(database, *(_receipt(stage.value, stage) for stage in stages))
    assert [len(mail) for mail in _mails(database)] == [5]


def test_others_do_not_join(database: Database) -> None:
    _owe(
        database,
        *(_receipt(f"a{n}") for n in range(4)),
        *(_receipt(f"agency{n}", agency="DEMO.09") for n in range(4)),
        *(_receipt(f"box{n}", mailbox="khac") for n in range(4)),
        *(_receipt(f"to{n}", to="khac@hungyen.gov.vn") for n in range(4)),
        *(_notice(f"n{n}") for n in range(4)),
    )
    assert sorted(len(mail) for mail in _mails(database)) == [1] * 16 + [4]


def test_receipts_of_documents_with_thousands_of_files_make_a_smaller_mail(
    database: Database,
) -> None:
    files = tuple(FileFact(f"tep-{n}.pdf", 1, "a" * 64) for n in range(300))
    _owe(database, *(_receipt(name, files=files) for name in _names(0, 15)))
    sizes = [len(mail) for mail in _mails(database)]
    assert sum(sizes) == 15
    assert 5 <= sizes[0] < 12


def test_a_mail_whose_answer_was_lost_leaves_again_with_the_same_letters(
    database: Database,
) -> None:
    names = _backlog(database, 0, 7)
    assert _claim(database) == names
    with database.transaction() as tx:
        assert outbox.uncertain(tx, names, "cut", NOW) == ()
    later = _backlog(database, 7, 20)
    assert _mails(database, SOON) == [names, later]
    assert {_get(database, name).mail for name in names} == {batch_id(names)}


def test_a_receipt_that_may_have_left_alone_leaves_again_alone(database: Database) -> None:
    _backlog(database, 0, 1)
    _claim(database)
    with database.transaction() as tx:
        outbox.uncertain(tx, ("000",), "cut", NOW)
    later = _backlog(database, 1, 9)
    assert _mails(database, SOON) == [["000"], later]


@pytest.mark.parametrize("owed", [1, 6])
def test_what_was_being_posted_when_we_died_leaves_again_in_the_same_company(
    database: Database, owed: int
) -> None:
    names = _backlog(database, 0, owed)
    _claim(database)
    with database.transaction() as tx:
        outbox.recover(tx, NOW, DESKS)
    later = _backlog(database, owed, owed + 9)
    assert _mails(database) == [names, later]


def test_what_surely_did_not_leave_may_share_a_larger_mail(database: Database) -> None:
    names = _backlog(database, 0, 5)
    _claim(database)
    with database.transaction() as tx:
        outbox.again(tx, names, "refused", NOW)
    later = _backlog(database, 5, 8)
    assert _mails(database, SOON) == [[*names, *later]]


@pytest.mark.parametrize("owed", [1, 5])
def test_a_mail_that_may_have_left_stays_the_same_after_a_failure_that_is_sure(
    database: Database, owed: int
) -> None:
    names = _backlog(database, 0, owed)
    _claim(database)
    with database.transaction() as tx:
        outbox.uncertain(tx, names, "cut", NOW)
    _claim(database, SOON)
    with database.transaction() as tx:
        outbox.again(tx, names, "refused", SOON)
    later = _backlog(database, 5, 12)
    assert _mails(database, SOON + timedelta(seconds=60)) == [names, later]


def test_what_waited_for_its_key_was_never_tried_and_may_share_a_larger_mail(
    database: Database,
) -> None:
    names = _backlog(database, 0, 5)
    _claim(database)
    with database.transaction() as tx:
        outbox.untried(tx, names, "the token is away", NOW)
    later = _backlog(database, 5, 8)
    assert _mails(database) == [[*names, *later]]


def test_without_one_that_was_called_back_the_others_are_another_mail(database: Database) -> None:
    names = _backlog(database, 0, 6)
    _claim(database)
    with database.transaction() as tx:
        outbox.again(tx, names, "refused", NOW)
        withdrawn.withdraw(tx, ("002",), "called back")
    rest = [name for name in names if name != "002"]
    assert _claim(database, SOON) == rest
    assert _get(database, "001").mail == batch_id(rest)


def test_without_an_erased_one_the_rest_of_an_uncertain_mail_is_another_mail(
    database: Database,
) -> None:
    names = _backlog(database, 0, 6)
    _claim(database)
    with database.transaction() as tx:
        outbox.uncertain(tx, names, "cut", NOW)
        outbox.forget(tx, 0, ("003",))
    rest = [name for name in names if name != "003"]
    assert _claim(database, SOON) == rest
    assert _get(database, "001").mail == batch_id(rest)


def test_the_letters_of_a_mail_wait_equally_long_and_are_given_up_together(
    database: Database,
) -> None:
    _backlog(database, 0, 1)
    _claim(database)
    with database.transaction() as tx:
        outbox.again(tx, ("000",), "busy", NOW)
    names = ["000", *_backlog(database, 1, 6)]
    assert _claim(database, SOON) == names
    assert {_get(database, name).not_before for name in names} == {SOON + timedelta(seconds=60)}
    two_days = timedelta(hours=48, seconds=1)
    with database.transaction() as tx:
        assert outbox.uncertain(tx, names, "silence", NOW + two_days) == ()
        assert sorted(outbox.uncertain(tx, names, "silence", SOON + two_days)) == names


def test_what_was_refused_together_leaves_alone(database: Database) -> None:
    names = _backlog(database, 0, 5)
    _claim(database)
    with database.transaction() as tx:
        mailings.apart(tx, names, "552 too many parts")
    assert _mails(database, SOON) == [[name] for name in names]
    assert _get(database, "000").last_error == "552 too many parts"


def test_notices_keep_their_company_too(database: Database) -> None:
    _owe(database, *map(_notice, "abc"))
    assert _claim(database) == ["a", "b", "c"]
    with database.transaction() as tx:
        outbox.uncertain(tx, ("a", "b", "c"), "cut", NOW)
    _owe(database, _notice("d"))
    assert _mails(database, SOON) == [["a", "b", "c"], ["d"]]


def test_a_mail_of_several_is_known_as_ours_and_names_its_letters(database: Database) -> None:
    names = _backlog(database, 0, 5)
    _claim(database)
    with database.transaction() as tx:
        outbox.sent(tx, names, NOW)
    name = batch_id(names)
    with database.reading() as tx:
        assert outbox.is_ours(tx, f"<{name}@hungyen.gov.vn>", ["vanthu"])
        assert not outbox.is_ours(tx, f"<{name}@hungyen.gov.vn>", ["khac"])
        assert [letter.id for letter in mailings.of_mail(tx, name)] == names
        assert mailings.of_mail(tx, "mbs.x") == ()


def test_neither_a_backlog_nor_a_name_is_looked_for_among_all_letters(database: Database) -> None:
    _backlog(database, 0, 6)
    with plans(database) as (tx, found):
        claiming.take(tx, NOW, DESKS)
        outbox.is_ours(tx, "<mbs.x@hungyen.gov.vn>", ["vanthu"])
        mailings.of_mail(tx, "mbs.x")
    assert any("ix_outbox_free" in plan for plan in found), found
    assert all("ix_outbox_mail" in plan for plan in found[-2:]), found


def test_a_receipt_that_is_asked_for_again_leaves_its_company(database: Database) -> None:
    names = _backlog(database, 0, 5)
    _claim(database)
    with database.transaction() as tx:
        outbox.sent(tx, names, NOW)
        outbox.requeue(tx, "002", SOON)
    assert _mails(database, SOON) == [["002"]]
    assert (_get(database, "002").mail, _get(database, "001").state) == (None, LetterState.SENT)
