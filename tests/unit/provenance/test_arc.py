"""A chain of servers that passed a mail on is told and checked, and proves nothing."""

import base64
import hashlib

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256
from dkim.canonicalization import Relaxed

from mailbridge.model.evidence import Integrity, Seal, Trust, Verdict
from mailbridge.model.parcel import SealForm
from tests.unit.provenance.dkim_samples import judged, record, rsa_key, unsigned
from tests.unit.provenance.samples import codes, evidence

RELAY = "list.vn"
KEY = f"a._domainkey.{RELAY}"


def relayed(octets: bytes, number: int, status: str, **changes: str) -> bytes:
    """Prepend the set of one server, as RFC 8617 §5.1 has it."""
    headers, body = dkim.rfc822_parse(octets)
    results = f" i={number}; mx.list.vn; dkim=pass header.d=hungyen.gov.vn\r\n".encode()
    hashed = base64.b64encode(hashlib.sha256(Relaxed.canonicalize_body(body)).digest()).decode()
    common = f" i={number}; a=rsa-sha256; d={RELAY}; s=a;"
    chosen = dkim.select_headers(Relaxed.canonicalize_headers(headers), [b"from", b"subject"])
    message = f"{common} c=relaxed/relaxed; h=from:subject; bh={changes.get('bh', hashed)}; b="
    signed = _signed(chosen, b"ARC-Message-Signature", message)
    seal = f"{common} cv={status}; b="
    sets = [(name, value) for name, value in reversed(headers) if name.lower().startswith(b"arc-")]
    new = [(b"ARC-Authentication-Results", results), (b"ARC-Message-Signature", signed)]
    sealed = _signed(Relaxed.canonicalize_headers([*sets, *new]), b"ARC-Seal", seal)
    fields = [*new, (b"ARC-Seal", sealed)]
    return b"".join(name + b":" + value for name, value in reversed(fields)) + octets


def _signed(pairs: list[tuple[bytes, bytes]], name: bytes, value: str) -> bytes:
    own = Relaxed.canonicalize_headers([(name, value.encode() + b"\r\n")])
    written = b"".join(key + b":" + text for key, text in [*pairs, *own])
    made = rsa_key().sign(written.removesuffix(b"\r\n"), padding.PKCS1v15(), SHA256())
    return value.encode() + base64.b64encode(made) + b"\r\n"


def chained() -> bytes:
    return relayed(relayed(unsigned(), 1, "none"), 2, "pass")


def arc(octets: bytes, *records: str) -> Seal:
    (seal,) = [
        each
        for each in judged(octets, *(records or (record(),)), name=KEY).seals
        if each.form is SealForm.ARC
    ]
    return seal


def test_a_sound_chain_is_intact_and_proves_nothing() -> None:
    status, _, _ = dkim.arc_verify(chained(), dnsfunc=lambda *_, **__: record().encode())
    assert status == dkim.CV_Pass, "the sample is what another program takes for sound"
    found = judged(chained(), record(), name=KEY)
    (seal,) = found.seals
    assert (seal.integrity, seal.trust, seal.bound) == (Integrity.INTACT, Trust.UNKNOWN, False)
    assert "arc-chain" in codes(found)
    assert (found.verdict, found.vouched) == (Verdict.UNDETERMINED, ())


@pytest.mark.parametrize(
    ("attack", "octets"),
    [
        ("a changed body", chained().replace(b"S8OtbmggZ+G7rWk=", b"S8OtbmggZ+G7rWs=")),
        ("a changed result", chained().replace(b"i=1; mx.list.vn", b"i=1; mx.kegian.vn")),
        ("a wrong body hash", relayed(unsigned(), 1, "none", bh="AAAA")),
        ("a first server that passes", relayed(unsigned(), 1, "pass")),
        ("a chain that failed before", relayed(relayed(unsigned(), 1, "none"), 2, "fail")),
        ("a gap", relayed(relayed(unsigned(), 1, "none"), 3, "pass")),
        ("two of one number", relayed(relayed(unsigned(), 1, "none"), 1, "none")),
        ("a set without its results", chained().replace(b"ARC-Authentication-Results", b"X")),
        ("a seal alone", b"ARC-Seal: i=1\r\n" + unsigned()),
        ("a seal without a number", b"ARC-Seal: d=b.vn\r\n" + unsigned()),
    ],
)
def test_a_chain_that_does_not_hold_is_broken(attack: str, octets: bytes) -> None:
    assert arc(octets).integrity is Integrity.BROKEN, attack


def test_a_chain_without_end_is_not_verified() -> None:
    octets = unsigned()
    for number in range(1, 13):
        octets = relayed(octets, number, "none" if number == 1 else "pass")
    assert arc(octets).integrity is Integrity.BROKEN


def test_the_keys_of_a_chain_are_not_asked_for() -> None:
    (seal,) = evidence(chained(), got=()).seals
    assert (seal.integrity, seal.signer and seal.signer.name) == (Integrity.UNVERIFIABLE, RELAY)
