"""The clerk reads of a recall what is so now, hears of each day, and is not flooded."""

from datetime import datetime, timedelta

from mailbridge.actions.house import House
from mailbridge.actions.prove_recalls import prove_recalls
from mailbridge.actions.recall_doubts import GIVEN_UP
from mailbridge.actions.recall_waits import WAITS
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.model.directory import Directory
from mailbridge.model.letter import AlertFacts, LetterKind
from mailbridge.registry import agencies, ledger, outbox, strays
from tests.unit.actions.conftest import Lead
from tests.unit.actions.recall_mails import LATER, facts, recall, together
from tests.unit.actions.test_prove_recalls import Lists
from tests.unit.provenance.samples import keys, mail_with, sealed


def told(house: House) -> list[str]:
    with house.database.reading() as tx:
        found = [x.facts for x in reversed(outbox.letters(tx)) if x.kind is LetterKind.ALERT]
    return [" ".join(one.lines) for one in found if isinstance(one, AlertFacts)]


def listed(house: House) -> list[str]:
    with house.database.reading() as tx:
        return [one.why for one in strays.listed(tx, OWN.code)]


def unchecked(lead: Lead, name: str, when: datetime) -> None:
    """Let a recall come that cannot be checked for now."""
    said = facts(b"", recall_id=name * 26, symbol=f"{name}-CV/VPTU", message_id="x", files=())
    lead(recall(said, keys().mailbox), when)


def test_after_the_day_the_list_says_what_the_answer_says(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    Lists(house).away()
    unchecked(lead, "b", LATER)
    assert "kiểm tra lại trong 24 giờ" in listed(house)[0]
    prove_recalls(house, LATER + WAITS)
    (why,) = listed(house)
    assert "kiểm tra lại" not in why
    assert "chưa kiểm tra được chứng thư số" in why
    # That it was refused after all is told, too.
    assert [("kiểm tra lại trong" in one) for one in told(house)] == [True, False]
    prove_recalls(house, LATER + 2 * WAITS)
    assert len(told(house)) == 2


def test_another_recall_of_the_same_agency_is_told_on_another_day(house: House, lead: Lead) -> None:
    Lists(house).away()
    unchecked(lead, "b", LATER)
    unchecked(lead, "c", LATER + timedelta(days=30))
    assert len(told(house)) == 2


def test_a_flood_is_told_once_a_day_and_listed_whole(house: House, lead: Lead) -> None:
    for name in "bcd":
        lead(recall(facts(b"", recall_id=name * 26)), LATER)
    assert len(told(house)) == 1
    assert len(listed(house)) == 3
    # Who forges in the name of an agency does not silence what it has signed.
    Lists(house).away()
    unchecked(lead, "e", LATER)
    assert len(told(house)) == 2
    assert "exchange strays" in told(house)[1]


def test_what_can_be_examined_no_more_is_for_a_person(house: House, lead: Lead) -> None:
    Lists(house).away()
    unchecked(lead, "b", LATER)
    with house.database.reading() as tx:
        row = ledger.get(tx, 1)
    assert row is not None
    house.blobs.erase(str(row.fingerprint))
    prove_recalls(house, LATER + WAITS)
    prove_recalls(house, LATER + 2 * WAITS)
    assert listed(house) == [GIVEN_UP]
    assert len(told(house)) == 2


def test_of_several_by_whom_nobody_knows_any_more_none_reads_as_if_it_waited(
    house: House, lead: Lead
) -> None:
    Lists(house).away()
    lead(together(*(facts(b"", recall_id=name * 26) for name in "bc")), LATER)
    assert len(listed(house)) == 2
    with house.database.transaction() as tx:
        known = agencies.directory(tx).agencies
        others = tuple(one for one in known if one.code != SENDER.code)
        agencies.load(tx, Directory(others), LATER)
    prove_recalls(house, LATER + WAITS)
    assert not [why for why in listed(house) if "kiểm tra lại" in why]
