"""What mail servers and mail programs report; written by anybody."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbridge.mime.reports import delivery, disposition, message_id, message_ids, returned_id
from mailbridge.model.report import Delivery, Disposition

FAILED = """Reporting-MTA: dns; mail.vidu.gov.vn
Original-Envelope-Id: mb.abc
Arrival-Date: Wed, 25 Nov 2026 08:00:00 +0700

Original-Recipient: rfc822;VanThu@vidu.gov.vn
Final-Recipient: rfc822; <vanthu@vidu.gov.vn>
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 mailbox
 is not here
"""


def test_a_failure_is_read_by_recipient() -> None:
    read = delivery(FAILED, ("abc@x", ""))
    assert (read.envelope_id, read.message_ids) == ("mb.abc", ("abc@x",))
    assert read.deliveries == (
        Delivery(
            recipient="vanthu@vidu.gov.vn",
            original="vanthu@vidu.gov.vn",
            action="failed",
            status="5.1.1",
            diagnostic="smtp; 550 5.1.1 mailbox is not here",
        ),
    )


@pytest.mark.parametrize("action", ["Failed", "DELAYED", "delivered (to mailbox)"])
def test_actions_are_read_whatever_their_case(action: str) -> None:
    (read,) = delivery(FAILED.replace("Action: failed", f"Action: {action}")).deliveries
    assert read.action == action.partition(" ")[0].lower()


@pytest.mark.parametrize(
    "without", ["Action: failed\n", "Final-Recipient: rfc822; <vanthu@vidu.gov.vn>\n"]
)
def test_a_group_without_action_or_recipient_reports_nobody(without: str) -> None:
    assert delivery(FAILED.replace(without, "")).deliveries == ()


def test_an_unknown_action_reports_nobody() -> None:
    assert delivery(FAILED.replace("failed", "exploded")).deliveries == ()


def test_the_first_of_two_fields_counts() -> None:
    doubled = FAILED.replace("Action: failed\n", "Action: delivered\nAction: failed\n")
    assert delivery(doubled).deliveries[0].action == "delivered"


def test_a_report_of_ten_thousand_recipients_is_cut() -> None:
    group = "\nFinal-Recipient: rfc822;a@b.vn\nAction: failed\n"
    assert len(delivery("Reporting-MTA: x\n" + group * 600).deliveries) == 50


def test_control_characters_stay_out_of_a_diagnostic() -> None:
    text = FAILED.replace("mailbox\n", "\x1b[2J\u202emailbox\n")
    assert delivery(text).deliveries[0].diagnostic == "smtp; 550 5.1.1 [2J mailbox is not here"


def test_megabytes_of_folded_lines_are_read_in_linear_time() -> None:
    begun = time.perf_counter()
    delivery("A: b\n" + " x\n" * 500_000)
    delivery("A: " + "x" * 2_000_000)
    assert time.perf_counter() - begun < 2


NOTE = """Reporting-UA: vidu.gov.vn; mailbridge
Final-Recipient: rfc822;vanthu@vidu.gov.vn
Original-Message-ID: <mb.abc@hungyen.gov.vn>
Disposition: automatic-action/MDN-sent-automatically; dispatched
Received-content-MIC: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=, SHA-256
"""


def test_a_notification_is_read() -> None:
    assert disposition(NOTE) == Disposition(
        recipient="vanthu@vidu.gov.vn",
        message_id="mb.abc@hungyen.gov.vn",
        type="dispatched",
        mic="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        mic_digest="sha-256",
    )


@pytest.mark.parametrize(
    ("said", "is_error"),
    [
        ("manual-action/MDN-sent-manually; displayed", False),
        ("manual-action/MDN-sent-manually; processed/error", True),
        ("automatic-action/MDN-sent-automatically;processed/error:decryption-failed", True),
        ("automatic-action/MDN-sent-automatically; processed/Failed", True),
    ],
)
def test_modifiers_tell_an_error(said: str, is_error: bool) -> None:
    read = disposition(f"Final-Recipient: rfc822;a@b.vn\nDisposition: {said}\n")
    assert read is not None
    assert read.is_error is is_error


def test_an_error_field_is_an_error() -> None:
    read = disposition(NOTE + "Error: wrong-addressee\n")
    assert read is not None
    assert (read.is_error, read.error) == (True, "wrong-addressee")


def test_fields_behind_an_empty_line_are_read_too() -> None:
    assert disposition(NOTE.replace("Disposition", "\nDisposition")) == disposition(NOTE)


@pytest.mark.parametrize("said", ["", "displayed", "a; dissolved", "a; displayed more"])
def test_a_notification_without_a_known_type_says_nothing(said: str) -> None:
    assert disposition(f"Final-Recipient: rfc822;a@b.vn\nDisposition: {said}\n") is None


def test_returned_headers_name_the_mail() -> None:
    assert returned_id("Subject: a\nMessage-ID:\n <mb.abc@x.vn>\n\nMessage-ID: <b@x>\n") == (
        "mb.abc@x.vn"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [("<a@b>", "a@b"), (" a@b ", "a@b"), ("<a b>", ""), ("", ""), ("<a@b> <c@d>", "a@b")],
)
def test_an_identifier_loses_its_brackets(value: str, expected: str) -> None:
    assert message_id(value) == expected


def test_of_a_thousand_references_the_last_are_kept() -> None:
    named = " ".join(f"<{number}@x.vn>" for number in range(1000))
    assert message_ids((named,))[-1] == "999@x.vn"
    assert len(message_ids((named,))) == 50


@given(st.text(), st.text())
def test_whatever_is_written_is_read_or_left_out(text: str, returned: str) -> None:
    report = delivery(text, (returned,))
    assert all("@" in one.recipient and one.action for one in report.deliveries)
    disposition(text)
    returned_id(text)
    assert all(one and " " not in one for one in message_ids((text,)))


@given(st.lists(st.sampled_from([*FAILED.splitlines(), *NOTE.splitlines(), "", " x"])))
def test_fields_in_any_order_are_read_or_left_out(lines: list[str]) -> None:
    text = "\n".join(lines)
    for one in delivery(text).deliveries:
        assert one.recipient == "vanthu@vidu.gov.vn"
    read = disposition(text)
    assert read is None or read.type == "dispatched"
