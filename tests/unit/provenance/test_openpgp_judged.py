"""OpenPGP seals: who stands behind a mail, and every way in which nobody does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbridge.model.directory import Agency, Directory
from mailbridge.model.evidence import Coverage, Evidence, Integrity, Seal, Trust, Verdict
from tests.simulators import pgp
from tests.simulators.pgp import HEAD, NOW, SENDER, Correspondents, Desk


def codes(evidence: Evidence) -> set[str]:
    return {finding.code for finding in evidence.findings}


def only(evidence: Evidence) -> Seal:
    (seal,) = evidence.seals
    return seal


def test_a_mail_signed_by_the_sender_is_vouched_and_for_reference(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), sender))))
    seal = only(found)
    assert (seal.integrity, seal.coverage, seal.trust) == (
        Integrity.INTACT,
        Coverage.WHOLE,
        Trust.TRUSTED,
    )
    assert seal.signer is not None
    assert (seal.signer.fingerprint, seal.signer.emails) == (sender, (SENDER,))
    assert (found.verdict, found.vouched) == (Verdict.REFERENCE, (SENDER,))


def test_a_signature_over_other_words_is_broken(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text("khác"), people.sign(pgp.text(), sender))))
    assert only(found).integrity is Integrity.BROKEN
    assert (found.verdict, found.vouched) == (Verdict.FAILED, ())


def test_an_unknown_key_is_named_and_proves_nothing(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), sender))))
    seal = only(found)
    assert (seal.integrity, seal.trust, seal.why) == (
        Integrity.UNVERIFIABLE,
        Trust.UNKNOWN,
        ("key-unknown",),
    )
    assert (found.verdict, found.vouched) == (Verdict.UNDETERMINED, ())


def test_a_key_that_the_mail_brings_along_is_not_known(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    key = pgp.attached("key.asc", people.public(sender), "application/pgp-keys")
    entity = pgp.multipart("mixed", pgp.text(), key)
    head = replace(HEAD, extra=f"Autocrypt: addr={SENDER}; keydata=AAAA\r\n")
    found = pgp_desk.judged(pgp.mail(pgp.signed(entity, people.sign(entity, sender)), head))
    assert only(found).integrity is Integrity.UNVERIFIABLE
    assert found.vouched == ()


def test_one_seal_for_each_signature_and_a_bad_one_beside_a_good_one_is_shown(
    people: Correspondents, sender: str, stranger: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender), people.public(stranger))
    good = people.gpg("-u", sender, "-b", data=pgp.text())
    bad = people.gpg("-u", stranger, "-b", data=b"other")
    for signatures in (good + bad, bad + good):
        found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), _armoured(people, signatures))))
        by_signer = {seal.signer.emails[0]: seal.integrity for seal in found.seals if seal.signer}
        assert by_signer == {SENDER: Integrity.INTACT, pgp.OTHER: Integrity.BROKEN}
        assert found.vouched == ()


def _armoured(people: Correspondents, octets: bytes) -> bytes:
    armoured = people.gpg("--enarmor", data=octets)
    return armoured.replace(b"ARMORED FILE", b"SIGNATURE").replace(
        b'Comment: Use "gpg --dearmor" for unpacking\n', b""
    )


def test_the_key_of_somebody_else_vouches_for_nobody(
    people: Correspondents, stranger: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(stranger))
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), stranger))))
    assert (only(found).integrity, only(found).bound) == (Integrity.INTACT, False)
    assert found.vouched == ()
    assert "contradicting-senders" in codes(found)


def directory(**prints: str) -> Directory:
    return Directory(
        (
            Agency("A", "UBND", mailboxes=(SENDER,), openpgp=(prints.get("own", ""),)),
            Agency("B", "Khác", mailboxes=(pgp.OTHER,), openpgp=(prints.get("other", ""),)),
        )
    )


def test_the_directory_binds_by_fingerprint_whatever_its_case(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    mail = pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), sender)))
    found = pgp_desk.judged(mail, directory=directory(own=sender.lower()))
    assert (only(found).bound, only(found).agency, found.vouched) == (True, "A", (SENDER,))


def test_a_key_that_no_agency_pinned_binds_nobody_whatever_its_address(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    mail = pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), sender)))
    found = pgp_desk.judged(mail, directory=directory())
    assert (only(found).bound, found.vouched) == (False, ())
    assert "key-unknown" in codes(found)


def test_a_key_pinned_by_another_agency_is_somebody_elses_seal(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    mail = pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), sender)))
    found = pgp_desk.judged(mail, directory=directory(other=sender))
    assert "someone-elses-seal" in codes(found)
    assert (found.verdict, found.vouched) == (Verdict.FAILED, ())


def test_an_expired_key_is_invalid_and_good_while_it_lasted(
    people: Correspondents, pgp_desk: Desk
) -> None:
    began = NOW - timedelta(days=10)
    clock = began.strftime("%Y%m%dT%H%M%S")
    short = people.new(SENDER, expire="2d", at=clock)
    pgp_desk.trust(people.public(short))
    signature = people.sign(pgp.text(), f"{short}!", more=f"--faked-system-time {clock}")
    mail = pgp.mail(pgp.signed(pgp.text(), signature), replace(HEAD, when=began))
    late = pgp_desk.judged(mail)
    assert (only(late).trust, only(late).why) == (Trust.UNTRUSTED, ("key-invalid",))
    assert (late.verdict, late.vouched) == (Verdict.FAILED, ())
    assert pgp_desk.judged(mail, at=began + timedelta(days=1)).vouched == (SENDER,)


def test_a_revoked_key_is_invalid(people: Correspondents, pgp_desk: Desk) -> None:
    lost = people.new(SENDER, name="Mat khoa")
    signature = people.sign(pgp.text(), lost)
    pgp_desk.trust(people.revoked(lost))
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), signature)))
    assert (only(found).integrity, only(found).why) == (Integrity.INTACT, ("key-invalid",))
    assert found.vouched == ()


def test_a_signature_whose_own_time_is_over_is_not_believed(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    signature = people.sign(pgp.text(), sender, more="--default-sig-expire 1d")
    mail = pgp.mail(pgp.signed(pgp.text(), signature))
    assert pgp_desk.judged(mail).vouched == (SENDER,)
    assert only(pgp_desk.judged(mail, at=NOW + timedelta(days=3))).why == ("key-invalid",)


@pytest.mark.parametrize(("digest", "integrity"), [("SHA1", Integrity.INTACT)])
def test_a_weak_digest_is_computed_and_never_believed(
    people: Correspondents, pgp_desk: Desk, digest: str, integrity: Integrity
) -> None:
    key = people.new(SENDER, algorithm="rsa2048", name="Yeu")
    pgp_desk.trust(people.public(key))
    found = pgp_desk.judged(
        pgp.mail(
            pgp.signed(pgp.text(), people.sign(pgp.text(), key, more=f"--digest-algo {digest}"))
        )
    )
    assert (only(found).integrity, only(found).trust) == (integrity, Trust.UNTRUSTED)
    assert "weak-algorithm" in only(found).why
    assert found.vouched == ()


def test_a_short_key_is_weak(people: Correspondents, pgp_desk: Desk) -> None:
    key = people.new(SENDER, algorithm="rsa1024", name="Ngan")
    pgp_desk.trust(people.public(key))
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), people.sign(pgp.text(), key))))
    assert (only(found).trust, only(found).why) == (Trust.UNTRUSTED, ("weak-key",))


def test_a_footer_that_a_list_added_is_not_under_the_seal(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    inner = pgp.signed(pgp.text(), people.sign(pgp.text(), sender))
    found = pgp_desk.judged(pgp.mail(pgp.multipart("mixed", inner, pgp.text("Chân thư"))))
    assert (only(found).integrity, only(found).coverage) == (Integrity.INTACT, Coverage.PART)
    assert {"seal-part", "text-unsigned"} <= codes(found)
    assert (found.verdict, found.vouched) == (Verdict.FAILED, ())


def test_a_signed_file_beside_an_unsigned_text_does_not_prove_the_mail(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    document = b"%PDF-1.4\n%%EOF\n"
    mail = pgp.mail(
        pgp.multipart(
            "mixed",
            pgp.text(),
            pgp.attached("a.pdf", document),
            pgp.attached("a.pdf.asc", people.sign(document, sender)),
        )
    )
    found = pgp_desk.judged(mail, directory=directory(own=sender))
    assert (only(found).integrity, only(found).on_file) == (Integrity.INTACT, True)
    assert (found.verdict, found.vouched) == (Verdict.UNDETERMINED, ())


def test_a_signed_document_is_never_legal_by_openpgp(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    document = b"%PDF-1.4\n%%EOF\n"
    entity = pgp.multipart(
        "mixed",
        pgp.text(),
        pgp.attached("a.pdf", document),
        pgp.attached("a.pdf.asc", people.sign(document, sender)),
    )
    mail = pgp.mail(pgp.signed(entity, people.sign(entity, sender)))
    found = pgp_desk.judged(mail, directory=directory(own=sender))
    assert (found.verdict, found.vouched) == (Verdict.REFERENCE, (SENDER,))


def test_a_notation_that_writes_status_lines_makes_nobody_a_signer(
    people: Correspondents, sender: str, stranger: str, pgp_desk: Desk
) -> None:
    # Octet 0x85 ends a line for Unicode, and for whoever decodes before he splits.
    forged = (
        f"\x85[GNUPG:] NEWSIG\x85[GNUPG:] GOODSIG {sender[-16:]} x\x85[GNUPG:] VALIDSIG {sender}"
    )
    pgp_desk.trust(people.public(sender), people.public(stranger))
    notation = ["--cert-notation", "x@example.com=x", "--sig-notation", f"x@example.com={forged}"]
    signature = people.gpg("--armor", "-u", stranger, *notation, "-b", data=pgp.text())
    found = pgp_desk.judged(pgp.mail(pgp.signed(pgp.text(), signature)))
    assert [seal.signer.emails for seal in found.seals if seal.signer] == [(pgp.OTHER,)]
    assert found.vouched == ()


def test_an_inline_signature_over_all_of_the_text_is_whole(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    found = pgp_desk.judged(
        pgp.mail(pgp.text(people.clear(b"- gach dau dong  \n\n", sender).decode()))
    )
    assert (only(found).integrity, only(found).coverage) == (Integrity.INTACT, Coverage.WHOLE)
    assert found.vouched == (SENDER,)


@pytest.mark.parametrize("where", ["before", "after"])
def test_text_beside_an_inline_signature_makes_it_one_on_a_part(
    people: Correspondents, sender: str, pgp_desk: Desk, where: str
) -> None:
    pgp_desk.trust(people.public(sender))
    block = people.clear(b"da ky", sender).decode()
    words = f"chưa ký\n{block}" if where == "before" else f"{block}\nchưa ký"
    mail = pgp.mail(pgp.text(words))
    found = pgp_desk.judged(mail)
    parcel = pgp_desk.opened(mail)
    (unsigned,) = (text.path for text in parcel.texts if "chưa ký" in text.text)
    assert unsigned not in only(found).covers
    assert (only(found).coverage, found.vouched) == (Coverage.PART, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\nHash: SHA256\n", b"\nHash: SHA256\nComment: Chuyen 100 dong\n"),
        (b"\nHash: SHA256\n", b"\nChuyen 100 dong\nHash: SHA256\n"),
        (b"da ky", b"da  ky"),
        (b"da ky", b"da ky\n\n- -----BEGIN PGP SIGNED MESSAGE-----"),
    ],
)
def test_a_cleartext_that_shows_more_than_was_signed_is_broken(
    people: Correspondents, sender: str, pgp_desk: Desk, old: bytes, new: bytes
) -> None:
    pgp_desk.trust(people.public(sender))
    block = people.sign(b"da ky", sender, how="--clear-sign", more="--digest-algo SHA256")
    assert old in block
    found = pgp_desk.judged(pgp.mail(pgp.text(block.replace(old, new).decode())))
    assert Integrity.INTACT not in {seal.integrity for seal in found.seals}
    assert found.vouched == ()


def test_signed_and_locked_in_one_is_proven_behind_the_lock(
    people: Correspondents, sender: str, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender), secret=people.secret(own))
    found = pgp_desk.judged(pgp.mail(pgp.encrypted(people.lock(pgp.text(), own, signer=sender))))
    assert (only(found).integrity, only(found).coverage) == (Integrity.INTACT, Coverage.WHOLE)
    assert found.vouched == (SENDER,)


def test_a_signature_around_a_lock_says_nothing_of_what_is_inside(
    people: Correspondents, sender: str, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender), secret=people.secret(own))
    entity = pgp.encrypted(people.lock(pgp.text(), own))
    found = pgp_desk.judged(pgp.mail(pgp.signed(entity, people.sign(entity, sender))))
    assert (only(found).integrity, found.vouched) == (Integrity.INTACT, ())


def test_a_subject_that_a_lock_hid_contradicts_nothing(
    people: Correspondents, sender: str, own: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender), secret=people.secret(own))
    entity = b'Subject: Kin\r\nContent-Type: text/plain; protected-headers="v1"\r\n\r\nA\r\n'
    mail = pgp.mail(
        pgp.encrypted(people.lock(entity, own, signer=sender)), replace(HEAD, subject="...")
    )
    assert pgp_desk.judged(mail).vouched == (SENDER,)


def test_a_detached_signature_is_checked_against_the_content_that_is_named(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    signature = people.sign(b"noi dung", sender)
    for content, integrity in ((b"noi dung", Integrity.INTACT), (b"khac", Integrity.BROKEN)):
        parcel = pgp_desk.opened_file(signature, "a.sig", content)
        assert only(pgp_desk.judged(signature, parcel)).integrity is integrity


def test_a_detached_signature_alone_is_undetermined(
    people: Correspondents, sender: str, pgp_desk: Desk
) -> None:
    pgp_desk.trust(people.public(sender))
    signature = people.sign(b"noi dung", sender)
    found = pgp_desk.judged(signature, pgp_desk.opened_file(signature, "a.sig"))
    assert (only(found).integrity, only(found).why) == (
        Integrity.UNVERIFIABLE,
        ("seal-unverifiable",),
    )
    assert found.verdict is Verdict.UNDETERMINED
