"""Only the first From address counts, and nobody is known without one (Điều 3.8)."""

from datetime import date

from mailbridge.model.directory import Directory
from mailbridge.model.examination import MailView
from mailbridge.rules.senders import known_sender


def test_a_mail_without_a_sender_is_from_nobody() -> None:
    assert known_sender(MailView(), Directory(), ("x.vn",), date(2026, 11, 24)) is None
