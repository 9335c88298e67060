"""Outgoing numbers before there is a document."""

import threading

import pytest

from mailbridge.actions.entering import Wish
from mailbridge.actions.house import House
from mailbridge.actions.reserve import reserve
from mailbridge.model.entry import EntryState
from mailbridge.registry import entries, journal
from mailbridge.rules.numbering import NumberingError
from tests.unit.actions.desk import CLERK, OFFICE, by_terms
from tests.unit.provenance.samples import NOW

DECISION = Wish(type="Quyết định", words="Về ngân sách")


def test_a_number_is_given_with_its_notation_and_purpose(house: House) -> None:
    entry = reserve(by_terms(house), OFFICE, DECISION, CLERK, NOW)
    assert (entry.name, entry.symbol, entry.state) == (
        "di:1-QĐ/2025",
        "01-QĐ/ĐU",
        EntryState.RESERVED,
    )
    assert (entry.purpose, entry.taken_by) == ("Về ngân sách", CLERK)
    with house.database.reading() as tx:
        (line,) = journal.lines(tx, OFFICE)
    assert (line.event, line.data["number"]) == ("number-reserved", "di:1-QĐ/2025")


def test_without_a_book_in_the_settings_there_is_one_series_a_year(house: House) -> None:
    names = [reserve(house, OFFICE, DECISION, CLERK, NOW).name for _ in range(2)]
    assert names == [f"di:{n}/{NOW.year}" for n in (1, 2)]


def test_a_secret_document_takes_a_number_and_leaves_no_word(house: House) -> None:
    secret = Wish(type="Quyết định", words="Về điều mật", secret=True)
    assert reserve(by_terms(house), OFFICE, secret, CLERK, NOW).purpose == ""
    with house.database.reading() as tx:
        assert "điều mật" not in str(journal.lines(tx))
    with pytest.raises(NumberingError, match="sổ riêng"):
        reserve(house, OFFICE, secret, CLERK, NOW)


def test_what_cannot_be_numbered_takes_no_number(house: House) -> None:
    for wish in (Wish(), Wish(type="QĐ", book="den"), Wish(type="QĐ", book="none")):
        with pytest.raises(NumberingError):
            reserve(by_terms(house), OFFICE, wish, CLERK, NOW)
    assert reserve(by_terms(house), OFFICE, DECISION, CLERK, NOW).number.ordinal == 1


def test_clerks_at_once_get_numbers_without_gap(house: House) -> None:
    terms = by_terms(house)

    def work() -> None:
        for type_ in ("QĐ", "CV") * 5:
            reserve(terms, OFFICE, Wish(type=type_), CLERK, NOW)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.database.reading() as tx:
        symbols = [entry.symbol for entry in entries.reserved(tx, OFFICE)]
        assert journal.verify(tx, OFFICE).ok
    assert sorted(s for s in symbols if s) == sorted(
        f"{n:02d}-{type_}/ĐU" for n in range(1, 21) for type_ in ("QĐ", "CV")
    )
