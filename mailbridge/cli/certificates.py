"""mailbridge cert list | confirm | revoke | remove: whose certificates speak for an agency."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli import again
from mailbridge.cli.context import DEFAULT, By, Config, person, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.fingerprints import Named, grouped, plain
from mailbridge.cli.output import AsJson, as_json, moment, pairs
from mailbridge.cli.words import ROLES
from mailbridge.model.directory import CertificateRole

if TYPE_CHECKING:
    from mailbridge.model.directory import Directory
    from mailbridge.model.records import Proposal

app = typer.Typer(help="Certificates of agencies, enrolled by a clerk.", no_args_is_help=True)


@app.command("list")
def list_(
    config: Config = DEFAULT,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Those met in mails and not compared yet.")
    ] = False,
    json_: AsJson = False,
) -> None:
    """List the certificates that speak for agencies, or those that wait to be compared."""
    from mailbridge import wiring
    from mailbridge.registry import agencies, enrolments

    with told():
        with wiring.database(settings(config)).reading() as tx:
            directory = agencies.directory(tx)
            waiting = enrolments.proposed(tx) if proposed else ()
        if proposed:
            _show_proposed(waiting, directory, json_)
        else:
            _show_enrolled(directory, json_)


@app.command()
def confirm(
    fingerprint: Named,
    agency: Annotated[str, typer.Option("--agency", help="Identifier (mã định danh).")],
    role: Annotated[CertificateRole, typer.Option("--role", help="What it signs for.")],
    holder: Annotated[str, typer.Option("--holder", help="Name of its holder.")] = "",
    since: Annotated[str | None, typer.Option("--since", help="First day, ISO 8601.")] = None,
    by: By = None,
    config: Config = DEFAULT,
    json_: AsJson = False,
) -> None:
    """Enrol a certificate that was compared by its fingerprint, and check held mails again."""
    from mailbridge import clock
    from mailbridge.actions import enrol
    from mailbridge.model.directory import EnrolledCertificate

    with told(), again.working(config) as house:
        certificate = EnrolledCertificate(plain(fingerprint), role, holder, _day(since))
        try:
            held = enrol.confirm(house.database, agency, certificate, person(by), clock.now())
        except enrol.CannotEnrolError as error:
            raise AnswerIsNoError(str(error)) from error
        if not json_:
            typer.echo(f"Đã ghi chứng thư số vào danh bạ của {agency}.")
        results, failures = again.each(house, held, person(by))
        again.show(results, json_)
        if failures:
            raise AnswerIsNoError("\n".join(failures))


@app.command()
def revoke(
    fingerprint: Named,
    until: Annotated[str, typer.Option("--until", help="Its last day, ISO 8601.")],
    by: By = None,
    config: Config = DEFAULT,
) -> None:
    """End a certificate with a day; it still proves the documents of its time."""
    _withdraw(fingerprint, _day(until), by, config)
    typer.echo("Đã ghi: chứng thư số không còn dùng sau ngày ấy; văn bản trước đó giữ nguyên.")


@app.command()
def remove(fingerprint: Named, by: By = None, config: Config = DEFAULT) -> None:
    """Take away a certificate that was enrolled by mistake, or dismiss a proposed one."""
    _withdraw(fingerprint, None, by, config)
    typer.echo("Đã bỏ chứng thư số khỏi danh bạ và khỏi danh sách đề nghị.")


def _withdraw(fingerprint: str, until: date | None, by: str | None, config: Config) -> None:
    from mailbridge import clock, wiring
    from mailbridge.actions import enrol
    from mailbridge.registry import agencies

    with told():
        database = wiring.database(settings(config))
        digest = plain(fingerprint)
        with database.reading() as tx:
            is_enrolled = agencies.directory(tx).by_certificate(digest) is not None
        try:
            if is_enrolled or until is not None:
                enrol.withdraw(database, digest, until, person(by), clock.now())
            else:
                enrol.dismiss(database, digest, person(by), clock.now())
        except enrol.CannotEnrolError as error:
            raise AnswerIsNoError(str(error)) from error


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        raise UsageError(f"{written}: phải là ngày như 2026-11-24.") from None


def _show_enrolled(directory: "Directory", json_: bool) -> None:
    pairs_ = [(agency, one) for agency in directory.agencies for one in agency.certificates]
    if json_:
        as_json(
            [
                {
                    "agency": agency.code,
                    "fingerprint": one.fingerprint,
                    "role": one.role,
                    "holder": one.holder,
                    "since": one.since,
                    "until": one.until,
                }
                for agency, one in pairs_
            ]
        )
        return
    for agency, one in pairs_:
        pairs(
            f"{agency.name} ({agency.code})",
            [
                ("Vai trò", ROLES[one.role]),
                ("Người giữ", one.holder),
                ("Từ ngày", one.since or ""),
                ("Đến ngày", one.until or ""),
                ("Vân tay SHA-256", grouped(one.fingerprint)),
            ],
        )
    if not pairs_:
        typer.echo("(không có)")


def _show_proposed(waiting: "tuple[Proposal, ...]", directory: "Directory", json_: bool) -> None:
    if json_:
        as_json(
            [
                {
                    "mail": one.ledger,
                    "agency": one.agency,
                    "fingerprint": one.signer.fingerprint,
                    "name": one.signer.name,
                    "issuer": one.signer.issuer,
                    "serial": one.signer.serial,
                    "form": one.form,
                    "role": one.role,
                    "proposed_at": one.proposed_at,
                }
                for one in waiting
            ]
        )
        return
    typer.echo("Hãy gọi điện cho cơ quan gửi để đối chiếu vân tay trước khi xác nhận.")
    for one in waiting:
        owner = directory.by_code(one.agency)
        show_proposal(one, owner.name if owner else "")
    if not waiting:
        typer.echo("(không có)")


def show_proposal(one: "Proposal", agency: str = "") -> None:
    """Show one proposed certificate with the command that confirms it."""
    pairs(
        f"Chứng thư số chờ đối chiếu (thư số {one.ledger})",
        [
            ("Cơ quan gửi", f"{agency} ({one.agency})".strip()),
            ("Người ký", one.signer.name),
            ("Nơi cấp", one.signer.issuer),
            ("Số hiệu", one.signer.serial),
            ("Gặp lúc", moment(one.proposed_at)),
            ("Vân tay SHA-256", grouped(one.signer.fingerprint)),
            ("Xác nhận", f"mailbridge cert confirm … --agency {one.agency} --role {one.role}"),
        ],
    )
