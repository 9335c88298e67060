"""The mail host of a province, in small: Postfix in front of Dovecot, with its mailboxes."""

import itertools
import smtplib
import ssl
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Literal, Self

from imapclient import IMAPClient

from tests.journeys.servers.dovecot import Dovecot
from tests.journeys.servers.postfix import DOMAIN, Postfix
from tests.journeys.servers.process import HOST, wait_until

STRANGER = "nguoi.gui@noi-khac.example"


class MailHost:
    """Both servers, and what a test does with them. Addresses are the names to log in with.

    with MailHost() as host:
        address = host.new_mailbox()
        host.deliver(octets, address)
        assert host.await_mails(address, 1) == [octets_with_trace]
    """

    def __init__(
        self, *, storage: Literal["maildir", "sdbox"] = "maildir", without: Collection[str] = ()
    ) -> None:
        self.dovecot = Dovecot(storage=storage, without=without)
        self.postfix = Postfix(self.dovecot)
        self.host = HOST
        self.domain = DOMAIN
        self.ca_file = self.dovecot.ca_file
        self.imap_port = self.dovecot.imap_port
        self.imaps_port = self.dovecot.imaps_port
        self.lmtp_port = self.dovecot.lmtp_port
        self.mx_port = self.postfix.mx_port
        self.submission_port = self.postfix.submission_port
        self._names = itertools.count(1)

    @property
    def passwords(self) -> dict[str, str]:
        """Every mailbox with its password."""
        return self.dovecot.passwords

    def new_mailbox(self, name: str = "hop-thu", password: str = "mat-khau") -> str:
        """Add an empty mailbox that no other test uses, and name its address."""
        address = f"{name}-{next(self._names)}@{self.domain}"
        self.dovecot.enroll(address, password)
        return address

    def trust(self) -> ssl.SSLContext:
        """Trust the authority of this host, and nobody else."""
        return ssl.create_default_context(cafile=self.ca_file)

    def deliver(self, octets: bytes, *to: str, sender: str = STRANGER) -> None:
        """Hand a mail to the MX, as another mail host would; it arrives a little later."""
        with smtplib.SMTP(self.host, self.mx_port, local_hostname="localhost", timeout=30) as smtp:
            smtp.sendmail(sender, to, octets, mail_options=["BODY=8BITMIME"])

    def submit(self, octets: bytes, *to: str, sender: str) -> None:
        """Send a mail as a clerk's program does: STARTTLS, AUTH, and the own address."""
        with smtplib.SMTP(
            self.host, self.submission_port, local_hostname="localhost", timeout=30
        ) as smtp:
            smtp.starttls(context=self.trust())
            smtp.login(sender, self.passwords[sender])
            smtp.sendmail(sender, to, octets, mail_options=["BODY=8BITMIME"])

    def hand_over(self, octets: bytes, to: str, sender: str = STRANGER) -> None:
        """Put a mail into a mailbox by LMTP; it is there when this returns."""
        with smtplib.LMTP(
            self.host, self.lmtp_port, local_hostname="localhost", timeout=30
        ) as lmtp:
            lmtp.sendmail(sender, [to], octets, mail_options=["BODY=8BITMIME"])

    @contextmanager
    def mailbox(self, address: str, folder: str | None = "INBOX") -> Iterator[IMAPClient]:
        """Log in over IMAPS and, unless `folder` is None, select it read-only."""
        client = IMAPClient(self.host, self.imaps_port, ssl_context=self.trust(), timeout=30)
        try:
            client.login(address, self.passwords[address])
            if folder is not None:
                client.select_folder(folder, readonly=True)
            yield client
        finally:
            client.logout()

    def mails(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """Read the octets of every mail in a folder, in the order of arrival."""
        with self.mailbox(address, folder) as client:
            fetched = client.fetch(client.search(), ["BODY.PEEK[]"])
        return [fetched[uid][b"BODY[]"] for uid in sorted(fetched)]

    def await_mails(
        self, address: str, count: int, folder: str = "INBOX", patience: float = 20
    ) -> list[bytes]:
        """Wait until a folder has that many mails, and read them."""
        with self.mailbox(address, None) as client:
            wait_until(
                f"{count} mails in {folder} of {address}",
                lambda: client.folder_status(folder, ["MESSAGES"])[b"MESSAGES"] >= count,
                patience,
            )
        return self.mails(address, folder)

    def __enter__(self) -> Self:
        with ExitStack() as started:
            started.enter_context(self.dovecot)
            started.enter_context(self.postfix)
            self._started = started.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._started.close()
