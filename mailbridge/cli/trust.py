"""mailbridge trust add | list | remove; crl import; pgp import: what chains are judged against."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.context import DEFAULT, By, Config, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.fingerprints import Named, Typed, Yes, confirmed, grouped, plain
from mailbridge.cli.output import AsJson, as_json, moment, pairs
from mailbridge.cli.words import FAULTS, TRUSTED
from mailbridge.model.trust_file import TrustFaultError, TrustKind

if TYPE_CHECKING:
    from mailbridge.model.trust_file import TrustFile

app = typer.Typer(help="Roots and intermediates that are trusted.", no_args_is_help=True)
crl = typer.Typer(help="Revocation lists (CRL).", no_args_is_help=True)
pgp = typer.Typer(help="Public OpenPGP keys of agencies.", no_args_is_help=True)

# A list of a national authority has some megabytes.
_SIZE = 64 * 1024 * 1024

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="DER or PEM.")]
Kind = Annotated[str | None, typer.Option("--kind", help="root or intermediate; else seen.")]


@app.command("add")
def add(
    files: Files,
    kind: Kind = None,
    fingerprint: Typed = None,
    yes: Yes = False,
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Show authorities with their fingerprints, have them compared, and trust them."""
    from mailbridge import clock, wiring
    from mailbridge.actions import trust

    with told():
        loaded = settings(config)
        folder, database = loaded.trust.folder, wiring.database(loaded)
        for file in files:
            with _faults(file):
                octets = _octets(file)
                found = trust.authorities(octets, _kind(kind), folder, clock.now())
                for one in found:
                    _show(one)
                    confirmed(one.fingerprint, fingerprint, yes=yes)
                trust.add(database, folder, found, person(by), clock.now())
            typer.echo(f"Đã nạp {len(found)} chứng thư số từ {file.name}.")


@app.command("list")
def list_(config: Config = DEFAULT, json_: AsJson = False) -> None:
    """List roots, intermediates, revocation lists and OpenPGP keys."""
    from mailbridge.actions import trust

    with told():
        found = trust.listed(settings(config).trust.folder)
        if json_:
            as_json([_plain(one) for one in found])
            return
        for one in found:
            _show(one)
        if not found:
            typer.echo("(không có)")


@app.command()
def remove(fingerprint: Named, by: By = None, config: Config = DEFAULT) -> None:
    """Trust an authority or a key no longer, or take a list away."""
    from mailbridge import clock, wiring
    from mailbridge.actions import trust

    with told():
        loaded = settings(config)
        folder, database = loaded.trust.folder, wiring.database(loaded)
        digest = plain(fingerprint, of_key=True)
        with _faults(folder):
            gone = trust.remove(database, folder, digest, person(by), clock.now())
        if gone is None:
            raise AnswerIsNoError("Không có chứng thư số hay CRL nào mang vân tay này.")
        typer.echo(f"Đã bỏ {TRUSTED[gone.kind]}: {gone.subject}.")


@crl.command("import")
def import_lists(files: Files, by: By = None, config: Config = DEFAULT) -> None:
    """Import revocation lists: their issuer's signature vouches for them, nothing is asked."""
    from mailbridge import clock, wiring
    from mailbridge.actions import trust

    with told():
        loaded = settings(config)
        folder, database = loaded.trust.folder, wiring.database(loaded)
        for file in files:
            with _faults(file):
                found = trust.lists(_octets(file), folder)
                for one, _ in found:
                    _show(one)
                    if one.ends is not None and one.ends < clock.now():
                        typer.echo("Lưu ý: danh sách này đã quá hạn; hãy tìm bản mới hơn.")
                trust.replace(database, folder, found, person(by), clock.now())
            typer.echo(f"Đã nạp {len(found)} danh sách thu hồi từ {file.name}.")


@pgp.command("import")
def import_key(
    file: Path,
    fingerprint: Annotated[
        str | None, typer.Option("--fingerprint", help="Must match; nothing is asked.")
    ] = None,
    yes: Yes = False,
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """Import the public key of an agency, from the administrator's own file and no mail's.

    The directory pins which agency it speaks for (openpgp = ["FINGERPRINT"]).
    """
    from mailbridge import clock, wiring
    from mailbridge.actions import trust

    with told():
        loaded = settings(config)
        with _faults(file):
            found = trust.key(_octets(file), clock.now())
            _show(found)
            confirmed(found.fingerprint, fingerprint, yes=yes)
            database = wiring.database(loaded)
            trust.add(database, loaded.trust.folder, (found,), person(by), clock.now())
        typer.echo(f"Đã nạp khóa OpenPGP từ {file.name}; ghi vân tay vào danh bạ của cơ quan.")


@contextmanager
def _faults(file: Path) -> Iterator[None]:
    """Say why a file is not imported in one sentence."""
    try:
        yield
    except TrustFaultError as error:
        about = f" ({error.what})" if error.what else ""
        raise AnswerIsNoError(f"{file.name}: {FAULTS[error.fault]}{about}.") from error
    except OSError as error:
        name = error.filename or file
        raise UsageError(f"{name}: không đọc hoặc không ghi được: {error.strerror}.") from error


def _octets(file: Path) -> bytes:
    with file.open("rb") as opened:
        octets = opened.read(_SIZE + 1)
    if len(octets) > _SIZE:
        raise UsageError(f"{file}: tệp quá lớn.")
    return octets


def _kind(written: str | None) -> TrustKind | None:
    if written is None:
        return None
    if written not in {TrustKind.ROOT, TrustKind.INTERMEDIATE}:
        raise UsageError(f"--kind {written}: phải là root hoặc intermediate.")
    return TrustKind(written)


def _show(one: "TrustFile") -> None:
    label = "Vân tay" if one.kind is TrustKind.OPENPGP else "Vân tay SHA-256"
    lines: Sequence[tuple[str, object]] = [
        ("Tên", one.subject or "(không đọc được)"),
        ("Nơi cấp", one.issuer),
        ("Từ", moment(one.starts)),
        ("Đến", moment(one.ends)),
        (label, grouped(one.fingerprint)),
        ("Tệp", one.name),
    ]
    pairs(TRUSTED[one.kind], [line for line in lines if line[1]])


def _plain(one: "TrustFile") -> dict[str, object]:
    return {
        "kind": one.kind,
        "fingerprint": one.fingerprint,
        "subject": one.subject,
        "issuer": one.issuer,
        "starts": one.starts,
        "ends": one.ends,
        "file": one.name,
    }
