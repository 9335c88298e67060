"""Hủy số: the number stays with its reason; the document may come again."""

import pytest

from mailbridge.actions.enter_paper import enter_paper
from mailbridge.actions.entering import Wish
from mailbridge.actions.house import House
from mailbridge.actions.reserve import reserve
from mailbridge.actions.void import CannotVoidError, void
from mailbridge.model.document import DocumentState
from mailbridge.model.entry import EntryState
from mailbridge.model.outcome import Number
from mailbridge.registry import documents, entries
from tests.unit.actions.conftest import Lead
from tests.unit.actions.desk import CLERK, DATE, OFFICE, incoming
from tests.unit.provenance.samples import NOW, mail_with, sealed


def test_a_reserved_number_is_voided_once_and_never_given_again(house: House) -> None:
    first = reserve(house, OFFICE, Wish(), CLERK, NOW)
    assert void(house, first.id, "in hỏng", CLERK, NOW).state is EntryState.VOID
    with pytest.raises(CannotVoidError, match="di:1"):
        void(house, first.id, "x", CLERK, NOW)
    with pytest.raises(CannotVoidError):
        void(house, 99, "x", CLERK, NOW)
    assert reserve(house, OFFICE, Wish(), CLERK, NOW).number.ordinal == 2


def test_what_was_entered_by_mistake_can_be_entered_again(house: House) -> None:
    entered = enter_paper(house, incoming(day=DATE), NOW)
    with house.database.reading() as tx:
        (entry,) = entries.named(tx, "den:1")
    void(house, entry.id, "vào nhầm sổ", CLERK, NOW)
    with house.database.reading() as tx:
        kept = documents.get(tx, entered.id)
    assert kept is not None
    assert (kept.state, kept.number) == (DocumentState.VOID, Number("den", NOW.year, 1))
    assert enter_paper(house, incoming(day=DATE), NOW).number == Number("den", NOW.year, 2)


def test_all_that_share_a_number_are_void_with_it(house: House, lead: Lead) -> None:
    paper = enter_paper(house, incoming(day=DATE), NOW)
    lead(mail_with(sealed()))
    with house.database.reading() as tx:
        (entry,) = entries.named(tx, "den:1")
    void(house, entry.id, "vào nhầm", CLERK, NOW)
    with house.database.reading() as tx:
        found = [documents.get(tx, one) for one in (paper.id, entry.document or 0)]
    assert [one.state for one in found if one] == [DocumentState.VOID] * 2
    assert entry.document != paper.id
