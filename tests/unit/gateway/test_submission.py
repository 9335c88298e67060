"""A mail program hands in a document: who may, to whom, and what is kept when it hears "250"."""

from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from mailbridge.actions.house import House
from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.gateway import submission
from mailbridge.gateway.attempts import ACCOUNT_FAILURES
from mailbridge.gateway.conversation import Terms
from mailbridge.gateway.doors import Door, Doors
from mailbridge.gateway.gate import Gate
from mailbridge.gateway.people import People, Person, hashed
from mailbridge.gateway.room import Room
from mailbridge.model.sending import Submission
from mailbridge.registry import submissions
from tests.simulators.dialogue import Dialogue
from tests.unit.gateway.conftest import Open, Service
from tests.unit.provenance.samples import keys

LAN = "lan@hungyen.gov.vn"
PASSWORD = "mật khẩu của Lan"
MAIL = f"From: Lan <{LAN}>\r\nSubject: CV 12\r\nMessage-ID: <1@x>\r\n\r\nmot\r\n".encode()
PERSON = (
    f'\n[[gateway.person]]\nname = "Lan"\naddress = "{LAN}"\npassword = \'{hashed(PASSWORD)}\'\n'
)


@pytest.fixture
def door(service: Open, tmp_path: Path) -> Service:
    """A door with TLS."""
    certificate, key = tmp_path / "door.pem", tmp_path / "door.key"
    pair = keys().mailbox
    certificate.write_bytes(pair.certificate.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        pair.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return service(
        f'\n[gateway.submission]\nport = 0\ncertificate = "{certificate}"\nkey = "{key}"\n{PERSON}'
    ).start()


@pytest.fixture
def plain(service: Open) -> Service:
    """A door on loopback without TLS, as the settings must say in so many words."""
    return service(f'\n[gateway.submission]\nport = 0\nsecurity = "none"\n{PERSON}').start()


def handed_in(house: House) -> tuple[Submission, ...]:
    with house.database.reading() as tx:
        return submissions.listed(tx)


def token(account: str, password: str) -> str:
    return b64encode(f"\0{account}\0{password}".encode()).decode()


def enter(running: Service, *, tls: bool = False) -> Dialogue:
    """Come in and log in."""
    line = Dialogue(running.doors.ports["submission"])
    line.reply()
    line.say("EHLO may-cua-lan")
    if tls:
        line.starttls()
        line.say("EHLO may-cua-lan")
    assert line.say(f"AUTH PLAIN {token(LAN, PASSWORD)}").startswith("235")
    return line


def hand_in(line: Dialogue, octets: bytes, *to: str) -> list[str]:
    told = [line.say(f"MAIL FROM:<{LAN}>"), *(line.say(f"RCPT TO:<{one}>") for one in to)]
    told.append(line.say("DATA"))
    if told[-1].startswith("354"):
        line.send(octets + b".\r\n")
        told.append(line.reply())
    return told


def test_what_is_handed_in_is_kept_before_it_is_answered(door: Service, house: House) -> None:
    with enter(door, tls=True) as line:
        told = hand_in(line, MAIL, SENDER.mailbox, NEIGHBOUR.mailbox)
    assert [one[:3] for one in told] == ["250", "250", "250", "354", "250"]
    (found,) = handed_in(house)
    assert (found.person, found.address, found.settled_at) == ("Lan", LAN, None)
    assert found.recipients == (SENDER.mailbox, NEIGHBOUR.mailbox)
    assert house.blobs.path(found.fingerprint).read_bytes() == MAIL


def test_the_same_octets_handed_in_again_are_the_same_submission(
    plain: Service, house: House
) -> None:
    with enter(plain) as line:
        first = hand_in(line, MAIL, SENDER.mailbox)
        assert hand_in(line, MAIL, SENDER.mailbox) == first
        assert hand_in(line, MAIL, SENDER.mailbox, NEIGHBOUR.mailbox)[-1] != first[-1]
    assert len(handed_in(house)) == 2


def test_before_tls_nothing_is_heard(door: Service) -> None:
    with Dialogue(door.doors.ports["submission"]) as line:
        line.reply()
        line.send(b"EHLO x\r\n")
        offered = line.lines()
        assert any("STARTTLS" in one for one in offered)
        assert not any("AUTH" in one for one in offered)
        for command in (f"AUTH PLAIN {token(LAN, PASSWORD)}", f"MAIL FROM:<{LAN}>", "DATA"):
            assert line.say(command).startswith("530")


def test_what_was_said_before_tls_is_not_obeyed_within_it(door: Service) -> None:
    # Commands that somebody on the line puts behind STARTTLS (RFC 3207 §5).
    with Dialogue(door.doors.ports["submission"]) as line:
        line.reply()
        line.say("EHLO x")
        line.send(b"STARTTLS\r\nNOOP\r\n")
        assert line.reply().startswith("220")
        line.wrap()
        assert line.say("QUIT").startswith("221")


def test_without_a_login_nothing_is_taken(plain: Service) -> None:
    with Dialogue(plain.doors.ports["submission"]) as line:
        line.reply()
        line.say("EHLO x")
        for command in (f"MAIL FROM:<{LAN}>", f"RCPT TO:<{SENDER.mailbox}>", "DATA", "VRFY x"):
            assert line.say(command).startswith("530 5.7.0")


def test_a_login_is_by_plain_or_login_whatever_their_case(plain: Service) -> None:
    with Dialogue(plain.doors.ports["submission"]) as line:
        line.reply()
        line.say("EHLO x")
        assert line.say("auth login") == "334 " + b64encode(b"Username:").decode()
        assert line.say(b64encode(LAN.encode()).decode()).startswith("334")
        assert line.say(b64encode(PASSWORD.encode()).decode()).startswith("235")


def test_a_wrong_password_is_refused_and_the_third_ends_the_connection(plain: Service) -> None:
    with Dialogue(plain.doors.ports["submission"]) as line:
        line.reply()
        line.say("EHLO x")
        wrong = [line.say(f"AUTH PLAIN {token(LAN, 'sai')}")[:3] for _ in range(4)]
    assert wrong == ["535", "535", "535", "421"]


def test_a_locked_account_is_told_so(house: House) -> None:
    gate = Gate(People((Person("Lan", LAN, "A", lambda: PASSWORD),)))
    for _ in range(ACCOUNT_FAILURES):
        gate._accounts.failed(LAN)
    terms = Terms("localhost", house.blobs, 1000, Room())
    desk = submission.Desk(house, gate, {}, lambda: None)
    door = Door(
        "submission",
        ("127.0.0.1", 0),
        lambda: submission.Submission(terms, desk, in_the_clear=True),
    )
    doors = Doors((door,))
    doors.open()
    with Dialogue(doors.ports["submission"]) as line:
        line.reply()
        line.say("EHLO x")
        assert line.say(f"AUTH PLAIN {token(LAN, PASSWORD)}").startswith("454 4.7.0")
    doors.stop()
    doors.join(10)


def test_nobody_writes_as_another(plain: Service) -> None:
    with enter(plain) as line:
        assert line.say("MAIL FROM:<hoa@hungyen.gov.vn>").startswith("553 5.7.1")
        assert line.say("MAIL FROM:<>").startswith("553 5.7.1")
        assert line.say(f"MAIL FROM:<{LAN.upper()}>").startswith("250")


def test_one_wrong_recipient_stops_no_other(plain: Service, house: House) -> None:
    with enter(plain) as line:
        told = hand_in(line, MAIL, "khong-co@hungyen.gov.vn", SENDER.mailbox)
        assert [one[:3] for one in told] == ["250", "550", "250", "354", "250"]
        assert hand_in(line, MAIL, "khong-co@hungyen.gov.vn")[-1].startswith("503")
    assert handed_in(house)[0].recipients == (SENDER.mailbox,)


def test_a_list_of_recipients_has_an_end(plain: Service, house: House) -> None:
    with enter(plain) as line:
        line.say(f"MAIL FROM:<{LAN}>")
        asked = f"RCPT TO:<{SENDER.mailbox}>\r\n".encode()
        line.send(asked * 500)
        assert {line.reply()[:3] for _ in range(500)} == {"250"}
        line.say("RSET")
        # A thousand addresses that are probed end the connection.
        line.say(f"MAIL FROM:<{LAN}>")
        line.send(b"RCPT TO:<khong-co@hungyen.gov.vn>\r\n" * 501)
        told = [line.reply()[:3] for _ in range(501)]
    assert told[-1] == "421"
    assert set(told[:-1]) == {"550"}
    assert handed_in(house) == ()
    assert submission.RECIPIENTS == 500


def test_a_mark_of_secrecy_in_a_subject_is_refused_and_nothing_is_kept(
    plain: Service, house: House
) -> None:
    marked = MAIL.replace(b"CV 12", "[MẬT] Báo cáo".encode())
    twice = MAIL.replace(b"CV 12", "CV 12\r\nSubject: Độ mật: Mật".encode())
    with enter(plain) as line:
        for octets in (marked, twice):
            assert hand_in(line, octets, SENDER.mailbox)[-1].startswith("550 5.7.1")
    assert handed_in(house) == ()
    assert list(house.blobs.path("0" * 64).parent.iterdir()) == []


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r.\r\n"])
def test_bare_line_ends_are_refused_whole(plain: Service, house: House, end: bytes) -> None:
    # RFC 5321 §2.3.8: what a relay behind us could take for the end of a mail.
    with enter(plain) as line:
        smuggled = MAIL + b"x" + end + b"MAIL FROM:<ke-gian@example.com>\r\n"
        assert hand_in(line, smuggled, SENDER.mailbox)[-1].startswith("550 5.5.2")
        assert line.say("NOOP").startswith("250")
    assert handed_in(house) == ()


def test_a_size_that_is_announced_is_refused_at_once_and_one_that_is_not_at_the_end(
    service: Open, house: House
) -> None:
    running = service(
        f'\n[gateway.submission]\nport = 0\nsecurity = "none"\n{PERSON}'
        "[examination]\nmail_mib = 1\n"
    ).start()
    with enter(running) as line:
        assert line.say(f"MAIL FROM:<{LAN}> SIZE=2000000").startswith("552")
        told = hand_in(line, MAIL + b"0123456789\r\n" * 100_000, SENDER.mailbox)
        assert told[-1].startswith("552 5.3.4")
    assert handed_in(house) == ()


def test_a_register_that_is_away_answers_later(plain: Service, house: House) -> None:
    house.database._busy_seconds = 0.2
    with enter(plain) as line, house.database.transaction():
        assert hand_in(line, MAIL, SENDER.mailbox)[-1].startswith("451 4.3.0")
    assert handed_in(house) == ()
