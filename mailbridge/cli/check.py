"""mailbridge check: one file, or a batch of requests, through the whole examination."""

import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge import clock
from mailbridge.cli import check_trust
from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.exits import NO, UsageError, told
from mailbridge.cli.output import AsJson, pairs, table
from mailbridge.cli.words import LEVELS, REASONS, VERDICTS

if TYPE_CHECKING:
    from mailbridge.actions.examine import Permissions, Rooms
    from mailbridge.model.answer import Answer
    from mailbridge.model.directory import Directory
    from mailbridge.rules.required import Requirement

# Whatever the file: an answer within these, in octets and seconds a child.
MEMORY = 512 * 1024 * 1024
SECONDS = 20

At = Annotated[str | None, typer.Option("--at", help="Judge as of then (ISO 8601).")]
Trust = Annotated[
    Path | None, typer.Option("--trust", help="Folder that replaces the configured trust.")
]


def check(
    file: Annotated[Path | None, typer.Argument(help="Mail, PDF, CMS, archive, …")] = None,
    at: At = None,
    trust: Trust = None,
    content: Annotated[
        Path | None, typer.Option("--content", help="What a detached CMS signs.")
    ] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="File with a password to try.")
    ] = None,
    batch: Annotated[
        str | None, typer.Option("--batch", help='Requests, one JSON a line; "-" is stdin.')
    ] = None,
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """Examine one file as the daemon would; nothing is registered."""
    with told():
        if (file is None) == (batch is None):
            raise UsageError("Cần một tệp, hoặc --batch.")
        with _table(config) as laid_table:
            if batch is not None:
                _answer_all(laid_table, batch)
                return
            asked = Asked(file or Path(), None, at, trust, content, _password(password_file))
            answer = laid_table.answer(asked)
        _print(answer, json_)
        _exit_with(answer)


def _exit_with(answer: "Answer") -> None:
    from mailbridge.actions.check import is_good

    if not is_good(answer):
        raise typer.Exit(NO)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it was written; a batch writes it as a line of JSON."""

    file: Path
    id: str | int | None = None
    at: str | None = None
    trust: Path | None = None
    content: Path | None = None
    # Opens what is closed, besides the passwords of the trust folder; tried once, kept nowhere.
    password: str | None = field(default=None, repr=False)


class _Table:
    """A folder on which files are laid for the children, who may read nothing else."""

    def __init__(self, rooms: "Rooms", folder: Path, config: Path) -> None:
        self._rooms = rooms
        self._folder = folder
        self._config = config
        self._permitted: Permissions | None = None

    def answer(self, asked: Asked) -> "Answer":
        """Lay one file with its trust, and examine it; raises UsageError."""
        from mailbridge.actions.check import Request
        from mailbridge.actions.check import check as do

        place = Path(tempfile.mkdtemp(dir=self._folder))
        try:
            trust, directory = self._trust(asked.trust, place)
            passwords = _passwords(place / "trust")
            if asked.password is not None:
                passwords = (("*", asked.password), *passwords)
            request = Request(
                file=asked.file,
                laid=_laid(asked.file, place / "file"),
                trust=trust,
                at=_moment(asked.at),
                directory=directory,
                id=asked.id,
                content=_laid(asked.content, place / "content") if asked.content else None,
                passwords=passwords,
                required=self._required(asked.trust),
                permissions=self._permissions(asked.trust),
            )
            return do(self._rooms, request)
        finally:
            shutil.rmtree(place)

    def _required(self, named: Path | None) -> "tuple[Requirement, ...]":
        from mailbridge.rules.required import Requirement

        return tuple(map(Requirement.of, () if named else settings(self._config).required))

    def _permissions(self, named: Path | None) -> "Permissions":
        """Take what the settings permit; with `--trust` nothing is asked, and any lock opened."""
        from mailbridge import wiring
        from mailbridge.actions.examine import Permissions

        if named is None and self._permitted is None:
            # Nothing on disk: the cache there belongs to the service's own user.
            self._permitted = wiring.permissions(settings(self._config), cache=None)
        return Permissions(allow_3des=True) if named else self._permitted or Permissions()

    def _trust(self, named: Path | None, place: Path) -> tuple[Path, "Directory | None"]:
        from mailbridge.registry.directory_file import read

        if named is None:
            loaded = settings(self._config)
            laid = check_trust.lay(loaded.trust.folder, place / "trust")
            return laid, read(loaded.directory.file)
        laid = check_trust.lay(named, place / "trust")
        agencies = laid / "agencies.toml"
        return laid, read(agencies) if agencies.is_file() else None


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    if not file.is_file():
        raise UsageError(f"{file}: không có tệp này.")
    return file.read_text(encoding="utf-8").rstrip("\r\n")


def _passwords(trust: Path) -> tuple[tuple[str, str], ...]:
    """Read the passwords of a trust folder: `"file name" = "password"`, `"*"` for anything."""
    file = trust / "passwords.toml"
    if not file.is_file():
        return ()
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"passwords.toml: không phải TOML ({error}).") from None
    return tuple((name, str(word)) for name, word in written.items())


def _laid(file: Path, place: Path) -> Path:
    if not file.is_file():
        raise UsageError(f"{file}: không có tệp này.")
    shutil.copyfile(file, place)
    return place


@contextmanager
def _table(config: Path) -> Iterator[_Table]:
    from mailbridge import wiring
    from mailbridge.cli.logs import log_to_stderr
    from mailbridge.model.limits import Limits

    log_to_stderr()
    with tempfile.TemporaryDirectory(prefix="mailbridge-check-") as folder:
        bounds = Limits(child_memory=MEMORY, child_cpu=SECONDS, child_wall=SECONDS)
        rooms = wiring.rooms(Path(folder), (), bounds, workers=1, ocr=wiring.machine())
        try:
            yield _Table(rooms, Path(folder), config)
        finally:
            rooms.opener.close()
            rooms.reader.close()


def _answer_all(laid_table: _Table, source: str) -> None:
    """Answer each request on a line of its own, in order, flushed."""
    from mailbridge.model import codec

    with sys.stdin if source == "-" else Path(source).open(encoding="utf-8") as lines:
        for line in filter(str.strip, lines):
            try:
                asked = codec.decode(Asked, line)
            except ValueError as error:
                raise UsageError(f"Yêu cầu không đọc được: {line.strip()[:80]}") from error
            typer.echo(_json(laid_table.answer(asked)))
            sys.stdout.flush()


def _moment(written: str | None) -> datetime:
    if not written:
        return clock.now()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise UsageError(f"--at {written}: không phải thời điểm ISO 8601.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _json(answer: "Answer") -> str:
    from mailbridge.model import codec
    from mailbridge.model.answer import Answer

    return codec.encode(Answer, answer).decode()


def _print(answer: "Answer", json_: bool) -> None:
    if json_:
        typer.echo(_json(answer))
        return
    verdict = VERDICTS[answer.verdict] if answer.verdict else "(không có gì để chứng thực)"
    refused = REASONS[answer.reason] if answer.reason else ""
    pairs(
        f"Kết quả kiểm tra: {answer.file}",
        [
            ("Kết luận", f"Không kiểm tra được: {refused}" if refused else verdict),
            ("Dạng", answer.form),
            ("Nơi gửi", ", ".join(answer.mail.from_) if answer.mail else ""),
            ("Tiêu đề", answer.mail.subject if answer.mail else ""),
            ("Được chứng thực", ", ".join(answer.vouched)),
            ("SHA-256", answer.sha256),
        ],
    )
    table(
        "Phát hiện",
        ("Mức", "Nội dung", "Căn cứ"),
        [(LEVELS[f.level], f.text, f.cites) for f in answer.findings],
    )
    table("Tệp", ("Tên", "Kích thước", "Loại"), [(f.name, f.size, f.type) for f in answer.files])
