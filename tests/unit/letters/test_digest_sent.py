"""What we sent is told recipient by recipient, and nothing weak or late looks well."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mailbridge.letters.digest_sent import is_alarming, section
from mailbridge.model.digested import Answered, Material
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import Party
from mailbridge.model.sending import Exchange
from tests.unit.letters.sample import DOCUMENT, NOW

OWED = Exchange(1, "H28.02", 7, Party("H28.77", "Sở Mẫu", "so@vidu.gov.vn"), NOW)


def _told(**changes: Any) -> tuple[str, bool]:
    one = Answered(replace(OWED, **changes), DOCUMENT, NOW)
    material = Material(NOW + timedelta(days=2), NOW, sent=(one,))
    made = section(material)
    (row,) = made.rows
    assert bool(made.alarms) == is_alarming(one, material)
    return row[3], bool(made.alarms)


@pytest.mark.parametrize("state", ExchangeState)
def test_every_state_has_its_words(state: ExchangeState) -> None:
    assert _told(state=state)[0]


def test_a_number_is_told_and_is_no_alarm() -> None:
    said = _told(state=ExchangeState.REGISTERED, number="431/2026")
    assert said == ("Đã tiếp nhận (03), số đến 431/2026", False)


def test_a_refusal_says_our_words_for_a_reason_of_ours_and_the_peer_s_own_else() -> None:
    said, alarm = _told(state=ExchangeState.REFUSED, reason="wrong-addressee")
    assert alarm
    assert "wrong" not in said
    assert "thiếu trang 2" in _told(state=ExchangeState.REFUSED, reason="thiếu trang 2")[0]
    assert "5.1.1" in _told(state=ExchangeState.BOUNCED, reason="5.1.1 no such user")[0]
    returned, _ = _told(state=ExchangeState.REFUSED, is_return=True)
    assert returned.startswith("Trả lại")


def test_silence_past_its_time_is_an_alarm_and_before_it_is_none() -> None:
    late = _told(state=ExchangeState.SUBMITTED, answer_by=NOW, reminders=2)
    assert late[1]
    assert "quá hạn" in late[0]
    assert "đã nhắc 2 lần" in late[0]
    reminded = _told(state=ExchangeState.SUBMITTED, answer_by=NOW + timedelta(9), reminders=1)
    assert reminded[1]
    assert "quá hạn phản hồi (chờ đến" in reminded[0]
    waits = _told(state=ExchangeState.SUBMITTED, answer_by=NOW + timedelta(days=9))
    assert not waits[1]
    assert "hạn phản hồi" in waits[0]


def test_an_unsigned_or_contradicted_answer_says_so() -> None:
    said, _ = _told(state=ExchangeState.ARRIVED, is_weak=True)
    assert "chưa được ký số" in said
    said, alarm = _told(state=ExchangeState.REGISTERED, is_disputed=True)
    assert alarm
    assert "mâu thuẫn" in said


def test_a_recall_that_was_asked_says_whether_it_was_done() -> None:
    asked, _ = _told(state=ExchangeState.REGISTERED, recall_asked=True)
    assert "chưa có xác nhận hủy bỏ" in asked
    not_done, alarm = _told(state=ExchangeState.REGISTERED, recall_asked=True, recall_refused=True)
    assert alarm
    assert "(16)" in not_done
    assert "chưa có" not in _told(state=ExchangeState.RECALLED, recall_asked=True)[0]


def test_an_early_warning_is_told_until_a_reminder_follows() -> None:
    soon = {"state": ExchangeState.SUBMITTED, "answer_by": NOW + timedelta(days=9)}
    assert "đã nhắc trước hạn" in _told(answer_warned_at=NOW, **soon)[0]
    assert "trước hạn" not in _told(answer_warned_at=NOW, reminders=1, **soon)[0]
    assert "trước hạn" not in _told(state=ExchangeState.ARRIVED, answer_warned_at=NOW)[0]
