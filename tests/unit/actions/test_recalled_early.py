"""A recall that overtakes its document, while what proves it cannot be checked."""

from dataclasses import replace
from datetime import date

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.prove_recalls import prove_recalls
from mailbridge.actions.recall_waits import RETRY
from mailbridge.demo import seals
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.document import DocumentState
from mailbridge.model.outcome import Applied, Registered
from tests.unit.actions.recall_mails import LATER, facts, proven, recall
from tests.unit.actions.reply_desk import DKIM
from tests.unit.actions.test_prove_recalls import Lists
from tests.unit.actions.test_recall_asked import asking
from tests.unit.actions.test_recalled import answers, came
from tests.unit.provenance.dkim_samples import signed
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with, sealed

DAY = date(2026, 11, 20)


@pytest.mark.parametrize("by_server", [False, True], ids=["seal", "seal and server"])
def test_a_recall_that_came_first_and_could_not_be_checked_counts_once_it_is(
    house: House, by_server: bool
) -> None:
    """What its server alone proves is buried as that, and grows when its seal is checked."""
    desk = asking(house)
    document = sealed()
    lists = Lists(house)
    lists.away()
    mail = proven(document)
    desk.lead(signed(mail, h=DKIM) if by_server else mail, LATER)
    lists.back()
    assert isinstance(desk.lead(mail_with(document), LATER + RETRY / 2), Registered)
    prove_recalls(desk.house, LATER + RETRY)
    assert came(house).state is DocumentState.WITHHELD


def test_a_tombstone_that_grew_takes_the_document_that_comes_after_it(house: House) -> None:
    desk = asking(house)
    document = sealed()
    lists = Lists(house)
    lists.away()
    desk.lead(signed(proven(document), h=DKIM), LATER)
    lists.back()
    prove_recalls(desk.house, LATER + RETRY)
    assert desk.lead(mail_with(document), LATER + 2 * RETRY) == Applied("document:1")
    assert len(answers(house)) == 1


def test_whoever_only_writes_through_the_server_has_nothing_destroyed_by_anothers_seal(
    house: House,
) -> None:
    """A forged recall under the name of a true one grows to what the true one says."""
    desk = asking(house)
    document = sealed()
    forged = facts(b"", message_id="khac@hungyen.gov.vn", files=(), symbol="9-CV/VPTU")
    desk.lead(signed(recall(forged), h=DKIM), LATER)
    desk.lead(proven(document), LATER)
    other = seals.seal_pdf(pdf(Paper("9", "CV/VPTU", DAY, "về việc khác")), keys().seal, NOW)
    named = replace(HEAD, message_id="khac@hungyen.gov.vn")
    assert isinstance(desk.lead(mail_with(other, named), LATER), Registered)
    assert desk.lead(mail_with(document), LATER) == Applied("document:2")
