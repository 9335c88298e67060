"""A reminder counts where its sender signed it, and weakly where its domain alone vouches."""

from dataclasses import replace

import pytest

from mailbridge.model.directory import Agency, CertificateRole, EnrolledCertificate
from mailbridge.model.evidence import Coverage, Evidence, Integrity, Seal, Trust
from mailbridge.model.examination import MailView, Opened
from mailbridge.model.exchange import Weight
from mailbridge.model.parcel import SealForm
from mailbridge.model.report import Answers, SignedFields
from mailbridge.model.statement import Sender
from mailbridge.rules.reminding import reminded
from tests.unit.rules.answering import NOW, PLAIN, SIGNED, THEIRS, THEM

SILENT = Agency(THEM.agency, THEM.name)
SIGNS = replace(SILENT, certificates=(EnrolledCertificate("1", CertificateRole.MAILBOX),))
OPEN = Opened("mail", MailView(references=("open@x.vn",)), (), (), Evidence(None))
SEALED = replace(
    OPEN,
    evidence=Evidence(None, vouched=(THEM.address,), origin_proven=True),
    answers=Answers(signed=SignedFields(in_reply_to=("signed@x.vn",), covers=(THEIRS,))),
)
DKIM = Seal(SealForm.DKIM, "", Integrity.INTACT, Coverage.WHOLE, Trust.TRUSTED, bound=True)
OF_DOMAIN = replace(OPEN, evidence=Evidence(None, seals=(DKIM,), origin_proven=True))
PAPER = replace(DKIM, form=SealForm.PADES, on_file=True)
OF_PAPER = replace(OPEN, evidence=Evidence(None, seals=(PAPER,), origin_proven=True))


@pytest.mark.parametrize("agency", [SILENT, SIGNS])
def test_what_is_signed_counts_and_names_what_is_signed(agency: Agency) -> None:
    assert reminded(SEALED, SIGNED, agency, NOW) == (Weight.PROVEN, ("signed@x.vn",))
    unchecked = replace(SIGNED, is_good=False)
    assert reminded(SEALED, unchecked, agency, NOW) == (Weight.WEAK, ("signed@x.vn",))


def test_of_who_signs_nothing_the_domain_counts_weakly() -> None:
    assert reminded(OF_DOMAIN, SIGNED, SILENT, NOW) == (Weight.WEAK, ("open@x.vn",))
    assert reminded(OF_DOMAIN, SIGNED, SIGNS, NOW) is None


@pytest.mark.parametrize(
    ("opened", "sender", "agency"),
    [
        (OPEN, PLAIN, SILENT),
        (SEALED, SIGNED, None),
        (SEALED, replace(SIGNED, contradicts=True), SIGNS),
        (SEALED, replace(SIGNED, is_failed=True), SIGNS),
        # Under a seal that repeats no header: it may be of any mail of theirs.
        (replace(SEALED, answers=Answers()), SIGNED, SIGNS),
        # A genuine document that was put into a forged mail.
        (OF_PAPER, SIGNED, SILENT),
        (replace(OPEN, mail=None), SIGNED, SILENT),
    ],
)
def test_whatever_nobody_stands_behind_is_no_reminder(
    opened: Opened, sender: Sender, agency: Agency | None
) -> None:
    assert reminded(opened, sender, agency, NOW) is None
