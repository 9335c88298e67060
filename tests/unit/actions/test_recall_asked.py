"""A server whose key DNS did not give proves a recall once DNS gives it."""

from dataclasses import replace

import pytest

from mailbridge.actions.examine import Permissions
from mailbridge.actions.house import House
from mailbridge.actions.prove_recalls import prove_recalls
from mailbridge.actions.recall_waits import RETRY, WAITS
from mailbridge.model.document import DocumentState
from mailbridge.model.letter import ReceiptFacts
from mailbridge.network.asking import Asking
from mailbridge.network.errors import UnansweredError
from tests.simulators.network import Failure, ResolverSimulator
from tests.unit.actions.recall_mails import LATER, facts, recall
from tests.unit.actions.reply_desk import DKIM, Desk
from tests.unit.actions.test_recalled import answers, came
from tests.unit.provenance import dkim_samples
from tests.unit.provenance.dkim_samples import KEY_NAME, record
from tests.unit.provenance.samples import mail_with, paper


def asking(house: House, *, is_silent: bool = False) -> Desk:
    """Have a house ask DNS, which gives the sender's key, or nothing at all."""
    key: tuple[str, ...] | Failure = UnansweredError() if is_silent else (record(),)
    permissions = Permissions(Asking(ResolverSimulator({KEY_NAME: key}), None))
    return Desk(replace(house, permissions=permissions), "x")


@pytest.fixture
def silent(house: House) -> Desk:
    """A document proven by its server, and its recall, which comes while DNS is silent."""
    asking(house).lead(dkim_samples.signed(mail_with(paper()), h=DKIM))
    desk = asking(house, is_silent=True)
    desk.uids.append(1)
    desk.lead(dkim_samples.signed(recall(facts(paper())), h=DKIM), LATER)
    assert answers(house) == []
    assert came(house).state is DocumentState.REGISTERED
    return desk


def test_once_its_key_is_given_it_is_obeyed(house: House, silent: Desk) -> None:
    prove_recalls(silent.house, LATER + RETRY)
    assert came(house).state is DocumentState.REGISTERED
    prove_recalls(asking(house).house, LATER + 2 * RETRY)
    assert came(house).state is DocumentState.WITHHELD


def test_after_a_day_of_silence_it_is_answered_with_what_was_missing(
    house: House, silent: Desk
) -> None:
    prove_recalls(silent.house, LATER + WAITS)
    (answer,) = answers(house)
    assert isinstance(answer.facts, ReceiptFacts)
    assert "DKIM" in answer.facts.words


def test_where_names_are_not_asked_nothing_waits_for_them(house: House) -> None:
    desk = Desk(house, "x")
    desk.lead(mail_with(paper()))
    desk.lead(dkim_samples.signed(recall(facts(paper())), h=DKIM), LATER)
    assert len(answers(house)) == 1
