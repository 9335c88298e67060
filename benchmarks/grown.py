"""A register of as many entries as wanted, made at once: invented documents of one office.

Words of summaries follow Zipf's law: the first are in most documents, the last in a few.
"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path

from mailbridge.model import codec
from mailbridge.model.document import Document, DocumentKey, DocumentState
from mailbridge.model.evidence import Verdict
from mailbridge.model.parcel import File
from mailbridge.model.reading import Field, FieldName, Reading, Urgency
from mailbridge.model.slot import Fingerprint
from mailbridge.registry import search_words
from mailbridge.registry.database import Database
from mailbridge.registry.similar import file_set

OFFICE = "DEMO.02.07"
# Some thirty thousand documents a year.
_FIRST, _A_YEAR = datetime(1996, 1, 2, 1, tzinfo=UTC), 30_000
_ADMIN = (
    "về việc triển khai thực hiện nghị quyết kế hoạch báo cáo tình hình công tác năm quý tháng"
    " ban hành hướng dẫn quy định chỉ đạo tăng cường kiểm tra giám sát phòng chống ngân sách nhà"
    " nước phân bổ dự toán đầu tư xây dựng nông thôn mới đất đai giải phóng mặt bằng tuyên truyền"
    " đảng viên cán bộ tổ chức đại hội chi bộ huyện xã phường hội nghị mời họp thông báo kết luận"
    " thường trực bầu cử giáo dục y tế an sinh xã hội doanh nghiệp chuyển đổi số cải cách hành"
    " chính thiên tai bão lụt quốc phòng an ninh văn hóa thể thao du lịch môi trường"
)
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x"
_RIMES = (
    "a ac ai am an ang anh ao ap at au ay e em en eng eo et i ia ich iem ien ieu im in inh it iu o"
    " oa oai oan oang oc oi om on ong op ot u ua uan uc ui um un ung uoc uoi uom uon uong ut uy"
    " uyen uyet y yen yeu ă ăng ắc ặt ấn ậu ế ện ồng ốc ủ ứng ườn ượt"
)
_TYPES = ("Công văn", "Báo cáo", "Kế hoạch", "Thông báo", "Quyết định", "Tờ trình", "Giấy mời")
_NAMES = ("Nguyễn Văn", "Trần Thị", "Lê Hữu", "Phạm Minh", "Hoàng Đức", "Vũ Thanh", "Đỗ Quang")
_GIVEN = "An Bình Chiến Dũng Đào Giang Hà Khoa Lan Mai Nam Oanh Phúc Quý Sơn Tâm Uyên Vinh"
# Columns of each table that is filled, in the order of the values below.
_INSERTS = {
    "ledger": (
        "id, mailbox, uidvalidity, uid, size, internal_date, fingerprint, first_seen, attempts,"
        " deaths, is_open, alone, outcome, detail, numbers, kind, sender, subject, settled_at"
    ),
    "document": (
        "id, ledger, mailbox, office, agency, agency_name, symbol, issued, sender, verdict, state,"
        " urgency, reading, file_set, received_at, subject, mic"
    ),
    "file": "document, position, sha256, value",
    "entry": "id, office, book, series, year, ordinal, document, entered_at",
    "searchable": "document, text, signers, closed",
    "search_index": "rowid, words",
}
_BATCH = 20_000


class Vocabulary:
    """Words by their rank, drawn as often as Zipf's law says."""

    def __init__(self, chance: random.Random) -> None:
        made = [onset + rime for onset in _ONSETS.split() for rime in _RIMES.split()]
        chance.shuffle(made)
        self.words = list(dict.fromkeys([*_ADMIN.split(), *made]))
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))
        self._chance = chance

    def draw(self, amount: int) -> list[str]:
        """Give so many words of a summary."""
        return self._chance.choices(self.words, cum_weights=self._weights, k=amount)


def documents(amount: int, seed: int = 7) -> Iterator[Document]:
    """Invent documents, each with its id; a word of its own stands in every hundredth."""
    chance = random.Random(seed)
    vocabulary = Vocabulary(chance)
    agencies = [
        (f"H{n:02}.{n % 37:02}", f"Đảng ủy xã {' '.join(vocabulary.draw(2)).title()}")
        for n in range(300)
    ]
    for number in range(1, amount + 1):
        code, agency = agencies[min(int(chance.paretovariate(0.6)) - 1, 299)]
        at = _FIRST + timedelta(days=365.25) * (number / _A_YEAR)
        summary = " ".join(vocabulary.draw(chance.randint(8, 18)))
        if number % 100 == 0:
            summary += f" {vocabulary.words[number // 100 % 500 + 500]}x{number // 50_000}"
        yield _document(number, (code, agency), at, summary, chance)


def _document(
    number: int, agency: tuple[str, str], at: datetime, summary: str, chance: random.Random
) -> Document:
    symbol = f"{chance.randint(1, 2500)}-CV/ĐU"
    signer = f"{chance.choice(_NAMES)} {chance.choice(_GIVEN.split())}"
    urgency = Urgency.URGENT if number % 50 == 0 else Urgency.NORMAL
    issued = (at.date() - timedelta(days=2)).isoformat()
    values = {
        FieldName.SYMBOL: symbol,
        FieldName.DATE: issued,
        FieldName.TYPE: _TYPES[number % len(_TYPES)],
        FieldName.SUMMARY: summary,
        FieldName.ISSUER: agency[1].upper(),
        FieldName.SIGNER: signer,
    }
    return Document(
        id=number,
        ledger=number,
        mailbox="vanthu",
        key=DocumentKey(agency[0], symbol, issued),
        agency_name=agency[1],
        sender=f"vanthu@{agency[0].lower()}.gov.vn",
        verdict=Verdict.FAILED if number % 97 == 0 else Verdict.LEGAL,
        state=DocumentState.REGISTERED,
        urgency=urgency,
        reading=Reading({name: Field(value, "pdf:1", 0.9) for name, value in values.items()}),
        files=(_file(number, f"{symbol.replace('/', '_')}.pdf"),),
        received_at=at,
        office=OFFICE,
        subject=f"{values[FieldName.TYPE]} số {symbol}",
    )


def _file(number: int, name: str) -> File:
    kind = "application/pdf"
    return File("1", name, name, 100_000, Fingerprint(f"{number:064x}"), kind, kind)


def fill(place: Path, amount: int, text_words: int = 0) -> None:
    """Make a migrated register of so many entries; `text_words` is the text of each document."""
    database = Database(place)
    database.migrate(OFFICE)
    database.close()
    with closing(sqlite3.connect(place, isolation_level=None)) as register:
        register.execute("PRAGMA journal_mode = OFF")
        register.execute("PRAGMA synchronous = OFF")
        register.execute("PRAGMA cache_size = -400000")
        register.execute("BEGIN")
        triggers = register.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        laid = triggers.fetchall()
        for name, _ in laid:
            register.execute(f"DROP TRIGGER {name}")
        _insert(register, amount, text_words)
        for _, sql in laid:
            register.execute(sql)
        register.execute("COMMIT")
        register.execute("PRAGMA journal_mode = WAL")


def _insert(register: sqlite3.Connection, amount: int, text_words: int) -> None:
    chance = random.Random(11)
    vocabulary = Vocabulary(chance)
    texts = [" ".join(vocabulary.draw(text_words)) for _ in range(2_000 if text_words else 1)]
    made = documents(amount)
    ordinals: dict[int, int] = {}
    while batch := list(islice(made, _BATCH)):
        rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}
        for document in batch:
            year = document.received_at.year
            ordinals[year] = ordinals.get(year, 0) + 1
            text = texts[document.id % len(texts)]
            for table, row in _rows(document, year, ordinals[year], text).items():
                rows[table].append(row)
        for table, names in _INSERTS.items():
            marks = ", ".join("?" * (names.count(",") + 1))
            register.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows[table])
    register.executemany(
        "INSERT INTO book (office, book, series, year, last) VALUES (?, 'den', '', ?, ?)",
        [(OFFICE, year, last) for year, last in ordinals.items()],
    )


def _rows(one: Document, year: int, ordinal: int, text: str) -> dict[str, tuple[object, ...]]:
    at = one.received_at.strftime("%Y-%m-%d %H:%M:%S.000000")
    print_ = one.files[0].sha256
    source = search_words.Source(one, None, text, (one.reading.value(FieldName.SIGNER) or "",))
    said = search_words.entry_of(source)
    return {
        "ledger": (
            one.id, "vanthu", 1, one.id, 200_000, at, f"{one.id:064x}", at, 1, 0, False, False,
            "registered", "", f"{ordinal}/{year}", "document", one.sender, one.subject, at,
        ),
        "document": (
            one.id, one.ledger, one.mailbox, one.office, one.key.agency, one.agency_name,
            one.key.symbol, one.key.date, one.sender, one.verdict, one.state, one.urgency,
            codec.encode(Reading, one.reading).decode(), file_set([print_]), at, one.subject, "",
        ),
        "file": (one.id, 0, print_, codec.encode(File, one.files[0]).decode()),
        "entry": (one.id, OFFICE, "den", "", year, ordinal, one.id, at),
        "searchable": (one.id, text, source.signers[0], False),
        "search_index": (one.id, " ".join(said)),
    }  # fmt: skip
