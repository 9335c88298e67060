"""OpenPGP messages and their content: limits, names, what is signed, and what hides in it."""

from pathlib import Path

import pytest

from mailbridge.mime import openpgp
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockWhy
from mailbridge.parcel.openpgp_data import Content, open_message
from mailbridge.parcel.unpacking import Place, Unpacking
from mailbridge.parcel.unwrap import _OPENERS
from tests.simulators.pgp import Correspondents, Desk

PLACE = Place("1", whole=True)


def unpacking(desk: Desk, octets: bytes) -> Unpacking:
    work = Unpacking(desk.means(octets), _OPENERS)
    (work.scratch / "message").write_bytes(octets)
    return work


def opened(desk: Desk, octets: bytes) -> Content | None:
    return open_message(unpacking(desk, octets), "message", PLACE)


def test_a_signed_message_gives_its_content_and_a_claim_on_it(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    content = opened(pgp_desk, people.sign(b"noi dung", sender, how="--sign"))
    assert content is not None
    assert content.claim is not None
    assert (pgp_desk.folder / "s" / content.stored).read_bytes() == b"noi dung"
    assert (content.claim.signed, content.claim.end) == (content.stored, 8)


@pytest.mark.parametrize("how", ["0", "1", "2", "3"])
def test_compressed_packets_are_opened(
    people: Correspondents, sender: str, pgp_desk: Desk, how: str
) -> None:
    message = people.sign(b"noi dung", sender, how="--sign", more=f"--compress-algo {how}")
    content = opened(pgp_desk, message)
    assert content is not None
    assert content.size == 8


def test_a_name_in_the_message_is_read_whole(
    people: Correspondents, pgp_desk: Desk, tmp_path: Path
) -> None:
    name = "văn bản 1.pdf"
    (tmp_path / name).write_bytes(b"x")
    content = opened(pgp_desk, people.gpg("--output", "-", "--store", str(tmp_path / name)))
    assert content is not None
    assert (content.name, content.claim) == (name, None)


def test_a_message_that_grows_without_end_is_a_bomb(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    bomb = people.sign(bytes(60 * 1024 * 1024), sender, how="--sign", more="--compress-algo 3")
    assert len(bomb) < 100_000
    with pytest.raises(RefusedError) as refusal:
        opened(pgp_desk, bomb)
    assert refusal.value.reason is Reason.BOMB


def test_more_signatures_than_anybody_needs_are_too_many(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    message = people.gpg("--dearmor", data=people.sign(b"x", sender, how="--sign", more="-z 0"))
    one_pass, literal, signature = (
        message[packet.start : packet.end] for packet in openpgp.packets(message)
    )
    with pytest.raises(RefusedError) as refusal:
        opened(pgp_desk, one_pass * 40 + literal + signature * 40)
    assert refusal.value.reason is Reason.TOO_MANY


def test_two_contents_under_one_signature_are_none(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    signed = people.gpg("--dearmor", data=people.sign(b"that", sender, how="--sign", more="-z 0"))
    literal = people.gpg("--dearmor", data=people.gpg("--armor", "-z", "0", "--store", data=b"gia"))
    for message in (literal + signed, signed + literal):
        work = unpacking(pgp_desk, message)
        assert open_message(work, "message", PLACE) is None
        assert [(claim.signed, claim.whole) for claim in work.claims] == [("", False)]


def test_a_message_that_is_cut_is_damaged_or_malformed(
    people: Correspondents, own: str, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    locked = people.gpg("--dearmor", data=people.lock(bytes(5000), own, more="-z 0"))
    work = unpacking(pgp_desk, locked[:-40])
    assert open_message(work, "message", PLACE) is None
    assert [lock.why for lock in work.locks] == [LockWhy.DAMAGED]
    signed = people.gpg("--dearmor", data=people.sign(b"noi dung", sender, how="--sign"))
    work = unpacking(pgp_desk, signed[:-40])
    assert open_message(work, "message", PLACE) is None
    assert [claim.signed for claim in work.claims] == [""]


def test_a_lock_in_a_lock_names_both(people: Correspondents, own: str, pgp_desk: Desk) -> None:
    pgp_desk.trust(secret=people.secret(own))
    inner = people.lock(b"noi dung", own, more="--no-armor -z 0")
    outer = people.gpg("-r", own, "-z", "0", "--no-literal", "--encrypt", data=inner)
    content = opened(pgp_desk, outer)
    assert content is not None
    assert content.place.unlocked_by == (0, 1)


def test_without_gpg_it_is_named_and_nothing_breaks(
    people: Correspondents, own: str, pgp_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = people.lock(b"x", own)
    monkeypatch.setenv("PATH", str(pgp_desk.folder))
    work = unpacking(pgp_desk, message)
    assert open_message(work, "message", PLACE) is None
    assert work.unsupported == [("1", "openpgp")]
    assert [lock.why for lock in work.locks] == [LockWhy.UNSUPPORTED]


def test_a_cipher_packet_of_tomorrow_is_unsupported(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    locked = people.gpg("--dearmor", data=people.lock(b"x", own))
    octets = bytearray(locked)
    octets[[packet.body for packet in openpgp.packets(locked)][-1]] = 2
    work = unpacking(pgp_desk, bytes(octets))
    assert open_message(work, "message", PLACE) is None
    assert [lock.why for lock in work.locks] == [LockWhy.UNSUPPORTED]
