"""A person reads who got most, until when the rest waits, and how to let it go."""

from mailbridge.letters import alerts_of_receipts
from tests.unit.letters.sample import NOW


def test_the_busiest_addresses_are_named_first_and_few() -> None:
    left = {f"{n}@vidu.gov.vn": n for n in range(1, 20)}
    facts = alerts_of_receipts.paused(left, NOW)
    assert facts.lines[0].endswith("đã gửi 190 thư phản hồi.")
    assert facts.lines[1] == "Gửi tới 19@vidu.gov.vn: 19 thư"
    assert sum(line.startswith("Gửi tới") for line in facts.lines) == 5
    assert any("08 giờ 14 phút" in line for line in facts.lines)
    assert facts.command == "mailbridge account resume receipts"


def test_why_is_one_line() -> None:
    assert alerts_of_receipts.why(3001, NOW).startswith("3001 thư phản hồi trong 10 phút")
