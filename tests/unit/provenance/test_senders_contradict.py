"""What a mail says of its sender, against itself."""

from dataclasses import replace
from typing import Any

import pytest

from mailbridge.demo import agencies, cms
from mailbridge.demo.cms import Form
from mailbridge.model.evidence import Verdict

OWN, OTHER = agencies.SENDER.mailbox, agencies.NEIGHBOUR.mailbox


@pytest.mark.parametrize(
    ("senders", "more"),
    [
        ((OWN, OTHER), {}),
        ((OWN,), {"name": f"Văn phòng <{OTHER}>"}),
        ((OWN,), {"name": f"{OWN} {OTHER}"}),
        ((OWN,), {"name": OTHER.replace("@", "＠")}),
        ((OWN,), {"name": agencies.NEIGHBOUR.name.upper()}),
        ((OWN,), {"fields": (("Sender", OTHER),)}),
    ],
)
def test_contradicting_words_vouch_for_nobody(desk: Any, senders: Any, more: Any) -> None:
    desk.sent_by(*senders, **more)
    desk.signed(cms.detached(b"x", desk.keys.seal, Form(desk.at)), b"x")
    found = desk.ask()
    assert found.has("contradicting-senders")
    assert found.verdict is Verdict.FAILED
    assert found.vouched == ()


def test_without_directory_the_signer_must_be_the_sender(desk: Any) -> None:
    desk.directory = None
    desk.sent_by(OTHER)
    desk.signed(cms.detached(b"x", desk.keys.mailbox, Form(desk.at)), b"x")
    assert desk.ask().vouched == ()
    desk.sent_by(OWN)
    assert desk.ask().vouched == (OWN,)


def test_headers_inside_the_seal_must_be_those_outside(desk: Any) -> None:
    desk.signed(cms.detached(b"x", desk.keys.seal, Form(desk.at)), b"x")
    desk.claims = (replace(desk.claims[0], protected=(("from", OTHER),)),)
    found = desk.ask()
    assert found.has("protected-differs")
    assert found.vouched == ()
