"""What the settings of the gateway say together and must not."""

from pathlib import Path

import pytest

from mailbridge.settings.contradictions import contradictions
from mailbridge.settings.schema import Settings

OFFICE = {"agency": "A", "clerk": "a@hungyen.gov.vn"}
IMAP = {"host": "h", "port": 993, "user": "u", "secret": {"file": "/s"}}
BOX = {"name": "a", "address": "a@hungyen.gov.vn"}
TLS = {"certificate": "/c", "key": "/k"}
LAN = {
    "name": "Lan",
    "address": "lan@hungyen.gov.vn",
    "password": "$argon2id$v=19$m=65536,t=3,p=4$a$b",
}


def _told(gateway: object, mailbox: object = BOX | {"imap": IMAP}) -> str:
    settings = Settings.model_validate(
        {
            "office": [OFFICE],
            "mailbox": [mailbox],
            "state": {"folder": "/s"},
            "directory": {"file": "/d"},
            "trust": {"folder": "/t"},
            "gateway": gateway,
        }
    )
    return "\n".join(contradictions(Path("m.toml"), settings))


@pytest.mark.parametrize(
    "gateway",
    [
        {},
        {"submission": TLS, "person": [LAN]},
        {"submission": {"security": "none"}, "person": [LAN | {"password": {"file": "/p"}}]},
        {"lmtp": {"socket": "/run/lmtp", "host": "10.0.0.1"}},
    ],
)
def test_doors_that_keep_the_rules_are_good(gateway: object) -> None:
    assert _told(gateway) == ""


@pytest.mark.parametrize(
    ("gateway", "expected"),
    [
        ({"submission": {}, "person": [LAN]}, "gateway.submission.certificate"),
        (
            {"submission": {"security": "none", "host": "0.0.0.0"}, "person": [LAN]},
            "gateway.submission.security",
        ),
        ({"submission": TLS}, "gateway.person: chưa có ai"),
        ({"lmtp": {"host": "0.0.0.0"}}, "gateway.lmtp.host"),
        ({"person": [LAN, LAN]}, "lan@hungyen.gov.vn bị trùng"),
        ({"person": [LAN | {"office": "B"}]}, "gateway.person[0].office"),
        ({"person": [LAN | {"password": "bí mật"}]}, "gateway.person[0].password"),
    ],
)
def test_what_leaves_a_door_open_is_told(gateway: object, expected: str) -> None:
    told = _told(gateway)
    assert expected in told
    assert "bí mật" not in told


def test_a_mailbox_needs_imap_or_a_door() -> None:
    assert "mailbox[0].imap" in _told({}, BOX)
    assert _told({"lmtp": {}}, BOX) == ""
