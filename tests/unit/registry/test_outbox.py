"""Letters leave at least once, in order, ever more slowly, and not for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailbridge.model.document import Document
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import (
    AlertFacts,
    Letter,
    LetterFacts,
    LetterKind,
    LetterState,
    NoticeFacts,
    Party,
    ReceiptFacts,
    Stage,
    WarningFacts,
)
from mailbridge.model.reading import Urgency
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import documents, ledger, mailboxes, outbox
from mailbridge.registry.database import Database
from tests.unit.letters import sent
from tests.unit.registry.conftest import NOW
from tests.unit.registry.plans import plans

NOTICE = NoticeFacts(
    document=1,
    number=None,
    symbol="12-CV/VPTU",
    issued=NOW.date(),
    type="Công văn",
    summary="V/v thử",
    issuer="Văn phòng Tỉnh ủy Ví Dụ",
    verdict=Verdict.LEGAL,
    verdict_why="Chữ ký hợp lệ",
    urgency=Urgency.NORMAL,
    received_at=NOW,
    route_why="mặc định",
    files=(("a.pdf", "a" * 64),),
)
RECEIPT = ReceiptFacts(
    receipt_id="r1",
    stage=Stage.REGISTERED,
    seq=1,
    document_key="DEMO.01,2026/11/23,12-CV/VPTU",
    symbol="12-CV/VPTU",
    issued=NOW.date(),
    summary="V/v thử",
    files=(),
    by=Party("DEMO.02", "Đảng ủy phường Ví Dụ", "vanthu@hungyen.gov.vn"),
    to=Party("DEMO.01", "Văn phòng Tỉnh ủy Ví Dụ", "vptu@hungyen.gov.vn"),
    verdict=Verdict.LEGAL,
    message_id="<1@hungyen.gov.vn>",
    subject="Công văn",
    mic="",
    received_at=NOW,
    made_at=NOW,
)
FACTS: dict[LetterKind, LetterFacts] = {
    LetterKind.RECEIPT: RECEIPT,
    LetterKind.NOTICE: NOTICE,
    LetterKind.ALERT: AlertFacts("Thư số 1 chờ xem xét", ("Lý do: …",), "mailbridge held show 1"),
    LetterKind.WARNING: WarningFacts(
        Party("DEMO.02", "Cơ quan nhận", "a@x"), Party("DEMO.01", "Cơ quan gửi", "b@x"), NOW
    ),
    **sent.FACTS,
}
DESKS = ("vanthu", "khac")


def _letter(
    name: str,
    kind: LetterKind = LetterKind.ALERT,
    *,
    to: str = "an@hungyen.gov.vn",
    mailbox: str = "vanthu",
    urgent: bool = False,
    document: int | None = None,
    not_before: datetime = NOW,
) -> Letter:
    return Letter(
        id=name,
        kind=kind,
        mailbox=mailbox,
        to=to,
        facts=FACTS[kind],
        owed_at=NOW,
        not_before=not_before,
        urgent=urgent,
        document=document,
    )


def _owe(database: Database, *letters: Letter) -> None:
    with database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)


def _claim(database: Database, now: datetime = NOW) -> list[str]:
    with database.transaction() as tx:
        return [letter.id for letter in outbox.claim(tx, now, DESKS)]


def _get(database: Database, name: str) -> Letter:
    with database.reading() as tx:
        return next(letter for letter in outbox.letters(tx) if letter.id == name)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_comes_back_with_its_facts(database: Database, kind: LetterKind) -> None:
    _owe(database, _letter("one", kind))
    assert _get(database, "one") == _letter("one", kind)


def test_the_same_cause_owes_the_same_letter_once(database: Database) -> None:
    _owe(database, _letter("one"), _letter("one", to="binh@hungyen.gov.vn"))
    assert _claim(database) == ["one"]
    assert _claim(database) == []
    assert _get(database, "one").to == "an@hungyen.gov.vn"


def test_urgent_letters_leave_first_then_the_oldest(database: Database) -> None:
    _owe(database, _letter("one"), _letter("two"), _letter("three", urgent=True))
    assert [_claim(database) for _ in range(4)] == [["three"], ["one"], ["two"], []]


def test_a_letter_waits_for_its_time(database: Database) -> None:
    _owe(database, _letter("one", not_before=NOW + timedelta(minutes=15)))
    assert _claim(database) == []
    assert _claim(database, NOW + timedelta(minutes=15)) == ["one"]


def test_notices_to_one_person_leave_together(database: Database) -> None:
    notice = LetterKind.NOTICE
    later = NOW + timedelta(hours=1)
    _owe(
        database,
        _letter("one", notice),
        _letter("alert"),
        _letter("two", notice),
        _letter("binh", notice, to="binh@hungyen.gov.vn"),
        _letter("other", notice, mailbox="khac"),
        _letter("urgent", notice, urgent=True),
        _letter("later", notice, not_before=later),
    )
    claims = [_claim(database) for _ in range(6)]
    assert claims == [["urgent"], ["one", "two"], ["alert"], ["binh"], ["other"], []]


def test_a_batch_of_notices_is_of_bearable_size(database: Database) -> None:
    _owe(database, *(_letter(f"{n:03}", LetterKind.NOTICE) for n in range(45)))
    assert [len(_claim(database)) for _ in range(4)] == [20, 20, 5, 0]


def test_suspended_accounts_and_mailboxes_without_a_desk_wait(database: Database) -> None:
    _owe(database, _letter("one"), _letter("two", mailbox="khac"), _letter("x", mailbox="none"))
    with database.transaction() as tx:
        mailboxes.suspend(tx, "smtp:vanthu", "sai mật khẩu", NOW)
    assert [_claim(database), _claim(database)] == [["two"], []]
    with database.transaction() as tx:
        mailboxes.resume(tx, "smtp:vanthu")
    assert [_claim(database), _claim(database)] == [["one"], []]


def test_each_attempt_is_registered_before_the_network_and_waits_longer(
    database: Database,
) -> None:
    _owe(database, _letter("one"))
    now, waits = NOW, []
    for attempt in range(1, 8):
        assert _claim(database, now) == ["one"]
        claimed = _get(database, "one")
        assert (claimed.state, claimed.attempts) == (LetterState.ATTEMPTING, attempt)
        with database.transaction() as tx:
            assert outbox.again(tx, ("one",), "máy chủ bận", now) == ()
        waits.append(int((claimed.not_before - now).total_seconds()))
        assert _claim(database, claimed.not_before - timedelta(seconds=1)) == []
        now = claimed.not_before
    assert waits == [5, 60, 300, 900, 3600, 3600, 3600]
    assert _get(database, "one").last_error == "máy chủ bận"


def test_a_server_that_names_a_time_is_obeyed(database: Database) -> None:
    _owe(database, _letter("one"))
    _claim(database)
    with database.transaction() as tx:
        outbox.again(tx, ("one",), "mai", NOW, after=7200)
    assert _get(database, "one").not_before == NOW + timedelta(hours=2)


@pytest.mark.parametrize("put_back", [outbox.again, outbox.uncertain])
def test_a_letter_is_given_up_after_two_days_and_named(
    database: Database, put_back: Callable[..., tuple[str, ...]]
) -> None:
    _owe(database, _letter("one"))
    now = NOW
    given_up: tuple[str, ...] = ()
    while not given_up:
        assert now < NOW + timedelta(hours=50)
        assert _claim(database, now) == ["one"]
        with database.transaction() as tx:
            given_up = put_back(tx, ("one",), "im lặng", now)
        now = max(_get(database, "one").not_before, now)
    assert given_up == ("one",)
    assert _get(database, "one").state is LetterState.FAILED
    assert _claim(database, now + timedelta(days=30)) == []
    with database.transaction() as tx:
        outbox.requeue(tx, "one", now)
    assert _claim(database, now) == ["one"]
    assert _get(database, "one").attempts == 1


def test_an_uncertain_letter_leaves_again_as_the_same_one(database: Database) -> None:
    _owe(database, _letter("one", LetterKind.RECEIPT))
    _claim(database)
    with database.transaction() as tx:
        outbox.uncertain(tx, ("one",), "cắt sau DATA", NOW)
    assert _get(database, "one").state is LetterState.UNCERTAIN
    assert _claim(database, NOW + timedelta(seconds=4)) == []
    assert _claim(database, NOW + timedelta(seconds=5)) == ["one"]


def test_what_is_sent_or_refused_for_good_rests(database: Database) -> None:
    _owe(database, _letter("one"), _letter("two"))
    with database.transaction() as tx:
        outbox.claim(tx, NOW, DESKS)
        outbox.claim(tx, NOW, DESKS)
        outbox.sent(tx, ("one",), NOW)
        outbox.failed(tx, ("two",), "550 không có hộp thư", NOW)
    assert _claim(database, NOW + timedelta(days=9)) == []
    one, two = _get(database, "one"), _get(database, "two")
    assert (one.state, one.sent_at, one.last_error) == (LetterState.SENT, NOW, "")
    assert (two.state, two.last_error) == (LetterState.FAILED, "550 không có hộp thư")


def test_what_was_being_posted_at_death_is_owed_again(database: Database) -> None:
    _owe(database, _letter("one"), _letter("rest"))
    _claim(database)
    with database.transaction() as tx:
        outbox.recover(tx, NOW + timedelta(seconds=5), ["vanthu"])
    assert [_claim(database, NOW + timedelta(seconds=5)) for _ in range(3)] == [
        ["one"],
        ["rest"],
        [],
    ]
    # The second death of the same letter waits for the back-off that was registered before it.
    with database.transaction() as tx:
        outbox.recover(tx, NOW + timedelta(seconds=10), ["vanthu"])
    assert _claim(database, NOW + timedelta(seconds=10)) == ["rest"]
    assert _claim(database, NOW + timedelta(seconds=305)) == ["one"]


def test_receipts_of_a_document_are_in_the_order_they_were_owed(
    database: Database, arrival: Callable[..., Arrival], document: Callable[..., Document]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        added = documents.add(tx, document(row))
    receipt = LetterKind.RECEIPT
    _owe(
        database,
        _letter("z", receipt, document=added),
        _letter("n", LetterKind.NOTICE, document=added),
        _letter("a", receipt, document=added),
        _letter("other", receipt),
    )
    with database.reading() as tx:
        assert [letter.id for letter in outbox.receipts_of(tx, added)] == ["z", "a"]


@pytest.mark.parametrize(
    ("message_id", "ours"),
    [
        ("<one@hungyen.gov.vn>", True),
        (" one@x ", True),
        ("<two@hungyen.gov.vn>", False),
        ("", False),
    ],
)
def test_only_the_outbox_knows_our_own_letters(
    database: Database, message_id: str, ours: bool
) -> None:
    _owe(database, _letter("one"))
    with database.reading() as tx:
        assert outbox.is_ours(tx, message_id, ["vanthu"]) is ours


@pytest.mark.parametrize("kind", [LetterKind.DOCUMENT, LetterKind.RECALL])
def test_a_document_whose_answer_was_lost_never_leaves_again_by_itself(
    database: Database, kind: LetterKind
) -> None:
    _owe(database, _letter("a", kind))
    with database.transaction() as tx:
        (claimed,) = outbox.claim(tx, NOW, DESKS)
        assert outbox.uncertain(tx, (claimed.id,), "cut", NOW + timedelta(days=3)) == ()
        assert outbox.claim(tx, NOW + timedelta(days=9), DESKS) == ()
        found = outbox.get(tx, "a")
    assert found is not None
    assert found.state is LetterState.UNCERTAIN


def test_a_document_that_was_being_posted_when_we_died_is_uncertain(database: Database) -> None:
    _owe(database, _letter("a", LetterKind.DOCUMENT), _letter("b"))
    with database.transaction() as tx:
        outbox.claim(tx, NOW, DESKS)
        outbox.claim(tx, NOW, DESKS)
    with database.transaction() as tx:
        (perhaps,) = outbox.recover(tx, NOW, DESKS)
        assert perhaps.id == "a"
        (again,) = outbox.claim(tx, NOW, DESKS)
        assert again.id == "b"


def test_a_letter_that_is_put_off_was_not_tried(database: Database) -> None:
    _owe(database, _letter("a"))
    with database.transaction() as tx:
        outbox.claim(tx, NOW, DESKS)
        outbox.put_off(tx, ("a",), NOW + timedelta(seconds=5))
        assert outbox.claim(tx, NOW, DESKS) == ()
        (later,) = outbox.claim(tx, NOW + timedelta(seconds=5), DESKS)
    assert later.attempts == 1


def test_what_must_be_forgotten_is_found_without_reading_every_letter(database: Database) -> None:
    with plans(database) as (tx, found):
        outbox.forget(tx, 1, ("mb.a",))
    of_document, of_digests = found
    assert "ix_outbox_document" in of_document
    assert "SCAN outbox" not in of_document
    assert "ix_outbox_digest" in of_digests
