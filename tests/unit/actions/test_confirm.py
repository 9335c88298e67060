"""A clerk confirms what was read; the values stay, and stay for good."""

import pytest

from mailbridge.actions.check_again import check_again
from mailbridge.actions.confirm import CannotConfirmError, confirm
from mailbridge.actions.house import House
from mailbridge.registry import documents, journal
from tests.unit.actions.conftest import Lead
from tests.unit.actions.desk import CLERK, OFFICE
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed


def test_confirmed_values_are_what_they_were(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        before = documents.get(tx, 1)
    assert before is not None
    after = confirm(house, 1, CLERK, NOW)
    assert {f.confirmed_by for f in after.reading.fields.values()} == {CLERK}
    assert [f.value for f in after.reading.fields.values()] == [
        f.value for f in before.reading.fields.values()
    ]
    assert confirm(house, 1, "Văn thư B", NOW) == after
    with house.database.reading() as tx:
        assert [line.event for line in journal.lines(tx, OFFICE)].count("confirmed") == 1


def test_what_is_confirmed_outlives_another_examination(house: House, lead: Lead) -> None:
    lead(mail_with(paper()))
    confirm(house, 1, CLERK, NOW)
    check_again(house, 1, CLERK, NOW)
    with house.database.reading() as tx:
        found = documents.get(tx, 1)
    assert found is not None
    assert {f.confirmed_by for f in found.reading.fields.values()} == {CLERK}


def test_nothing_is_confirmed_of_what_is_not_there(house: House) -> None:
    with pytest.raises(CannotConfirmError):
        confirm(house, 99, CLERK, NOW)
