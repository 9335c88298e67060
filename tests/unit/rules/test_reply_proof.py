"""A reply is proven where what is signed holds writer, addressee and document together."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailbridge.model.evidence import (
    Coverage,
    Evidence,
    Finding,
    Integrity,
    Level,
    Seal,
    Signer,
    Trust,
    Verdict,
)
from mailbridge.model.examination import MailView
from mailbridge.model.letter import NoticeFacts
from mailbridge.model.message import Address
from mailbridge.model.outcome import Number
from mailbridge.model.parcel import SealForm
from mailbridge.model.reading import Urgency
from mailbridge.model.report import Cover, SignedFields
from mailbridge.rules.reply_proof import names, proves

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WHO, OWN = "a@x.vn", ("vanthu@x.vn",)
MAIL = MailView(to=(Address(OWN[0]),), subject="Re: Văn bản đến số 431/2026: 12-CV/TU")
DKIM = Seal(
    SealForm.DKIM, "1", Integrity.INTACT, Coverage.WHOLE, Trust.TRUSTED, signer=Signer("x.vn")
)
CERTIFICATE = replace(
    DKIM, form=SealForm.SMIME, signer=Signer("A", (WHO,), "ff"), why=("certificate-unknown",)
)
FIELDS = SignedFields(
    from_=(WHO,), to=OWN, subject="s", covers=(Cover(SealForm.SMIME, "ff", None, stands=False),)
)
NOTICE = NoticeFacts(
    1, Number("den", 2026, 431), "12-CV/TU", None, None, None, "", Verdict.LEGAL, "",
    Urgency.NORMAL, NOW, "",
)  # fmt: skip


def proven(
    seal: Seal, mail: MailView = MAIL, fields: SignedFields | None = None, *findings: Finding
) -> tuple[str, ...]:
    return proves(WHO, mail, Evidence(None, findings, (seal,)), fields, OWN)


def test_the_domain_vouches_for_the_subject() -> None:
    assert proven(DKIM) == (MAIL.subject,)


def test_a_certificate_vouches_for_the_header_that_it_repeats() -> None:
    assert proven(CERTIFICATE, MAIL, FIELDS) == ("s",)
    assert proven(CERTIFICATE) == ()


@pytest.mark.parametrize(
    "seal",
    [
        replace(DKIM, integrity=Integrity.BROKEN),
        replace(DKIM, coverage=Coverage.PART),
        replace(DKIM, trust=Trust.UNKNOWN),
        replace(DKIM, signer=Signer("sub.x.vn")),
        replace(DKIM, signer=None),
        replace(DKIM, on_file=True),
        replace(DKIM, form=SealForm.ARC),
        replace(DKIM, why=("dkim-testing",)),
        replace(CERTIFICATE, why=("revocation-unchecked",)),
        replace(CERTIFICATE, signer=Signer("A", ("b@x.vn",), "ff")),
        replace(CERTIFICATE, signer=Signer("A", (WHO,), "ee")),
        replace(CERTIFICATE, trust=Trust.UNTRUSTED),
    ],
)
def test_nothing_less_proves_anything(seal: Seal) -> None:
    assert proven(seal, MAIL, FIELDS) == ()


@pytest.mark.parametrize(
    ("seal", "mail", "fields"),
    [
        (DKIM, replace(MAIL, to=(Address("b@x.vn"),)), None),
        (CERTIFICATE, MAIL, replace(FIELDS, to=("b@x.vn",))),
        (CERTIFICATE, MAIL, replace(FIELDS, from_=("b@x.vn",))),
        (CERTIFICATE, MAIL, replace(FIELDS, from_=(WHO, "b@x.vn"))),
    ],
)
def test_what_was_signed_for_somebody_else_is_not_for_us(
    seal: Seal, mail: MailView, fields: SignedFields | None
) -> None:
    assert proven(seal, mail, fields) == ()


@pytest.mark.parametrize("code", ["seal-broken", "contradicting-senders"])
def test_what_condemns_the_mail_condemns_the_reply(code: str) -> None:
    level = Level.FAIL if code == "seal-broken" else Level.WARN
    assert proven(DKIM, MAIL, None, Finding(code, level, "", "")) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (MAIL.subject, True),
        ("RE: [HỎA TỐC] Văn bản đến số 431/2026 (nhắc lần 2): 12-CV/TU V/v x", True),
        ("Re: Văn bản đến số 1431/2026: 12-CV/TU", False),
        ("Re: Văn bản đến số 431/20261: 12-CV/TU", False),
        ("Re: Văn bản đến số 431/2026: 13-CV/TU", False),
        ("", False),
    ],
)
def test_number_and_symbol_name_the_document(text: str, named: bool) -> None:
    assert names(text, NOTICE) is named
    assert not names(text, replace(NOTICE, number=None))
