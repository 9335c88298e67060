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


def test_what_is_wrong_now_stands_in_place_of_what_was(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        waits = Stray(0, OFFICE, row, StrayKind.FORGED, "kiểm tra lại", NOW, about="r")
        assert strays.anew(tx, waits)
        assert not strays.anew(tx, waits)
        assert strays.anew(tx, replace(waits, about="s"))
        assert strays.anew(tx, replace(waits, why="không kiểm tra được"))
        assert [one.why for one in strays.listed(tx, OFFICE)] == [
            "kiểm tra lại",
            "không kiểm tra được",
        ]
        assert strays.anew(tx, replace(waits, kind=StrayKind.DISPUTE, why="của cơ quan khác"))
        assert [one.kind for one in strays.listed(tx, OFFICE)] == [
            StrayKind.DISPUTE,
            StrayKind.FORGED,
        ]
        assert strays.reword(tx, row, ("s", "t"), "thư không còn")
        assert [one.why for one in strays.listed(tx, OFFICE, StrayKind.FORGED)] == ["thư không còn"]
        # Of what is another's nothing else is said.
        assert not strays.reword(tx, row, ("r",), "thư không còn")
        strays.settle(tx, row, "r", "đã kiểm tra được", NOW)
        (left,) = strays.listed(tx, OFFICE)
        assert left.about == "s"


def test_what_a_person_has_read_stays_as_it_was_read(
    database: Database, arrival: Callable[..., Arrival]
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("a" * 64), NOW).ledger
        waits = Stray(0, OFFICE, row, StrayKind.FORGED, "kiểm tra lại", NOW)
        strays.anew(tx, waits)
        (listed,) = strays.listed(tx, OFFICE)
        strays.close(tx, listed.id, "An", "đã hỏi bên gửi", NOW)
        assert not strays.anew(tx, waits)
        assert strays.anew(tx, replace(waits, why="không kiểm tra được"))
        strays.settle(tx, row, "", "đã kiểm tra được", NOW)
        assert strays.listed(tx, OFFICE) == ()
        closed = strays.get(tx, listed.id)
    assert closed is not None
    assert (closed.why, closed.closed_why) == ("kiểm tra lại", "đã hỏi bên gửi")
