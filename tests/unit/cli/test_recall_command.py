"""A document is called back from the command line, and its reach is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mailbridge import wiring
from mailbridge.actions.receive import begin, receive
from mailbridge.model.outgoing import FileFact
from mailbridge.model.slot import Arrival, Slot
from mailbridge.registry import documents
from mailbridge.settings.load import load
from tests.unit.actions.recall_mails import LATER, proven
from tests.unit.cli.conftest import Run

Ask = Callable[..., Any]


def test_what_was_never_sent_cannot_be_called_back(run: Run) -> None:
    added = run("register", "add", "--out", "--summary", "Về việc thử", "--type", "Công văn")
    assert added.exit_code == 0, added.output
    done = run("recall", "1", "--reason", "nhầm")
    assert done.exit_code == 1
    assert "Không có văn bản đi" in done.stderr
    assert run("recall", "--reason", "nhầm", "77").exit_code == 1


def test_a_recall_without_a_reason_is_a_usage_error(run: Run) -> None:
    assert run("recall", "1").exit_code == 2
    assert run("recall", "1", "--reason", "x", "--unknown").exit_code == 2


def test_the_commands_of_the_group_are_found(run: Run) -> None:
    shown = run("recall", "status", "77")
    assert shown.exit_code == 1
    assert "77" in shown.stderr


def called_back(filled: Path) -> None:
    """Let a proven recall of document 1 reach the office."""
    house = wiring.house(load(filled))
    with house.database.reading() as tx:
        document = documents.get(tx, 1)
    assert document is not None
    files = tuple(FileFact(one.name, one.size, one.sha256) for one in document.files)
    octets = proven(b"", files=files)
    with house.blobs.writer() as blob:
        blob.write(octets)
        fingerprint = blob.commit()
    arrival = Arrival(Slot("vanthu", 1, 77), len(octets), LATER)
    (mail,) = begin(house, [(arrival, fingerprint)], LATER)
    receive(house, mail, LATER)
    house.rooms.opener.close()
    house.rooms.reader.close()
    house.database.close()


def test_what_is_called_back_waits_and_is_destroyed_once(run: Run, ask: Ask, filled: Path) -> None:
    assert ask("recall", "pending") == []
    assert run("recall", "destroy", "1").exit_code == 1
    called_back(filled)
    (waiting,) = ask("recall", "pending")
    assert (waiting["state"], waiting["symbol"]) == ("withheld", "123-CV/VPTU")
    shown = run("recall", "pending")
    assert "Chờ văn" in shown.stdout
    done = run("recall", "destroy", "1", "--by", "Văn thư A")
    assert done.exit_code == 0, done.output
    assert "đã xóa nội dung" in done.stdout
    (erasing,) = ask("recall", "pending")
    assert erasing["state"] == "erasing"
    again = run("recall", "destroy", "1")
    assert again.exit_code == 1
    assert "đang hủy bỏ" in again.stderr
    assert run("export", "document", "1", "--to", str(filled.parent / "x.zip")).exit_code == 1
