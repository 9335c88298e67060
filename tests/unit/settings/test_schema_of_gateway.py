"""Both doors are closed by default, and open on this machine alone."""

from mailbridge.settings.explain import redacted
from mailbridge.settings.schema_of_gateway import Gateway


def test_nothing_is_open_that_is_not_named() -> None:
    assert (Gateway().submission, Gateway().lmtp, Gateway().person) == (None, None, ())


def test_a_door_opens_on_loopback_with_tls() -> None:
    made = Gateway.model_validate({"submission": {}, "lmtp": {}})
    assert made.submission is not None
    assert made.lmtp is not None
    assert made.submission.host == made.lmtp.host == "127.0.0.1"
    assert made.submission.security == "starttls"


def test_a_hash_is_not_shown() -> None:
    made = Gateway.model_validate(
        {"person": [{"name": "Lan", "address": "LAN@a.vn", "password": "$argon2id$v=19$x"}]}
    )
    shown = str(redacted(made))
    assert "argon2" not in shown
    assert "lan@a.vn" in shown
