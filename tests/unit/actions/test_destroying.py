"""After the destruction the disk is searched: no octet and no word of the content is on it."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import text

from mailbridge.actions import copies, destroying
from mailbridge.actions.check_again import CannotCheckAgainError, check_again
from mailbridge.actions.copies import PATIENCE
from mailbridge.actions.destroying import CannotDestroyError, destroy
from mailbridge.actions.hand_over import hand_over
from mailbridge.actions.house import House
from mailbridge.demo import mails, seals
from mailbridge.demo.papers import Paper, pdf
from mailbridge.letters.canonical import canonical
from mailbridge.mime import machine
from mailbridge.model.document import Document, DocumentState
from mailbridge.model.letter import ReceiptFacts, Stage
from mailbridge.model.outcome import Applied, Duplicate
from mailbridge.model.recall import RecallState
from mailbridge.model.sending import TaskKind
from mailbridge.model.told import Proof
from mailbridge.registry import (
    documents,
    journal,
    ledger,
    outbox,
    recall_copies,
    recalls,
    statuses,
    tasks_of_people,
)
from mailbridge.registry.database import Database
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, by_edxml, proven, settle_mailbox
from tests.unit.provenance.samples import HEAD, NOW, keys

OFFICE = "DEMO.02.07"
# Words that no field of Điều 11 has: they stand in the content alone.
BODY = "Phương án sắp xếp nhân sự chỉ nêu trong văn bản này"
COVER = "Lời nhắn riêng trên thư đã mang văn bản đến"
PAPER = Paper("123", "CV/VPTU", date(2026, 11, 20), "về việc thử", body=(BODY,))


@lru_cache(maxsize=1)
def content() -> bytes:
    return seals.seal_pdf(pdf(PAPER), keys().seal, NOW)


def mail(name: str = HEAD.message_id, cover: str = COVER) -> bytes:
    head = replace(HEAD, message_id=name)
    return mails.mail(head, mails.with_file(cover, content(), "123.pdf"))


def needles() -> Iterator[bytes]:
    """Say what must be nowhere: octets, base64 of them at three offsets, words, folded words."""
    octets = content()
    for start in range(0, len(octets) - 120, 997):
        # The room of a signature is filled with zeros, as digests of a chain begin.
        if len(set(octets[start : start + 60])) < 10:
            continue
        yield octets[start : start + 60]
        for shift in range(3):
            # Shorter than a line of a mail, so that many stand within one.
            yield base64.b64encode(octets[start + shift : start + shift + 24])
    for words in (BODY, COVER):
        yield words.encode()
        yield words.encode("utf-16-le")
        yield base64.b64encode(words.encode())[:40]
    yield b"phuong an sap xep nhan su"
    yield b"sap xep"


def on_disk(house: House) -> Iterator[Path]:
    state = house.blobs.path("0" * 64).parent.parent
    yield from (path for path in state.rglob("*") if path.is_file())


def found(house: House) -> set[str]:
    """Name the files of the state folder, and the tables of a server, that hold any of it."""
    wanted = tuple(needles())
    hits = {
        path.name
        for path in on_disk(house)
        for octets in [path.read_bytes()]
        if any(needle in octets for needle in wanted)
    }
    return hits | {name for name, said in in_tables(house) if any(n in said for n in wanted)}


def in_tables(house: House) -> Iterator[tuple[str, bytes]]:
    with house.database.reading() as tx:
        if tx.session.get_bind().dialect.name == "sqlite":
            return
        named = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for name in tx.session.connection().execute(named).scalars().all():
            rows = tx.session.connection().execute(text(f'SELECT t::text FROM "{name}" t'))
            yield name, "\n".join(str(row) for row in rows.scalars()).encode()


def came(house: House, document: int = 1) -> Document:
    with house.database.reading() as tx:
        known = documents.get(tx, document)
    assert known is not None
    return known


def answer(house: House) -> ReceiptFacts:
    with house.database.reading() as tx:
        facts = [letter.facts for letter in outbox.letters(tx)]
    (one,) = [f for f in facts if isinstance(f, ReceiptFacts) and f.stage is Stage.RECALLED]
    return one


def proof(house: House) -> Proof:
    given = answer(house).proof
    assert given is not None
    return given


def gone(house: House) -> None:
    destroy(house, 1, "Văn thư A", LATER)
    settle_mailbox(house)


def test_the_search_of_the_disk_finds_what_is_there(house: House, lead: Lead) -> None:
    lead(mail())
    hits = found(house)
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
    assert row is not None
    # The file by its octets, the mail by base64, the register by words.
    assert {came(house).files[0].sha256, row.fingerprint} < hits
    assert len(hits) > 2
    in_base64 = [n for n in needles() if n in house.blobs.path(row.fingerprint or "").read_bytes()]
    assert len(in_base64) > 10


def test_after_the_destruction_nothing_of_the_content_is_on_the_disk(
    house: House, lead: Lead
) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    gone(house)
    assert found(house) == set()
    known = came(house)
    assert known.state is DocumentState.DESTROYED
    # Number, metadata, fingerprints and history stay.
    assert (str(known.number), known.key.symbol) == ("1/2026", "123-CV/VPTU")
    with house.database.reading() as tx:
        assert [one.code for one in statuses.history(tx, 1)] == ["03", "13", "15", "xoa"]
        events = [line.event for line in journal.about(tx, OFFICE, ["document:1"])]
        assert journal.verify(tx, OFFICE).ok
    assert events[-3:] == ["withheld", "destruction-ordered", "destroyed"]


def test_the_text_cannot_be_found_from_the_moment_it_is_withheld(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    with house.database.reading() as tx:
        row = tx.session.connection().execute(text("SELECT text, closed FROM searchable")).one()
    assert (row.text, bool(row.closed)) == ("", True)


def test_the_answer_proves_what_was_erased_and_names_what_is_left(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    gone(house)
    said = answer(house)
    given = proof(house)
    assert (given.by, given.copies) == ("Văn thư A", ("blob", "imap", "search"))
    assert set(given.erased) == {said.files[0].sha256, *given.erased}
    assert len(given.erased) == 2
    assert any("sao lưu" in words for words in given.left)
    assert (str(said.number), said.message_id) == ("1/2026", f"<{HEAD.message_id}>")
    # The sender's machine reads it as it was written.
    assert machine.read(canonical(said)).facts.document_key == said.document_key
    with house.database.reading() as tx:
        tasks = tasks_of_people.undone(tx, OFFICE)
    assert {task.kind for task in tasks} == {TaskKind.COPY}


def test_15_leaves_only_after_every_copy_is_settled(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    destroy(house, 1, "A", LATER)
    assert found(house) == set()
    with house.database.reading() as tx:
        (waiting,) = recall_copies.in_mailbox(tx, "vanthu")
        stages = [f.stage for f in _receipts(house)]
    assert (waiting.name, Stage.RECALLED in stages) == ("vanthu/1/1", False)
    settle_mailbox(house)
    assert proof(house).erased


def _receipts(house: House) -> list[ReceiptFacts]:
    with house.database.reading() as tx:
        return [f for one in outbox.letters(tx) if isinstance(f := one.facts, ReceiptFacts)]


def test_a_mail_server_that_is_away_leaves_its_copy_to_a_person(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    destroy(house, 1, "A", LATER)
    destroying.finish(house, LATER + PATIENCE + timedelta(minutes=1))
    assert any("không trả lời" in words for words in proof(house).left)
    assert "imap" not in proof(house).copies
    with house.database.reading() as tx:
        words = [task.words for task in tasks_of_people.undone(tx, OFFICE, TaskKind.COPY)]
    assert any("máy chủ thư không trả lời" in one for one in words)


def test_all_copies_of_the_mail_go_along(house: House, lead: Lead) -> None:
    lead(mail())
    assert lead(mail()) == Duplicate(1)
    assert lead(mail("2@hungyen.gov.vn", f"{COVER}, lần hai")) == Duplicate(1)
    lead(proven(content()), LATER)
    destroy(house, 1, "A", LATER)
    assert found(house) == set()
    with house.database.reading() as tx:
        assert len(recall_copies.in_mailbox(tx, "vanthu")) == 3
    settle_mailbox(house)
    assert len(proof(house).erased) == 3


def test_a_file_that_another_document_has_too_stays_and_is_named(house: House, lead: Lead) -> None:
    lead(mail())
    other = Paper("9", "CV/VPTU", date(2026, 11, 21), "về việc khác")
    annexed = _with_two(seals.seal_pdf(pdf(other), keys().seal, NOW), content())
    lead(annexed)
    assert came(house, 2).key.symbol == "9-CV/VPTU"
    lead(proven(content()), LATER)
    gone(house)
    (file,) = came(house).files
    assert house.blobs.path(file.sha256).exists()
    assert file.sha256 not in proof(house).erased
    assert any(file.sha256 in words and "văn bản 2" in words for words in proof(house).left)


def _with_two(first: bytes, second: bytes) -> bytes:
    line = b"--r\r\n"
    parts = [
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="%d.pdf"\r\n\r\n'
        % number
        + seals.base64_lines(octets)
        for number, octets in enumerate((first, second))
    ]
    body = b"".join(line + part for part in parts)
    entity = b'Content-Type: multipart/mixed; boundary="r"\r\n\r\n' + body + b"--r--\r\n"
    return mails.mail(replace(HEAD, message_id="9@hungyen.gov.vn"), entity)


def test_a_packet_that_brings_the_files_once_more_goes_along(house: House, lead: Lead) -> None:
    lead(mail())
    lead(by_edxml("1", content()), LATER)
    gone(house)
    assert found(house) == set()


def test_a_recalled_document_that_comes_again_is_erased_again(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    gone(house)
    assert lead(mail(), LATER) == Duplicate(1)
    assert lead(mail("3@hungyen.gov.vn"), LATER) == Duplicate(1)
    assert found(house) == set()
    with house.database.reading() as tx:
        assert len(recall_copies.in_mailbox(tx, "vanthu")) == 2
    assert len([f for f in _receipts(house) if f.stage is Stage.RECALLED]) == 1


@pytest.mark.parametrize("window", ["ordered", "planned", "erased", "folded"])
def test_a_death_on_the_way_is_made_up_for_at_the_start(
    house: House, lead: Lead, window: str
) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    with house.database.transaction() as tx:
        recall = recalls.of_document(tx, 1)
        assert recall is not None
        recalls.order(tx, recall.id, 1, "A", LATER)
        recall = replace(recall, state=RecallState.ERASING, by="A", ordered_at=LATER)
    if window != "ordered":
        copies.plan(house, recall, LATER)
    if window == "erased":
        # The octets are gone, and the commit that says so was lost.
        house.blobs.erase(came(house).files[0].sha256)
    if window == "folded":
        destroying.erase(house, LATER)
    destroying.finish(house, LATER)
    settle_mailbox(house)
    assert came(house).state is DocumentState.DESTROYED
    assert found(house) == set()
    assert len(proof(house).erased) == 2


def test_what_was_handed_over_is_taken_out_of_its_set_and_named(
    house: House, lead: Lead, tmp_path: Path
) -> None:
    lead(mail())
    folder = tmp_path / "xuat"
    folder.mkdir()
    handed = hand_over(house, OFFICE, folder, "A", NOW)
    assert handed is not None
    assert list(handed.folder.glob("*.edxml"))
    lead(proven(content()), LATER)
    gone(house)
    assert list(handed.folder.glob("*.edxml")) == []
    assert "handover" in proof(house).copies
    assert any("điều hành tác nghiệp" in words for words in proof(house).left)


def test_what_is_withheld_is_not_handed_over(house: House, lead: Lead, tmp_path: Path) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    assert hand_over(house, OFFICE, tmp_path, "A", LATER) is None


def test_nothing_is_destroyed_that_nobody_called_back(house: House, lead: Lead) -> None:
    lead(mail())
    with pytest.raises(CannotDestroyError):
        destroy(house, 1, "A", LATER)
    lead(proven(content()), LATER)
    gone(house)
    with pytest.raises(CannotDestroyError):
        destroy(house, 1, "A", LATER)


def test_what_is_withheld_is_not_examined_again(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    with pytest.raises(CannotCheckAgainError):
        check_again(house, 1, "A", LATER)


def test_what_waits_is_listed_for_the_clerk(house: House, lead: Lead) -> None:
    lead(mail())
    lead(proven(content()), LATER)
    with house.database.reading() as tx:
        ((recall, document),) = destroying.withheld(tx, OFFICE)
        assert destroying.withheld(tx, "DEMO.99") == ()
    assert (recall.state, document.id) == (RecallState.WITHHELD, 1)


def test_a_recall_before_its_document_destroys_it_when_it_comes(house: House, lead: Lead) -> None:
    assert lead(proven(content()), NOW) == Applied("recall:1")
    assert lead(mail(), LATER) == Applied("document:1")
    assert found(house) == set()
    known = came(house)
    assert (known.number, known.state) == (None, DocumentState.WITHHELD)
    settle_mailbox(house)
    said = answer(house)
    refused = next(f for f in _receipts(house) if f.stage is Stage.RECALL_REFUSED)
    assert (said.seq, refused.seq) == (2, 1)
    assert {f.stage for f in _receipts(house)} == {Stage.RECALLED, Stage.RECALL_REFUSED}


def test_nothing_is_answered_while_the_log_is_still_read(
    house: House, lead: Lead, engine: str, tmp_path: Path
) -> None:
    if engine != "sqlite":
        # The log of a server is its own.
        return
    lead(mail())
    lead(proven(content()), LATER)
    patient = Database(tmp_path / "state" / "register.sqlite3", busy_seconds=0.1)
    hurried = replace(house, database=patient)
    with house.database.reading() as tx:
        tx.session.connection().execute(text("SELECT count(*) FROM ledger")).scalar()
        destroy(hurried, 1, "A", LATER)
        settle_mailbox(hurried)
        assert came(house).state is DocumentState.WITHHELD
    destroying.finish(hurried, LATER)
    patient.close()
    assert came(house).state is DocumentState.DESTROYED
    assert found(house) == set()


# All orders of three, with the second request somewhere among them; all 24 hold as well.
ORDERS = [
    (*order[:at], "a", *order[at:])
    for order, at in zip(permutations("dcr"), (0, 1, 2, 3, 0, 3), strict=True)
]


@pytest.mark.parametrize("order", ORDERS, ids="".join)
def test_in_whatever_order_they_come_nothing_is_left_and_15_is_said(
    house: House, lead: Lead, order: tuple[str, ...]
) -> None:
    """The document, a copy of it in another mail, its recall, and the recall asked anew."""
    mails_of = {
        "d": mail(),
        "c": mail("copy@hungyen.gov.vn", f"{COVER}, bản hai"),
        "r": proven(content()),
        "a": proven(content(), recall_id="b" * 26),
    }
    for one in order:
        lead(mails_of[one], LATER)
    with house.database.reading() as tx:
        waiting = recalls.in_state(tx, RecallState.WITHHELD)
    for recall in waiting:
        destroy(house, recall.document or 0, "A", LATER)
    settle_mailbox(house)
    assert found(house) == set()
    with house.database.reading() as tx:
        states = [documents.get(tx, number) for number in (1, 2)]
    assert {one.state for one in states if one} == {DocumentState.DESTROYED}
    assert Stage.RECALLED in {facts.stage for facts in _receipts(house)}
