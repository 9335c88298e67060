"""Armour and packets of OpenPGP, as laid out by honest and by hostile hands."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime import openpgp
from mailbridge.model.errors import Reason, RefusedError
from tests.simulators.pgp import Correspondents


def packet(tag: int, body: bytes) -> bytes:
    return bytes([0xC0 | tag, 0xFF]) + len(body).to_bytes(4, "big") + body


def test_lengths_of_every_kind_are_walked_over() -> None:
    octets = b"".join(
        (
            bytes([0xC0 | 13, 3]) + b"abc",
            bytes([0xC0 | 13, 192, 8]) + bytes(200),
            packet(13, bytes(300)),
            # A partial length of 2 octets, and the rest of one.
            bytes([0xC0 | 11, 0xE1]) + b"ab" + bytes([1]) + b"c",
            bytes([0x80 | 13 << 2, 2]) + b"ab",
            bytes([0x81 | 13 << 2, 0, 2]) + b"ab",
            bytes([0x83 | 8 << 2]) + b"to the end",
        )
    )
    found = list(openpgp.packets(octets))
    assert [each.tag for each in found] == [13, 13, 13, 11, 13, 13, 8]
    assert found[-1].end == len(octets)


@pytest.mark.parametrize(
    "octets", [b"\x00", bytes([0xC0 | 2, 200]), bytes([0xC0 | 2, 9]) + b"cut", b"\xc2"]
)
def test_what_is_cut_is_malformed(octets: bytes) -> None:
    with pytest.raises(RefusedError) as refusal:
        list(openpgp.packets(octets))
    assert refusal.value.reason is Reason.MALFORMED


def test_a_million_empty_packets_are_too_many() -> None:
    with pytest.raises(RefusedError) as refusal:
        list(openpgp.packets(bytes([0xC0 | 13, 0]) * 1_000_000))
    assert refusal.value.reason is Reason.TOO_MANY


@given(st.binary(max_size=300))
def test_junk_is_refused_or_walked_and_never_an_error(octets: bytes) -> None:
    with suppress(RefusedError):
        list(openpgp.packets(openpgp.binary(octets)))
    with suppress(RefusedError):
        openpgp.public_keys(octets)


def test_a_block_without_its_last_line_is_none() -> None:
    whole = b"a\n-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\nb"
    (block,) = openpgp.blocks(whole)
    assert whole[block.start : block.end].startswith(b"-----BEGIN")
    assert list(openpgp.blocks(whole[:-30])) == []


def test_a_cleartext_ends_with_its_signature(people: Correspondents, sender: str) -> None:
    octets = b"truoc\n" + people.clear(b"a\n-----BEGIN PGP MESSAGE-----\nb", sender) + b"sau\n"
    (block,) = openpgp.blocks(octets)
    assert block.label == openpgp.SIGNED
    assert octets[block.end :] == b"sau\n"


def test_armour_gives_the_packets(people: Correspondents, sender: str) -> None:
    armoured = people.sign(b"x", sender)
    assert openpgp.binary(armoured) == people.gpg("--dearmor", data=armoured)


def test_only_public_keys_come_out_of_a_file_of_keys(people: Correspondents, sender: str) -> None:
    octets = people.gpg("--export", sender)
    trust_packet = packet(12, b"\x00\x03gpg\x00")
    secret = people.gpg("--dearmor", data=people.secret(sender))
    assert openpgp.public_keys(octets + trust_packet + secret) == octets
    assert openpgp.public_keys(secret) == b""
    assert openpgp.public_keys(b"\n" + people.public(sender)) == octets
