"""The local mail server delivers: each recipient has its answer, no mail is lost or twice."""

from datetime import UTC, datetime
from pathlib import Path

from mailbridge.actions.house import House
from mailbridge.demo.agencies import OWN
from mailbridge.model.outcome import OutcomeName
from mailbridge.model.records import LedgerRow
from mailbridge.registry import ledger
from mailbridge.registry.deliveries import LMTP
from tests.simulators.dialogue import Dialogue
from tests.unit.gateway.conftest import Open, Service, until
from tests.unit.provenance.samples import mail_with, sealed

NOW = datetime.now(UTC)
DOOR = "\n[gateway.lmtp]\nport = 0\n"
MAIL = b"From: a@hungyen.gov.vn\r\nTo: b\r\nSubject: thu\r\n\r\nmot\r\n..\r\nhai\r\n"
SECOND = (
    '\n[[mailbox]]\nname = "so-hai"\naddress = "so-hai@hungyen.gov.vn"\n'
    'aliases = ["Bi-Danh@hungyen.gov.vn"]\n'
)


def rows(house: House) -> tuple[LedgerRow, ...]:
    with house.database.reading() as tx:
        return tuple(reversed(ledger.rows(tx)))


def deliver(service: Service, octets: bytes, *recipients: str) -> list[str]:
    """Deliver one mail; gives the answers to the recipients and, then, those behind DATA."""
    with Dialogue(service.doors.ports["lmtp"]) as line:
        line.reply()
        line.say("LHLO localhost")
        line.say("MAIL FROM:<nguoi-gui@hungyen.gov.vn>")
        told = [line.say(f"RCPT TO:<{one}>") for one in recipients]
        if not line.say("DATA").startswith("354"):
            return told
        line.send(octets.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        return told + [line.reply() for one in told if one.startswith("250")]


def test_a_delivered_mail_is_a_row_before_it_is_answered(service: Open, house: House) -> None:
    running = service(DOOR).start()
    assert deliver(running, MAIL, OWN.mailbox) == [
        "250 2.1.5 OK",
        f"250 2.1.5 <{OWN.mailbox}> taken",
    ]
    (row,) = rows(house)
    assert (row.arrival.slot.mailbox, row.arrival.slot.uidvalidity) == ("vanthu", LMTP)
    assert row.fingerprint is not None
    kept = house.blobs.path(row.fingerprint).read_bytes()
    assert kept == b"Return-Path: <nguoi-gui@hungyen.gov.vn>\r\n" + MAIL


def test_each_recipient_has_its_answer_and_one_unknown_stops_no_other(
    service: Open, house: House
) -> None:
    running = service(DOOR + SECOND).start()
    told = deliver(running, MAIL, OWN.mailbox, "khong-co@hungyen.gov.vn", "bi-danh@hungyen.gov.vn")
    assert [one[:3] for one in told] == ["250", "550", "250", "250", "250"]
    assert [row.arrival.slot.mailbox for row in rows(house)] == ["vanthu", "so-hai"]


def test_the_same_mail_delivered_again_is_the_same_row(service: Open, house: House) -> None:
    running = service(DOOR + SECOND).start()
    deliver(running, MAIL, OWN.mailbox)
    assert deliver(running, MAIL, OWN.mailbox)[-1].startswith("250")
    assert len(rows(house)) == 1
    deliver(running, MAIL, "so-hai@hungyen.gov.vn", "bi-danh@hungyen.gov.vn")
    assert len(rows(house)) == 2


def test_a_delivered_document_is_registered_and_nothing_is_left_to_file(
    service: Open, house: House
) -> None:
    running = service(DOOR).start(examines=True)
    deliver(running, mail_with(sealed()), OWN.mailbox)
    until(lambda: all(row.filed_at for row in rows(house)))
    (row,) = rows(house)
    assert (row.outcome, row.attempts) == (OutcomeName.REGISTERED, 1)
    assert deliver(running, mail_with(sealed()), OWN.mailbox)[-1].startswith("250")


def test_what_was_not_examined_before_the_end_is_examined_after_the_next_start(
    service: Open, house: House
) -> None:
    first = service(DOOR).start()
    deliver(first, mail_with(sealed()), OWN.mailbox)
    first.stop()
    assert [row.outcome for row in rows(house)] == [None]
    service(DOOR).start(examines=True)
    until(lambda: [row.outcome for row in rows(house)] == [OutcomeName.REGISTERED])


def test_a_line_that_is_cut_within_data_leaves_nothing(service: Open, house: House) -> None:
    running = service(DOOR).start()
    with Dialogue(running.doors.ports["lmtp"]) as line:
        line.reply()
        for command in ("LHLO x", "MAIL FROM:<>", f"RCPT TO:<{OWN.mailbox}>", "DATA"):
            line.say(command)
        line.send(MAIL)
    until(lambda: not list(house.blobs.path("0" * 64).parent.iterdir()))
    assert rows(house) == ()


def test_a_mail_that_is_too_large_is_refused_for_each_recipient_and_the_next_is_taken(
    service: Open, house: House
) -> None:
    running = service(DOOR + SECOND + "[examination]\nmail_mib = 1\n").start()
    big = MAIL + b"x" * 70 + b"\r\n" + b"0123456789\r\n" * 100_000
    told = deliver(running, big, OWN.mailbox, "so-hai@hungyen.gov.vn")
    assert [one[:9] for one in told[2:]] == ["552 5.3.4"] * 2
    assert deliver(running, MAIL, OWN.mailbox)[-1].startswith("250")
    assert len(rows(house)) == 1


def test_a_house_that_cannot_write_answers_later_and_keeps_no_row(
    service: Open, house: House
) -> None:
    running = service(DOOR).start()
    with house.database.transaction():
        house.database._busy_seconds = 0.2
        told = deliver(running, MAIL, OWN.mailbox)
    assert told[-1].startswith("451 4.3.0")
    assert rows(house) == ()
    assert deliver(running, MAIL, OWN.mailbox)[-1].startswith("250")


def test_the_greeting_of_smtp_is_refused_and_lmtp_says_what_it_can(service: Open) -> None:
    running = service(DOOR).start()
    with Dialogue(running.doors.ports["lmtp"]) as line:
        line.reply()
        assert line.say("EHLO x").startswith("500")
        assert line.say("HELO x").startswith("500")
        line.send(b"LHLO x\r\n")
        told = {one[4:].split()[0] for one in line.lines()}
        assert {"PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME", "SIZE"} <= told
        assert line.say("MAIL FROM:<>") == "250 2.0.0 OK"
        assert line.say("DATA").startswith("503 5.5.1")


def test_commands_that_do_not_wait_for_each_other_are_all_answered(
    service: Open, house: House
) -> None:
    running = service(DOOR).start()
    with Dialogue(running.doors.ports["lmtp"]) as line:
        line.reply()
        line.say("LHLO x")
        line.send(f"MAIL FROM:<>\r\nRCPT TO:<{OWN.mailbox}>\r\nDATA\r\n".encode())
        assert [line.reply()[:3] for _ in range(3)] == ["250", "250", "354"]
        line.send(MAIL + b".\r\nMAIL FROM:<>\r\nQUIT\r\n")
        assert [line.reply()[:3] for _ in range(3)] == ["250", "250", "221"]
    assert len(rows(house)) == 1


def test_a_unix_socket_will_do_and_one_left_behind_is_in_nobodys_way(
    service: Open, house: House, short_path: Path
) -> None:
    where = short_path / "lmtp"
    door = f'\n[gateway.lmtp]\nsocket = "{where}"\n'
    service(door).start().stop()
    service(door).start()
    with Dialogue(where) as line:
        assert line.reply().startswith("220")
    assert where.stat().st_mode & 0o777 == 0o660
