"""What the keys of the trust folder say of themselves, and what is not believed of it."""

from datetime import timedelta
from pathlib import Path

from mailbridge.isolation.gpg import Gpg
from mailbridge.mime import openpgp
from mailbridge.provenance.openpgp_keys import Key, known, lay
from tests.simulators.pgp import LATER, NOW, Correspondents


def listed(folder: Path, octets: bytes) -> dict[str, Key]:
    lay(Gpg(folder / "h"), octets)
    return known(octets)


def test_a_key_and_its_subkeys_are_found_by_fingerprint(
    people: Correspondents, sender: str, short_path: Path
) -> None:
    keys = listed(short_path, people.gpg("--export", sender))
    assert len(keys) == 2
    assert {key.primary for key in keys.values()} == {sender}
    key = keys[sender]
    assert (key.name, key.emails, key.is_weak) == ("Van phong", ("vpub@hungyen.gov.vn",), False)
    assert key.is_good_at(LATER)
    assert not key.is_good_at(NOW - timedelta(days=400))


def test_an_address_that_the_key_itself_did_not_sign_is_none_of_its_own(
    people: Correspondents, sender: str, stranger: str, short_path: Path
) -> None:
    octets = people.gpg("--export", stranger)
    identity = b"Van phong <vpub@hungyen.gov.vn>"
    forged = octets
    for packet in openpgp.packets(octets):
        if packet.tag == 14:
            added = bytes([0xC0 | 13, len(identity)]) + identity
            forged = octets[: packet.start] + added + octets[packet.start :]
            break
    assert listed(short_path, forged)[stranger].emails == ("ke.khac@example.com",)


def test_only_the_last_brackets_hold_the_address(people: Correspondents, short_path: Path) -> None:
    key = people.new("that@example.com", name="vpub@hungyen.gov.vn")
    assert listed(short_path, people.gpg("--export", key))[key].emails == ("that@example.com",)


def test_an_older_copy_of_a_key_does_not_hide_that_it_was_revoked(
    people: Correspondents, short_path: Path
) -> None:
    key = people.new("cu@hungyen.gov.vn")
    old = people.gpg("--export", key)
    new = openpgp.public_keys(people.revoked(key))
    for ring in (old + new, new + old):
        assert listed(short_path, ring)[key].revoked


def test_what_is_kept_of_a_ring_serves_another_home(
    people: Correspondents, sender: str, short_path: Path
) -> None:
    octets = people.gpg("--export", sender)
    boxes = []
    for name in ("a", "b"):
        gpg = Gpg(short_path / name)
        lay(gpg, octets)
        boxes.append((short_path / name / "pubring.kbx").read_bytes())
    assert boxes[0] == boxes[1] != b""


def test_no_key_is_no_error(short_path: Path) -> None:
    assert listed(short_path, b"") == {}
