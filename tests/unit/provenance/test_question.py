"""The question."""

from datetime import timedelta
from typing import Any

from mailbridge.model.parcel import Parcel
from mailbridge.provenance.question import Question
from mailbridge.provenance.trust import TrustStore


def test_our_first_receipt_is_the_moment_of_signing(desk: Any) -> None:
    first = desk.at - timedelta(days=9)
    ask = Question(Parcel(), desk.folder, desk.message, TrustStore(), None, desk.at, first)
    assert ask.moment == first


def test_two_senders_are_none(desk: Any) -> None:
    desk.sent_by("a@b.vn", "c@d.vn")
    ask = Question(Parcel(), desk.folder, desk.message, TrustStore(), None, desk.at)
    assert ask.sender is None
