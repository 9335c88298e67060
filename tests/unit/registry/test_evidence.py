"""Evidence stays, and another examination adds to it."""

from collections.abc import Callable

from mailbridge.model.document import Document
from mailbridge.model.evidence import Evidence, Finding, Level, Verdict
from mailbridge.model.examination import Examination, MailView, Opened
from mailbridge.model.parcel import Text
from mailbridge.model.reading import Reading
from mailbridge.model.slot import Arrival, Fingerprint
from mailbridge.registry import documents, evidence, ledger
from mailbridge.registry.database import Database
from tests.unit.registry.conftest import NOW


def _examination(verdict: Verdict) -> Examination:
    found = Evidence(verdict, (Finding("1", Level.OK, "Điều 4", "Chữ ký hợp lệ"),), at=NOW)
    texts = (Text("1", "text/plain", "Kính gửi " * 1000),)
    return Examination(Opened("mail", MailView(subject="V/v"), (), texts, found), Reading())


def test_examinations_add_up(
    database: Database,
    arrival: Callable[..., Arrival],
    document: Callable[..., Document],
) -> None:
    with database.transaction() as tx:
        row = ledger.begin(tx, arrival(), Fingerprint("f" * 64), NOW).ledger
        added = documents.add(tx, document(row))
        for verdict in (Verdict.UNDETERMINED, Verdict.LEGAL):
            evidence.record(tx, row, added, _examination(verdict), NOW)
        evidence.record(tx, row, None, _examination(Verdict.FAILED), NOW)
    with database.reading() as tx:
        first, second = evidence.of_document(tx, added)
        assert [e.verdict for e in evidence.of_ledger(tx, row)][2] is Verdict.FAILED
        sizes = tx.session.connection().exec_driver_sql("SELECT length(examination) FROM evidence")
        assert max(sizes.scalars()) < 2000
    assert first == _examination(Verdict.UNDETERMINED).opened.evidence
    assert second.verdict is Verdict.LEGAL
