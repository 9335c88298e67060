"""What a clerk types: papers, wishes, and books of an agency that keeps several."""

from dataclasses import replace
from datetime import date

from mailbridge.actions.enter_paper import Paper
from mailbridge.actions.entering import Wish
from mailbridge.actions.house import House
from mailbridge.model.outcome import Direction
from mailbridge.model.reading import FieldName, Urgency
from mailbridge.rules.numbering import Policy, Reset
from mailbridge.rules.shelving import Book
from tests.unit.provenance.samples import NOW

OFFICE = "DEMO.02.07"
SENDER = "DEMO.01.01"
CLERK = "Văn thư A"
# Of the paper that the samples seal.
SYMBOL, DATE = "123-CV/VPTU", "2026-11-20"


def with_books(house: House, *books: Book) -> House:
    """Give the only office these books."""
    (chancery,) = house.chanceries
    return replace(house, chanceries=(replace(chancery, books=books),))


def by_terms(house: House) -> House:
    """Number outgoing documents by type and term, as Party bodies do."""
    policy = Policy(
        reset=Reset.TERM,
        per_type=True,
        terms=(date(2020, 7, 15), date(2025, 7, 20)),
        secret_shares_series=True,
    )
    return with_books(
        house,
        Book("den", Direction.IN, default=True),
        Book("don", Direction.IN, types=("Đơn thư",)),
        Book("di", Direction.OUT, default=True, policy=policy),
    )


def incoming(symbol: str = SYMBOL, day: str = "", *, agency: str = SENDER, **fields: str) -> Paper:
    """A document that came on paper."""
    typed = {FieldName.SYMBOL: symbol, FieldName.DATE: day or "2026-11-20"}
    typed |= {FieldName(name): value for name, value in fields.items()}
    typed.setdefault(FieldName.SUMMARY, "Về việc thử")
    known = {name: value for name, value in typed.items() if value}
    return Paper(OFFICE, Direction.IN, known, NOW, CLERK, agency, Urgency.NORMAL)


def outgoing(type_: str = "Quyết định", reserved: int | None = None) -> Paper:
    """A document that leaves on paper."""
    fields = {FieldName.TYPE: type_, FieldName.SUMMARY: "Về việc thử"}
    paper = Paper(OFFICE, Direction.OUT, fields, NOW, CLERK)
    return replace(paper, wish=Wish(type=type_), reserved=reserved)
