"""The settings of the books, which differ from agency to agency; `schema` holds the rest."""

from datetime import date
from typing import Literal

from pydantic import Field

from mailbridge.settings.schema_of_mail import Table


class Book(Table):
    """A book (sổ) of an agency. Without any: one of incoming documents, one outgoing ("di")."""

    name: str = Field(
        pattern=r"^[^:/\s]{1,40}$", description="Short name: part of every number, never changed."
    )
    direction: Literal["in", "out"] = Field(
        description='"in": văn bản đến, numbered by the year; "out": văn bản đi.'
    )
    office: str | None = Field(None, description="Identifier of the agency, if there are several.")
    title: str = Field("", description="Title on screens and prints.")
    default: bool = Field(
        default=False, description="Takes what no other book of its direction takes."
    )
    types: tuple[str, ...] = Field((), description="Types of document that go into it.")
    kinds: tuple[Literal["party", "state", "mass", "other"], ...] = Field(
        (), description="Kinds of sending agency, as in the directory."
    )
    senders: tuple[str, ...] = Field((), description="Identifiers of sending agencies.")
    reset: Literal["year", "term"] = Field(
        "year", description='Outgoing numbers begin anew each "year", or each "term" (nhiệm kỳ).'
    )
    per_type: bool = Field(
        default=False, description="Each type of document is numbered apart (36-HD/VPTW)."
    )
    terms: tuple[date, ...] = Field((), description="First day of each term, for reset = term.")
    secret_shares_series: bool = Field(
        default=False,
        description="Secret documents, which never come here, take their number from this book.",
    )
    form: Literal["party", "state"] | None = Field(
        None, description='"party": 05-QĐ/ĐU; "state": 05/QĐ-UBND; default: our agency\'s kind.'
    )
    abbreviation: str | None = Field(
        None, description="Abbreviated name of our agency; default: its symbol in the directory."
    )


def with_defaults(
    books: tuple[Book, ...], office: str, incoming: str, *, alone: bool
) -> tuple[Book, ...]:
    """List the books of an office; a direction for which none is named has a default one.

    `incoming` names that of incoming documents; of an office that is `alone` all books are.
    """
    named = tuple(book for book in books if alone or book.office == office)
    directions = {book.direction for book in named}
    added = []
    if "in" not in directions:
        added.append(Book(name=incoming, direction="in", default=True))
    if "out" not in directions:
        added.append(Book(name="di", direction="out", default=True))
    return (*named, *added)
