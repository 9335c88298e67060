"""One public key a file, good today; a secret one is never taken."""

import pytest

from mailbridge.model.trust_file import TrustFault, TrustFaultError, TrustKind
from mailbridge.provenance.importing_keys import key
from tests.simulators.pgp import LATER, Correspondents


def test_a_public_key_is_described(people: Correspondents, sender: str) -> None:
    found = key(people.public(sender), LATER)
    assert (found.kind, found.fingerprint) == (TrustKind.OPENPGP, sender.lower())
    assert (found.subject, found.issuer) == ("Van phong", "vpub@hungyen.gov.vn")


def test_each_fault_of_a_key_has_its_word(
    people: Correspondents, sender: str, stranger: str
) -> None:
    cases = {
        people.secret(sender): TrustFault.PRIVATE_KEY,
        people.public(sender, stranger): TrustFault.NOT_ONE,
        b"junk": TrustFault.UNREADABLE,
        b"": TrustFault.UNREADABLE,
    }
    for octets, fault in cases.items():
        with pytest.raises(TrustFaultError) as error:
            key(octets, LATER)
        assert error.value.fault is fault
