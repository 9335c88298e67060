"""A destruction that nobody did in time is put before the head, once."""

from dataclasses import replace
from datetime import timedelta

from mailbridge.actions.escalate import escalate
from mailbridge.actions.house import House
from mailbridge.model.letter import LetterKind
from mailbridge.registry import journal, outbox
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, proven
from tests.unit.provenance.samples import mail_with, sealed

HEAD = "chanhvp@hungyen.gov.vn"


def test_clerk_and_head_are_told_once_when_the_deadline_has_passed(
    house: House, lead: Lead
) -> None:
    (chancery,) = house.chanceries
    led = replace(chancery, telling=replace(chancery.telling, head=HEAD))
    led_house = replace(house, chanceries=(led,))
    document = sealed()
    lead(mail_with(document))
    lead(proven(document), LATER)
    assert escalate(led_house, LATER + timedelta(hours=23)) == 0
    late = LATER + timedelta(hours=25)
    assert escalate(led_house, late) == 1
    assert escalate(led_house, late) == 0
    with house.database.reading() as tx:
        letters = [one for one in outbox.letters(tx) if one.kind is LetterKind.ALERT]
        events = [line.event for line in journal.about(tx, "DEMO.02.07", ["document:1"])]
    told = {one.to for one in letters if "Quá hạn hủy bỏ" in str(one.facts)}
    assert told == {chancery.telling.clerk, HEAD}
    assert events[-1] == "destruction-overdue"
