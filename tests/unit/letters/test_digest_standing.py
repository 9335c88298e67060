"""A register that does not add up, a key that ends and an account that stands still are seen."""

from typing import Any

from mailbridge.letters.digest_standing import sections
from mailbridge.model.digested import KeyEnd, Mails, Material, Standing
from mailbridge.model.letter import Section
from mailbridge.model.outcome import OutcomeName
from tests.unit.letters.sample import NOW

EQUAL = Mails({OutcomeName.REGISTERED: 2, None: 1}, documents=2)


def _told(**more: Any) -> Section:
    (made,) = sections(Material(NOW, NOW, **more))
    return made


def test_who_reads_a_part_is_told_nothing_of_the_register() -> None:
    assert not tuple(sections(Material(NOW, NOW)))


def test_a_register_that_does_not_add_up_is_an_alarm() -> None:
    torn = Standing(Mails({OutcomeName.REGISTERED: 2, None: 1}, documents=1))
    found = _told(standing=torn)
    assert 0 in found.alarms
    assert "KHÔNG KHỚP" in found.rows[0][1]
    well = _told(standing=Standing(EQUAL))
    assert 0 not in well.alarms


def test_keys_that_end_and_accounts_that_stand_still_are_alarms() -> None:
    standing = Standing(
        EQUAL,
        keys=(KeyEnd("vanthu", None, own=True), KeyEnd("Sở Mẫu", NOW, own=False)),
        suspended={"vanthu": "sai mật khẩu"},
        proposals=1,
    )
    found = _told(standing=standing)
    said = {found.rows[at][1] for at in found.alarms}
    assert "khóa ký thư của ta: không mở được khóa" in said
    assert "vanthu: sai mật khẩu" in said


def test_of_what_is_impounded_a_number_alone_is_told() -> None:
    """Điều 5.1: nothing of what it is."""
    found = _told(impounded=2, standing=Standing(EQUAL))
    assert ("Thư có dấu hiệu mật đang giữ", "2") in found.rows
