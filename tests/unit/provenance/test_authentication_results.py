"""Our own server is believed, and nobody who writes in its name."""

import pytest

from mailbridge.model.evidence import Evidence, Verdict
from tests.unit.provenance.dkim_samples import judged, record, signed, unsigned
from tests.unit.provenance.samples import codes, evidence

OWN = "mx.hungyen.gov.vn"
RECEIVED = "Received: from a by mx.hungyen.gov.vn; Tue, 24 Nov 2026 09:00:00 +0000"
PASS = f"Authentication-Results: {OWN}; dkim=pass header.d=hungyen.gov.vn"


def told(*fields: str, ids: tuple[str, ...] = (OWN,)) -> Evidence:
    octets = "".join(f"{field}\r\n" for field in fields).encode() + unsigned()
    return evidence(octets, authserv_ids=ids)


def test_our_own_server_proves_the_origin_for_reference() -> None:
    found = told(PASS, RECEIVED)
    assert (found.verdict, found.vouched) == (Verdict.REFERENCE, ())
    assert "authentication-aligned" in codes(found)


@pytest.mark.parametrize(
    "field",
    [
        PASS.replace(OWN, f"{OWN.upper()} 1; spf=pass smtp.mailfrom=a@b.vn")
        + " (2048-bit key; unprotected)\r\n header.s=k",
        f'Authentication-Results: {OWN};\r\n\tdkim = pass reason="ok" header.d = "hungyen.gov.vn"',
        f"Authentication-Results: (a (nested; b) c) {OWN}; dkim/1=pass header.d=HUNGYEN.gov.vn",
        PASS.lower().replace("; ", "; dkim=fail header.d=b.vn; "),
    ],
)
def test_what_servers_write_around_it_is_read(field: str) -> None:
    assert told(field, RECEIVED).origin_proven


@pytest.mark.parametrize(
    ("attack", "fields"),
    [
        ("the sender wrote it below", (RECEIVED, PASS)),
        ("no server took the mail in", (PASS,)),
        ("two of our name", (PASS, PASS, RECEIVED)),
        ("another server", (PASS.replace(OWN, "mx.ke-gian.vn"), RECEIVED)),
        ("a server below our name", (PASS.replace(OWN, f"a.{OWN}"), RECEIVED)),
        ("our name in a comment", (PASS.replace(OWN, f"mx.vn ({OWN})"), RECEIVED)),
        ("another version", (PASS.replace(OWN, f"{OWN} 2"), RECEIVED)),
        ("a failure", (PASS.replace("pass", "fail"), RECEIVED)),
        ("a pass in a comment", (PASS.replace("dkim=pass", "dkim=none (dkim=pass)"), RECEIVED)),
        (
            "a pass that the sender had quoted",
            (
                PASS.replace("dkim", 'dkim=fail header.i="; dkim') + '"',
                RECEIVED,
            ),
        ),
        (
            "a domain that the sender had quoted",
            (
                f'Authentication-Results: {OWN}; dkim=pass header.i="a header.d=hungyen.gov.vn"',
                RECEIVED,
            ),
        ),
        ("a quote without end", (PASS.replace("; ", '; x="'), RECEIVED)),
        ("another domain", (PASS.replace("hungyen.gov.vn\r", "b.vn\r") + ".vn", RECEIVED)),
        ("two domains", (PASS + " header.d=b.vn", RECEIVED)),
        ("another method", (PASS.replace("dkim=", "spf="), RECEIVED)),
        ("an empty field", ("Authentication-Results:", RECEIVED)),
    ],
)
def test_nothing_else_is_believed(attack: str, fields: tuple[str, ...]) -> None:
    found = told(*fields)
    assert (found.origin_proven, found.verdict) == (False, Verdict.UNDETERMINED), attack


def test_without_a_name_of_our_own_nobody_is_believed() -> None:
    assert not told(PASS, RECEIVED, ids=()).origin_proven


def test_what_we_know_better_is_not_overruled() -> None:
    partly = f"{PASS}\r\n{RECEIVED}\r\n".encode() + signed(l="10")
    assert not judged(partly, record(), authserv_ids=(OWN,)).origin_proven
