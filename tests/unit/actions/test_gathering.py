"""Who reads a part is told that part alone; who reads all is told how the office stands."""

from dataclasses import replace
from datetime import timedelta

from mailbridge.actions.digest import preview
from mailbridge.actions.gathering import Desk
from mailbridge.actions.house import House
from mailbridge.registry import mailboxes
from mailbridge.rules.digests import Edition, Filter, Reader
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, paper, sealed

# The next working day, 10:00 in Vietnam.
LATER = NOW.replace(hour=3, minute=0) + timedelta(days=1)


def test_who_reads_a_part_is_told_nothing_of_the_office(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    lead(mail_with(paper()).replace(b"123", b"124"))
    part = Reader("an@hungyen.gov.vn", Filter(handler="me"))
    desk = Desk(house.chanceries[0], part, {"vanthu": None}, LATER)
    with house.database.reading() as tx:
        made = preview(tx, house, desk, Edition.MORNING)
    assert [one.rows for one in made.sections if one.rows] == []
    assert "Sổ sách và khóa" not in {one.title for one in made.sections}


def test_the_office_reads_that_receipts_pause(house: House) -> None:
    reader = house.chanceries[0].digests.readers[0]
    with house.database.transaction() as tx:
        mailboxes.suspend(tx, mailboxes.RECEIPTS, "3001 thư phản hồi", NOW)
        mailboxes.suspend(tx, "smtp:another", "sai mật khẩu", NOW)
        desk = Desk(house.chanceries[0], reader, {"vanthu": None}, LATER)
        made = preview(tx, house, desk, Edition.MORNING)
    rows = [row for one in made.sections for row in one.rows if row[0] == "Tài khoản tạm dừng"]
    assert rows == [("Tài khoản tạm dừng", "receipts: 3001 thư phản hồi")]


def test_a_key_of_ours_that_ends_soon_is_named(house: House) -> None:
    reader = house.chanceries[0].digests.readers[0]
    soon = {"vanthu": LATER + timedelta(days=12), "another": LATER}
    desk = Desk(house.chanceries[0], reader, soon, LATER)
    with house.database.reading() as tx:
        near = preview(tx, house, desk, Edition.MORNING)
        far = preview(
            tx, house, replace(desk, keys={"vanthu": LATER + timedelta(days=90)}), Edition.MORNING
        )
    rows = {
        name: [row for one in made.sections for row in one.rows if row[0] == "Chứng thư số"]
        for name, made in (("near", near), ("far", far))
    }
    assert len(rows["near"]) == 1
    assert rows["far"] == []
