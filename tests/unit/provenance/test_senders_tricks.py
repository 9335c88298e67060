"""A sealed mail whose From is a trick vouches for nobody."""

from dataclasses import replace

import pytest

from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.model.evidence import Verdict
from tests.unit.provenance.samples import HEAD, codes, evidence, keys, signed_mail

OWN = SENDER.mailbox
LINE = f"From: <{OWN}>\r\n".encode()


def written(from_: str, more: str = "") -> bytes:
    octets = signed_mail(keys().mailbox)
    assert octets.startswith(LINE)
    return f"From: {from_}\r\n{more}".encode() + octets.removeprefix(LINE)


@pytest.mark.parametrize(
    "from_",
    [
        f"{NEIGHBOUR.mailbox}: {OWN};",
        f"Nhóm: {OWN};",
        f"{OWN}, {NEIGHBOUR.mailbox}",
        f"<{NEIGHBOUR.mailbox}> <{OWN}>",
        f"=?utf-8?q?{NEIGHBOUR.mailbox.replace('@', '=40')}?= <{OWN}>",
        f'"{NEIGHBOUR.mailbox}\u200b" <{OWN}>',
        f'"{NEIGHBOUR.mailbox[:3]}\u200b{NEIGHBOUR.mailbox[3:]}" <{OWN}>',
        f'"\u202e{OWN[::-1]}" <{OWN}>',
        f'"{NEIGHBOUR.name.upper()}" <{OWN}>',
        f"<{OWN}>\0",
        f"=?utf-8?q?x?= <{OWN}>, =?utf-8?q?y=40z?=",
        f"{OWN} ({NEIGHBOUR.mailbox})",
    ],
)
def test_a_trick_in_from_vouches_for_nobody(from_: str) -> None:
    found = evidence(written(from_))
    assert "contradicting-senders" in codes(found)
    assert found.vouched == ()
    assert found.verdict is Verdict.FAILED


@pytest.mark.parametrize("from_", [OWN, f"Văn thư <{OWN}>", f'"{OWN}" <{OWN}>', f"{OWN} (Văn thư)"])
def test_an_honest_from_is_vouched_for(from_: str) -> None:
    assert evidence(written(from_)).vouched == (OWN,)


def test_two_types_of_content_vouch_for_nobody() -> None:
    found = evidence(b"Content-Type: text/html\r\n" + signed_mail(keys().mailbox))
    assert found.vouched == ()


def test_a_look_alike_domain_fails() -> None:
    head = replace(HEAD, sender=OWN.replace(".gov.", ".g0v."))
    found = evidence(signed_mail(keys().mailbox, head))
    assert "look-alike-sender" in codes(found)
    assert found.verdict is Verdict.FAILED


def test_an_answer_that_goes_elsewhere_is_told() -> None:
    found = evidence(written(OWN, "Reply-To: x@elsewhere.vn\r\n"))
    assert "reply-elsewhere" in codes(found)
    assert "reply-elsewhere" not in codes(evidence(written(OWN, f"Reply-To: {OWN}\r\n")))


def test_a_resent_field_makes_nobody_the_sender() -> None:
    found = evidence(written("x@elsewhere.vn", f"Resent-From: {OWN}\r\n"))
    assert found.vouched == ()
    assert found.sender is None


def test_a_part_of_another_mail_is_refused_with_its_reason() -> None:
    octets = LINE + b"Content-Type: message/partial; id=a; number=1\r\n\r\nx"
    found = evidence(octets)
    assert "part-refused" in codes(found)
    assert found.verdict is Verdict.UNDETERMINED
