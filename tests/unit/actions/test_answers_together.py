"""Several receipts of one mail: each is judged for itself, and its seal vouches for all of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbridge import clock
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.letters.compose import Sender
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signer import KeySigner
from mailbridge.model.document import DocumentKey
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import Letter, LetterKind, Stage
from mailbridge.model.outcome import Applied
from mailbridge.model.sending import Exchange, Sent, StrayKind, TaskKind
from mailbridge.registry import exchanges, outbox, strays, tasks_of_people
from tests.unit.actions.conftest import Lead
from tests.unit.actions.drafts import drafted, printed, signed
from tests.unit.actions.peers import answer_to, answers_mail, sender
from tests.unit.letters.sample import FILE
from tests.unit.provenance.samples import NOW, keys

LATER = NOW + timedelta(minutes=5)
# Of a document that we never sent.
_OTHERS = DocumentKey(OWN.code, "999-CV/XX", "2020-01-01")

SendMany = Callable[[int], list[Letter]]


@pytest.fixture
def send_many(house: House, tmp_path: Path) -> SendMany:
    """Send papers to the demo's other agency, and give the letters that carried them."""

    def sent(count: int) -> list[Letter]:
        for number in range(count):
            paper = signed(printed(str(number + 1), summary=f"về việc thử {number + 1}"))
            draft = drafted(house, tmp_path, paper, to=(SENDER.code,))
            assert isinstance(send(house, draft, "An", NOW), Sent)
        with house.database.transaction() as tx:
            letters = [x for x in outbox.letters(tx) if x.kind is LetterKind.DOCUMENT]
            outbox.sent(tx, [one.id for one in letters], NOW)
        return sorted(letters, key=lambda one: one.exchange or 0)

    return sent


def _answer(letter: Letter, at: int, **more: Any) -> Letter:
    return answer_to(letter, Stage.REGISTERED, id=100 + at, **more)


def _exchanges(house: House) -> list[Exchange]:
    with house.database.reading() as tx:
        return sorted(exchanges.listed(tx, OWN.code), key=lambda one: one.id)


def test_each_receipt_reaches_its_own_document_and_a_bad_one_spoils_no_other(
    house: House, lead: Lead, send_many: SendMany
) -> None:
    letters = send_many(3)
    answers = [_answer(letter, at) for at, letter in enumerate(letters[:2])]
    other_files = _answer(letters[2], 2, files=(FILE,))
    strange = [
        _answer(letters[0], at, message_id=f"{at}@elsewhere.vn", key=_OTHERS, files=())
        for at in (3, 4)
    ]
    outcome = lead(answers_mail((*answers, other_files, *strange)), LATER)
    assert isinstance(outcome, Applied), outcome
    found = _exchanges(house)
    assert [(one.state, one.is_weak) for one in found] == [
        (ExchangeState.REGISTERED, False),
        (ExchangeState.REGISTERED, False),
        (ExchangeState.OWED, False),
    ]
    with house.database.reading() as tx:
        listed = strays.listed(tx, OWN.code)
        tasks = tasks_of_people.undone(tx, OWN.code)
    # Two faults of one kind in one mail are two.
    assert sorted((one.kind, one.exchange) for one in listed if one.exchange) == [
        (StrayKind.CONTENT, found[2].id)
    ]
    assert [one.kind for one in listed].count(StrayKind.ORPHAN) == 2
    assert [(one.kind, one.exchange) for one in tasks] == [(TaskKind.DISPUTE, found[2].id)]


def test_one_that_cannot_be_read_among_them_is_listed(
    house: House, lead: Lead, send_many: SendMany
) -> None:
    letters = send_many(1)
    # Longer than the form allows.
    unreadable = _answer(letters[0], 1, subject="x" * 1_500)
    answers = (_answer(letters[0], 0), unreadable)
    assert isinstance(lead(answers_mail(answers), LATER), Applied)
    assert [one.state for one in _exchanges(house)] == [ExchangeState.REGISTERED]
    with house.database.reading() as tx:
        (stray,) = strays.listed(tx, OWN.code)
    assert (stray.kind, stray.exchange, bool(stray.about)) == (StrayKind.ORPHAN, None, True)


def test_a_neighbours_seal_over_all_of_them_vouches_for_none(
    house: House, lead: Lead, send_many: SendMany
) -> None:
    letters = send_many(2)
    answers = tuple(_answer(letter, at) for at, letter in enumerate(letters))
    identity = keys().neighbour_mailbox
    key = SigningKey(identity.key, identity.certificate, identity.chain)
    forger: Sender = replace(sender(), signer=KeySigner(lambda: key, clock.now))
    assert not isinstance(lead(answers_mail(answers, forger), LATER), Applied)
    assert {one.state for one in _exchanges(house)} == {ExchangeState.OWED}
    with house.database.reading() as tx:
        listed = strays.listed(tx, OWN.code)
    assert [(one.kind, one.exchange) for one in listed] == [
        (StrayKind.FORGED, one.id) for one in reversed(_exchanges(house))
    ]


def test_a_receipt_that_came_alone_and_comes_among_others_changes_nothing(
    house: House, lead: Lead, send_many: SendMany
) -> None:
    letters = send_many(2)
    answers = tuple(_answer(letter, at) for at, letter in enumerate(letters))
    lead(answers_mail(answers[:1]), LATER)
    assert isinstance(lead(answers_mail(answers), LATER), Applied)
    with house.database.reading() as tx:
        assert [len(exchanges.facts(tx, one.id)) for one in _exchanges(house)] == [1, 1]
        assert strays.listed(tx, OWN.code) == ()
