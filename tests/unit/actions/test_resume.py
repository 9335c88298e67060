"""What is suspended is used again by a person's word, which is written down."""

from mailbridge.actions.house import House
from mailbridge.actions.resume import resume
from mailbridge.registry import journal, mailboxes
from tests.unit.provenance.samples import NOW


def test_who_resumes_is_in_the_journal(house: House) -> None:
    with house.database.transaction() as tx:
        mailboxes.suspend(tx, "key:vanthu", "PIN", NOW)
    assert resume(house.database, "key:vanthu", "An", NOW)
    assert not resume(house.database, "key:vanthu", "An", NOW)
    with house.database.reading() as tx:
        assert mailboxes.suspended(tx) == {}
        (line,) = [one for one in journal.lines(tx, journal.HOUSE) if one.event == "resumed"]
    assert line.subject == "account:key:vanthu"
