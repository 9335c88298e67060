"""What changed nothing is kept with its reason until a person has read it."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.model.sending import Stray, StrayKind
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import ledger, strays
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW, OFFICE


def test_a_stray_is_listed_until_a_person_closes_it(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        stray = Stray(0, OFFICE, row, StrayKind.FORGED, "chữ ký của cơ quan khác", NOW)
        strays.add(tx, stray)
        strays.add(tx, stray)
        (found,) = strays.listed(tx, OFFICE)
        assert (found.kind, found.ledger) == (StrayKind.FORGED, row)
        strays.add(tx, replace(stray, about="r2"))
        assert [one.about for one in strays.listed(tx, OFFICE)] == ["r2", ""]
        strays.close(tx, strays.listed(tx, OFFICE)[0].id, "An", "đã xem", NOW)
        assert strays.listed(tx, "DEMO.99") == ()
        assert strays.listed(tx, OFFICE, StrayKind.ORPHAN) == ()
        assert strays.close(tx, found.id, "An", "đã hỏi bên gửi", NOW)
        assert not strays.close(tx, found.id, "An", "lần nữa", NOW)
        assert strays.listed(tx, OFFICE) == ()
        closed = strays.get(tx, found.id)
    assert closed is not None
    assert closed.closed_why == "đã hỏi bên gửi"
