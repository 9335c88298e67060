"""What a certificate says."""

from typing import Any

from mailbridge.provenance.certificates import emails, may_sign


def test_a_certificate_for_servers_signs_nothing(keys: Any) -> None:
    assert not may_sign(keys.wrong_use.certificate, document=True)
    assert not may_sign(keys.wrong_use.certificate, document=False)


def test_an_authority_signs_no_document(keys: Any) -> None:
    assert not may_sign(keys.sub.certificate, document=True)


def test_addresses_come_from_the_alternative_name(keys: Any) -> None:
    assert "@" in emails(keys.mailbox.certificate)[0]
