"""A document is called back on real servers: gone from disk and mailbox, with proof."""

import base64
import email
import email.policy
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mailbridge.demo import seals
from mailbridge.demo.agencies import SENDER
from tests.journeys.office import Office, entity
from tests.journeys.servers.mailhost import MailHost
from tests.unit.actions.recall_mails import facts, recall

BODY = "Phương án chỉ nêu trong văn bản này"
FILED = "Đã vào sổ"


def _answered(host: MailHost, office: Office, stage: str) -> list[dict[str, object]]:
    """Read the facts of the receipts of a stage that came to the sender."""
    found = []
    for octets in host.mails(SENDER.mailbox):
        message = email.message_from_bytes(octets, policy=email.policy.default)
        if office.address not in str(message["From"]):
            continue
        for part in message.walk():
            if part.get_content_type() == "application/vnd.mailbridge+json":
                said = json.loads(part.get_content())
                if said["stage"] == stage:
                    found.append(said)
    return found


def _holding(folder: Path, document: bytes) -> list[str]:
    """Name the files below a folder that hold octets, base64 or words of a document."""
    wanted = [BODY.encode()]
    for start in range(0, len(document) - 100, 1009):
        wanted.append(document[start : start + 60])
        # Shorter than a line of a mail, so that many stand within one.
        wanted += [base64.b64encode(document[start + n : start + n + 24]) for n in range(3)]
    # The room of a signature is filled with zeros, as digests of a chain begin.
    wanted = [one for one in wanted if len(set(one)) > 10]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() for one in wanted)]


def test_a_recalled_document_is_gone_from_disk_and_mailbox(
    tmp_path: Path, mailhost: MailHost
) -> None:
    with Office(tmp_path, mailhost) as office:
        document = seals.seal_pdf(
            office.paper("601", body=(BODY,)), office.keys.seal, office.keys.now
        )
        brought = office.mail(entity(document, "601.pdf"))
        name = brought.partition(b"Message-ID: <")[2].partition(b">")[0].decode()
        office.start()
        mailhost.deliver(brought, office.address, sender=SENDER.mailbox)
        office.settled(1)
        office.until(lambda: bool(mailhost.mails(office.address, FILED)), "the mail to be filed")
        state = tmp_path / "state"
        assert _holding(state, document)
        now = datetime.now(UTC).replace(microsecond=0)
        said = replace(facts(document, message_id=name, made_at=now), symbol="601-CV/VPTU")
        mailhost.deliver(recall(said, office.keys.mailbox), office.address, sender=SENDER.mailbox)
        office.settled(2)
        assert _answered(mailhost, office, "recalled") == []
        done = office.run("recall", "destroy", "1", "--by", "Văn thư A")
        assert done.returncode == 0, done.stderr
        office.until(lambda: bool(_answered(mailhost, office, "recalled")), "a receipt 15", 60)
        assert mailhost.mails(office.address, FILED) == []
        # The request itself is kept: it is the ground of the destruction.
        assert len(mailhost.mails(office.address)) == 1
        assert office.stop() == 0
        assert _holding(state, document) == []
    (answer,) = _answered(mailhost, office, "recalled")
    proof = answer["proof"]
    assert isinstance(proof, dict)
    assert set(proof["copies"]) == {"blob", "imap", "search"}
    assert len(proof["erased"]) == 2
    assert answer["register"]
    assert office.journal().ok
