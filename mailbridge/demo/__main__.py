"""Play: eight mails come and one leaves by real SMTP and IMAP; what became of each and why."""

import email
import email.policy
import imaplib
import json
import secrets
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailbridge import clock
from mailbridge.demo.agencies import OWN, SENDER
from mailbridge.demo.hierarchy import hierarchy
from mailbridge.demo.scenes import Scene, outgoing, scenes
from mailbridge.demo.server import HOST, MailServer
from mailbridge.demo.stage import CLERK, set_up

_PATIENCE = 30.0
# Two registered (03), three held documents (01) and the warning of a mark of secrecy (Điều 5.1);
# strangers and robots get none.
_EXPECTED_RECEIPTS = 6
_console = Console()


def main() -> int:
    """Play all scenes; gives the exit status: 0 if every one ended as it must."""
    folder = Path(tempfile.mkdtemp(prefix="mailbridge-demo-"))
    keys = hierarchy(clock.now().replace(microsecond=0))
    played = scenes(keys)
    with MailServer((OWN.mailbox, SENDER.mailbox, CLERK), secrets.token_hex(8)) as server:
        settings = set_up(folder, keys, server)
        _say("Máy chủ thư nhúng, ba cơ quan ví dụ và khóa đã sẵn sàng.")
        service = _start(settings, folder)
        try:
            rows = [_play(server, settings, scene, turn) for turn, scene in enumerate(played, 1)]
            receipts = _receipts(server, _EXPECTED_RECEIPTS)
            sent = _send(server, settings, outgoing(keys))
        finally:
            service.terminate()
            status = service.wait(timeout=20)
    _show_book(settings)
    _show_receipts(receipts)
    _show_exchanges(settings, sent)
    return _summary(folder, settings, list(zip(played, rows, strict=True)), status)


def _start(settings: Path, folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "mailbridge", "run", "--config", str(settings)],
            stdout=log,
            stderr=log,
        )


def _play(server: MailServer, settings: Path, scene: Scene, turn: int) -> dict[str, Any]:
    """Send one mail, wait for its row, and tell what became of it."""
    with smtplib.SMTP(HOST, server.smtp_port, local_hostname="localhost") as line:
        line.sendmail(SENDER.mailbox, [OWN.mailbox], scene.octets)

    def row() -> dict[str, Any] | None:
        listed = _ask(settings, "ledger", "--json")
        found = [one for one in listed if one["id"] == turn and one["outcome"]]
        return found[0] if found else None

    found: dict[str, Any] = _until(row, f"thư {turn}")
    shown = Table.grid(padding=(0, 1))
    good = found["outcome"] == scene.outcome.value
    mark = Text("✓", style="green") if good else Text("✗", style="red")
    shown.add_row(mark, Text(f"{turn}. {scene.title}", style="bold"))
    shown.add_row("", Text(f"→ {_outcome(found)}"))
    _console.print(shown)
    return found


def _outcome(row: dict[str, Any]) -> str:
    words = {
        "registered": f"vào sổ, số đến {' '.join(row['numbers'])}",
        "held": f"chờ văn thư: {row['detail']}",
        "impounded": f"bị chặn: có dấu {row['detail']}; nội dung không được lưu",
        "duplicate": f"trùng với thư số {row['of']}, không cấp số mới",
        "noted": "ghi nhận, không trả lời",
    }
    return words.get(row["outcome"], f"{row['outcome']}: {row['detail']}")


def _send(server: MailServer, settings: Path, octets: bytes) -> str:
    """Send a document of ours to the other office; gives the subject with which it arrived."""
    paper = settings.with_name("1-CV.pdf")
    paper.write_bytes(octets)
    told = _ask(settings, "send", str(paper), "--to", SENDER.code, "--json")
    if not told:
        raise SystemExit("Văn bản đi không gửi được.")
    _until(lambda: _left(settings), "văn bản đi")
    return _receipts(server, _EXPECTED_RECEIPTS + 1)[-1][0]


def _left(settings: Path) -> bool:
    return any(one["state"] == "submitted" for one in _ask(settings, "exchange", "list", "--json"))


def _receipts(server: MailServer, expected: int) -> list[tuple[str, str]]:
    """Read what the sender's mailbox got: subject and the facts of each receipt."""
    with imaplib.IMAP4(HOST, server.imap_port) as mailbox:
        mailbox.authenticate("PLAIN", lambda _: f"\0{SENDER.mailbox}\0{server.password}".encode())

        def arrived() -> list[tuple[str, str]] | None:
            mailbox.select("INBOX", readonly=True)
            numbers = mailbox.search(None, "ALL")[1][0].split()
            mails = (mailbox.fetch(n.decode(), "(BODY.PEEK[])")[1] for n in numbers)
            # On a slow machine several may leave as one mail.
            found = [facts for mail in mails for facts in _facts(mail)]
            return found if len(found) >= expected else None

        receipts: list[tuple[str, str]] = _until(arrived, "giấy báo")
        return receipts


def _facts(fetched: Any) -> list[tuple[str, str]]:
    message = email.message_from_bytes(fetched[0][1], policy=email.policy.default)
    every = [
        json.loads(part.get_content())
        for part in message.walk()
        if part.get_content_type() == "application/vnd.mailbridge+json"
    ]
    subject = str(message["Subject"])
    return [(subject, f"{each.get('edxml')} · {each.get('verdict')}") for each in every] or [
        (subject, "?")
    ]


def _until(answer: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        found = answer()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"Không thấy {what} trong {_PATIENCE:.0f} giây.")


def _ask(settings: Path, *command: str) -> Any:
    asked = [sys.executable, "-m", "mailbridge", *command, "--config", str(settings)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 and done.stdout else []


def _show_book(settings: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mailbridge", "register", "list", "--config", str(settings)],
        check=False,
    )


def _show_receipts(receipts: list[tuple[str, str]]) -> None:
    grid = Table(
        "Tiêu đề", "Mã · giá trị", title="Giấy báo nơi gửi nhận được", title_justify="left"
    )
    for subject, facts in receipts:
        grid.add_row(Text(subject), Text(facts))
    _console.print(grid)


def _show_exchanges(settings: Path, subject: str) -> None:
    _say(f"Văn bản đi đã đến hộp thư {SENDER.name}: {subject}")
    subprocess.run(
        [sys.executable, "-m", "mailbridge", "exchange", "list", "--config", str(settings)],
        check=False,
    )


def _say(words: str) -> None:
    _console.print(Text(words))


def _summary(
    folder: Path, settings: Path, ended: list[tuple[Scene, dict[str, Any]]], status: int
) -> int:
    right = sum(_is_right(settings, scene, row) for scene, row in ended)
    listed = _ask(settings, "ledger", "--json")
    _say(f"{right}/{len(ended)} thư kết thúc đúng; sổ thư có {len(listed)} dòng.")
    _say(f"Dữ liệu còn lại ở: {folder}")
    for command in ("ledger", "register list", "held", "exchange list", "outbox --all"):
        _say(f"  .venv/bin/mailbridge {command} --config {settings}")
    return 0 if right == len(ended) == len(listed) and status == 0 else 1


def _is_right(settings: Path, scene: Scene, row: dict[str, Any]) -> bool:
    """Tell whether the mail ended, and its document was judged, as it must be."""
    if row["outcome"] != scene.outcome.value:
        return False
    if scene.verdict is None:
        return True
    shown = _ask(settings, "ledger", str(row["id"]), "--json")
    return bool(shown) and shown["verdict"] == scene.verdict.value


if __name__ == "__main__":
    sys.exit(main())
