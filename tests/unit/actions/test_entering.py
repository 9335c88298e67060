"""How documents get their numbers, whoever enters them."""

from mailbridge.actions.entering import Wish, take_outgoing
from mailbridge.actions.house import House
from mailbridge.actions.release import release
from mailbridge.model.directory import AgencyKind
from mailbridge.model.outcome import Direction, Number, Registered
from mailbridge.registry import entries, journal, revisions
from mailbridge.rules.numbering import Form, Policy
from mailbridge.rules.shelving import Book
from tests.unit.actions.conftest import Lead
from tests.unit.actions.desk import CLERK, OFFICE, SENDER, with_books
from tests.unit.provenance.samples import NOW, keys, mail_with, paper, sealed, signed_mail

BOOKS = (
    Book("den", Direction.IN, default=True),
    Book("vptu", Direction.IN, senders=(SENDER,)),
    Book("nha-nuoc", Direction.IN, kinds=(AgencyKind.STATE,)),
    Book("di", Direction.OUT, policy=Policy(form=Form.STATE, abbreviation="UBND")),
)


def test_mail_goes_into_the_book_that_the_settings_choose(house: House, lead: Lead) -> None:
    shelves = with_books(house, *BOOKS)
    lead(mail_with(paper()))
    assert release(shelves, 1, CLERK, "đã xác nhận", NOW).number == Number("vptu", NOW.year, 1)


def test_the_notation_follows_the_form_of_the_book(house: House) -> None:
    (chancery,) = with_books(house, *BOOKS).chanceries
    with house.database.transaction() as tx:
        wish = Wish(type="Công văn", drafter="VP")
        assert take_outgoing(tx, chancery, wish, None, CLERK, NOW).symbol == "01/UBND-VP"
        decision = Wish(book="di", type="Quyết định")
        assert take_outgoing(tx, chancery, decision, None, CLERK, NOW).symbol == "02/QĐ-UBND"


def test_superseding_is_a_revision_of_the_number(house: House, lead: Lead) -> None:
    lead(signed_mail(keys().mailbox))
    assert lead(mail_with(sealed())) == Registered((Number("den", NOW.year, 1),))
    with house.database.reading() as tx:
        (entry,) = entries.named(tx, "den:1")
        (told,) = revisions.history(tx, entry.id, [])
        events = {line.line: line.event for line in journal.lines(tx, OFFICE)}
    assert (told.field, told.before, told.after, told.by) == ("document", "1", "2", "mailbridge")
    assert events[told.line] == "superseded"
