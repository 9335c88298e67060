"""What the settings of mailboxes may never say."""

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema_of_mail import Mailbox, Server

SERVER = {"host": "h", "port": 993, "user": "u", "secret": {"file": "/s"}}


@pytest.mark.parametrize("name", ["", "Văn thư", "a/b", "-a", "a" * 33])
def test_a_mailbox_is_named_so_that_its_name_can_be_part_of_a_slot(name: str) -> None:
    with pytest.raises(ValidationError):
        Mailbox.model_validate({"name": name, "address": "a@hungyen.gov.vn", "imap": SERVER})


def test_a_server_is_spoken_to_over_tls_unless_the_settings_say_otherwise() -> None:
    assert Server.model_validate(SERVER).security == "tls"
