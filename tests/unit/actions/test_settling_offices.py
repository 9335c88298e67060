"""Several offices in one installation: what is one's is not the other's."""

from dataclasses import replace

from mailbridge.actions.house import House
from mailbridge.actions.receive import begin, receive
from mailbridge.model.directory import Agency
from mailbridge.model.outcome import Duplicate, Number, Outcome, Registered
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import agencies, documents, journal
from tests.unit.provenance.samples import NOW, mail_with, sealed
from tests.unit.registry.numbered import by_number

OTHER = "DEMO.02.08"


def _two(house: House) -> House:
    (first,) = house.chanceries
    rules = replace(first.office, agency=OTHER)
    second = replace(first, office=rules, mailboxes=("khac",))
    party = replace(house.parties["vanthu"], agency=OTHER)
    return replace(house, chanceries=(first, second), parties={**house.parties, "khac": party})


def _lead(house: House, mailbox: str, uid: int, octets: bytes) -> Outcome | None:
    with house.blobs.writer() as blob:
        blob.write(octets)
        fingerprint = blob.commit()
    (mail,) = begin(house, [(Arrival(Slot(mailbox, 1, uid), 1, NOW), fingerprint)], NOW)
    return receive(house, mail, NOW)


def test_one_mail_to_two_offices_is_entered_in_the_book_of_each(house: House) -> None:
    two, octets = _two(house), mail_with(sealed())
    with two.database.transaction() as tx:
        known = agencies.directory(tx).agencies
        agencies.load(
            tx, replace(agencies.directory(tx), agencies=(*known, Agency(OTHER, "B"))), NOW
        )
    for mailbox in ("vanthu", "khac"):
        assert _lead(two, mailbox, 1, octets) == Registered((Number("den", 2026, 1),))
    assert _lead(two, "khac", 2, octets) == Duplicate(2)
    with two.database.reading() as tx:
        assert [d.office for d in documents.entered(tx, office=OTHER)] == [OTHER]
        assert [d.office for d in by_number(tx, "1", OTHER)] == [OTHER]
        assert len(by_number(tx, "1")) == 2
        for office in ("DEMO.02.07", OTHER):
            assert journal.verify(tx, office).ok
        assert {"", "DEMO.02.07", OTHER} == set(journal.offices(tx))
