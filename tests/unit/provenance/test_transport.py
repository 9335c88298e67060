"""What servers say proves an origin at best, and never stands against a seal."""

from dataclasses import replace

from mailbridge.model.evidence import Integrity, Verdict
from mailbridge.model.parcel import SealForm
from mailbridge.provenance.question import Record
from tests.unit.provenance.dkim_samples import judged, record, signed, unsigned
from tests.unit.provenance.samples import (
    codes,
    evidence,
    fresh_trust,
    keys,
    mail_with,
    sealed,
    signed_mail,
)


def test_a_sealed_document_stays_legal_whatever_servers_do_to_the_mail() -> None:
    broken = signed(mail_with(sealed())).replace(b"Subject: ", b"Subject: =?utf-8?b?WA==?= ")
    found = judged(broken, record())
    assert found.verdict is Verdict.LEGAL


def test_a_broken_signature_of_a_server_does_not_take_a_signed_mail_its_sender() -> None:
    octets = signed(signed_mail(keys().mailbox), bh="AAAA")
    found = judged(octets, record())
    assert [seal.integrity for seal in found.seals] == [Integrity.INTACT, Integrity.BROKEN]
    assert found.vouched != ()


def test_no_file_counts_as_sealed_by_a_server() -> None:
    found = judged(signed(), record())
    (seal,) = [each for each in found.seals if each.form is SealForm.DKIM]
    assert seal.covers == ()
    assert "unsigned-file" in codes(found)


def test_a_mail_without_any_signature_is_unproven() -> None:
    found = judged(unsigned(), record())
    assert (found.verdict, found.seals) == (Verdict.UNDETERMINED, ())


def test_a_file_without_a_mail_is_no_matter_of_servers() -> None:
    noted = Record()
    evidence(signed(), replace(fresh_trust(), dns={}), message=None, record=noted)
    assert not [seal for seal in noted.seals if seal.form is SealForm.DKIM]
