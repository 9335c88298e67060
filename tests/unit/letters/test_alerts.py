from mailbridge.letters import alerts
from mailbridge.model.letter import AlertFacts, Letter
from tests.unit.letters.sample import NOW, SECRET


def _alert(facts: AlertFacts, *cause: str) -> Letter:
    terms = {"to": "van.thu@hungyen.gov.vn", "mailbox": "vanthu"}
    return alerts.alert(facts, **terms, secret=SECRET, now=NOW, cause=cause, urgent=True)


def test_cause_names_the_alert_whatever_it_says() -> None:
    first = _alert(alerts.impounded(3, "vanthu", NOW), "impounded", "3")
    second = _alert(alerts.quarantined(3, "vanthu", NOW), "impounded", "3")
    assert first.id == second.id != _alert(_impounded(), "impounded", "4").id


def _impounded() -> AlertFacts:
    return alerts.impounded(3, "vanthu", NOW)


def test_held_says_why_and_where() -> None:
    facts = alerts.held(3, "a@vidu.gov.vn", "", "chưa xác thực được nguồn gốc", NOW)
    assert "Vì sao chưa vào sổ: chưa xác thực được nguồn gốc" in facts.lines
    assert "Tiêu đề: (không có)" in facts.lines
    assert facts.command == "mailbridge ledger 3"


def test_a_mail_that_was_delivered_is_not_said_to_lie_on_its_server() -> None:
    fetched, delivered = (
        alerts.impounded(3, "vanthu", NOW, delivered=one).lines for one in (False, True)
    )
    assert "Hệ thống không lưu nội dung thư; thư vẫn nằm nguyên trên máy chủ thư." in fetched
    assert not any("vẫn nằm nguyên" in line for line in delivered)
    assert any("không còn giữ" in line for line in delivered)
