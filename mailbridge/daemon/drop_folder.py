"""The drop folder: a folder for each named person, in it one for each document that is to leave.

A document is taken when its gui.toml lies there and nothing has changed for a while; its folder
is then moved to `da-gui` or `chua-gui`, with the answer in `ket-qua.txt`. Whoever dies in between
finds the document sent when it is tried again, and no second one leaves.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from mailbridge.actions.drafting import kept
from mailbridge.actions.house import House
from mailbridge.actions.send import send
from mailbridge.daemon import drop_file
from mailbridge.daemon.drop_file import DropFile, DropFileError
from mailbridge.model.errors import TryLaterError
from mailbridge.model.sending import Draft, DraftFile, NotSent, Sent, Weigh
from mailbridge.rules.cures import Way, cured

SENT, NOT_SENT, ANSWER = "da-gui", "chua-gui", "ket-qua.txt"
# Who copies files here is not done as long as they change.
QUIET_SECONDS = 5.0
# Who has not written gui.toml by then does not know of it.
LONELY_SECONDS = 600.0
# A folder of thousands of files is a mistake.
_FILES = 50

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Dropped:
    """One folder that is ready, and the person in whose folder it lies."""

    folder: Path
    person: str


def take(house: House, root: Path, now: datetime) -> int:
    """Send what is ready; says how many folders were answered."""
    answered = _answer_lonely(root, now)
    for dropped in ready(root, now):
        try:
            _lead(house, dropped, now)
        except TryLaterError as error:
            _log.warning("drop folder waits", folder=dropped.folder.name, detail=error.detail)
            continue
        except OSError as error:
            _log.warning("drop folder unusable", folder=dropped.folder.name, error=str(error))
            continue
        answered += 1
    return answered


def ready(root: Path, now: datetime) -> Iterator[Dropped]:
    """List the folders that are complete and quiet, the oldest first."""
    if not root.is_dir():
        return
    found = list[tuple[float, Dropped]]()
    for person in sorted(one for one in root.iterdir() if _is_folder(one)):
        try:
            found += _quiet(person, now)
        except OSError as error:
            # One person's folder keeps nobody else's waiting.
            _log.warning("drop folder unusable", person=person.name, error=str(error))
    yield from (dropped for _, dropped in sorted(found, key=lambda one: one[0]))


def _quiet(person: Path, now: datetime) -> Iterator[tuple[float, Dropped]]:
    for folder in person.iterdir():
        if folder.name in {SENT, NOT_SENT} or not _is_folder(folder):
            continue
        last = max(one.lstat().st_mtime for one in (folder, *folder.iterdir()))
        quiet = now.timestamp() - last >= QUIET_SECONDS
        if (folder / drop_file.NAME).is_file() and quiet:
            yield last, Dropped(folder, person.name)


def _answer_lonely(root: Path, now: datetime) -> int:
    """Answer loose files, and folders that have files and no gui.toml; says how many."""
    answered = 0
    for lonely in list(_lonely(root, now)):
        try:
            whole = lonely if lonely.folder.is_dir() else _in_folder(lonely)
            _answer(whole, NOT_SENT, _LONELY, now)
            answered += 1
        except OSError as error:
            _log.warning("drop folder unusable", folder=lonely.folder.name, error=str(error))
    return answered


_LONELY = (
    f"Chưa gửi: không có tệp {drop_file.NAME}. Mỗi văn bản cần một thư mục riêng, trong đó có các "
    f'tệp và {drop_file.NAME} với ít nhất một dòng: to = ["DEMO.01.01"]. Thêm tệp đó rồi chuyển '
    "thư mục ra lại."
)


def _lonely(root: Path, now: datetime) -> Iterator[Dropped]:
    if not root.is_dir():
        return
    for person in sorted(one for one in root.iterdir() if _is_folder(one)):
        try:
            yield from (Dropped(one, person.name) for one in person.iterdir() if _waits(one, now))
        except OSError as error:
            _log.warning("drop folder unusable", person=person.name, error=str(error))


def _waits(path: Path, now: datetime) -> bool:
    """Tell whether a file lies loose, or a folder has files and no gui.toml, for a while."""
    if path.name.startswith(".") or path.name in {SENT, NOT_SENT, ANSWER} or path.is_symlink():
        return False
    inside = list(path.iterdir()) if path.is_dir() else []
    if path.is_dir() and (not inside or any(one.name == drop_file.NAME for one in inside)):
        return False
    last = max(one.lstat().st_mtime for one in (path, *inside))
    # A time stamp that was copied with a file is older than its folder's.
    return now.timestamp() - max(last, path.lstat().st_ctime) >= LONELY_SECONDS


def _in_folder(loose: Dropped) -> Dropped:
    """Put a loose file into a folder of its own, so that its answer can lie beside it."""
    folder = loose.folder.with_name(f"{loose.folder.name}-")
    folder.mkdir()
    shutil.move(loose.folder, folder / loose.folder.name)
    return Dropped(folder.rename(folder.with_name(loose.folder.name)), loose.person)


def _is_folder(path: Path) -> bool:
    # Hostile: a link would have us read, and move, what lies elsewhere.
    return path.is_dir() and not path.is_symlink() and not path.name.startswith(".")


def _lead(house: House, dropped: Dropped, now: datetime) -> None:
    try:
        written = drop_file.read(dropped.folder / drop_file.NAME)
        draft = _draft(house, dropped.folder, written)
    except DropFileError as error:
        _answer(dropped, NOT_SENT, f"Chưa gửi. {error}", now)
        return
    done = send(house, draft, dropped.person, now)
    if isinstance(done, Sent):
        _answer(dropped, SENT, _told(done), now)
        return
    # Whoever died before the folder was moved: the same files, and nobody who lacks them.
    before = [one.words for one in done.hindrances if one.code == "already-sent"]
    if before:
        _answer(dropped, SENT, "\n".join(before), now)
    else:
        _answer(dropped, NOT_SENT, _hindered(done), now)


def _draft(house: House, folder: Path, written: DropFile) -> Draft:
    offices = [chancery.code for chancery in house.chanceries]
    office = written.office or offices[0]
    if office not in offices or (len(offices) > 1 and written.office is None):
        raise DropFileError(f"{drop_file.NAME}: office phải là một trong: {', '.join(offices)}.")
    return written.draft(office, tuple(_files(house, folder, written)))


def _files(house: House, folder: Path, written: DropFile) -> Iterator[DraftFile]:
    there = {
        one.name: one
        for one in sorted(folder.iterdir())
        if one.is_file() and not one.is_symlink() and one.name not in {drop_file.NAME, ANSWER}
    }
    absent = [name for name in written.files if name not in there]
    if absent or len(there) > _FILES or not there:
        what = f"không có tệp {', '.join(absent)}" if absent else "không có tệp, hoặc quá nhiều tệp"
        raise DropFileError(f"{what} trong thư mục.")
    for name in written.files or tuple(there):
        yield kept(house, there[name])


def _told(done: Sent) -> str:
    names = "\n".join(f"- {party.name or party.agency}" for party in done.recipients)
    number = f", số đi {done.number}" if done.number else ""
    return f"Đã ghi gửi văn bản {done.symbol} (sent:{done.document}{number}) tới:\n{names}"


def _hindered(done: NotSent) -> str:
    lines = "\n".join(f"- {one.words}" for one in cured(done, Way.FOLDER).hindrances)
    said = f"Chưa gửi, chưa ghi gì vào sổ:\n{lines}\nSửa rồi chuyển thư mục ra lại"
    # Blocks are overruled by nobody, and a mark of secrecy least of all (Điều 5.1).
    if any(one.weigh is Weigh.BLOCK for one in done.hindrances):
        return f"{said}."
    return f'{said}; với cảnh báo có thể ghi overrule = "lý do" vào {drop_file.NAME}.'


def _answer(dropped: Dropped, where: str, words: str, now: datetime) -> None:
    """Write the answer into the folder, and put it where it belongs; none is overwritten."""
    target = dropped.folder.parent / where
    target.mkdir(exist_ok=True)
    if not _is_folder(target):
        raise NotADirectoryError(f"{where}: is a link")
    # Hostile: a link of that name would have us write over what it leads to.
    (dropped.folder / ANSWER).unlink(missing_ok=True)
    with (dropped.folder / ANSWER).open("x", encoding="utf-8") as answer:
        answer.write(words + "\n")
    place = target / dropped.folder.name
    if place.exists():
        place = target / f"{dropped.folder.name}-{now:%Y%m%d-%H%M%S}"
    shutil.move(dropped.folder, place)
    _log.info("drop folder answered", person=dropped.person, folder=place.name, where=where)
