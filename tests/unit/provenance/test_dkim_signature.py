"""The tags of a signature, by the letter."""

from datetime import UTC, datetime

import pytest

from mailbridge.provenance.dkim_octets import RawField
from mailbridge.provenance.dkim_signature import (
    MalformedError,
    claimed_domain,
    read,
    read_tags,
)

GOOD = {
    "v": "1", "a": "rsa-sha256", "d": "Gov.VN", "s": "k1", "h": "From : To",
    "bh": "AA==", "b": "AAAA\r\n AAAA",
}  # fmt: skip


def field(**changes: str) -> RawField:
    tags = {**GOOD, **changes}
    value = ";\r\n ".join(f"{name}={value}" for name, value in tags.items())
    return RawField(b"DKIM-Signature", f" {value};\r\n".encode())


def test_a_folded_field_is_read() -> None:
    made = read(field(t="1790000000", x="1790000001", i="=D0@a.gov.vn"))
    assert (made.domain, made.key_name) == ("gov.vn", "k1._domainkey.gov.vn")
    assert (made.names, made.identity, made.hash) == (("from", "to"), "a.gov.vn", "sha256")
    assert made.signed_at == datetime.fromtimestamp(1790000000, UTC)
    assert (made.relaxed_header, made.relaxed_body, made.length) == (False, False, None)


def test_one_canonicalisation_is_that_of_the_header() -> None:
    made = read(field(c="relaxed"))
    assert (made.relaxed_header, made.relaxed_body) == (True, False)


def test_a_way_to_ask_among_others_is_enough() -> None:
    assert read(field(q="http : dns/txt")).selector == "k1"


@pytest.mark.parametrize(
    "value", [b"", b" v=1; v=1", b" v", b" =1", b" d=\xff", b" 1=2", b"; v=1; d=a"]
)
def test_what_is_no_tag_list_is_malformed(value: bytes) -> None:
    with pytest.raises(MalformedError):
        read(RawField(b"DKIM-Signature", value))


@pytest.mark.parametrize(
    "domain", ["a..b", ".a", "a b.vn/", "a" * 64 + ".vn", "x." * 130 + "vn", "ví-dụ.vn", "*"]
)
def test_a_name_that_dns_cannot_hold_is_not_asked_for(domain: str) -> None:
    with pytest.raises(MalformedError):
        read(field(d=domain))


def test_a_time_beyond_all_calendars_is_malformed() -> None:
    with pytest.raises(MalformedError):
        read(field(t="999999999999"))


def test_the_domain_is_told_even_of_what_is_malformed() -> None:
    assert claimed_domain(field(v="7")) == "gov.vn"
    assert claimed_domain(RawField(b"DKIM-Signature", b" bad")) == ""


def test_a_number_is_no_tag_name() -> None:
    with pytest.raises(MalformedError):
        read_tags(b"1=2")
