"""Who is slow, loud or many is let go, and nobody else waits for it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from mailbridge.actions.house import House
from mailbridge.demo.agencies import OWN
from mailbridge.gateway.conversation import Terms
from mailbridge.gateway.deliveries import Deliveries
from mailbridge.gateway.doors import Door, Doors
from mailbridge.gateway.lmtp import Lmtp
from mailbridge.gateway.room import Room
from mailbridge.registry import ledger
from tests.simulators.dialogue import Dialogue
from tests.unit.gateway.conftest import until

Opened = Callable[..., int]


@pytest.fixture
def opened(house: House) -> Iterator[Opened]:
    begun: list[Doors] = []

    def made(**terms: object) -> int:
        kept = Terms("localhost", house.blobs, 10_000_000, Room())
        kept = replace(kept, **terms)  # type: ignore[arg-type]
        deliveries = Deliveries(house, ("vanthu",))
        door = Door(
            "lmtp", ("127.0.0.1", 0), lambda: Lmtp(kept, deliveries, {OWN.mailbox: "vanthu"})
        )
        begun.append(Doors((door,)))
        begun[-1].open()
        return begun[-1].ports["lmtp"]

    yield made
    for doors in begun:
        doors.stop()
        doors.join(10)
        assert not doors.is_alive()


def up_to_data(line: Dialogue) -> None:
    line.reply()
    for command in ("LHLO x", "MAIL FROM:<>", f"RCPT TO:<{OWN.mailbox}>", "DATA"):
        line.say(command)


def test_a_command_that_comes_a_letter_at_a_time_is_not_waited_for(opened: Opened) -> None:
    with Dialogue(opened(command_seconds=0.5)) as line:
        line.reply()
        line.send(b"LHL")
        assert line.reply().startswith("421 4.4.2")
        assert line.reply() == ""


def test_nor_is_a_mail(opened: Opened, house: House) -> None:
    with Dialogue(opened(data_seconds=0.5)) as line:
        up_to_data(line)
        line.send(b"From: a")
        assert line.reply().startswith("421 4.4.2")
        assert line.reply() == ""
    until(lambda: not list(house.blobs.path("0" * 64).parent.iterdir()))


def test_the_next_command_has_its_time_again_after_a_mail(opened: Opened) -> None:
    with Dialogue(opened(data_seconds=0.5)) as line:
        up_to_data(line)
        line.send(b"From: a\r\n\r\nmot\r\n.\r\n")
        assert line.reply().startswith("250")
        assert line.say("NOOP").startswith("250")


def test_who_is_one_too_many_is_told_and_the_others_stay(opened: Opened) -> None:
    port = opened(room=Room(in_all=1))
    with Dialogue(port) as first:
        first.reply()
        with Dialogue(port) as second:
            assert second.reply().startswith("421 4.3.2")
        assert first.say("LHLO x").startswith("250")


def test_who_says_a_command_too_often_is_let_go(opened: Opened) -> None:
    with Dialogue(opened(calls={"*": 3})) as line:
        line.reply()
        assert [line.say("NOOP")[:3] for _ in range(4)] == ["250", "250", "250", "421"]
        assert line.reply() == ""


def test_a_command_of_a_megabyte_is_refused_and_the_next_is_heard(opened: Opened) -> None:
    with Dialogue(opened()) as line:
        line.reply()
        line.send(b"LHLO " + b"x" * 1_000_000 + b"\r\n")
        assert line.reply().startswith("500")
        assert line.say("LHLO x").startswith("250")


@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r\n"])
def test_a_mail_cannot_be_smuggled_behind_another(opened: Opened, house: House, end: bytes) -> None:
    # RFC 5321 §2.3.8: what a server before us took for one mail is one mail.
    smuggled = b"MAIL FROM:<ke-gian@example.com>\r\nRCPT TO:<" + OWN.mailbox.encode() + b">\r\n"
    with Dialogue(opened()) as line:
        up_to_data(line)
        line.send(b"From: a\r\n\r\nmot" + end + smuggled + b"DATA\r\nhai\r\n.\r\n")
        assert line.reply().startswith("250")
        assert line.say("NOOP").startswith("250")
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert row.fingerprint is not None
    # RFC 5321 §4.5.2: the first dot of a line is not the mail's own.
    kept = end.replace(b"\r\n.", b"\r\n") + smuggled
    assert kept in house.blobs.path(row.fingerprint).read_bytes()


def test_a_large_mail_arrives_octet_for_octet(opened: Opened, house: House) -> None:
    lines = [b"From: a", b"", b"x" * 300_000, b".", b"..", b"\r", *[b".0123456789"] * 200_000]
    mail = b"\r\n".join(lines) + b"\r\n"
    with Dialogue(opened()) as line:
        up_to_data(line)
        line.send(mail.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        assert line.reply().startswith("250")
    with house.database.reading() as tx:
        (row,) = ledger.rows(tx)
    assert row.fingerprint is not None
    kept = house.blobs.path(row.fingerprint).read_bytes()
    assert kept.removeprefix(b"Return-Path: <>\r\n") == mail


def test_at_the_end_everybody_is_told_to_come_again(house: House) -> None:
    terms = Terms("localhost", house.blobs, 1000, Room())
    deliveries = Deliveries(house, ("vanthu",))
    doors = Doors((Door("lmtp", ("127.0.0.1", 0), lambda: Lmtp(terms, deliveries, {})),))
    doors.open()
    with Dialogue(doors.ports["lmtp"]) as line:
        line.reply()
        doors.stop()
        assert line.reply().startswith("421 4.3.2")
    doors.join(5)
    assert not doors.is_alive()
