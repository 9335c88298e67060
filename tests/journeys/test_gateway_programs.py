"""The gateway driven by real mail programs: swaks and mutt."""

import email
import email.policy
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import LetterKind
from tests.journeys.pair import PASSWORD, Pair
from tests.journeys.servers.authority import Authority
from tests.journeys.servers.mailhost import MailHost

_DOOR = """
[gateway.submission]
port = {port}
certificate = "gate/server.pem"
key = "gate/server.key"
[[gateway.person]]
name = "Nguyễn Thị Lan"
address = "{clerk}"
password = {{ file = "secret" }}
"""


class Gate:
    """The office's gateway, and the programs that a clerk uses."""

    def __init__(self, pair: Pair, folder: Path, port: int) -> None:
        self.pair, self.folder, self.port = pair, folder, port
        self.clerk = pair.ours.clerk

    def swaks(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Talk to the gateway as swaks does."""
        command = ["swaks", "--server", f"127.0.0.1:{self.port}", "--tls", "--suppress-data"]
        return subprocess.run(
            [*command, *options], capture_output=True, text=True, timeout=60, check=False
        )

    def submit(
        self, paper: Path, *to: str, password: str = PASSWORD, body: str = "Kính gửi"
    ) -> subprocess.CompletedProcess[str]:
        """Submit a paper with swaks."""
        return self.swaks(
            *("--auth", "PLAIN", "--auth-user", self.clerk, "--auth-password", password),
            *("--from", self.clerk, "--to", ",".join(to), "--header", "Subject: Cong van 1"),
            *("--body", body, "--attach-type", "application/pdf", "--attach", f"@{paper}"),
        )

    def mutt(self, paper: Path, to: str) -> subprocess.CompletedProcess[str]:
        """Submit a paper with mutt."""
        written = self.folder / "muttrc"
        user = self.clerk.replace("@", "%40")
        written.write_text(
            f'set smtp_url = "smtp://{user}@127.0.0.1:{self.port}/"\n'
            f'set smtp_pass = "{PASSWORD}"\nset from = "{self.clerk}"\nset use_from = yes\n'
            "set ssl_starttls = yes\nset ssl_force_tls = yes\n"
            f'set certificate_file = "{self.folder / "gate" / "ca.pem"}"\n'
            "set ssl_verify_host = no\nset copy = no\nset use_envelope_from = yes\n"
            f'set envelope_from_address = "{self.clerk}"\nset charset = "utf-8"\n'
        )
        command = ["mutt", "-F", str(written), "-s", "Cong van 2", "-a", str(paper), "--", to]
        return subprocess.run(
            command,
            input="Vẫn gửi: thử\n",
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={"HOME": str(self.folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )

    def answers(self) -> list[str]:
        """Read what the clerk was answered, as he reads it."""
        mails = [m for m in self.pair.host.mails(self.clerk) if b"X-Mailbridge: answer" in m]
        return [_words(mail) for mail in mails]


def _words(mail: bytes) -> str:

    body = email.message_from_bytes(mail, policy=email.policy.default).get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


@contextmanager
def _gate(tmp_path: Path, host: MailHost) -> Iterator[Gate]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def change(text: str) -> str:
        clerk = re.search(r'clerk = "(.*)"', text)
        assert clerk
        return text + _DOOR.format(clerk=clerk[1], port=port)

    with Pair(tmp_path, host, change=change) as pair:
        folder = pair.ours.folder / "gate"
        folder.mkdir()
        Authority(folder)
        pair.ours.start()
        yield Gate(pair, pair.ours.folder, port)


def test_a_clerk_sends_by_his_own_mail_program_and_is_answered(
    tmp_path: Path, mailhost: MailHost
) -> None:
    with _gate(tmp_path, mailhost) as gate:
        pair, paper = gate.pair, tmp_path / "vb.pdf"
        pair.theirs.start()
        paper.write_bytes(pair.paper("1"))
        done = gate.submit(paper, pair.theirs.address, pair.plain)
        assert done.returncode == 0, done.stdout + done.stderr
        pair.ours.until(gate.answers, "an answer to the clerk", 60)
        (answer,) = gate.answers()
        assert "Đã ghi gửi văn bản 1-CV/ĐU" in answer
        assert "Số đi: 1/2026" in answer
        pair.ours.until(
            lambda: pair.ours.exchange_with(SENDER.code).state is ExchangeState.REGISTERED,
            "their receipt",
            40,
        )
        pair.ours.until(lambda: mailhost.mails(pair.plain), "the mail in the plain mailbox")
        assert pair.ours.exchange_with(NEIGHBOUR.code).state is ExchangeState.SUBMITTED


def test_what_is_wrong_is_said_at_the_door_or_by_mail(tmp_path: Path, mailhost: MailHost) -> None:
    with _gate(tmp_path, mailhost) as gate:
        pair, paper = gate.pair, tmp_path / "vb.pdf"
        paper.write_bytes(pair.paper("9"))
        wrong = gate.submit(paper, pair.plain, password="doan-mo")
        assert (wrong.returncode != 0, "535" in wrong.stdout) == (True, True)
        stranger = gate.submit(paper, "nguoi-la@hungyen.gov.vn")
        assert (stranger.returncode != 0, "550" in stranger.stdout) == (True, True)
        in_the_clear = subprocess.run(
            [
                *("swaks", "--server", f"127.0.0.1:{gate.port}", "--from", gate.clerk),
                *("--to", pair.plain, "--auth-user", gate.clerk, "--auth-password", PASSWORD),
            ],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert in_the_clear.returncode != 0
        assert PASSWORD not in pair.ours.log.read_text()
        accepted = gate.submit(paper, pair.plain)
        assert accepted.returncode == 0, accepted.stdout
        pair.ours.until(gate.answers, "an answer to the clerk", 60)
        (answer,) = gate.answers()
        assert "chưa được gửi" in answer
        assert "Số in trên văn bản là 9" in answer
        assert not [x for x in pair.ours.letters() if x.kind is LetterKind.DOCUMENT]


def test_mutt_submits_as_well(tmp_path: Path, mailhost: MailHost) -> None:
    with _gate(tmp_path, mailhost) as gate:
        pair, paper = gate.pair, tmp_path / "vb.pdf"
        paper.write_bytes(pair.paper("1"))
        done = gate.mutt(paper, pair.plain)
        assert done.returncode == 0, done.stdout + done.stderr
        pair.ours.until(gate.answers, "an answer to the clerk", 60)
        assert "1-CV/ĐU" in gate.answers()[0]
