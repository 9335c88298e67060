"""OpenPGP files: what comes out of them, and which file a signature beside it signs."""

from pathlib import Path

import pytest

from mailbridge.model.errors import Reason
from mailbridge.model.parcel import LockWhy, Parcel
from tests.simulators import pgp
from tests.simulators.pgp import Correspondents, Desk

PDF = b"%PDF-1.4\n%%EOF\n"


def parts(desk: Desk, *files: tuple[str, bytes]) -> Parcel:
    attached = [pgp.attached(name, data) for name, data in files]
    return desk.opened(pgp.mail(pgp.multipart("mixed", pgp.text(), *attached)))


@pytest.mark.parametrize("name", ["a.pdf.gpg", "a.pdf.pgp", "a.pdf.asc"])
def test_a_locked_and_signed_file_gives_the_file_inside(
    people: Correspondents, own: str, sender: str, pgp_desk: Desk, name: str
) -> None:
    pgp_desk.trust(secret=people.secret(own))
    parcel = parts(pgp_desk, (name, people.lock(PDF, own, signer=sender)))
    outer, inner = parcel.files
    assert (outer.name, inner.name, inner.type) == (name, "a.pdf", "application/pdf")
    assert (inner.unlocked_by, outer.unlocked_by) == ((0,), ())
    (claim,) = parcel.claims
    assert (claim.covers, claim.on_file, claim.whole, claim.unlocked_by) == (
        (inner.path,),
        True,
        True,
        (0,),
    )


def test_a_file_that_lost_its_name_takes_the_one_inside(
    people: Correspondents, pgp_desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    octets = people.gpg("--output", "-", "--store", str(tmp_path / "a.pdf"))
    assert [file.name for file in parts(pgp_desk, ("msg.gpg", octets)).files][1] == "a.pdf"


def test_a_signature_is_matched_by_name(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    signature = people.sign(PDF, sender)
    parcel = parts(pgp_desk, ("b.pdf", b"%PDF-khac"), ("a.pdf.sig", signature), ("a.pdf", PDF))
    (claim,) = parcel.claims
    assert [file.name for file in parcel.files if file.path in claim.covers] == ["a.pdf"]


def test_a_signature_that_lost_the_ending_of_its_file_is_matched(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    signature = people.sign(PDF, sender)
    parcel = parts(pgp_desk, ("b.pdf", b"%PDF-khac"), ("a.sig", signature), ("a.pdf", PDF))
    (claim,) = parcel.claims
    assert [file.name for file in parcel.files if file.path in claim.covers] == ["a.pdf"]


def test_the_content_that_is_named_for_a_signature_is_listed_under_it(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    parcel = pgp_desk.opened_file(b"\n" + people.sign(PDF, sender), "a.sig", PDF)
    (claim,) = parcel.claims
    assert [file.type for file in parcel.files if file.path in claim.covers] == ["application/pdf"]


def test_a_signature_without_its_file_is_claimed_and_covers_nothing(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    signature = people.sign(PDF, sender)
    parcel = parts(pgp_desk, ("a.pdf", PDF), ("b.pdf", PDF), ("c.pdf.sig", signature))
    (claim,) = parcel.claims
    assert (claim.covers, claim.signed, claim.whole) == ((), "", False)


def test_an_old_signature_before_its_content_is_a_message(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    literal = people.gpg("--dearmor", data=people.gpg("--armor", "-z", "0", "--store", data=PDF))
    signature = people.gpg("-u", sender, "-b", data=PDF)
    parcel = parts(pgp_desk, ("a.pdf.gpg", signature + literal))
    (claim,) = parcel.claims
    assert [file.type for file in parcel.files if file.path in claim.covers] == ["application/pdf"]


def test_a_cleartext_file_gives_its_text(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    parcel = parts(pgp_desk, ("a.txt.asc", people.clear(b"noi dung", sender)))
    (claim,) = parcel.claims
    assert [file.name for file in parcel.files if file.path in claim.covers] == ["a.txt"]


def test_a_cleartext_file_with_words_around_it_is_refused(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    block = people.clear(b"noi dung", sender)
    (file,) = parts(pgp_desk, ("a.txt.asc", block + b"\nthem\n")).files
    assert file.refused is Reason.MALFORMED


def test_keys_are_files_and_nothing_else(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    parcel = parts(pgp_desk, ("khoa.asc", people.public(sender)))
    assert [file.type for file in parcel.files] == ["application/pgp-keys"]
    assert (parcel.claims, parcel.locks, parcel.unsupported) == ((), (), ())


def test_a_file_of_signatures_without_number_is_refused(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    signature = people.gpg("-u", sender, "-b", data=PDF)
    parcel = parts(pgp_desk, ("a.pdf", PDF), ("a.pdf.sig", signature * 100))
    assert [file.refused for file in parcel.files] == [None, Reason.TOO_MANY]
    assert parcel.claims == ()


def test_rubbish_that_calls_itself_a_message_is_a_damaged_lock(pgp_desk: Desk) -> None:
    parcel = parts(pgp_desk, ("a.gpg", b"-----BEGIN PGP MESSAGE-----\n\nxxxx\n"))
    assert [lock.why for lock in parcel.locks] == [LockWhy.DAMAGED]


def test_octets_that_only_begin_like_a_message_are_a_file(pgp_desk: Desk) -> None:
    parcel = parts(pgp_desk, ("anh.bin", b"\x85\xff\xff\x03" + bytes(20)))
    assert (parcel.claims, parcel.locks, parcel.unsupported) == ((), (), ())
