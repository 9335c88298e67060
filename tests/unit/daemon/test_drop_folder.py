"""A document that is laid down leaves once, or its person reads why not."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbridge.actions.house import House
from mailbridge.daemon.drop_folder import LONELY_SECONDS, ready, take
from mailbridge.model.letter import LetterKind
from mailbridge.registry import journal, outbox
from tests.unit.actions.drafts import NEIGHBOUR, NOW, SENDER, printed, signed

LATER = NOW + timedelta(seconds=60)
TOML = f'to = ["{NEIGHBOUR.code}"]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "gui"


def _lay(root: Path, octets: bytes = b"", toml: str = TOML, name: str = "van-ban") -> Path:
    folder = root / "An" / name
    folder.mkdir(parents=True)
    (folder / "vb.pdf").write_bytes(octets or signed(printed()))
    (folder / "gui.toml").write_text(toml)
    for path in (*folder.iterdir(), folder):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    return folder


def _sent(house: House) -> int:
    with house.database.reading() as tx:
        return sum(x.kind is LetterKind.DOCUMENT for x in outbox.letters(tx))


def test_a_document_leaves_in_the_name_of_its_person(house: House, root: Path) -> None:
    folder = _lay(root)
    assert take(house, root, LATER) == 1
    assert not folder.exists()
    told = (root / "An" / "da-gui" / "van-ban" / "ket-qua.txt").read_text()
    assert "1-CV/ĐU" in told
    assert _sent(house) == 1
    with house.database.reading() as tx:
        (line,) = [x for x in journal.lines(tx) if x.event == "sent"]
    assert line.data["by"] == "An"


def test_what_is_hindered_is_answered_and_can_be_laid_down_again(house: House, root: Path) -> None:
    _lay(root, printed())
    take(house, root, LATER)
    answer = root / "An" / "chua-gui" / "van-ban" / "ket-qua.txt"
    assert "chưa ký số" in answer.read_text()
    assert "overrule" in answer.read_text()
    _lay(root, printed(), TOML + 'overrule = "thử"\n')
    take(house, root, LATER)
    assert (root / "An" / "da-gui" / "van-ban").is_dir()


def test_of_what_nobody_may_overrule_the_answer_names_no_way_to(house: House, root: Path) -> None:
    _lay(root, printed(), TOML + 'due = "2020-01-01"\n')
    take(house, root, LATER)
    told = (root / "An" / "chua-gui" / "van-ban" / "ket-qua.txt").read_text()
    assert "Thời hạn xử lý 01/01/2020 đã qua" in told
    assert "overrule" not in told


def test_a_death_before_the_move_sends_nothing_twice(house: House, root: Path) -> None:
    paper = signed(printed())
    for _ in range(2):
        _lay(root, paper)
        take(house, root, LATER)
    assert _sent(house) == 1
    done = list((root / "An" / "da-gui").iterdir())
    assert len(done) == 2
    told = [(folder / "ket-qua.txt").read_text() for folder in done]
    assert sum("không gửi lần nữa" in words for words in told) == 1
    assert not any("Chưa gửi" in words for words in told)


def test_who_lacks_what_was_sent_is_named_with_the_command_that_sends_it(
    house: House, root: Path
) -> None:
    paper = signed(printed())
    _lay(root, paper)
    take(house, root, LATER)
    _lay(root, paper, f'to = ["{NEIGHBOUR.code}", "{SENDER.code}"]\n')
    take(house, root, LATER)
    told = (root / "An" / "chua-gui" / "van-ban" / "ket-qua.txt").read_text()
    assert f"chưa gửi tới {SENDER.name}" in told
    assert f"mailbridge exchange add sent:1 --to {SENDER.code}" in told
    assert _sent(house) == 1


def test_another_paper_under_a_number_that_left_is_not_taken_for_it(
    house: House, root: Path
) -> None:
    _lay(root)
    take(house, root, LATER)
    _lay(root, signed(printed(summary="về việc khác")))
    take(house, root, LATER)
    told = (root / "An" / "chua-gui" / "van-ban" / "ket-qua.txt").read_text()
    assert "với tệp khác" in told
    assert _sent(house) == 1


def test_what_still_changes_waits(house: House, root: Path) -> None:
    _lay(root)
    assert take(house, root, NOW + timedelta(seconds=2)) == 0
    assert list(ready(root, LATER))


@pytest.mark.parametrize("toml", ['to = ["A"]\nfiles = ["khac.pdf"]\n', "to = 1\n"])
def test_a_faulty_file_is_told(house: House, root: Path, toml: str) -> None:
    _lay(root, toml=toml)
    take(house, root, LATER)
    assert (root / "An" / "chua-gui" / "van-ban" / "ket-qua.txt").is_file()
    assert _sent(house) == 0


def test_a_link_leads_nowhere(house: House, root: Path, tmp_path: Path) -> None:
    folder = _lay(root)
    (folder / "vb.pdf").unlink()
    secret = tmp_path / "secret"
    secret.write_text("not yours")
    (folder / "vb.pdf").symlink_to(secret)
    (root / "An" / "link").symlink_to(tmp_path)
    for path in (folder,):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    take(house, root, LATER)
    assert _sent(house) == 0
    assert secret.read_text() == "not yours"


def test_without_a_folder_nothing_happens(house: House, root: Path) -> None:
    assert take(house, root, LATER) == 0


def test_an_answer_is_not_written_through_a_link(house: House, root: Path, tmp_path: Path) -> None:
    folder = _lay(root, toml="to = 1\n")
    register = tmp_path / "register"
    register.write_text("dear")
    (folder / "ket-qua.txt").symlink_to(register)
    later = LATER + timedelta(days=365)
    assert take(house, root, later) == 1
    assert register.read_text() == "dear"


def test_a_folder_of_results_that_is_a_link_is_not_followed(
    house: House, root: Path, tmp_path: Path
) -> None:
    _lay(root, toml="to = 1\n")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / "An" / "chua-gui").symlink_to(elsewhere)
    take(house, root, LATER)
    assert list(elsewhere.iterdir()) == []


def test_one_unusable_file_keeps_nobody_waiting(house: House, root: Path) -> None:
    _lay(root, toml="to = " + "[" * 5000, name="a")
    _lay(root, toml="to = " + "9" * 5000, name="b")
    _lay(root, name="c")
    assert take(house, root, LATER) == 3
    assert _sent(house) == 1


def test_what_has_no_gui_toml_is_answered_after_a_while(house: House, root: Path) -> None:
    folder = _lay(root)
    (folder / "gui.toml").unlink()
    (root / "An" / "le.pdf").write_bytes(b"%PDF")
    now = datetime.now(UTC)
    assert take(house, root, now) == 0
    assert folder.is_dir()
    assert take(house, root, now + timedelta(seconds=LONELY_SECONDS + 60)) == 2
    for name in ("van-ban", "le.pdf"):
        answered = root / "An" / "chua-gui" / name
        assert "gui.toml" in (answered / "ket-qua.txt").read_text()
    assert (root / "An" / "chua-gui" / "le.pdf" / "le.pdf").read_bytes() == b"%PDF"
    assert _sent(house) == 0
