"""The question."""

from datetime import timedelta
from typing import Any

from mailbridge.model.examination import WANTS, Got, Want, WantKind
from mailbridge.model.parcel import Parcel
from mailbridge.provenance.question import Question, Record
from mailbridge.provenance.trust import TrustStore


def test_our_first_receipt_is_the_moment_of_signing(desk: Any) -> None:
    first = desk.at - timedelta(days=9)
    ask = Question(Parcel(), desk.folder, desk.message, TrustStore(), None, desk.at, first)
    assert ask.moment == first


def test_two_senders_are_none(desk: Any) -> None:
    desk.sent_by("a@b.vn", "c@d.vn")
    ask = Question(Parcel(), desk.folder, desk.message, TrustStore(), None, desk.at)
    assert ask.sender is None


def asked(desk: Any, got: tuple[Got, ...] | None) -> Question:
    return Question(Parcel(), desk.folder, desk.message, TrustStore(), None, desk.at, got=got)


def test_what_only_the_network_can_tell_is_wanted_once(desk: Any) -> None:
    record = Record()
    for _ in range(2):
        assert record.want(asked(desk, ()), WantKind.TXT, "k._domainkey.b.vn") is None
    assert list(record.wanted) == [Want(WantKind.TXT, "k._domainkey.b.vn")]


def test_offline_nothing_is_wanted(desk: Any) -> None:
    record = Record()
    assert record.want(asked(desk, None), WantKind.CRL, "http://b.vn/a.crl") is None
    assert not record.wanted


def test_an_answer_is_given_and_not_wanted_again_even_where_nobody_answered(desk: Any) -> None:
    record = Record()
    failed = Got(Want(WantKind.OCSP, "http://b.vn/", "AA=="), failed=True)
    answer = record.want(asked(desk, (failed,)), WantKind.OCSP, "http://b.vn/", "AA==")
    assert (answer, record.wanted) == (failed, {})


def test_an_answer_to_another_request_is_no_answer(desk: Any) -> None:
    other = Got(Want(WantKind.OCSP, "http://b.vn/", "AA=="), ("Ag==",))
    assert asked(desk, (other,)).answer(WantKind.OCSP, "http://b.vn/", "AQ==") is None


def test_a_thousand_signatures_want_few_answers(desk: Any) -> None:
    record = Record()
    for number in range(1000):
        record.want(asked(desk, ()), WantKind.TXT, f"k{number}._domainkey.b.vn")
    assert len(record.wanted) == WANTS
