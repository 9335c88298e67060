"""What only the network can tell is asked by the parent, in rounds that end."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from mailbridge import wiring
from mailbridge.actions.examine import ROUNDS, Matter, Permissions, Rooms, examine
from mailbridge.actions.house import House
from mailbridge.actions.receive import receive
from mailbridge.demo import pki
from mailbridge.demo.pki import EMAIL, YEAR, Profile
from mailbridge.isolation.pool import Pool, Post
from mailbridge.model.examination import WANTS, Got, Opened, Want, WantKind
from mailbridge.model.limits import Limits
from mailbridge.model.outcome import Held, Registered
from mailbridge.network.asking import Asking
from tests.simulators.network import SERVFAIL, FetcherSimulator, ResolverSimulator
from tests.unit.actions.conftest import Begin
from tests.unit.provenance.dkim_samples import KEY_NAME, record, signed, unsigned
from tests.unit.provenance.samples import HEAD, NOW, keys, signed_mail


@dataclass
class Asked:
    """A network that answers everything, and remembers what it was asked."""

    knows: tuple[Got, ...] = ()
    wants: list[tuple[str, ...]] = field(default_factory=list)
    kinds: frozenset[WantKind] = frozenset(WantKind)

    def known(self) -> tuple[Got, ...]:
        return self.knows

    def ask(self, wants: tuple[Want, ...]) -> tuple[Got, ...]:
        self.wants.append(tuple(want.name for want in wants))
        return tuple(Got(want, ("v",)) for want in wants)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    folder = tmp_path_factory.mktemp("examining")
    limits = Limits()
    opener = Pool(Post("tests.unit.actions.openers:wanting", (folder,), limits), 1, folder)
    reader = Pool(Post("tests.unit.actions.openers:reading", (folder,), limits), 1, folder)
    yield Rooms(opener, reader, folder, limits)
    opener.close()
    reader.close()


def led(rooms: Rooms, network: Asked | None, names: str) -> Opened:
    source = rooms.folder / "source"
    source.write_text(names)
    matter = Matter(source, Path("/nowhere"), NOW, None, permissions=Permissions(network))
    with examine(rooms, matter) as examined:
        return examined.examination.opened


def test_what_is_wanted_is_asked_until_nothing_is(rooms: Rooms) -> None:
    network = Asked()
    opened = led(rooms, network, "a b")
    assert network.wants == [("a",), ("b",)]
    assert (opened.wanted, opened.evidence.tools["got"]) == ((), "2")


def test_each_round_finds_its_scratch_folder_empty(rooms: Rooms) -> None:
    assert led(rooms, Asked(), "a").evidence.tools["clean"] == "True"


def test_a_mail_that_wants_without_end_is_asked_for_in_two_rounds(rooms: Rooms) -> None:
    network = Asked()
    opened = led(rooms, network, "a b c d")
    assert len(network.wants) == ROUNDS
    assert [want.name for want in opened.wanted] == ["c"]


def test_a_child_that_was_taken_over_does_not_have_a_hundred_servers_asked(rooms: Rooms) -> None:
    network = Asked()
    led(rooms, network, "*")
    assert [len(each) for each in network.wants] == [WANTS]


def test_what_is_known_is_not_asked(rooms: Rooms) -> None:
    network = Asked(knows=(Got(Want(WantKind.TXT, "a"), ("v",)),))
    led(rooms, network, "a")
    assert network.wants == []


def test_what_may_not_be_asked_is_neither_asked_nor_said_to_have_failed(rooms: Rooms) -> None:
    network = Asked(kinds=frozenset({WantKind.CRL}))
    opened = led(rooms, network, "a")
    assert (network.wants, opened.evidence.tools["got"]) == ([], "0")


def test_without_a_network_nothing_is_wanted(rooms: Rooms) -> None:
    assert led(rooms, None, "a").wanted == ()


def test_a_key_from_dns_lets_a_mail_be_registered_for_reference(house: House, began: Begin) -> None:
    resolver = ResolverSimulator({KEY_NAME: (record(),)})
    asking = replace(house, permissions=Permissions(Asking(resolver, None)))
    assert isinstance(receive(asking, began(signed()), NOW), Registered)
    assert resolver.asked == [KEY_NAME]


def test_a_silent_dns_holds_the_mail_for_the_clerk(house: House, began: Begin) -> None:
    resolver = ResolverSimulator({KEY_NAME: SERVFAIL})
    asking = replace(house, permissions=Permissions(Asking(resolver, None)))
    assert isinstance(receive(asking, began(signed()), NOW), Held)


def test_our_own_servers_results_are_believed_where_the_settings_name_it(
    house: House, began: Begin
) -> None:
    told = (
        b"Authentication-Results: mx.vn; dkim=pass header.d=hungyen.gov.vn\r\n"
        b"Received: by mx.vn; Tue, 24 Nov 2026 09:00:00 +0000\r\n" + unsigned()
    )
    believing = replace(house, permissions=Permissions(authserv_ids=("mx.vn",)))
    assert isinstance(receive(believing, began(told), NOW), Registered)


URL = "http://crl.vi-du.vn/sub.crl"


def codes_of(house: House, began: Begin, folder: Path, fetcher: FetcherSimulator) -> set[str]:
    """Judge a mail whose signer names a list on the network; at hand is that of the root alone."""
    keys().write_trust(folder, keys().crls()[:1])
    profile = Profile(pki.name("Hộp thư"), NOW - YEAR, NOW + YEAR, HEAD.sender, EMAIL, URL)
    signer = pki.issue(keys().sub, profile, pki.key("named list"))
    source = house.blobs.path(began(signed_mail(signer)).fingerprint)
    permissions = Permissions(Asking(None, fetcher))
    matter = Matter(source, folder, NOW, None, permissions=permissions)
    rooms = wiring.rooms(house.rooms.folder, (source.parent.parent, folder), Limits(), 1)
    try:
        with examine(rooms, matter) as examined:
            found = examined.examination.opened.evidence
            return {finding.code for finding in found.findings} | set(found.vouched)
    finally:
        rooms.opener.close()
        rooms.reader.close()


def test_a_list_that_the_certificate_names_is_fetched_and_believed(
    house: House, began: Begin, tmp_path: Path
) -> None:
    fetcher = FetcherSimulator({URL: keys().crls()[1]})
    found = codes_of(house, began, tmp_path / "t", fetcher)
    assert "revocation-unchecked" not in found
    assert HEAD.sender in found


def test_a_list_of_somebody_else_is_not(house: House, began: Begin, tmp_path: Path) -> None:
    forged = pki.crl(keys().rogue_sub, NOW - YEAR, NOW + YEAR)
    found = codes_of(house, began, tmp_path / "t", FetcherSimulator({URL: forged}))
    assert "revocation-unchecked" in found
