"""Places of recalls that wait: no agency takes another's, no forger those of a seal."""

from datetime import timedelta

import pytest

from mailbridge.actions.destroying import destroy
from mailbridge.actions.house import House
from mailbridge.actions.prove_recalls import prove_recalls
from mailbridge.actions.recall_waits import RETRY
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER
from mailbridge.model.document import DocumentState
from mailbridge.model.letter import FileFact, LetterState
from mailbridge.model.outcome import Applied
from mailbridge.model.recall import Strength
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry import ledger, outbox, unproven
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, facts, proven, settle_mailbox, together
from tests.unit.actions.reply_desk import DKIM
from tests.unit.actions.test_prove_recalls import Lists
from tests.unit.actions.test_recall_asked import asking
from tests.unit.actions.test_recalled import answers, came, kinds
from tests.unit.provenance import dkim_samples
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed

FULL = 20


def fill(house: House, count: int, agency: str, strength: Strength = Strength.SEAL) -> None:
    """Let so many mails of an agency wait."""
    with house.database.transaction() as tx:
        for _ in range(count):
            number = unproven.count(tx, OWN.code, Strength.SEAL)
            number += unproven.count(tx, OWN.code, Strength.SERVER)
            slot = Arrival(Slot("vanthu", 2, number + 1), 1, NOW)
            row = ledger.begin(tx, slot, Fingerprint("f" * 64), NOW).ledger
            end = LATER + 9 * RETRY
            unproven.add(tx, unproven.Waiting(row, OWN.code, agency, strength, (), end, end))


@pytest.mark.parametrize(
    ("agencies", "strength", "is_answered"),
    [
        ((SENDER.code,), Strength.SEAL, True),
        # Whoever writes mails in its name, while DNS is silent, takes none of its places.
        ((SENDER.code,), Strength.SERVER, False),
        ((NEIGHBOUR.code,), Strength.SEAL, False),
        (tuple(f"H28.{n}" for n in range(5)), Strength.SEAL, True),
    ],
    ids=["its own", "forgers", "another's", "the office"],
)
def test_whoever_floods_us_with_what_cannot_be_checked_is_answered_at_once(
    house: House, lead: Lead, agencies: tuple[str, ...], strength: Strength, is_answered: bool
) -> None:
    document = sealed()
    lead(mail_with(document))
    for agency in agencies:
        fill(house, FULL, agency, strength)
    Lists(house).away()
    lead(proven(document), LATER)
    assert len(answers(house)) == int(is_answered)
    assert came(house).state is DocumentState.REGISTERED


def test_of_two_recalls_in_one_mail_each_is_applied_once(house: House) -> None:
    """What was applied is not applied again each half hour, nor its answer sent again."""
    desk = asking(house)
    desk.lead(dkim_samples.signed(mail_with(paper()), h=DKIM))
    desk.more("77")
    sealed_one = desk.of(2)
    lists = Lists(house)
    lists.away()
    weak = facts(paper())
    strong = facts(
        b"",
        recall_id="b" * 26,
        symbol=sealed_one.key.symbol,
        message_id="77@x.vn",
        files=tuple(FileFact(x.name, x.size, x.sha256) for x in sealed_one.files),
    )
    mail = dkim_samples.signed(together(weak, strong), h=DKIM)
    assert desk.lead(mail, LATER) == Applied("document:1")
    assert desk.of(2).state is DocumentState.REGISTERED
    assert len(kinds(house)) == 1
    destroy(house, 1, "Văn thư A", LATER)
    settle_mailbox(house)
    (answer,) = answers(house)
    with house.database.transaction() as tx:
        outbox.sent(tx, (answer.id,), LATER)
    later = LATER + timedelta(hours=3)
    prove_recalls(desk.house, later)
    assert [one.state for one in answers(house)] == [LetterState.SENT]
    assert len(kinds(house)) == 1
    lists.back()
    prove_recalls(desk.house, later + RETRY)
    assert desk.of(2).state is DocumentState.WITHHELD
    assert kinds(house) == []
    assert [one.state for one in answers(house)] == [LetterState.SENT]
