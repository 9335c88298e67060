"""mailbridge evidence: every record of what was found in a mail, on screen or on paper."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbridge.cli.again import Name, ledger_id
from mailbridge.cli.context import DEFAULT, Config, settings
from mailbridge.cli.exits import AnswerIsNoError, UsageError, told
from mailbridge.cli.output import AsJson, as_json, moment, pairs, table
from mailbridge.cli.words import LEVELS, VERDICTS

if TYPE_CHECKING:
    from mailbridge.model.records import EvidenceRecord
    from mailbridge.registry.database import Database
    from mailbridge.settings.schema import Settings


def evidence(
    name: Name,
    config: Config = DEFAULT,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Print the newest record as PDF to this file.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Show the evidence of a mail: every examination, its findings, and what they rest on."""
    from mailbridge import wiring

    with told():
        loaded = settings(config)
        database = wiring.database(loaded)
        row = ledger_id(database, name)
        records = _records(database, row)
        if pdf is not None:
            _print(loaded, database, records, pdf)
        if json_:
            as_json([_plain(record) for record in records])
        elif pdf is None:
            for record in records:
                _show(record)


def _records(database: "Database", row: int) -> "tuple[EvidenceRecord, ...]":
    from mailbridge.registry import evidence as stored

    with database.reading() as tx:
        records = stored.records(tx, row)
    if not records:
        raise AnswerIsNoError(f"Không có hồ sơ kiểm tra nào của thư số {row}.")
    return records


def _show(record: "EvidenceRecord") -> None:
    found = record.examination.opened.evidence
    pairs(
        f"Hồ sơ kiểm tra {record.sequence} của thư số {record.ledger}",
        [
            ("Kiểm tra lúc", moment(record.recorded_at)),
            ("Kết luận", VERDICTS[found.verdict] if found.verdict else "(không có)"),
            ("Được chứng thực", ", ".join(found.vouched)),
            ("Gốc tin cậy", " ".join(found.roots) or "(không có)"),
            ("Danh sách thu hồi", " ".join(found.crls) or "(không có)"),
            ("Công cụ", ", ".join(f"{name} {at}" for name, at in found.tools.items())),
            ("SHA-256 hồ sơ", record.digest),
        ],
    )
    table(
        "Kết quả kiểm tra",
        ("Kết quả", "Nội dung", "Căn cứ"),
        [(LEVELS[one.level], one.text, one.cites) for one in found.findings],
    )


def _plain(record: "EvidenceRecord") -> dict[str, object]:
    import json

    from mailbridge.model import codec
    from mailbridge.model.evidence import Evidence

    found = record.examination.opened.evidence
    return {
        "mail": record.ledger,
        "sequence": record.sequence,
        "recorded_at": record.recorded_at,
        "digest": record.digest,
        "evidence": json.loads(codec.encode(Evidence, found)),
    }


def _print(
    loaded: "Settings", database: "Database", records: "tuple[EvidenceRecord, ...]", file: Path
) -> None:
    from mailbridge import clock
    from mailbridge.model.directory import Agency
    from mailbridge.model.sheet import EvidenceSheet
    from mailbridge.prints.evidence_sheet import evidence_sheet
    from mailbridge.registry import agencies, documents, ledger

    row_id = records[-1].ledger
    with database.reading() as tx:
        row = ledger.get(tx, row_id)
        document = documents.by_ledger(tx, row_id)
        directory = agencies.directory(tx)
    if row is None:
        raise AnswerIsNoError(f"Không có thư số {row_id} trong sổ thư.")
    mailbox = next((one for one in loaded.mailbox if one.name == row.mailbox), None)
    code = mailbox.office if mailbox and mailbox.office else loaded.office[0].agency
    own = directory.by_code(code) or Agency(code, code)
    above = directory.by_code(own.parent) if own.parent else None
    sheet = EvidenceSheet(
        own=own,
        above=above.name if above else "",
        row=row,
        document=document,
        record=records[-1],
        history=tuple(
            (one.sequence, one.recorded_at, one.examination.opened.evidence.verdict)
            for one in records
        ),
        printed_at=clock.now(),
    )
    try:
        file.write_bytes(evidence_sheet(sheet))
    except OSError as error:
        raise UsageError(f"{file}: không ghi được: {error.strerror}.") from error
    typer.echo(f"Đã in phiếu kết quả kiểm tra vào {file}.", err=True)
