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
