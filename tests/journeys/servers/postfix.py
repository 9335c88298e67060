"""A Postfix of the tests' own: an MX that delivers to Dovecot, and a submission port with AUTH."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.journeys.servers.dovecot import Dovecot
from tests.journeys.servers.process import (
    HOST,
    answers,
    as_root,
    end,
    free_ports,
    remove,
    wait_until,
)

DOMAIN = "hungyen.gov.vn"

# `local_header_rewrite_clients` is empty, so that mail from loopback is treated as a stranger's:
# nothing is added to its header and no address is completed.
_MAIN = """
compatibility_level = 3.7
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.{domain}
mydestination =
inet_interfaces = {host}
inet_protocols = ipv4
mynetworks =
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtp_host_lookup = native
local_header_rewrite_clients =
local_recipient_maps =
alias_maps =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = regexp:{folder}/etc/mailboxes
virtual_transport = lmtp:inet:{host}:{lmtp}
transport_maps = regexp:{folder}/etc/transports
default_transport = error:no mail leaves the tests
message_size_limit = 209715200
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 2s
queue_run_delay = 2s
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{host}:{sasl}
smtpd_sasl_security_options = noanonymous
"""

_MASTER = """
{host}:{mx} inet n - n - - smtpd
{host}:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """One server with its own queue, delivering by LMTP; a context manager that ends it.

    `absent…@` is refused at RCPT TO; any other unknown mailbox is accepted and then bounced with a
    DSN, because Dovecot refuses it.
    """

    def __init__(self, dovecot: Dovecot) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pf"))
        self.folder.chmod(0o755)
        self.host = HOST
        # Mail for `giao-thang…@` is delivered there: whoever wants it listens at that port.
        self.mx_port, self.submission_port, self.gateway_port = free_ports(3)
        etc = self.folder / "etc"
        etc.mkdir()
        # Postfix makes the rest of its tree by itself.
        as_root("install", "-d", "-o", "root", self.folder / "queue")
        as_root("install", "-d", "-m", "700", "-o", "postfix", self.folder / "data")
        (etc / "mailboxes").write_text("!/^absent[^@]*@/ OK\n", encoding="ascii")
        (etc / "transports").write_text(
            f"/^giao-thang[^@]*@/ lmtp:inet:{self.host}:{self.gateway_port}\n", encoding="ascii"
        )
        facts = {
            "folder": self.folder,
            "domain": DOMAIN,
            "host": self.host,
            "lmtp": dovecot.lmtp_port,
            "sasl": dovecot.sasl_port,
            "certificate": dovecot.authority.certificate,
            "key": dovecot.authority.key,
            "mx": self.mx_port,
            "submission": self.submission_port,
        }
        (etc / "main.cf").write_text(_MAIN.format(**facts), encoding="utf-8")
        (etc / "master.cf").write_text(_MASTER.format(**facts), encoding="utf-8")

    @property
    def log(self) -> str:
        """What the server has logged."""
        path = self.folder / "postfix.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start it, on the same ports as ever, and wait until it greets."""
        try:
            as_root("/usr/sbin/postfix", "-c", self.folder / "etc", "start")
        except AssertionError as error:
            raise AssertionError(self.log) from error
        ports = (self.mx_port, self.submission_port)
        wait_until("Postfix greets", lambda: all(map(answers, ports)))

    def stop(self) -> None:
        """End it; what is queued stays queued until the next start."""
        pid_file = self.folder / "queue" / "pid" / "master.pid"
        if pid_file.exists():
            end(int(pid_file.read_text(encoding="ascii")))
        wait_until("the port is free", lambda: not answers(self.mx_port))

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        as_root("rm", "-rf", self.folder / "queue", self.folder / "data")
        remove(self.folder)
