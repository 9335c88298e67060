"""The mail host, its mailboxes, and what stands in them before a measurement."""

import smtplib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bare import Bare
from benchmarks.corpus import Sample
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.demo.hierarchy import Hierarchy, hierarchy
from tests.journeys.servers.mailhost import MailHost

CLERK = "canbo.du-vidu@hungyen.gov.vn"


@dataclass(frozen=True, slots=True)
class World:
    """What all measurements share."""

    host: MailHost
    keys: Hierarchy
    folder: Path

    def mailbox(self, mails: Iterable[Sample] = ()) -> str:
        """Make a mailbox with these mails in it; its server has looked at it once."""
        user = self.host.new_mailbox("ban-do")
        self.fill(user, mails)
        with self.look(user):
            return user

    def fill(self, user: str, mails: Iterable[Sample]) -> None:
        """Put mails into a mailbox by LMTP."""
        with smtplib.LMTP(self.host.host, self.host.lmtp_port, "localhost", timeout=60) as lmtp:
            for each in mails:
                lmtp.sendmail(SENDER.mailbox, [user], each.octets, ["BODY=8BITMIME"])

    def fill_quickly(self, user: str, amount: int) -> None:
        """Lay old mails straight into the maildir, as years of work leave them."""
        maildir = self.host.dovecot.folder / "mail" / user / "mail"
        with self.look(user):
            owner = maildir.stat()
        for number in range(amount):
            path = maildir / "cur" / f"{1_700_000_000 + number}.M{number}P1.bench:2,S"
            path.write_bytes(b"Subject: cu\r\nMessage-ID: <%d@cu>\r\n\r\ncu\r\n" % number)
            path.chmod(0o666)
        assert owner
        with self.look(user):
            return

    @contextmanager
    def look(self, user: str) -> Iterator[Bare]:
        """Look into a mailbox as a bare client."""
        password = self.host.passwords[user]
        with Bare(self.host.imaps_port, self.host.ca_file, user, password) as client:
            yield client


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Start the mail host with the correspondents of the demo on it."""
    with MailHost() as host:
        for address in (SENDER.mailbox, OWN.mailbox, CLERK):
            host.dovecot.enroll(address)
        yield World(host, hierarchy(datetime.now(UTC).replace(microsecond=0)), folder)
