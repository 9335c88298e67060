"""The settings can be explained, and shown without a secret."""

import json
from pathlib import Path

import pytest

from mailbridge.settings.explain import explain, redacted
from mailbridge.settings.load import load

REFERENCE = Path(__file__).resolve().parents[3] / "config" / "mailbridge.toml"


def test_every_key_has_a_meaning() -> None:
    for top in (
        "office",
        "state",
        "intake",
        "policy",
        "examination",
        "notices",
        "mailbox",
        "route",
    ):
        for key, meaning in explain(top) or []:
            assert len(meaning) > len("(required)"), key


def test_a_nested_key_is_explained() -> None:
    assert [key for key, _ in explain("mailbox[0].imap.port") or []] == ["mailbox.imap.port"]


def test_an_unknown_key_is_none() -> None:
    assert explain("mailbox.imap.prot") is None
    assert explain("nothing.at.all") is None


def test_the_redacted_settings_name_no_place_of_a_secret() -> None:
    shown = json.dumps(redacted(load(REFERENCE)), ensure_ascii=False)
    assert "vanthu-password" not in shown
    assert "<secret from a credential>" in shown


@pytest.mark.parametrize(
    ("key", "default"),
    [
        ("digest.morning", '(default: "07:30")'),
        ("digest.sheet", "(default: false)"),
        ("sending.never_warn", "(default: [])"),
        ("office.allowed_domains", '(default: ["hungyen.gov.vn"])'),
    ],
)
def test_defaults_are_written_as_in_the_file(key: str, default: str) -> None:
    lines = explain(key)
    assert lines is not None
    assert lines[0][1].endswith(default)
