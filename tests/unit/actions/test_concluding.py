"""What left by a person's hand, or lies elsewhere, is named in the proof and a task each."""

import io
from dataclasses import replace
from datetime import timedelta

from mailbridge.actions import concluding
from mailbridge.actions.also_received import also_received
from mailbridge.actions.bundle import bundle
from mailbridge.actions.destroying import destroy
from mailbridge.actions.house import House
from mailbridge.model.document import Document
from mailbridge.model.letter import ReceiptFacts, Stage
from mailbridge.model.paper import AlsoBy, Channel
from mailbridge.model.sending import TaskKind
from mailbridge.model.told import Proof
from mailbridge.registry import claiming, documents, outbox, tasks_of_people
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, proven, settle_mailbox, signed
from tests.unit.provenance.samples import NOW, mail_with

OFFICE = "DEMO.02.07"


def came(house: House) -> Document:
    with house.database.reading() as tx:
        known = documents.get(tx, 1)
    assert known is not None
    return known


def proof(house: House) -> Proof:
    with house.database.reading() as tx:
        for letter in outbox.letters(tx):
            facts = letter.facts
            if isinstance(facts, ReceiptFacts) and facts.stage is Stage.RECALLED:
                assert facts.proof is not None
                return facts.proof
    raise AssertionError("no 15")


def gone(house: House, lead: Lead) -> None:
    lead(proven(signed()), LATER)
    destroy(house, 1, "A", LATER)
    settle_mailbox(house)


def tasks(house: House) -> list[str]:
    with house.database.reading() as tx:
        return [one.words for one in tasks_of_people.undone(tx, OFFICE, TaskKind.COPY)]


def test_notices_that_left_with_files_are_named_by_number_to_the_sender(
    house: House, lead: Lead
) -> None:
    lead(mail_with(signed()))
    with house.database.transaction() as tx:
        while letters := claiming.take(tx, NOW + timedelta(minutes=30), ("vanthu",)).letters:
            outbox.sent(tx, [one.id for one in letters], NOW)
    gone(house, lead)
    left = " ".join(proof(house).left)
    assert "cho 1 người" in left
    assert "canbo" not in left
    assert any("canbo.du-vidu@hungyen.gov.vn" in words for words in tasks(house))


def test_notices_that_never_left_are_not_named(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    gone(house, lead)
    assert not any("thư báo" in words for words in proof(house).left)


def test_an_exported_bundle_is_a_task_for_whoever_took_it(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    bundle(house, came(house), io.BytesIO(), "Trần B", NOW)
    gone(house, lead)
    assert any("gói hồ sơ" in words for words in proof(house).left)
    assert any("Trần B" in words for words in tasks(house))


def test_a_paper_copy_is_a_task(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    way = AlsoBy(1, Channel.PAPER, "", NOW, "A", NOW)
    also_received(house, 1, way)
    gone(house, lead)
    assert any("bản giấy" in words for words in proof(house).left)
    assert any("bản giấy" in words for words in tasks(house))


def test_nothing_is_concluded_twice(house: House, lead: Lead) -> None:
    lead(mail_with(signed()))
    gone(house, lead)
    before = proof(house)
    assert not concluding.conclude(house, 1, LATER + timedelta(days=1))
    assert proof(house) == before
    assert replace(before) == before
