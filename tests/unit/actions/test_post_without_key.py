"""A key that is away: letters wait, one alarm, nothing lost."""

import email
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

import pytest
from cryptography import x509

from mailbridge.actions.desk import Desk
from mailbridge.actions.house import House
from mailbridge.actions.resume import resume
from mailbridge.letters.compose import Sender
from mailbridge.letters.keys import SigningKey
from mailbridge.letters.signer import KeySigner, Signer
from mailbridge.letters.smtp import Post
from mailbridge.letters.unsigned import KeyFault, UnsignedError
from mailbridge.model.letter import Letter, LetterKind, LetterState
from mailbridge.registry import outbox, waiting
from tests.simulators.smtp import Mail, SmtpSimulator
from tests.unit.actions.conftest import Lead
from tests.unit.actions.posting import post
from tests.unit.letters.sample import EDXML
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed

MINUTE, SECOND = timedelta(seconds=61), timedelta(seconds=1)


class Moody:
    """A signer that is away for as long as the test wants it; it counts how often it was asked."""

    def __init__(self, fault: KeyFault | None) -> None:
        self.fault = fault
        self.asked = 0

    @property
    def certificate(self) -> x509.Certificate:
        raise UnsignedError(KeyFault.FILE, "no letter of this test is locked")

    def sign(self, entity: bytes) -> bytes:
        self.asked += 1
        if self.fault is not None:
            raise UnsignedError(self.fault, "away")
        return b"\x30\x00"


@contextmanager
def _office(signer: Signer) -> Iterator[tuple[SmtpSimulator, Desk]]:
    with SmtpSimulator() as server:
        sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", signer)
        desk = Desk(sender, Post(server.account()), EDXML)
        yield server, desk
        desk.post.close()


def _post_all(house: House, desk: Desk, now: datetime) -> list[LetterState]:
    states = []
    while (state := post(house, {"vanthu": desk}, now)) is not None:
        states.append(state)
    return states


def _letters(house: House, wanted: Callable[[Letter], bool]) -> list[Letter]:
    with house.database.reading() as tx:
        return [letter for letter in outbox.letters(tx) if wanted(letter)]


def _told(mail: Mail) -> str:
    parts = email.message_from_bytes(mail.octets).walk()
    found = next(part for part in parts if part.get_content_type() == "text/plain")
    octets = found.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets.decode()


def _alarms(house: House) -> list[Letter]:
    return _letters(house, lambda one: one.kind is LetterKind.ALERT)


PASSING = [one for one in KeyFault if one not in {KeyFault.PIN, KeyFault.OPENPGP}]


@pytest.mark.parametrize("fault", PASSING)
def test_letters_wait_and_leave_when_the_key_is_back(
    house: House, lead: Lead, fault: KeyFault
) -> None:
    lead(mail_with(sealed()))
    signer = Moody(fault)
    with _office(signer) as (server, desk):
        later = NOW + timedelta(hours=1)
        # The receipt was tried and waits, the alarm has left; notices wait behind it.
        assert _post_all(house, desk, later) == [LetterState.OWED, LetterState.SENT]
        assert signer.asked == 1
        (alarm,) = server.mails
        assert b"multipart/signed" not in alarm.octets
        # Three days later, each minute one question; the same day the same alarm.
        for hour in range(1, 72):
            _post_all(house, desk, later + timedelta(hours=hour))
        assert len(_alarms(house)) == 4
        waiting = _letters(house, lambda one: one.kind is not LetterKind.ALERT)
        assert {(one.state, one.attempts) for one in waiting} == {(LetterState.OWED, 0)}
        signer.fault = None
        after = later + timedelta(hours=72)
        assert set(_post_all(house, desk, after)) == {LetterState.SENT}
    assert {one.state for one in _letters(house, lambda _: True)} == {LetterState.SENT}
    assert sum(b"multipart/signed" in mail.octets for mail in server.mails) == len(waiting)


def test_a_refused_pin_is_not_tried_again_until_a_person_says_so(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    signer = Moody(KeyFault.PIN)
    with _office(signer) as (server, desk):
        for day in range(5):
            _post_all(house, desk, NOW + timedelta(days=day))
        assert signer.asked == 1
        (alarm,) = _alarms(house)
        assert "account resume key:vanthu" in str(alarm.facts)
        assert alarm.state is LetterState.SENT
        signer.fault = None
        assert _post_all(house, desk, NOW + timedelta(days=6)) == []
        assert resume(house.database, "key:vanthu", "An", NOW)
        assert set(_post_all(house, desk, NOW + timedelta(days=6))) == {LetterState.SENT}
    del server


def test_letters_to_our_people_say_that_they_are_not_signed(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with _office(Moody(KeyFault.UNPLUGGED)) as (server, desk):
        _post_all(house, desk, NOW)
        (alarm,) = server.mails
    text = _told(alarm)
    assert "không có chữ ký số vì khóa ký của hộp thư hiện không dùng được" in text
    assert "thiết bị ký số" in text


def test_a_mailbox_without_a_key_says_nothing_about_one(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    with SmtpSimulator() as server:
        sender = Sender("vt@hungyen.gov.vn", "Văn thư", "DEMO.02.07", "hungyen.gov.vn", None)
        desk = Desk(sender, Post(server.account()), EDXML)
        states = _post_all(house, desk, NOW + timedelta(hours=1))
        desk.post.close()
    assert set(states) == {LetterState.SENT}
    assert all("không có chữ ký số vì" not in _told(mail) for mail in server.mails)


def test_an_openpgp_key_that_is_away_keeps_its_own_letters_back_and_no_others(
    house: House, lead: Lead
) -> None:
    lead(mail_with(sealed()))
    later = NOW + timedelta(hours=1)
    with _office(Moody(KeyFault.OPENPGP)) as (server, desk):
        assert set(_post_all(house, desk, later)) == {LetterState.OWED}
    with house.database.reading() as tx:
        assert not waiting.may_leave(tx, ("vanthu",), later)["without"]
    letters = _letters(house, lambda _: True)
    assert {(one.not_before - later, one.attempts) for one in letters} == {(MINUTE - SECOND, 0)}
    assert len(_alarms(house)) == 1
    assert server.mails == []


def _moment(now: datetime) -> datetime:
    return now


def test_an_end_that_comes_is_told_once_at_each_distance(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    own = keys().own_mailbox
    until = own.certificate.not_valid_after_utc
    moments = [until - timedelta(days=days, hours=1) for days in (40, 29, 28, 13, 2, 2)]
    for now in moments:
        lead(mail_with(sealed()), now)
        signer = KeySigner(partial(SigningKey, own.key, own.certificate), partial(_moment, now))
        with _office(signer) as (_, desk):
            _post_all(house, desk, now)
    told = [one for one in _alarms(house) if "hết hiệu lực" in str(one.facts)]
    assert len(told) == 3
    assert {one.state for one in told} == {LetterState.SENT}
