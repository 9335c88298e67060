"""Our own people read what became of their document, and how to mend what hindered it."""

from mailbridge.letters.answers import answer, not_sent, sent
from mailbridge.model.letter import Party
from mailbridge.model.outcome import Number
from mailbridge.model.sending import Hindrance, NotSent, Sent, Weigh
from tests.unit.letters.sample import NOW, SECRET

MANY = tuple(Party(f"A{n}", f"Xã {n}", f"a{n}@x") for n in range(40))
WARN = Hindrance("unsigned", Weigh.WARN, "Văn bản chưa ký số.")
BLOCK = Hindrance("no-file", Weigh.BLOCK, "Chưa có tệp.")


def test_a_sent_document_is_told_with_number_and_recipients() -> None:
    facts = sent(Sent(7, Number("di", 2026, 12), "12-CV/ĐU", MANY, (WARN,)), "<a@b>", "CV")
    assert facts.accepted
    assert "12-CV/ĐU" in facts.title
    assert facts.lines[0] == "Số đi: 12/2026"
    assert "… và 10 nơi khác." in facts.lines
    assert any("Đã bỏ qua cảnh báo" in line for line in facts.lines)


def test_each_reason_is_told_and_overruling_is_offered_for_warnings_alone() -> None:
    both = not_sent(NotSent((BLOCK, WARN)), None, "")
    assert [line.split(":")[0] for line in both.lines] == ["- Phải sửa", "- Cảnh báo"]
    assert "Vẫn gửi" in not_sent(NotSent((WARN,)), None, "").lines[-1]
    assert not_sent(NotSent((BLOCK,)), None, "", ("Hạn: mai",)).lines[-1].endswith("Hạn: mai")


def test_a_submission_has_one_answer() -> None:
    facts = not_sent(NotSent((BLOCK,)), None, "")
    made = [answer(facts, "submission:1", "an@x.vn", "vanthu", SECRET, NOW) for _ in range(2)]
    assert made[0] == made[1]
