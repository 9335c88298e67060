"""What servers report of letters that are no documents: see test_applying for those that are."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.actions.house import House
from mailbridge.model.batch import batch_id
from mailbridge.model.letter import Stage
from mailbridge.model.message import Kind
from mailbridge.model.outcome import Noted
from mailbridge.registry import claiming, journal, outbox
from tests.unit.actions.conftest import Lead
from tests.unit.actions.peers import bounce
from tests.unit.letters.sample import DOCUMENT, owed
from tests.unit.provenance.samples import NOW

LATER = NOW + timedelta(minutes=5)


@pytest.mark.parametrize("count", [1, 5])
def test_a_bounce_of_receipts_is_written_of_each_of_them(
    house: House, lead: Lead, count: int
) -> None:
    letters = [
        replace(owed(Stage.REGISTERED, document=replace(DOCUMENT, id=at)), document=None)
        for at in range(count)
    ]
    with house.database.transaction() as tx:
        for letter in letters:
            outbox.owe(tx, letter)
        claimed = claiming.take(tx, NOW, ("vanthu",)).letters
        outbox.sent(tx, [one.id for one in claimed], NOW)
    assert len(claimed) == count
    token = batch_id(one.id for one in letters)
    assert lead(bounce(token, letters[0].to), LATER) == Noted(Kind.BOUNCE)
    with house.database.reading() as tx:
        lines = [line for line in journal.lines(tx) if line.event == "returned"]
    told = [line.subject for line in reversed(lines)]
    assert told == [f"letter:{one.id}" for one in letters]


def test_a_stranger_who_says_so_is_not_believed(house: House, lead: Lead) -> None:
    letter = replace(owed(Stage.REGISTERED), document=None)
    with house.database.transaction() as tx:
        outbox.owe(tx, letter)
    claim = bounce(letter.id, letter.to).replace(b"Return-Path: <>", b"Return-Path: <a@x.vn>")
    claim = claim.replace(b"MAILER-DAEMON", b"somebody")
    lead(claim, LATER)
    with house.database.reading() as tx:
        assert not [line for line in journal.lines(tx) if line.event == "returned"]
