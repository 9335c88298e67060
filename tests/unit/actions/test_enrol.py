"""A certificate speaks for one agency, and only on a clerk's word."""

from datetime import date

import pytest

from mailbridge.actions.enrol import CannotEnrolError, confirm, dismiss, withdraw
from mailbridge.actions.house import House
from mailbridge.model.directory import CertificateRole, EnrolledCertificate
from mailbridge.registry import agencies, enrolments
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, keys, mail_with, sealed

CODE = "DEMO.01.01"
NEW = EnrolledCertificate(keys().ec_seal.fingerprint, CertificateRole.SEAL)


def test_the_holder_is_taken_from_the_proposed_certificate(house: House, lead: Lead) -> None:
    lead(mail_with(sealed(keys().ec_seal)))
    assert confirm(house.database, CODE.lower(), NEW, "A", NOW) == (1,)
    with house.database.reading() as tx:
        found = agencies.directory(tx).by_certificate(NEW.fingerprint)
    assert found is not None
    assert (found[0].code, bool(found[1].holder)) == (CODE, True)


def test_another_agencys_certificate_and_an_unknown_agency_are_refused(house: House) -> None:
    other = EnrolledCertificate(keys().neighbour_mailbox.fingerprint, CertificateRole.SEAL)
    with pytest.raises(CannotEnrolError, match="không đổi chủ"):
        confirm(house.database, CODE, other, "A", NOW)
    with pytest.raises(CannotEnrolError, match="Không có cơ quan"):
        confirm(house.database, "NOBODY", NEW, "A", NOW)


def test_a_dismissed_proposal_waits_no_longer_and_enrols_nothing(house: House, lead: Lead) -> None:
    lead(mail_with(sealed(keys().ec_seal)))
    dismiss(house.database, NEW.fingerprint, "A", NOW)
    with house.database.reading() as tx:
        assert enrolments.proposed(tx) == ()
        assert agencies.directory(tx).by_certificate(NEW.fingerprint) is None
    with pytest.raises(CannotEnrolError):
        dismiss(house.database, "b" * 64, "A", NOW)


def test_an_ended_certificate_keeps_its_day(house: House) -> None:
    ended = withdraw(house.database, keys().seal.fingerprint, date(2026, 6, 1), "A", NOW)
    assert ended.until == date(2026, 6, 1)
    with pytest.raises(CannotEnrolError):
        withdraw(house.database, "b" * 64, None, "A", NOW)
