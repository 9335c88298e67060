"""One document by several ways keeps one number."""

from dataclasses import replace

import pytest

from mailbridge.actions.also_received import also_received
from mailbridge.actions.house import House
from mailbridge.actions.tracking import CannotTrackError
from mailbridge.model.paper import AlsoBy, Channel, PaperState
from mailbridge.registry import also, documents, paper_tracker
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import HEAD, NOW, keys, mail_with, paper, sealed, signed_mail

WAY = AlsoBy(1, Channel.AXIS, "H28-1", NOW, "Văn thư A", NOW)


def test_another_way_gives_no_second_number(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    also_received(house, 1, WAY)
    with house.database.reading() as tx:
        assert also.of_documents(tx, (1,)) == {1: (WAY,)}
        assert len(documents.entered(tx)) == 1
    with pytest.raises(CannotTrackError, match="đã ghi"):
        also_received(house, 1, WAY)


def test_paper_by_this_door_is_the_paper_that_was_waited_for(house: House, lead: Lead) -> None:
    lead(signed_mail(keys().mailbox))
    also_received(house, 1, replace(WAY, channel=Channel.PAPER))
    with house.database.reading() as tx:
        (track,) = paper_tracker.of_document(tx, 1)
    assert track.state is PaperState.RECEIVED


def test_what_has_no_number_cannot_be_joined_to(house: House, lead: Lead) -> None:
    lead(mail_with(paper(), replace(HEAD, sender="la@noi-khac.example")))
    with pytest.raises(CannotTrackError, match="chưa vào sổ"):
        also_received(house, 1, WAY)
