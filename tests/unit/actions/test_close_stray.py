"""What a person has read leaves the list, and stays in the journal."""

from mailbridge.actions.close_stray import close_stray
from mailbridge.actions.house import House
from mailbridge.demo.agencies import OWN
from mailbridge.model.sending import Stray, StrayKind
from mailbridge.registry import journal, strays
from tests.unit.actions.conftest import Begin
from tests.unit.provenance.samples import NOW, mail_with, sealed


def test_a_stray_is_closed_once(house: House, began: Begin) -> None:
    mail = began(mail_with(sealed()))
    with house.database.transaction() as tx:
        strays.add(tx, Stray(0, OWN.code, mail.ledger, StrayKind.ORPHAN, "lạ", NOW))
        (stray,) = strays.listed(tx, OWN.code)
    assert close_stray(house, stray.id, "An", "thư nhầm", NOW)
    assert not close_stray(house, stray.id, "An", "lần nữa", NOW)
    assert not close_stray(house, 77, "An", "x", NOW)
    with house.database.reading() as tx:
        (line,) = [x for x in journal.lines(tx) if x.event == "stray-closed"]
    assert line.data["why"] == "thư nhầm"
