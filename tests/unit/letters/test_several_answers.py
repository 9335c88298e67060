"""Each line of a reply is answered; codes are shown again where one was not clear."""

from mailbridge.letters import several_answers
from mailbridge.letters.several_answers import Told, not_done, stale, told
from tests.unit.letters.sample import DOCUMENT

DONE = Told("nhận 7KQ4MX", ("Đã ghi.",), DOCUMENT, is_clear=True)
USED = Told("nhận 7KQ4MX", ("Đã dùng.",), is_clear=True)
ODD = Told("nhận 125", ("Không ghi mã.",))
OFFERED = (("7KQ4MX", DOCUMENT),)


def test_what_was_done_is_told_alone() -> None:
    facts = told((DONE,), OFFERED, "1@x.vn", "Re: x")
    assert (facts.accepted, len(facts.lines)) == (True, 1)
    assert "431/2026" in facts.lines[0]


def test_what_is_clear_and_not_done_needs_no_lesson() -> None:
    facts = told((DONE, USED), OFFERED, None, "")
    assert (facts.accepted, len(facts.lines)) == (False, 2)
    assert facts.title == "Đã thực hiện 1 trong 2 dòng"


def test_what_is_not_clear_has_the_codes_told_again_and_how() -> None:
    facts = told((ODD,), OFFERED, None, "")
    assert "không có gì thay đổi" in facts.title
    assert any("7KQ4MX: số đến 431/2026" in line for line in facts.lines)
    assert facts.lines[-len(several_answers.HOW) :] == several_answers.HOW
    assert any("nguyên văn cho nơi gửi" in line for line in facts.lines)


def test_no_words_of_a_document_stay_in_an_answer_about_many() -> None:
    said = " ".join(told((DONE, ODD), OFFERED, None, "Re: Sáng 02/03").lines)
    assert DOCUMENT.key.symbol is not None
    assert DOCUMENT.key.symbol not in said
    assert "báo cáo" not in said


def test_a_flood_of_lines_is_cut() -> None:
    facts = told((ODD,) * 500, (), None, "")
    assert len(facts.lines) < 100
    assert any("440 dòng khác" in line for line in facts.lines)


def test_what_was_done_is_never_cut_away_nor_called_not_done() -> None:
    facts = told((*(ODD,) * 60, DONE, *(ODD,) * 9, DONE), (), None, "")
    assert facts.title == "Đã thực hiện 2 trong 71 dòng"
    done = [at for at, line in enumerate(facts.lines) if line.startswith("- “nhận 7KQ4MX”")]
    assert len(done) == 2
    refused = [line for line in facts.lines if line.startswith("- KHÔNG thực hiện")]
    (rest,) = (line for line in facts.lines if "dòng khác, không thực hiện" in line)
    assert rest == f"… và {69 - len(refused)} dòng khác, không thực hiện."
    assert facts.lines.index(rest) > max(done)


def test_all_that_was_done_is_told_however_much() -> None:
    facts = told((DONE,) * 61, (), None, "")
    assert (facts.accepted, len(facts.lines)) == (True, 61)


def test_nothing_is_told_of_documents_that_are_out_of_reach() -> None:
    facts = not_done(several_answers.UNCLEAR, (), None, "")
    assert not facts.accepted
    assert "Không còn văn bản nào" in facts.lines[1]


def test_a_letter_that_is_no_more_is_told_in_one_sentence() -> None:
    facts = stale(None, "")
    assert (len(facts.lines), facts.accepted) == (1, False)
