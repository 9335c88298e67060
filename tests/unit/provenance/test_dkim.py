"""A mail server's signature is judged by ourselves; each attack on it has its sample here."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import dkim as dkimpy
import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from mailbridge import clock
from mailbridge.demo.agencies import NEIGHBOUR
from mailbridge.model.evidence import Coverage, Evidence, Integrity, Seal, Signer, Trust, Verdict
from mailbridge.model.examination import Got, Want, WantKind
from mailbridge.provenance.dkim import SIGNATURES
from mailbridge.provenance.question import Record
from tests.unit.provenance.dkim_samples import (
    DOMAIN,
    KEY_NAME,
    UNKNOWN_CANONICAL,
    Key,
    dkim_seals,
    ed_key,
    judged,
    record,
    rsa_key,
    signed,
    unsigned,
    weak_key,
)
from tests.unit.provenance.samples import NOW, codes, evidence


def only(octets: bytes, *records: str, **changes: Any) -> Seal:
    (seal,) = dkim_seals(judged(octets, *(records or (record(),)), **changes))
    return seal


@pytest.mark.parametrize("canonical", ["relaxed/relaxed", "simple/simple", "relaxed", None])
@pytest.mark.parametrize("key", [rsa_key(), ed_key()], ids=["rsa", "ed25519"])
def test_a_strong_signature_of_the_senders_domain_stands(key: Key, canonical: str | None) -> None:
    seal = only(signed(key=key, c=canonical), record(key))
    assert (seal.integrity, seal.coverage, seal.trust, seal.bound) == (
        Integrity.INTACT,
        Coverage.WHOLE,
        Trust.TRUSTED,
        True,
    )
    assert (seal.why, seal.signer and seal.signer.name, seal.time) == ((), DOMAIN, NOW)


def test_the_key_that_was_asked_for_is_named_since_it_will_vanish_from_dns() -> None:
    der = rsa_key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    signer = Signer(DOMAIN, fingerprint=sha256(der).hexdigest(), serial=KEY_NAME)
    assert only(signed()).signer == signer
    assert evidence(signed()).seals[0].signer == Signer(DOMAIN, serial=KEY_NAME)


def test_what_another_program_signed_stands_too() -> None:
    pem = rsa_key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    field = dkimpy.sign(unsigned(), b"s1", DOMAIN.encode(), pem)
    seal = only(field + unsigned(), at=clock.now())
    assert (seal.integrity, seal.trust, seal.why) == (Integrity.INTACT, Trust.TRUSTED, ())


@pytest.mark.parametrize(
    ("attack", "before", "after"),
    [
        ("a changed body", b"S8OtbmggZ+G7rWk=", b"S8OtbmggZ+G7rWs="),
        ("a changed subject", b"VsSDbiBi4bqjbg==", b"VsSDbiBi4bqjbw=="),
        ("another boundary", b"boundary=", b"charset=utf-7; boundary="),
        ("text after the last boundary", b"--ranh-gioi--\r\n", b"--ranh-gioi--\r\nx\r\n"),
    ],
)
def test_what_was_changed_is_broken(attack: str, before: bytes, after: bytes) -> None:
    found = judged(signed().replace(before, after), record())
    (seal,) = dkim_seals(found)
    assert seal.integrity is Integrity.BROKEN, attack
    assert "dkim-broken" in codes(found)
    assert found.verdict is Verdict.UNDETERMINED


def test_empty_lines_that_servers_add_change_nothing() -> None:
    assert only(signed() + b"\r\n\r\n").integrity is Integrity.INTACT


def test_a_mail_stored_with_bare_line_feeds_is_the_mail_that_was_sent() -> None:
    assert only(signed().replace(b"\r\n", b"\n")).integrity is Integrity.INTACT


def test_a_key_of_another_makes_it_broken() -> None:
    assert only(signed(), record(rsa_key(1024))).integrity is Integrity.BROKEN


def test_what_is_appended_after_l_is_not_signed() -> None:
    length = str(len(unsigned().partition(b"\r\n\r\n")[2]))
    found = judged(signed(l=length) + b"Phu luc them\r\n", record())
    (seal,) = dkim_seals(found)
    assert (seal.integrity, seal.coverage, seal.trust) == (
        Integrity.INTACT,
        Coverage.PART,
        Trust.UNTRUSTED,
    )
    assert "dkim-part" in codes(found)
    assert not found.origin_proven


def test_beside_a_signature_with_l_no_other_counts_as_whole() -> None:
    twice = signed(signed(l="10"), s="s1")
    assert [seal.coverage for seal in dkim_seals(judged(twice, record()))] == [Coverage.PART] * 2


def test_l_beyond_the_body_is_broken() -> None:
    assert only(signed(l="99999999")).integrity is Integrity.BROKEN


@pytest.mark.parametrize("left_out", ["subject", "to", "date", "content-type", "message-id"])
def test_a_field_that_is_shown_and_not_signed_can_be_anybodys(left_out: str) -> None:
    names = ["from", "to", "subject", "date", "message-id", "content-type"]
    names.remove(left_out)
    found = judged(signed(h=":".join(names)), record())
    (seal,) = dkim_seals(found)
    assert (seal.integrity, seal.coverage, seal.why) == (
        Integrity.INTACT,
        Coverage.PART,
        ("dkim-part",),
    )
    assert not found.origin_proven


@pytest.mark.parametrize("field", ["Subject: Gia", "Reply-To: <a@b.vn>", "Cc: <a@b.vn>"])
def test_a_field_put_before_the_signed_ones_is_not_covered(field: str) -> None:
    seal = only(field.encode() + b"\r\n" + signed())
    assert (seal.integrity, seal.coverage) == (Integrity.INTACT, Coverage.PART)


def test_a_second_from_before_the_signed_one_is_contradictory() -> None:
    found = judged(b"From: <lanhdao@hungyen.gov.vn>\r\n" + signed(), record())
    assert (found.verdict, found.origin_proven) == (Verdict.FAILED, False)
    assert dkim_seals(found)[0].coverage is Coverage.PART


def test_an_oversigned_field_cannot_be_added() -> None:
    names = "from:from:to:subject:subject:date:message-id:content-type"
    assert only(signed(h=names)).coverage is Coverage.WHOLE
    added = b"Subject: Gia\r\n" + signed(h=names)
    assert only(added).integrity is Integrity.BROKEN


def test_another_domain_proves_nothing() -> None:
    found = judged(signed(d="dich-vu.vn"), record(), name="s1._domainkey.dich-vu.vn")
    (seal,) = dkim_seals(found)
    assert (seal.integrity, seal.bound) == (Integrity.INTACT, False)
    assert "dkim-other-domain" in codes(found)
    assert found.verdict is Verdict.UNDETERMINED


@pytest.mark.parametrize("domain", ["gov.vn", "thu.hungyen.gov.vn", "xhungyen.gov.vn"])
def test_only_the_very_domain_of_from_is_aligned(domain: str) -> None:
    found = judged(signed(d=domain), record(), name=f"s1._domainkey.{domain}")
    assert not found.origin_proven


def test_a_mailbox_that_nobody_enrolled_proves_no_origin() -> None:
    stranger = unsigned().replace(b"vanphong.tu-vidu@", b"khach@")
    found = judged(signed(stranger), record())
    assert "dkim-aligned" in codes(found)
    assert (found.verdict, found.origin_proven) == (Verdict.UNDETERMINED, False)


def test_a_servers_word_never_vouches_and_is_never_legal() -> None:
    found = judged(signed(), record())
    assert (found.verdict, found.vouched) == (Verdict.REFERENCE, ())


def test_without_a_network_nothing_is_judged_and_nothing_wanted() -> None:
    found = evidence(signed())
    (seal,) = dkim_seals(found)
    assert (seal.integrity, seal.trust, seal.why) == (
        Integrity.UNVERIFIABLE,
        Trust.UNKNOWN,
        ("dkim-unchecked",),
    )


@pytest.mark.parametrize(
    ("what", "tags"),
    [
        ("an unknown version", {"v": "5"}),
        ("no version", {"v": None}),
        ("an unknown algorithm", {"a": "rsa-md5"}),
        ("another way to ask", {"q": "dns/special"}),
        ("From is not signed", {"h": "to:subject:date"}),
        ("another domain in i=", {"i": f"@x{DOMAIN}"}),
        ("i= above d=", {"i": "@gov.vn"}),
        ("no selector", {"s": None}),
        ("a selector that climbs", {"s": "../a"}),
        ("an unknown canonicalisation", {"c": UNKNOWN_CANONICAL}),
        ("x= before t=", {"x": "1"}),
        ("a time that is no number", {"t": "hôm nay"}),
        ("a hash that is no base64", {"bh": "!"}),
        ("an empty name in h=", {"h": "from::to"}),
        ("a thousand names in h=", {"h": ":".join(["from"] * 1000)}),
    ],
)
def test_what_the_standard_does_not_allow_is_not_verified(what: str, tags: dict[str, Any]) -> None:
    seal = only(signed(**tags))
    assert (seal.integrity, seal.why) == (Integrity.UNVERIFIABLE, ("dkim-invalid",)), what


@pytest.mark.parametrize(
    ("what", "published"),
    [
        ("no key", ()),
        ("an empty record", ("",)),
        ("a revoked key", (record(p=""),)),
        ("a malformed key", (record(p="AAAA"),)),
        ("no base64", (record(p="!!!!"),)),
        ("another version", (record(v="DKIM3"),)),
        ("a key of another kind", (record(ed_key()),)),
        ("an unknown kind", (record(k="foobar"),)),
        ("for another service", (record(s="tlsrpt"),)),
        ("for other hashes", (record(h="sha1:md5"),)),
        ("two keys", (record(), record(rsa_key(1024)))),
        ("no tag list", ("xin chào",)),
    ],
)
def test_a_key_that_may_not_be_used_verifies_nothing(what: str, published: tuple[str, ...]) -> None:
    (seal,) = dkim_seals(judged(signed(), *published))
    assert (seal.integrity, seal.why) == (Integrity.UNVERIFIABLE, ("dkim-invalid",)), what


@pytest.mark.parametrize("tags", [{"s": "*"}, {"s": "web:email"}, {"h": "sha1:sha256"}])
def test_a_key_for_mail_among_others_may_be_used(tags: dict[str, Any]) -> None:
    assert only(signed(), record(**tags)).trust is Trust.TRUSTED


def test_a_domain_that_is_testing_proves_nothing_and_breaks_nothing() -> None:
    tested = only(signed(), record(t="y"))
    assert (tested.integrity, tested.trust, tested.why) == (
        Integrity.INTACT,
        Trust.UNTRUSTED,
        ("dkim-testing",),
    )
    broken = judged(signed() + b"x\r\n", record(t="y"))
    assert "dkim-broken" not in codes(broken)


def test_a_strict_key_does_not_sign_for_a_subdomain() -> None:
    below = signed(i=f"@phong.{DOMAIN}")
    assert only(below).integrity is Integrity.INTACT
    assert only(below, record(t="s")).integrity is Integrity.UNVERIFIABLE
    assert only(signed(i=f"ai@{DOMAIN}"), record(t="s")).trust is Trust.TRUSTED


def test_sha1_is_not_verified() -> None:
    seal = only(signed(a="rsa-sha1"))
    assert (seal.integrity, seal.why) == (Integrity.UNVERIFIABLE, ("dkim-weak",))


def test_a_short_key_is_told_and_one_that_can_be_broken_is_not_believed() -> None:
    short = only(signed(key=rsa_key(1024)), record(rsa_key(1024)))
    assert (short.trust, short.why) == (Trust.TRUSTED, ("dkim-key-short",))
    weak = only(signed(key=weak_key()), record(weak_key()))
    assert (weak.integrity, weak.trust, weak.why) == (
        Integrity.INTACT,
        Trust.UNTRUSTED,
        ("dkim-weak",),
    )


def test_a_signature_is_held_to_the_moment_at_which_the_mail_came() -> None:
    until = signed(x=str(int((NOW + timedelta(days=1)).timestamp())))
    assert only(until).trust is Trust.TRUSTED
    late = NOW + timedelta(days=9)
    assert only(until, at=late).why == ("dkim-expired",)
    assert only(until, at=late, first_receipt=NOW).trust is Trust.TRUSTED
    assert only(signed(), at=NOW - timedelta(days=9)).why == ("dkim-expired",)


def test_a_thousand_signatures_are_not_all_verified_and_the_senders_comes_first() -> None:
    junk = b"DKIM-Signature: v=1; d=rac.vn; s=a; b=AA==\r\n" * 50
    found = judged(junk + signed(), record())
    assert len(dkim_seals(found)) == SIGNATURES
    assert found.origin_proven
    assert "dkim-too-many" in codes(found)


def test_a_header_with_a_line_that_is_no_field_is_not_judged() -> None:
    found = judged(
        signed().replace(b"MIME-Version", b"khong phai truong\r\nMIME-Version"), record()
    )
    assert dkim_seals(found) == []
    assert (found.origin_proven, "dkim-invalid" in codes(found)) == (False, True)


def test_the_name_of_another_agency_is_a_contradiction_though_the_domain_signed_it() -> None:
    forged = unsigned().replace(b"From: <", f"From: {NEIGHBOUR.mailbox} <".encode())
    found = judged(signed(forged), record())
    assert (found.verdict, found.origin_proven) == (Verdict.FAILED, False)


def test_the_dns_of_a_stranger_is_not_asked_and_cannot_watch_us_read() -> None:
    noted = Record()
    found = evidence(signed(d="ke-gian.vn"), got=(), record=noted)
    assert noted.wanted == {}
    assert "dkim-other-domain" in codes(found)
    assert dkim_seals(found)[0].integrity is Integrity.UNVERIFIABLE


def asked(got: tuple[Got, ...]) -> tuple[Record, Evidence]:
    """Judge as the opener does where the network may be asked."""
    noted = Record()
    found = evidence(signed(), got=got, record=noted)
    return noted, found


def test_the_key_is_wanted_from_the_network_by_its_name() -> None:
    noted, found = asked(())
    assert list(noted.wanted) == [Want(WantKind.TXT, KEY_NAME)]
    assert found.verdict is Verdict.UNDETERMINED


def test_the_networks_answer_is_believed_and_its_silence_is_no_failure() -> None:
    want = Want(WantKind.TXT, KEY_NAME)
    noted, found = asked((Got(want, (record(),)),))
    assert (found.verdict, noted.wanted) == (Verdict.REFERENCE, {})
    noted, found = asked((Got(want, failed=True),))
    assert (found.verdict, noted.wanted) == (Verdict.UNDETERMINED, {})
    assert dkim_seals(found)[0].why == ("dkim-unchecked",)
