"""A document is returned on a ground that may be told, once."""

from dataclasses import replace

import pytest

from mailbridge.actions.house import House
from mailbridge.actions.owing import Ground
from mailbridge.actions.refuse import CannotRefuseError, refuse
from mailbridge.model.document import DocumentState
from mailbridge.model.errors import Reason
from mailbridge.model.letter import LetterKind, ReceiptFacts, Stage
from mailbridge.registry import documents, outbox
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import HEAD, NOW, mail_with, paper, sealed

GROUND = Ground(Reason.WRONG_ADDRESSEE, "Gửi nhầm nơi nhận")


def test_a_registered_document_may_still_be_returned(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    refuse(house, 1, GROUND, "Văn thư A", NOW)
    with house.database.reading() as tx:
        document = documents.get(tx, 1)
        facts = [x.facts for x in outbox.letters(tx) if x.kind is LetterKind.RECEIPT]
    assert document is not None
    assert document.state is DocumentState.REFUSED
    assert document.number is not None, "a number is never taken back"
    newest = facts[0]
    assert isinstance(newest, ReceiptFacts)
    assert (newest.stage, newest.seq, newest.words) == (Stage.REFUSED, 2, GROUND.words)
    with pytest.raises(CannotRefuseError):
        refuse(house, 1, GROUND, "A", NOW)


def test_a_stranger_is_never_answered(house: House, lead: Lead) -> None:
    lead(mail_with(paper(), replace(HEAD, sender="la@noi-khac.example")))
    with pytest.raises(CannotRefuseError):
        refuse(house, 1, GROUND, "A", NOW)
