"""A real register in a file, and the values that go into it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.outcome import BookName
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.slot import Arrival, Fingerprint, Slot
from mailbridge.registry.database import Database
from mailbridge.registry.revisions import Cause
from tests.postgres import Cluster

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OFFICE = "DEMO.02.07"
DEN = BookName(OFFICE, "den")
DI = BookName(OFFICE, "di")
CAUSE = Cause("gõ nhầm", "An", 1, NOW)


@pytest.fixture
def register_file(empty: bytes, tmp_path: Path) -> Path:
    """The file of an empty register, for who opens it himself and the other database as well."""
    path = tmp_path / "register.sqlite3"
    path.write_bytes(empty)
    return path


@pytest.fixture
def place(empty: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "register.sqlite3"
    path.write_bytes(empty)
    return path


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty register, on each of the two databases."""
    with ExitStack() as stack:
        if engine == "sqlite":
            opened = Database(request.getfixturevalue("place"))
        else:
            cluster: Cluster = request.getfixturevalue("cluster")
            opened = Database(stack.enter_context(cluster.lent()))
        stack.callback(opened.close)
        yield opened


@pytest.fixture
def arrival() -> Callable[..., Arrival]:
    def make(uid: int = 1, *, mailbox: str = "vanthu", uidvalidity: int = 7) -> Arrival:
        return Arrival(Slot(mailbox, uidvalidity, uid), 1234, NOW, "Công văn", "")

    return make


@pytest.fixture
def document() -> Callable[..., Document]:
    def make(
        ledger: int,
        *,
        agency: str = "DEMO.01",
        symbol: str | None = "12-CV/VPTU",
        date: str | None = "2026-11-23",
        files: tuple[str, ...] = ("a" * 64,),
        verdict: Verdict = Verdict.LEGAL,
        urgency: Urgency = Urgency.NORMAL,
        office: str = OFFICE,
    ) -> Document:
        return Document(
            id=0,
            ledger=ledger,
            mailbox="vanthu",
            office=office,
            key=DocumentKey(agency, symbol, date),
            agency_name="Văn phòng Tỉnh ủy Ví Dụ",
            sender="vptu@hungyen.gov.vn",
            verdict=verdict,
            state=DocumentState.HELD,
            urgency=urgency,
            reading=Reading({FieldName.SUMMARY: Field("V/v thử", "pdf", 0.9)}, urgency),
            files=tuple(
                File(
                    f"{n}",
                    f"tệp {n}.pdf",
                    f"tệp {n}.pdf",
                    5,
                    Fingerprint(sha),
                    "application/pdf",
                    "",
                )
                for n, sha in enumerate(files)
            ),
            received_at=NOW,
            message_id="<1@hungyen.gov.vn>",
            subject="Công văn",
        )

    return make


@pytest.fixture(scope="session")
def empty_register(empty: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A register that nobody writes to: for the many examples of a property."""
    path = tmp_path_factory.mktemp("property") / "register.sqlite3"
    path.write_bytes(empty)
    opened = Database(path)
    yield opened
    opened.close()
