"""A real Postfix delivers to the gateway, and nobody polls."""

import re
from pathlib import Path

from mailbridge.model.outcome import OutcomeName
from tests.journeys.office import Office
from tests.journeys.servers.mailhost import MailHost

STRAIGHT = "giao-thang@hungyen.gov.vn"


def _office(folder: Path, host: MailHost) -> Office:
    def change(text: str) -> str:
        """Take IMAP away, and open the door for the mail server."""
        text = re.sub(r"\[mailbox\.imap\].*?(?=\[mailbox\.smtp\])", "", text, flags=re.DOTALL)
        named = text.replace("[[mailbox]]\n", f'[[mailbox]]\naliases = ["{STRAIGHT}"]\n')
        return f"{named}\n[gateway.lmtp]\nport = {host.postfix.gateway_port}\n"

    return Office(folder, host, change=change)


def test_a_mailbox_without_imap_registers_what_postfix_delivers(
    tmp_path: Path, mailhost: MailHost, mailbox: str
) -> None:
    with _office(tmp_path, mailhost) as office:
        # While we are away the mail waits in the queue of the mail server.
        mailhost.deliver(office.sealed_mail("123"), STRAIGHT)
        office.start()
        (first,) = office.settled(1)
        assert first.outcome is OutcomeName.REGISTERED
        unknown = STRAIGHT.replace("@", "-khac@")
        mailhost.deliver(office.sealed_mail("124"), STRAIGHT, unknown, sender=mailbox)
        office.settled(2)
        assert office.numbers() == [1, 2]
        (bounce,) = mailhost.await_mails(mailbox, 1)
        assert b"5.1.1" in bounce
        assert unknown.encode() in bounce
        office.until(lambda: all(row.filed_at for row in office.rows()), "nothing to be filed")
        assert office.stop() == 0
