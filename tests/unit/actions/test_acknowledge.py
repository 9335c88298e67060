"""The first acknowledgement counts."""

from mailbridge.actions.acknowledge import acknowledge
from mailbridge.actions.house import House
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, sealed
from tests.unit.registry.numbered import by_number


def test_the_first_who_has_it_is_named(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
    for who in ("Nguyễn Văn B", "Trần Thị C"):
        acknowledge(house, document, who, NOW)
    with house.database.reading() as tx:
        (document,) = by_number(tx, "1")
    assert document.acknowledged_by == "Nguyễn Văn B"
