"""A Dovecot 2.3 of the tests' own: IMAP with STARTTLS, IMAPS, LMTP and SASL on loopback ports."""

import grp
import os
import pwd
import tempfile
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from tests.journeys.servers.authority import Authority
from tests.journeys.servers.process import HOST, answers, end, free_ports, remove, run, wait_until

# What Dovecot 2.3 says of itself after login; a test takes away what its server shall lack.
CAPABILITIES = """
IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS
THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS
LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH
LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY
SPECIAL-USE
"""

_CONFIGURATION = """
protocols = imap lmtp
listen = {host}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = {storage}:~/mail
mail_max_userip_connections = 0
mailbox_list_index = yes
{capability}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users/%u
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap {{
  process_limit = 1024
}}
service lmtp {{
  inet_listener lmtp {{
    address = {host}
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener sasl {{
    address = {host}
    port = {sasl}
  }}
}}
"""


class Dovecot:
    """One server with its own folder, certificate and users; a context manager that ends it."""

    def __init__(
        self,
        *,
        storage: Literal["maildir", "sdbox"] = "maildir",
        without: Collection[str] = (),
        authority: Authority | None = None,
    ) -> None:
        # A short folder: the path of a Unix socket must stay under 108 characters.
        self.folder = Path(tempfile.mkdtemp(prefix="dc"))
        self.folder.chmod(0o755)
        self.authority = authority or Authority(self.folder / "tls")
        self.ca_file = self.authority.ca_file
        self.host = HOST
        self.imap_port, self.imaps_port, self.lmtp_port, self.sasl_port = free_ports(4)
        self.passwords: dict[str, str] = {}
        self._users = self.folder / "users"
        self._users.mkdir(mode=0o755)
        self._configuration = self.folder / "dovecot.conf"
        self._configuration.write_text(self._written(storage, without), encoding="utf-8")

    def _written(self, storage: str, without: Collection[str]) -> str:
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid())
        owner = pwd.getpwnam("nobody") if root else me
        internal = pwd.getpwnam("dovecot") if root else me
        mail = self.folder / "mail"
        mail.mkdir()
        os.chown(mail, owner.pw_uid, owner.pw_gid)
        left = " ".join(name for name in CAPABILITIES.split() if name not in without)
        return _CONFIGURATION.format(
            folder=self.folder,
            host=self.host,
            internal=internal.pw_name,
            group=grp.getgrgid(internal.pw_gid).gr_name,
            login="dovenull" if root else me.pw_name,
            certificate=self.authority.certificate,
            key=self.authority.key,
            storage=storage,
            capability=f"imap_capability = {left}" if without else "",
            owner=owner.pw_uid,
            owner_group=owner.pw_gid,
            # Without root nobody may change the root of a process.
            chroot="" if root else "chroot =",
            imap=self.imap_port,
            imaps=self.imaps_port,
            lmtp=self.lmtp_port,
            sasl=self.sasl_port,
        )

    def enroll(self, address: str, password: str = "mat-khau") -> None:
        """Add a mailbox; also while the server runs."""
        self.passwords[address] = password
        # One file for each: Dovecot looks only once a second whether a file has changed.
        (self._users / address).write_text(f"{address}:{password}\n", encoding="utf-8")

    @property
    def log(self) -> str:
        """What the server has logged."""
        path = self.folder / "dovecot.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start it, on the same ports as ever, and wait until it greets."""
        run("/usr/sbin/dovecot", "-c", self._configuration)
        wait_until("Dovecot greets", lambda: all(map(answers, (self.imap_port, self.lmtp_port))))

    def stop(self) -> None:
        """End it, as a crash or a restart of the mail host would; mails and users stay."""
        pid_file = self.folder / "run" / "master.pid"
        if pid_file.exists():
            end(int(pid_file.read_text(encoding="ascii")))
        wait_until("the port is free", lambda: not answers(self.imap_port))

    def roll_uidvalidity(self, address: str) -> None:
        """Lose the list of UIDs of an INBOX (maildir), so that UIDVALIDITY changes."""
        self.stop()
        for forgotten in (self.folder / "mail" / address / "mail").glob("dovecot*"):
            forgotten.unlink()
        self.start()

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
        remove(self.folder)
