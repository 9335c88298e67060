"""What an invented document says, before it is laid out: with everything that is known of it."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.papers.vocabulary import BUILD, HELD_OUT, Agency, Vocabulary

PARTY, STATE = "party", "state"
_SETS = {"build": (BUILD, 0x5EED), "held-out": (HELD_OUT, 0xC0FFEE)}

# Name of the kind, its abbreviation in symbols, and whether its summary begins with "về".
_PARTY_KINDS = (
    ("NGHỊ QUYẾT", "NQ"), ("QUYẾT ĐỊNH", "QĐ"), ("CHỈ THỊ", "CT"), ("KẾT LUẬN", "KL"),
    ("QUY CHẾ", "QC"), ("QUY ĐỊNH", "QĐ"), ("THÔNG TRI", "TT"), ("HƯỚNG DẪN", "HD"),
    ("THÔNG BÁO", "TB"), ("THÔNG CÁO", "TC"), ("TUYÊN BỐ", "TB"), ("LỜI KÊU GỌI", "LKG"),
    ("BÁO CÁO", "BC"), ("KẾ HOẠCH", "KH"), ("QUY HOẠCH", "QH"), ("CHƯƠNG TRÌNH", "CTr"),
    ("ĐỀ ÁN", "ĐA"), ("PHƯƠNG ÁN", "PA"), ("DỰ ÁN", "DA"), ("TỜ TRÌNH", "TTr"), ("", "CV"),
    ("BIÊN BẢN", "BB"), ("GIẤY MỜI", "GM"), ("GIẤY GIỚI THIỆU", "GGT"), ("PHIẾU CHUYỂN", "PC"),
    ("CHIẾN LƯỢC", "CL"), ("PHIẾU GỬI", "PG"), ("GIẤY CHỨNG NHẬN", "GCN"),
)  # fmt: skip
_STATE_KINDS = (
    ("NGHỊ QUYẾT", "NQ"), ("QUYẾT ĐỊNH", "QĐ"), ("CHỈ THỊ", "CT"), ("QUY CHẾ", "QC"),
    ("QUY ĐỊNH", "QyĐ"), ("THÔNG CÁO", "TC"), ("THÔNG BÁO", "TB"), ("HƯỚNG DẪN", "HD"),
    ("CHƯƠNG TRÌNH", "CTr"), ("KẾ HOẠCH", "KH"), ("PHƯƠNG ÁN", "PA"), ("ĐỀ ÁN", "ĐA"),
    ("DỰ ÁN", "DA"), ("BÁO CÁO", "BC"), ("BIÊN BẢN", "BB"), ("TỜ TRÌNH", "TTr"),
    ("CÔNG ĐIỆN", "CĐ"), ("GIẤY MỜI", "GM"), ("GIẤY GIỚI THIỆU", "GGT"), ("PHIẾU CHUYỂN", "PC"),
    ("GIẤY ỦY QUYỀN", "GUQ"), ("HỢP ĐỒNG", "HĐ"), ("BẢN GHI NHỚ", "BGN"), ("", ""),
)  # fmt: skip
_OF_PARTY = (
    ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"),
    ("T/M BAN THƯỜNG VỤ", "BÍ THƯ"),
    ("T/M BAN CHẤP HÀNH", "BÍ THƯ"),
    ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
    ("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("", "CHÁNH VĂN PHÒNG"),
    ("", "TRƯỞNG BAN"),
    ("T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM"),
    ("T/M CHI BỘ", "BÍ THƯ"),
    ("T/L BAN THƯỜNG VỤ|CHÁNH VĂN PHÒNG|K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("T/L BAN THƯỜNG VỤ", "TRƯỞNG BAN TỔ CHỨC"),
    ("Q. CHÁNH VĂN PHÒNG", ""),
    ("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ"),
    ("T/M ĐOÀN KIỂM TRA", "TRƯỞNG ĐOÀN|PHÓ CHỦ NHIỆM ỦY BAN KIỂM TRA"),
    ("T/M BAN THƯỜNG VỤ", "ỦY VIÊN BAN THƯỜNG VỤ|CHỦ NHIỆM ỦY BAN KIỂM TRA"),
)
_OF_STATE = (
    ("TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("", "GIÁM ĐỐC"),
    ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
    ("TL. CHỦ TỊCH|KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"),
    ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
    ("", "CHỦ TỊCH"),
    ("", "CỤC TRƯỞNG"),
    ("Q. GIÁM ĐỐC", ""),
    ("TM. HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH"),
    ("", "HIỆU TRƯỞNG"),
    ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"),
    ("", "CHÁNH ÁN"),
    ("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN|PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"),
)
_RANKS = ("Thượng tá", "Đại tá", "TS.", "PGS.TS.", "ThS.", "BSCKII.")
_STAMPS = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HOẢ TỐC")


@dataclass(frozen=True, slots=True)
class Block:
    """One signature: lines of competence and position, rank and name."""

    competence: tuple[str, ...]
    position: tuple[str, ...]
    name: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An invented document."""

    family: str
    agency: Agency
    kind: str
    number: str
    notation: str
    joint: str
    day: date
    summary: str
    blocks: tuple[Block, ...]
    # Oddities by name: what is blank, wrong, turned around, impossible.
    odd: frozenset[str] = frozenset()
    urgency: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    deadline: date | None = None
    appendices: tuple[str, ...] = ()
    pages: int = 1
    # Files that travel with it: (name, what).
    beside: tuple[str, ...] = field(default=())

    @property
    def symbol(self) -> str:
        """Number and notation as printed, without chance blanks."""
        return f"{self.number}{self.joint}{self.notation}"


def draft(which: str, index: int) -> tuple[Draft, random.Random]:
    """Invent one document of a set, and give the chance that lays it out."""
    words, salt = _SETS[which]
    chance = random.Random(salt * 1_000_003 + index)
    family = PARTY if chance.random() < 0.55 else STATE
    made = _party(chance, words) if family == PARTY else _state(chance, words)
    return made, chance


def _party(chance: random.Random, words: Vocabulary) -> Draft:
    kind, short = chance.choice(_PARTY_KINDS)
    if chance.random() < 0.2:
        kind, short = "", "CV"
    odd = _odd(chance)
    agency = chance.choice(words.party)
    notation, joint = f"{short}/{agency.symbol}", "-"
    if "turned" in odd:
        # Seen in the wild: Party offices that write as the State does.
        notation, joint = f"{short}-{agency.symbol}", "/"
    return _rest(
        chance,
        words,
        Draft(
            PARTY, agency, kind, _number(chance, odd), notation, joint, _day(chance), "", (), odd
        ),
        _OF_PARTY,
    )


def _state(chance: random.Random, words: Vocabulary) -> Draft:
    kind, short = chance.choice(_STATE_KINDS)
    if chance.random() < 0.25:
        kind = short = ""
    odd = _odd(chance) - {"turned"}
    agency = chance.choice(words.state)
    notation = (
        f"{short}-{agency.symbol}" if short else f"{agency.symbol}-{chance.choice(words.units)}"
    )
    if kind in {"NGHỊ QUYẾT", "QUYẾT ĐỊNH"} and chance.random() < 0.15:
        notation = f"{chance.choice((2025, 2026))}/{notation}"
    return _rest(
        chance,
        words,
        Draft(STATE, agency, kind, _number(chance, odd), notation, "/", _day(chance), "", (), odd),
        _OF_STATE,
    )


def _odd(chance: random.Random) -> frozenset[str]:
    """Choose what is wrong with it: most documents are in order."""
    found = {
        "turned": 0.06, "blank number": 0.03, "blank day": 0.03, "impossible day": 0.015,
        "spaced number": 0.03, "old accents": 0.3, "numeric day": 0.03, "joint signatures": 0.04,
        "rank": 0.06, "loud name": 0.04, "of whom": 0.06, "loud summary": 0.04,
        "spaced title": 0.04,
        "stamped number": 0.05, "signature text": 0.2, "longer title": 0.05, "no signer": 0.015,
        "second document": 0.03, "authority": 0.5, "arrival stamp": 0.04, "seal above": 0.06,
        "struck twice": 0.03, "all bold": 0.04, "plain summary": 0.05, "signed mark": 0.08,
        "quiet position": 0.02, "table of persons": 0.08, "headings": 0.2, "old font": 0.02,
        "watermark": 0.03, "no colon": 0.05, "no motto": 0.015, "stamped day": 0.03,
        "draft mark": 0.03, "contact": 0.1, "for whom": 0.1,
    }  # fmt: skip
    return frozenset(name for name, share in found.items() if chance.random() < share)


def _number(chance: random.Random, odd: frozenset[str]) -> str:
    if "blank number" in odd:
        return ""
    plain = str(int(10 ** chance.uniform(0, 4.2)))
    if len(plain) == 1 and chance.random() < 0.7:
        plain = f"0{plain}"
    return plain + ("a" if chance.random() < 0.02 else "")


def _day(chance: random.Random) -> date:
    return date(2024, 1, 1) + timedelta(days=chance.randrange(1100))


def _rest(
    chance: random.Random, words: Vocabulary, made: Draft, signing: tuple[tuple[str, str], ...]
) -> Draft:
    subject = chance.choice(words.subjects)
    if chance.random() < 0.12:
        subject = f"{subject}; {chance.choice(words.subjects)}"
    if made.kind and chance.random() < 0.55:
        subject = f"{chance.choice(('về', 'về việc', 'Về việc'))} {subject}"
    elif made.kind and chance.random() < 0.7:
        subject = subject[0].upper() + subject[1:]
    pages = 1 if chance.random() < 0.35 else min(30, 1 + int(chance.expovariate(0.35)) + 1)
    deadline = made.day + timedelta(days=chance.randint(3, 90)) if chance.random() < 0.35 else None
    appendices = _appendices(chance) if pages > 2 and chance.random() < 0.3 else ()
    blocks = tuple(
        _block(chance, words, signing, made.odd)
        for _ in range(2 if "joint signatures" in made.odd else 1)
    )
    addressed = not made.kind or made.kind in {"TỜ TRÌNH", "PHIẾU CHUYỂN", "GIẤY MỜI", "BÁO CÁO"}
    if made.kind == "BÁO CÁO" and chance.random() < 0.6:
        addressed = False
    return replace(
        made,
        summary=subject,
        pages=pages,
        deadline=deadline,
        appendices=appendices,
        blocks=() if "no signer" in made.odd else blocks,
        urgency=chance.choice(_STAMPS) if chance.random() < 0.15 else "",
        addressees=_some(chance, words.receivers, 5) if addressed else (),
        recipients=_recipients(chance, words, made),
        body=_body(chance, words, deadline),
    )


def _appendices(chance: random.Random) -> tuple[str, ...]:
    return chance.choice(
        (
            ("PHỤ LỤC",),
            ("PHỤ LỤC I", "PHỤ LỤC II"),
            ("Phụ lục 01", "Phụ lục 02"),
            ("DANH SÁCH",),
            ("BIỂU SỐ 01",),
            ("ĐỀ CƯƠNG",),
            ("QUY CHẾ",),
        )
    )


def _some(chance: random.Random, among: tuple[str, ...], most: int) -> tuple[str, ...]:
    count = 1 if chance.random() < 0.5 else chance.randint(2, min(most, len(among)))
    return tuple(chance.sample(among, count))


def _recipients(chance: random.Random, words: Vocabulary, made: Draft) -> tuple[str, ...]:
    if chance.random() < 0.03:
        return ()
    first = ("Như trên",) if not made.kind else ("Như Điều 3",) if made.kind == "QUYẾT ĐỊNH" else ()
    others = _some(chance, words.receivers, 4)
    if "for whom" in made.odd:
        # What the copy is for: to report, to carry out.
        others = tuple(f"{one} ({chance.choice(('để b/c', 'b/c', 'để t/h'))})" for one in others)
    return (*first, *others)


def _block(
    chance: random.Random,
    words: Vocabulary,
    signing: tuple[tuple[str, str], ...],
    odd: frozenset[str],
) -> Block:
    competence, position = chance.choice(signing)
    if position == "":
        # "Q. GIÁM ĐỐC": the acting head; the position is what it says.
        competence, position = "", competence
    name = " ".join(
        (chance.choice(words.surnames), chance.choice(words.middles), chance.choice(words.given))
    )
    if chance.random() < 0.1:
        first, _, last = name.split(" ")[0], "", name.split(" ")[-1]
        name = f"{first} {last}"
    return Block(
        tuple(competence.split("|")) if competence else (),
        tuple(position.split("|")),
        name,
        chance.choice(_RANKS) if "rank" in odd else "",
    )


def _body(chance: random.Random, words: Vocabulary, deadline: date | None) -> tuple[str, ...]:
    paragraphs = [
        " ".join(chance.choice(words.sentences) for _ in range(chance.randint(1, 4)))
        for _ in range(chance.randint(1, 5))
    ]
    if deadline:
        due = chance.choice(
            (
                f"trước ngày {deadline:%d/%m/%Y}",
                f"trước ngày {deadline.day}/{deadline.month}/{deadline.year}",
                f"trước ngày {deadline.day} tháng {deadline.month} năm {deadline.year}",
                f"trước 17 giờ 00 ngày {deadline:%d/%m/%Y}",
                f"chậm nhất ngày {deadline:%d/%m/%Y}",
                f"chậm nhất đến hết ngày {deadline:%d-%m-%Y}",
            )
        )
        paragraphs.append(f"Kết quả thực hiện báo cáo về cơ quan {due} để tổng hợp, theo dõi.")
    return tuple(paragraphs)
