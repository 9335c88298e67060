"""Two mailbridges and one plain mailbox, on real servers: send, arrive, register, follow."""

import base64
import email
import email.policy
import hashlib
import subprocess
from pathlib import Path

from mailbridge import clock
from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.model.exchange import ExchangeState
from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.model.outcome import OutcomeName
from mailbridge.registry import mailboxes
from tests.journeys.pair import Pair, Peer
from tests.journeys.servers.mailhost import MailHost


def verified(folder: Path, pair: Pair, octets: bytes) -> bytes:
    """Let openssl verify a mail of ours; gives what was signed."""
    (folder / "mail.eml").write_bytes(octets)
    (folder / "ca.pem").write_bytes(pair.keys.root.pem() + pair.keys.sub.pem())
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-in", "mail.eml", "-CAfile", "ca.pem"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_document_goes_from_one_mailbridge_to_another_and_to_a_plain_mailbox(
    tmp_path: Path, mailhost: MailHost
) -> None:
    with Pair(tmp_path, mailhost) as pair:
        pair.ours.start()
        pair.theirs.start()
        paper = pair.paper("1")
        pair.ours.send(paper, SENDER.code, NEIGHBOUR.code)
        (row,) = pair.theirs.settled(1)
        assert row.outcome is OutcomeName.REGISTERED, (row.outcome, row.detail)
        pair.ours.until(lambda: mailhost.mails(pair.plain), "the mail in the plain mailbox")
        (mail,) = mailhost.mails(pair.plain)
        signed = email.message_from_bytes(
            verified(tmp_path, pair, mail), policy=email.policy.default
        )
        files = [part for part in signed.walk() if part.get_content_type() == "application/pdf"]
        assert [hashlib.sha256(p.get_payload(decode=True)).digest() for p in files] == [  # type: ignore[arg-type]
            hashlib.sha256(paper).digest()
        ]
        pair.ours.until(
            lambda: mailhost.mails(pair.ours.address, "Sent"), "the copy in the Sent folder", 90
        )
        assert len(mailhost.mails(pair.ours.address, "Sent")) == 1
        states = {x.state for x in pair.ours.letters() if x.kind == "document"}
        assert states == {LetterState.SENT}
        pair.ours.until(
            lambda: pair.ours.exchange_with(SENDER.code).state is ExchangeState.REGISTERED,
            "their receipt",
            30,
        )
        assert pair.ours.exchange_with(SENDER.code).number.endswith("1/2026")


def test_after_an_outage_one_mail_answers_every_document(
    tmp_path: Path, mailhost: MailHost
) -> None:
    with Pair(tmp_path, mailhost) as pair:
        ours, theirs = pair.ours, pair.theirs
        assert theirs.run("account", "list").returncode == 0
        register = theirs.database
        with register.transaction() as tx:
            mailboxes.suspend(tx, "smtp:vanthu", "máy chủ thư bị hỏng", clock.now())
        register.close()
        ours.start()
        theirs.start()
        for number in range(1, 7):
            ours.send(pair.paper(str(number), summary=f"về việc thử {number}"), SENDER.code)
        theirs.settled(6)
        assert theirs.run("account", "resume", "smtp:vanthu", "--by", "An").returncode == 0
        ours.until(
            lambda: {one.state for one in ours.exchanges()} == {ExchangeState.REGISTERED},
            "their receipts",
        )
        receipts = [one for one in theirs.letters() if one.kind is LetterKind.RECEIPT]
        assert len(receipts) == 6
        assert len({one.mail for one in receipts}) == 1
        # One mail came, and told each document its own number.
        assert len(ours.settled(1)) == 1
        assert len({one.number for one in ours.exchanges()}) == 6


def test_a_document_is_handled_there_called_back_and_destroyed(
    tmp_path: Path, mailhost: MailHost
) -> None:
    with Pair(tmp_path, mailhost) as pair:
        ours, theirs = pair.ours, pair.theirs
        ours.start()
        theirs.start()
        paper = pair.paper("1", body=("Câu này chỉ nằm trong thân văn bản.",))
        ours.send(paper, SENDER.code)
        theirs.settled(1)
        for verb, state in (
            ("chuyen", ExchangeState.ASSIGNED),
            ("hoan-thanh", ExchangeState.DONE),
        ):
            done = theirs.run("advance", "1", "--to", verb, "--person", theirs.clerk)
            assert done.returncode == 0, done.stdout + done.stderr
            _until(ours, state, 40)
        asked = ours.run("recall", "ask", "sent:1", "--reason", "ban hành nhầm thể thức")
        assert asked.returncode == 0, asked.stdout + asked.stderr
        theirs.settled(2)
        pending = theirs.run("recall", "pending").stdout
        assert "1-CV/ĐU" in pending
        destroyed = theirs.run("recall", "destroy", "1")
        assert destroyed.returncode == 0, destroyed.stdout + destroyed.stderr
        _until(ours, ExchangeState.RECALLED, 90)
        assert mailhost.mails(theirs.address, "Đã vào sổ") == []
        assert theirs.stop() == 0
        assert _holding(theirs.folder / "state", paper) == []
        assert _holding(ours.folder / "state", paper) != []


def _until(ours: Peer, state: ExchangeState, patience: float) -> None:
    """Wait until the other side's answer has come."""
    ours.until(lambda: ours.exchange_with(SENDER.code).state is state, state, patience)


def _holding(folder: Path, paper: bytes) -> list[str]:
    """Name the files that hold a piece of a paper: raw, in base64 at any offset, or its text."""
    piece = paper[2000:2090]
    wanted = [piece, "chỉ nằm trong thân".encode(), b"chi nam trong than"]
    wanted += [base64.b64encode(piece[shift : shift + 60]) for shift in range(3)]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(one in path.read_bytes() for one in wanted)
    ]
