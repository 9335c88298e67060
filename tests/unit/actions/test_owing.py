"""Letters go to the handler that the routes name, and to nobody whom nobody named."""

from dataclasses import replace

from mailbridge.actions.house import House
from mailbridge.actions.receive import begin, receive
from mailbridge.model.letter import LetterKind
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import outbox
from mailbridge.rules.routing import Route
from tests.unit.provenance.samples import NOW, mail_with, sealed


def test_a_document_is_passed_on_by_its_route(house: House) -> None:
    (chancery,) = house.chanceries
    routes = (Route("ketoan@hungyen.gov.vn", type="Công văn"),)
    telling = replace(chancery.telling, routes=routes)
    routed = replace(house, chanceries=(replace(chancery, telling=telling),))
    with routed.blobs.writer() as blob:
        blob.write(mail_with(sealed()))
        fingerprint = blob.commit()
    (mail,) = begin(routed, [(Arrival(Slot("vanthu", 1, 1), 1, NOW), fingerprint)], NOW)
    receive(routed, mail, NOW)
    with routed.database.reading() as tx:
        notices = [x.to for x in outbox.letters(tx) if x.kind is LetterKind.NOTICE]
    assert notices == ["ketoan@hungyen.gov.vn"]
