"""An answer says what was done, or that nothing was, and how to do it."""

from mailbridge.letters import reply_answers
from tests.unit.letters.sample import DOCUMENT, NOW


def test_what_was_done_names_the_document() -> None:
    told = reply_answers.done(DOCUMENT, ("Đã ghi.",), "1@x.vn", "Re: x")
    assert (told.accepted, "431/2026" in told.title) == (True, True)


def test_what_was_not_done_says_that_nothing_changed_and_how_to_do_it() -> None:
    told = reply_answers.not_done(reply_answers.EXPIRED, "1@x.vn", "Re: x")
    assert (told.accepted, told.lines[0]) == (False, reply_answers.EXPIRED)
    assert "không có gì thay đổi" in told.title
    assert any("nhận" in line for line in told.lines)


def test_a_reply_that_nothing_proves_is_told_with_its_address() -> None:
    told = reply_answers.unproven(7, "a@x.vn", NOW)
    assert any("a@x.vn" in line for line in told.lines)
    assert told.command == "mailbridge evidence 7"
