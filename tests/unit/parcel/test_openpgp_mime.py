"""OpenPGP in MIME is opened as it was made, and as mail servers mangle it."""

import base64
from dataclasses import replace

import pytest

from mailbridge.mime import openpgp
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import LockForm, LockWhy, SealForm
from tests.simulators import pgp
from tests.simulators.pgp import HEAD, Correspondents, Desk

TEXT = pgp.text()


def test_what_was_locked_is_a_text_that_names_its_lock(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    parcel = pgp_desk.opened(pgp.mail(pgp.encrypted(people.lock(TEXT, own))))
    (lock,), (text,) = parcel.locks, parcel.texts
    assert (lock.form, lock.coverage, lock.opened, lock.why) == (
        LockForm.OPENPGP,
        "whole",
        True,
        None,
    )
    assert lock.cipher == "aes256"
    assert (text.text.strip(), text.unlocked_by) == (pgp.WORDS.strip(), (0,))
    assert (parcel.claims, parcel.unsupported) == ((), ())


def test_nothing_of_our_keys_is_left_in_the_scratch_folder(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    pgp_desk.opened(pgp.mail(pgp.encrypted(people.lock(TEXT, own))))
    left = [path for path in (pgp_desk.folder / "s").rglob("*") if "private" in path.name]
    assert left == []
    assert not (pgp_desk.folder / "s" / "g").exists()


def test_without_our_key_it_stays_closed(people: Correspondents, own: str, pgp_desk: Desk) -> None:
    parcel = pgp_desk.opened(pgp.mail(pgp.encrypted(people.lock(TEXT, own))))
    (lock,) = parcel.locks
    assert (lock.opened, lock.why, parcel.texts) == (False, LockWhy.NO_KEY, ())


def test_a_change_in_the_ciphertext_closes_it(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    octets = bytearray(people.gpg("--dearmor", data=people.lock(TEXT, own)))
    octets[-30] ^= 1
    parcel = pgp_desk.opened(pgp.mail(pgp.encrypted(_base64(bytes(octets)))))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED]
    assert parcel.texts == ()


def _base64(octets: bytes) -> bytes:
    body = base64.encodebytes(octets)
    return b"-----BEGIN PGP MESSAGE-----\n\n" + body + b"-----END PGP MESSAGE-----\n"


def test_what_is_not_protected_against_changes_is_not_opened(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    data = people.lock(TEXT, own, more="--rfc2440 --cipher-algo AES --disable-mdc")
    octets = people.gpg("--dearmor", data=data)
    # gpg makes no such message any more: its packet is given the tag of the unprotected one.
    at = [packet.start for packet in openpgp.packets(octets)][-1]
    old = octets[:at] + b"\xc9" + octets[at + 1 :]
    parcel = pgp_desk.opened(pgp.mail(pgp.encrypted(_base64(old))))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED]
    assert parcel.texts == ()


def test_rubbish_for_ciphertext_is_a_damaged_lock(pgp_desk: Desk) -> None:
    phony = pgp.octets(b"Subject: gia\r\n\r\n-----BEGIN PGP MESSAGE-----\n\nBADBAD\n")
    kind = 'encrypted; protocol="application/pgp-encrypted"'
    parcel = pgp_desk.opened(pgp.mail(pgp.multipart(kind, pgp.CONTROL, phony)))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED]
    assert parcel.protected == ()


def test_exchange_mangles_it_and_it_is_opened_all_the_same(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    data = pgp.octets(people.lock(TEXT, own))
    entity = pgp.multipart("mixed", pgp.text(""), pgp.CONTROL, data)
    parcel = pgp_desk.opened(pgp.mail(entity))
    assert [(lock.coverage, lock.opened) for lock in parcel.locks] == [("whole", True)]
    assert [text.text.strip() for text in parcel.texts] == [pgp.WORDS.strip()]


def test_a_text_beside_the_ciphertext_is_never_joined_to_what_was_locked(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    data = pgp.octets(people.lock(TEXT, own))
    for entity in (
        pgp.multipart("mixed", pgp.text("ngoài"), pgp.CONTROL, data),
        pgp.multipart("mixed", pgp.encrypted(people.lock(TEXT, own)), pgp.text("ngoài")),
    ):
        parcel = pgp_desk.opened(pgp.mail(entity))
        assert [lock.coverage for lock in parcel.locks] == ["part"]
        assert {text.text.strip(): text.unlocked_by for text in parcel.texts} == {
            "ngoài": (),
            pgp.WORDS.strip(): (0,),
        }
        assert parcel.protected == ()


def test_words_behind_the_last_boundary_are_not_under_the_lock(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    mail = pgp.mail(pgp.encrypted(people.lock(TEXT, own)))
    found = [pgp_desk.opened(each).locks[0].coverage for each in (mail, mail + b"\r\nchan\r\n")]
    assert found == ["whole", "part"]


def test_a_bare_text_that_was_locked_loses_no_line(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    words = b"Ghi chu: tam hoan\n\nNoi dung"
    (text,) = pgp_desk.opened(pgp.mail(pgp.encrypted(people.lock(words, own)))).texts
    assert text.text == words.decode()


def test_an_encrypted_part_that_lost_its_multipart_is_read_as_an_entity(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    part = pgp.attached("encrypted.asc", people.lock(TEXT, own))
    parcel = pgp_desk.opened(pgp.mail(part))
    assert [text.text.strip() for text in parcel.texts] == [pgp.WORDS.strip()]
    assert [(lock.opened, lock.coverage) for lock in parcel.locks] == [(True, "whole")]


@pytest.mark.parametrize("mark", ['; protected-headers="v1"', '; hp="cipher"'])
def test_a_subject_that_was_locked_away_comes_to_light(
    people: Correspondents, own: str, pgp_desk: Desk, mark: str
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    entity = f"Subject: That\r\nContent-Type: text/plain{mark}\r\n\r\nA\r\n".encode()
    mail = pgp.mail(pgp.encrypted(people.lock(entity, own)), replace(HEAD, subject="..."))
    assert ("subject", "That") in pgp_desk.opened(mail).protected


def test_a_header_inside_that_does_not_say_it_is_meant_so_shows_nothing(
    people: Correspondents, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    entity = b"Subject: Gia\r\nContent-Type: text/plain\r\n\r\nA\r\n"
    assert pgp_desk.opened(pgp.mail(pgp.encrypted(people.lock(entity, own)))).protected == ()


def test_signatures_without_number_are_too_many(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    octets = people.gpg("-u", sender, "-b", data=TEXT) * 100
    armour = b"-----BEGIN PGP SIGNATURE-----\n\n" + base64.encodebytes(octets)
    with pytest.raises(RefusedError) as refusal:
        pgp_desk.opened(pgp.mail(pgp.signed(TEXT, armour + b"-----END PGP SIGNATURE-----\n")))
    assert refusal.value.reason is Reason.TOO_MANY


def test_a_mail_stored_with_bare_line_ends_has_the_same_signed_octets(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    mail = pgp.mail(pgp.signed(TEXT, people.sign(TEXT, sender)))
    crlf, lf = (pgp_desk.opened(each) for each in (mail, mail.replace(b"\r\n", b"\n")))
    assert crlf.claims[0].mic == lf.claims[0].mic
    assert ("lf-only" in crlf.problems, "lf-only" in lf.problems) == (False, True)


def test_a_claim_covers_every_part_below_it_and_no_other(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    entity = pgp.multipart("mixed", TEXT, pgp.attached("a.pdf", b"%PDF-1.4\n"))
    parcel = pgp_desk.opened(pgp.mail(pgp.signed(entity, people.sign(entity, sender))))
    (claim,) = parcel.claims
    assert (claim.form, claim.whole, claim.on_file) == (SealForm.OPENPGP, True, False)
    paths = [each.path for each in parcel.files] + [each.path for each in parcel.texts]
    assert set(claim.covers) == set(paths)
