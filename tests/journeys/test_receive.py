"""A signed mail comes in, gets its number, and its sender a signed receipt; real servers."""

import base64
import email
import email.policy
import json
import subprocess
from pathlib import Path

from mailbridge.demo import seals
from mailbridge.demo.agencies import NEIGHBOUR, SENDER
from mailbridge.model.errors import Reason
from mailbridge.model.letter import LetterKind, LetterState
from mailbridge.model.outcome import Lane, OutcomeName
from tests.journeys.office import Office, entity
from tests.journeys.servers.mailhost import MailHost
from tests.postgres import Cluster


def _parts(count: int) -> bytes:
    head = b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n'
    return head + b"--x\r\n\r\na\r\n" * count + b"--x--\r\n"


def receipt_for(host: MailHost, office: Office, patience: float = 20) -> bytes:
    """Read the newest receipt from this office in the sender's mailbox."""
    found: list[bytes] = []

    def arrived() -> bool:
        found[:] = [m for m in host.mails(SENDER.mailbox) if office.address.encode() in m]
        return bool(found)

    office.until(arrived, "a receipt", patience)
    return found[-1]


def test_a_sealed_document_is_registered_and_answered(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    with Office(tmp_path, mailhost, register=register) as office:
        office.start()
        mailhost.deliver(office.sealed_mail("101"), office.address, sender=SENDER.mailbox)
        (row,) = office.settled(1)
        assert row.outcome is OutcomeName.REGISTERED
        assert office.numbers() == [1]
        receipt = receipt_for(mailhost, office)
        office.until(lambda: mailhost.mails(office.address) == [], "the mail to be filed")
        filed = mailhost.mails(office.address, "Đã vào sổ")
        assert office.stop() == 0
    assert len(filed) == 1
    verified = _openssl_verify(tmp_path, office, receipt)
    message = email.message_from_bytes(verified, policy=email.policy.default)
    (facts,) = [
        json.loads(part.get_content())
        for part in message.walk()
        if part.get_content_type() == "application/vnd.mailbridge+json"
    ]
    assert (facts["edxml"], facts["verdict"]) == ("03", "legal")
    assert office.journal().ok


def _openssl_verify(folder: Path, office: Office, receipt: bytes) -> bytes:
    (folder / "receipt.eml").write_bytes(receipt)
    (folder / "ca.pem").write_bytes(office.keys.root.pem() + office.keys.sub.pem())
    done = subprocess.run(
        ["openssl", "cms", "-verify", "-in", "receipt.eml", "-CAfile", "ca.pem"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_mail_has_one_row_and_its_own_ending(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    with Office(tmp_path, mailhost, register=register) as office:
        legal = office.sealed_mail("111")
        unsigned = entity(office.paper("113"), "113.pdf")
        sealed = seals.seal_pdf(office.paper("114"), office.keys.seal, office.keys.now)
        spoofed = seals.sign_mail(
            entity(office.paper("115"), "115.pdf"), office.keys.neighbour_mailbox, office.keys.now
        )
        secret = seals.seal_pdf(
            office.paper("116", secrecy="MẬT"), office.keys.seal, office.keys.now
        )
        expected = [
            (legal, OutcomeName.REGISTERED, None),
            (office.signed_mail("112"), OutcomeName.REGISTERED, None),
            (office.mail(unsigned), OutcomeName.HELD, Reason.ORIGIN_UNPROVEN),
            (
                office.mail(entity(seals.overlay_pdf(sealed), "114.pdf")),
                OutcomeName.HELD,
                Reason.SIGNATURE_FAILED,
            ),
            (office.mail(spoofed), OutcomeName.HELD, Reason.SIGNATURE_FAILED),
            (office.mail(entity(secret, "116.pdf")), OutcomeName.IMPOUNDED, None),
            (legal, OutcomeName.DUPLICATE, None),
            (
                office.mail(
                    b"\r\nDi vang",
                    subject="Out of office",
                    extra="Auto-Submitted: auto-replied\r\n",
                ),
                OutcomeName.NOTED,
                None,
            ),
            (
                office.mail(unsigned, sender="nguoi.la@noi-khac.example"),
                OutcomeName.HELD,
                Reason.UNKNOWN_SENDER,
            ),
            (office.mail(b"\r\nTrao doi cong viec"), OutcomeName.NOTED, None),
            (office.mail(b"\r\n"), OutcomeName.NOTED, None),
            (office.mail(_parts(10_000)), OutcomeName.QUARANTINED, Reason.TOO_MANY),
        ]
        for octets, _, _ in expected:
            office.receive(octets)
        office.poll()
        rows = office.rows()
        blobs = {path.name for path in (tmp_path / "state" / "blobs").iterdir()}
        letters = office.letters()
        left = b"".join(p.read_bytes() for p in (tmp_path / "state").rglob("*") if p.is_file())
    own = next(at for at in range(0, len(secret), 30) if secret[at : at + 30] not in sealed)
    told = base64.b64encode(secret)[own * 4 // 3 :]
    assert secret[own : own + 30] not in left, "not as it is"
    assert not any(told[at : at + 36] in left for at in range(76)), "nor as a mail has it"
    assert [(row.outcome, row.reason) for row in rows] == [(o, r) for _, o, r in expected]
    assert rows[8].lane is Lane.UNKNOWN_SENDER
    assert rows[6].of == rows[0].id
    assert rows[5].fingerprint not in blobs, "impounded octets are gone"
    assert rows[5].subject == ""
    assert office.numbers() == [1, 2]
    warned = [x.to for x in letters if x.kind is LetterKind.WARNING]
    assert warned == [SENDER.mailbox], "and nothing of the mail is repeated to it"
    receipts = [x for x in letters if x.kind is LetterKind.RECEIPT]
    assert {x.to for x in receipts} == {SENDER.mailbox}, "nothing automatic or strange is answered"
    assert len(receipts) == 5
    assert [
        (x.kind, x.state, x.last_error) for x in letters if x.state is not LetterState.SENT
    ] == []


def test_a_mail_for_others_is_held_with_its_refusal(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    with Office(tmp_path, mailhost, register=register) as office:
        other = office.sealed_mail("121").replace(
            f"To: <{office.address}>".encode(), f"To: <{NEIGHBOUR.mailbox}>".encode()
        )
        office.receive(other)
        office.poll()
        (row,) = office.rows()
        assert (row.outcome, row.reason) == (OutcomeName.HELD, Reason.WRONG_ADDRESSEE)
        assert row.refusal is Reason.WRONG_ADDRESSEE
        done = office.run("refuse", "1", "--reason", "wrong-addressee", "--words", "Gửi nhầm")
        assert done.returncode == 0, done.stderr
        assert office.run("refuse", "1", "--reason", "wrong-addressee").returncode == 1
        office.poll()
        stages = [x.facts.stage.value for x in office.letters() if x.kind is LetterKind.RECEIPT]  # type: ignore[union-attr]
        assert stages == ["01", "02"]
        assert office.outcomes() == [OutcomeName.REFUSED]


def test_a_clerk_registers_what_was_held(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    with Office(tmp_path, mailhost, register=register) as office:
        office.receive(office.mail(entity(office.paper("131"), "131.pdf")))
        office.poll()
        assert office.outcomes() == [OutcomeName.HELD]
        done = office.run("release", "1", "--why", "đã gọi điện xác nhận", "--by", "Văn thư A")
        assert done.returncode == 0, done.stderr
        assert office.outcomes() == [OutcomeName.REGISTERED]
        assert office.numbers() == [1]
        shown = json.loads(office.run("register", "show", "1", "--json").stdout)
        assert shown["verdict"] == "undetermined", "a clerk's decision makes nothing legal"
        assert office.journal().ok


def test_the_signed_original_takes_over_the_number(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    with Office(tmp_path, mailhost, register=register) as office:
        office.receive(office.signed_mail("141"))
        office.poll()
        office.receive(office.sealed_mail("141"))
        office.poll()
        assert office.outcomes() == [OutcomeName.REGISTERED, OutcomeName.REGISTERED]
        assert office.numbers() == [1]
        other = office.sealed_mail("141", body=("Nội dung khác hẳn.",))
        office.receive(other)
        office.poll()
        assert office.rows()[-1].reason is Reason.NUMBER_CONFLICT


def test_an_urgent_document_is_told_to_clerk_and_head_at_once(
    tmp_path: Path, mailhost: MailHost, register: str | None
) -> None:
    with Office(tmp_path, mailhost, register=register) as office:
        office.receive(office.sealed_mail("151", urgency="HỎA TỐC"))
        office.poll()
        told = {x.to for x in office.letters() if x.kind is LetterKind.NOTICE}
        assert told == {office.clerk, office.head}
        done = office.run("acknowledge", "1", "--by", "Nguyễn Văn B")
        assert done.returncode == 0, done.stderr
        (mail,) = mailhost.mails(office.head)
        assert b"application/pdf" in mail


def test_a_poor_server_is_served_without_expunging_what_a_clerk_deleted(
    tmp_path: Path, plain_mailhost: MailHost
) -> None:
    """Without MOVE and UIDPLUS a plain EXPUNGE would remove a clerk's deleted mails, too."""
    with Office(tmp_path, plain_mailhost) as office:
        for number in ("161", "162"):
            office.receive(office.sealed_mail(number))
        office.poll()
        office.poll()
        assert office.outcomes() == [OutcomeName.REGISTERED] * 2
        assert office.numbers() == [1, 2]
        assert len(plain_mailhost.mails(office.address)) == 2
        assert all(row.filed_at for row in office.rows())


def test_another_daemon_stands_by_until_the_first_is_gone(
    tmp_path: Path, mailhost: MailHost, cluster: Cluster
) -> None:
    with Office(tmp_path, mailhost, register=cluster.empty()) as office:
        office.start_doomed()
        office.receive(office.sealed_mail("161"))
        office.settled(1)
        text = office.config.read_text(encoding="utf-8").replace('"state"', '"state-of-second"')
        office.config = tmp_path / "second.toml"
        office.config.write_text(text, encoding="utf-8")
        standing_by = office.run("poll", "--once")
        assert (standing_by.returncode, "another daemon" in standing_by.stderr) == (75, True)
        office.kill()
        office.receive(office.sealed_mail("162"))
        office.until(lambda: office.run("poll", "--once").returncode == 0, "a new leader")
        assert office.numbers() == [1, 2]
        assert len(office.settled(2)) == 2
        assert office.journal().ok
