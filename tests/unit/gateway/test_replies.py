"""A reply is one line of ASCII, whatever a name in it holds."""

from mailbridge.gateway.replies import LINE, ascii_of, reply


def test_vietnamese_is_written_without_its_accents() -> None:
    assert ascii_of("Đảng ủy phường Ví Dụ đã ngừng") == "Dang uy phuong Vi Du da ngung"


def test_a_name_can_neither_end_the_line_nor_make_it_too_long() -> None:
    told = reply("550 5.1.6", "ten\r\n250 OK " + "漢" * 1000)
    assert "\r" not in told
    assert "\n" not in told
    assert told.startswith("550 5.1.6 ten  250 OK ?")
    assert len(told) == LINE
