"""A certificate in a mail cannot make us ask our own services."""

import pytest

from mailbridge.network.addresses import is_public, reachable
from mailbridge.network.errors import UnansweredError


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.4.190", "2001:ee0::1", "64:ff9b::808:808"])
def test_a_public_address_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("what", "address"),
    [
        ("loopback", "127.0.0.1"),
        ("all of loopback", "127.8.9.1"),
        ("this host", "0.0.0.0"),
        ("a private network", "10.1.2.3"),
        ("a private network", "172.31.0.1"),
        ("a private network", "192.168.1.1"),
        ("carrier's network", "100.64.0.1"),
        ("link-local, where clouds keep secrets", "169.254.169.254"),
        ("multicast", "224.0.0.1"),
        ("broadcast", "255.255.255.255"),
        ("documentation", "192.0.2.1"),
        ("loopback of IPv6", "::1"),
        ("unspecified", "::"),
        ("link-local of IPv6", "fe80::1"),
        ("unique local", "fc00::1"),
        ("site-local", "fec0::1"),
        ("multicast of IPv6", "ff02::1"),
        ("mapped", "::ffff:127.0.0.1"),
        ("mapped private", "::ffff:10.0.0.1"),
        ("6to4 of a private one", "2002:0a00:0001::1"),
        ("translated private", "64:ff9b::a00:1"),
        ("teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_any_other_address_is_refused(what: str, address: str) -> None:
    assert not is_public(address), what


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "017700000001", "[::1]", "", "a" * 70],
)
def test_a_host_that_leads_inside_is_not_asked_however_it_is_written(host: str) -> None:
    with pytest.raises(UnansweredError):
        reachable(host, 80, allowed=False)


def test_a_host_that_the_settings_allow_is() -> None:
    assert reachable("127.0.0.1", 80, allowed=True) == "127.0.0.1"
