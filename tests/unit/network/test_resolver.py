"""What DNS says, and that its silence says nothing."""

import dns.rcode
import pytest

from mailbridge.network.errors import UnansweredError
from mailbridge.network.resolver import Resolver
from tests.simulators.dns_server import EMPTY, FORGED, GARBAGE, STALL, Answer, DnsServer

NAME = "k._domainkey.b.vn"


def asked(answer: Answer, name: str = NAME, seconds: float = 0.5) -> tuple[str, ...]:
    with DnsServer({f"{NAME}.": answer}) as server:
        return Resolver((server.place,)).txt(name, seconds)


def test_the_strings_of_a_record_are_one_text() -> None:
    assert asked([b"v=DKIM1; k=rsa; ", b"p=AAAA"]) == ("v=DKIM1; k=rsa; p=AAAA",)


def test_a_name_that_is_not_there_has_no_records() -> None:
    assert asked(dns.rcode.NXDOMAIN) == ()


def test_a_name_without_texts_has_none() -> None:
    assert asked(EMPTY) == ()


@pytest.mark.parametrize("answer", [STALL, GARBAGE, FORGED, dns.rcode.SERVFAIL, dns.rcode.REFUSED])
def test_a_server_that_fails_says_nothing_of_the_name(answer: Answer) -> None:
    with pytest.raises(UnansweredError):
        asked(answer)


@pytest.mark.parametrize("name", ["a" * 64 + ".vn", "..", "x." * 200 + "vn"])
def test_a_name_that_dns_cannot_hold_is_not_asked(name: str) -> None:
    with pytest.raises(UnansweredError):
        asked(STALL, name)
