"""A PostgreSQL of the tests' own: a cluster on a Unix socket, and a fresh register for each test.

The server refuses to run as root: there it runs as the account that its Debian package made.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
from sqlalchemy import make_url

from mailbridge.registry.database import Database
from tests.emptied import Connection, emptied, form

_BINARIES = Path("/usr/lib/postgresql")
_ACCOUNT = "postgres"
_TEMPLATE = "register_template"


def on_postgres(config: Path, url: str) -> None:
    """Let a settings file name this register."""
    written = config.read_text(encoding="utf-8")
    config.write_text(
        written.replace("[state]\n", f'[state]\ndatabase = "{url}"\n'), encoding="utf-8"
    )


class Cluster:
    """One server with a migrated register to copy from. `durable` keeps its fsyncs."""

    def __init__(self, *, durable: bool = False) -> None:
        # A Unix socket in it stays under 108 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="mbpg"))
        self._binaries = max(_BINARIES.glob("*/bin"))
        self._numbers = count(1)
        self._server = self._start(durable=durable)
        with self._admin() as admin:
            admin.execute(f"CREATE DATABASE {_TEMPLATE}")
        made = Database(self.url(_TEMPLATE))
        made.migrate()
        made.close()
        self._emptied: list[str] = []
        with self._connected(_TEMPLATE) as template:
            self._form = form(template)

    def url(self, name: str) -> str:
        """Give the URL of a database."""
        return f"postgresql+psycopg://mailbridge@/{name}?host={quote(str(self._folder))}"

    def fresh(self) -> str:
        """Make an empty, migrated register and give its URL."""
        if self._emptied:
            return self.url(self._emptied.pop())
        name = f"register_{os.getpid()}_{next(self._numbers)}"
        with self._admin() as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.url(name)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Lend a register as `fresh` makes it; what a test left of it may be lent again."""
        url = self.fresh()
        yield url
        name = str(make_url(url).database)
        with self._connected(name) as used:
            is_empty = emptied(used, self._form)
        if is_empty:
            self._emptied.append(name)

    def empty(self, options: str = "") -> str:
        """Make a database without a single table."""
        name = f"empty_{os.getpid()}_{next(self._numbers)}"
        with self._admin() as admin:
            admin.execute(f"CREATE DATABASE {name} {options}".encode())
        return self.url(name)

    def stop(self) -> None:
        """End the server at once, as a machine that dies would."""
        self._server.kill()
        self._server.wait()

    def restart(self) -> None:
        """Start it again over the same data."""
        self._server = self._run()

    def end(self) -> None:
        """Stop the server and remove all that it kept."""
        self._server.terminate()
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, *, durable: bool) -> "subprocess.Popen[bytes]":
        if os.geteuid() == 0:
            account = pwd.getpwnam(_ACCOUNT)
            os.chown(self._folder, account.pw_uid, account.pw_gid)
        data = str(self._folder / "data")
        made = ["--auth=trust", "--username=mailbridge", "--encoding=UTF8", "--locale=C.UTF-8"]
        initdb = self._as_account(str(self._binaries / "initdb"), "-D", data, "--no-sync", *made)
        subprocess.run(initdb, check=True, capture_output=True, cwd=self._folder)
        with (self._folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self._folder}'\n")
            settings.write("shared_buffers = 16MB\nmax_connections = 60\n")
            # Hundreds of small registers, none of which lives for long.
            settings.write("autovacuum = off\n")
            if not durable:
                settings.write("fsync = off\nfull_page_writes = off\n")
        return self._run()

    def _run(self) -> "subprocess.Popen[bytes]":
        data = str(self._folder / "data")
        command = self._as_account(str(self._binaries / "postgres"), "-D", data)
        with (self._folder / "log").open("ab") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder)
        ready = [str(self._binaries / "pg_isready"), "-q", "-h", str(self._folder), "-t", "1"]
        for _ in range(200):
            if subprocess.run(ready, check=False).returncode == 0:
                return server
            if server.poll() is not None:
                break
        raise RuntimeError((self._folder / "log").read_text(errors="replace")[-2000:])

    @staticmethod
    def _as_account(*command: str) -> list[str]:
        if os.geteuid() != 0:
            return list(command)
        # The server ends with the tests, also when they are killed.
        become = [
            "setpriv",
            "--pdeathsig=QUIT",
            f"--reuid={_ACCOUNT}",
            f"--regid={_ACCOUNT}",
            "--clear-groups",
            "--",
        ]
        return [*become, *command]

    def _admin(self) -> Connection:
        return self._connected("postgres", autocommit=True)

    def _connected(self, name: str, *, autocommit: bool = False) -> Connection:
        return psycopg.connect(
            host=str(self._folder), user="mailbridge", dbname=name, autocommit=autocommit
        )
