from dataclasses import replace

import pytest

from mailbridge.letters.mdn import report
from mailbridge.model.letter import ReceiptFacts, Stage
from tests.unit.letters.sample import owed


def _facts() -> ReceiptFacts:
    facts = owed(Stage.ARRIVED).facts
    assert isinstance(facts, ReceiptFacts)
    return facts


def test_report_has_its_three_parts_in_order() -> None:
    octets = report(_facts(), "Đã đến.", "limit").octets()
    kinds = (b"text/plain", b"message/disposition-notification", b"text/rfc822-headers")
    places = [octets.index(b"Content-Type: " + kind) for kind in kinds]
    assert places == sorted(places)


def test_report_never_asks_for_a_report() -> None:
    assert b"Disposition-Notification-To" not in report(_facts(), "", "limit").octets()


def test_digest_that_is_none_is_left_out() -> None:
    octets = report(replace(_facts(), mic="x\r\nDisposition: y"), "", "limit").octets()
    assert b"MIC" not in octets
    assert octets.count(b"\r\nDisposition:") == 1


@pytest.mark.parametrize("stage", [Stage.ASSIGNED, Stage.PROCESSING, Stage.DONE])
def test_what_a_person_did_is_reported_as_a_manual_act(stage: Stage) -> None:
    octets = report(replace(_facts(), stage=stage), "", "limit").octets()
    assert b"Disposition: manual-action/MDN-sent-manually; processed\r\n" in octets
