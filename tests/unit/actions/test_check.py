"""A check always answers, and its exit follows the verdict."""

from dataclasses import replace
from pathlib import Path

import pytest

from mailbridge.actions.check import Request, check, is_good
from mailbridge.actions.house import House
from mailbridge.model.answer import FindingAnswer
from mailbridge.model.errors import Reason
from mailbridge.model.evidence import Level, Verdict
from tests.unit.provenance.samples import NOW, directory, mail_with, sealed


def request(house: House, octets: bytes) -> Request:
    laid = Path(house.rooms.folder) / "laid"
    laid.write_bytes(octets)
    return Request(Path("a.eml"), laid, house.trust, NOW, directory())


def test_a_good_mail_is_answered_well(house: House) -> None:
    answer = check(house.rooms, request(house, mail_with(sealed())))
    assert answer.verdict is Verdict.LEGAL
    assert is_good(answer)


@pytest.mark.parametrize(
    ("octets", "reason"),
    [(b"", Reason.MALFORMED), (b"From: a@x\r\nA: " + b"x" * 10**6 + b"\r\n\r\n", Reason.TOO_LARGE)],
)
def test_what_cannot_be_examined_is_answered_as_refused(
    house: House, octets: bytes, reason: Reason
) -> None:
    answer = check(house.rooms, request(house, octets))
    assert (answer.status, answer.reason) == ("refused", reason)
    assert not is_good(answer)


def test_a_mark_of_secrecy_empties_texts_and_fields(house: House) -> None:
    octets = mail_with(sealed()).replace(b"Subject: ", b"Subject: [M\xe1\xba\xacT] ")
    answer = check(house.rooms, request(house, octets))
    assert answer.texts == ()
    assert answer.reading is not None
    assert answer.reading.fields == {}
    assert answer.reading.secrecy == "MẬT"


def test_nothing_to_vouch_for_is_good_unless_something_failed(house: House) -> None:
    answer = check(house.rooms, request(house, b"just text"))
    bare = replace(answer, verdict=None, status="examined", reason=None, findings=())
    assert is_good(bare)
    assert not is_good(replace(bare, findings=(FindingAnswer("x", Level.FAIL, "", "", ""),)))
