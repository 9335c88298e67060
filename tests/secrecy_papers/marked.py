"""A hundred mails that bear a mark, in the ways in which offices put one on."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from mailbridge.demo.papers import Family, Paper, pdf
from tests.secrecy_papers.cases import Attached, Case, Put, docx, head, lines, sheet, word_file

LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
RECALLED = "TÀI LIỆU THU HỒI"
_ABOUT = (
    "báo cáo tình hình quý III năm 2026",
    "phương án nhân sự hội nghị",
    "kết quả làm việc với đoàn kiểm tra",
    "kế hoạch diễn tập khu vực phòng thủ",
)
_BODY = (
    "Kính gửi đồng chí Chánh Văn phòng,",
    "Xin gửi đồng chí văn bản kèm theo để xem xét, cho ý kiến.",
    "Trân trọng.",
)


def marked(seed: str = "secrecy") -> list[Case]:
    """Make the hundred; the same seed makes the same."""
    chance = Random(seed)
    cases = list(_all(chance))
    return [replace(case, what=f"{number:03d} {case.what}") for number, case in enumerate(cases)]


def _all(chance: Random) -> Iterator[Case]:
    yield from _printed(chance)
    yield from _placed(chance)
    yield from _in_words(chance)
    yield from _in_names()
    yield from _in_texts(chance)


def _printed(chance: Random) -> Iterator[Case]:
    """Twenty-four papers with the stamp where the form has it."""
    for number in range(24):
        level = LEVELS[number % 3]
        paper = Paper(
            str(100 + number),
            "CV/VPTU" if number % 2 else "VPUB-NC",
            date(2026, 11, 1 + number),
            chance.choice(_ABOUT),
            Family.PARTY if number % 2 else Family.STATE,
            type_name="BÁO CÁO" if number % 3 == 0 else "",
            secrecy=level,
            urgency="HOẢ TỐC" if number % 4 == 0 else "",
            pages=1 + number % 3,
        )
        yield Case("printed form", level, "Gửi văn bản", (), (_pdf(paper.file_name, pdf(paper)),))


def _placed(chance: Random) -> Iterator[Case]:
    """Stamps that stand otherwise: spaced, broken, turned, framed, beside, on the last page."""
    for level in LEVELS:
        first, *rest = level.split()
        ways = {
            "spaced": [Put(150, 690, " ".join(level.replace(" ", "")), 13, centred=True)],
            "beside the number": [Put(208, 732, level, 11), Put(500, 705, "Bản số: 02", 11)],
            "turned": [Put(200, 300, level, 60, turned=45)],
            "upright": [Put(570, 300, level, 20, turned=90)],
            "drawn frame": [
                Put(150, 702, "+--------------+", 11, centred=True),
                Put(150, 690, f"|  {level}  |", 11, centred=True),
                Put(150, 678, "+--------------+", 11, centred=True),
            ],
            "decomposed": [
                Put(150, 690, unicodedata.normalize("NFD", level), 14, centred=True, framed=True)
            ],
            "with urgency": [Put(150, 690, f"{level} - HỎA TỐC", 13, centred=True)],
        }
        if rest:
            ways["two lines"] = [
                Put(150, 700, first, 13, centred=True),
                Put(150, 684, rest[0], 13, centred=True),
            ]
        for what, stamp in ways.items():
            page = [*head("12", stamp), *_text(chance)]
            yield Case(what, level, "Văn bản", (), (_pdf("12-CV-VPTU.pdf", sheet(page)),))
        last = [Put(150, 760, level, 14, centred=True, framed=True), *_text(chance)]
        pages = [[*head("13"), *_text(chance)], _text(chance), last]
        yield Case("last page", level, "", (), (_pdf("13-CV-VPTU.pdf", sheet(*pages)),))
    recalled = [Put(430, 700, RECALLED, 12, centred=True, framed=True)]
    for stamp in (recalled, [replace(recalled[0], words="TÀI LIỆU"), Put(405, 684, "THU HỒI", 12)]):
        page = [*head("14", stamp), *_text(chance)]
        yield Case("recalled", RECALLED, "", (), (_pdf("14-CV-VPTU.pdf", sheet(page)),))
    field = sheet([*head("15"), *_text(chance)], field_value="TOI MAT")
    yield Case("form field", "TỐI MẬT", "", (), (_pdf("15.pdf", field),))


def _in_words(chance: Random) -> Iterator[Case]:
    """Subjects, labels and header fields."""
    subjects = (
        ("[MẬT] Báo cáo tháng 11", "MẬT"),
        ("Gửi báo cáo (Tối mật)", "TỐI MẬT"),
        ("Độ mật: Tuyệt mật - gửi báo cáo", "TUYỆT MẬT"),
        ("Fwd: MẬT: phương án nhân sự", "MẬT"),
        ("HỎA TỐC - TỐI MẬT - kế hoạch", "TỐI MẬT"),
        ("Công văn MẬT số 12-CV/TU", "MẬT"),
        ("Re: [TOI MAT] phuong an", "TỐI MẬT"),
        ("BÁO CÁO THÁNG 11 | TUYỆT MẬT", "TUYỆT MẬT"),
        ("Công văn mật số 15-CV/TU ngày 02/11/2026", "MẬT"),
        (unicodedata.normalize("NFD", "(MẬT) Kế hoạch"), "MẬT"),
    )
    for subject, mark in subjects:
        yield Case("subject", mark, subject, (("text/plain", "\n".join(_BODY)),))
    yield Case("edXML header", "MẬT", edxml="[Mật] Báo cáo kết quả")
    yield Case("edXML header", "TỐI MẬT", edxml="Độ mật: Tối mật")
    del chance


def _in_names() -> Iterator[Case]:
    """Names of files, of members of archives, and of what could not be opened."""
    names = (
        ("12-CV-VPTU (Mật).pdf", "MẬT"),
        ("MAT_12-CV-VPTU.pdf", "MẬT"),
        ("[TỐI MẬT] phương án.docx", "TỐI MẬT"),
        ("ho so/BC-12-TOIMAT.pdf", "TỐI MẬT"),
        ("Báo cáo MẬT.docx", "MẬT"),
        ("12-BC-TU_TUYET_MAT.pdf", "TUYỆT MẬT"),
        ("MẬT - kế hoạch 2026.zip", "MẬT"),
        ("cong van toi mat so 5.pdf", "TỐI MẬT"),
        ("15-CV-TU.MẬT.signed.pdf", "MẬT"),
        ("Công văn mật số 12.pdf", "MẬT"),
    )
    for name, mark in names:
        yield Case("name", mark, "Gửi văn bản", (), (Attached(name),))


def _in_texts(chance: Random) -> Iterator[Case]:
    """Covers, Word files, web pages, rich text, and encodings from before Unicode."""
    for level in LEVELS:
        plain = "\n".join((level, *_BODY))
        small = level.capitalize()
        yield Case("cover", level, texts=(("text/plain", plain),))
        yield Case("label", level, texts=(("text/plain", f"{_BODY[0]}\nĐộ mật: {small}\nSố: 5"),))
        table = f"<table><tr><td>Độ mật</td><td><b>{small}</b></td></tr></table><p>{_BODY[1]}</p>"
        yield Case("web page", level, texts=(("text/html", table),))
        yield Case(
            "Word header", level, attached=(word_file("a.docx", docx(*_BODY, header=level)),)
        )
        yield Case("Word box", level, attached=(word_file("b.docx", docx(*_BODY, box=level)),))
    ticked = "Độ mật: □ Thường  ☒ Tối mật  □ Tuyệt mật"
    yield Case("ticked", "TỐI MẬT", texts=(("text/plain", ticked),))
    yield Case("ticked", "MẬT", texts=(("text/plain", "Độ mật: [ ] Thường [x] Mật [ ] Tối mật"),))
    old = (("mËt", "MẬT"), ("tèi mËt", "TỐI MẬT"), ("MAÄT", "MẬT"), ("TUYEÄT MAÄT", "TUYỆT MẬT"))
    for words, mark in (*old, ("MA^.T", "MẬT"), ("MẬT".encode().decode("cp1252"), "MẬT")):
        page = ["TØnh ñy", "Sè 12-CV/TU", words, "KÝnh göi"]
        yield Case("old letters", mark, texts=(("text/plain", "\n".join(page)),))
    rtf = rb"{\rtf1\ansi Van phong\par M\u7852?T\par Kinh gui\par}"
    yield Case("rich text", "MẬT", attached=(Attached("a.rtf", rtf, "application/rtf"),))
    bare = ("VAN PHONG TINH UY", "So 12-CV/VPTU", "MAT", "Kinh gui dong chi")
    yield Case("without accents", "MẬT", texts=(("text/plain", "\n".join(bare)),))
    del chance


def _text(chance: Random) -> list[Put]:
    words = (
        f"Kính gửi các đồng chí. Văn phòng gửi {chance.choice(_ABOUT)} để nghiên cứu, thực hiện."
    )
    return lines(words, 430, top=620, centre=False)


def _pdf(name: str, octets: bytes) -> Attached:
    return Attached(name, octets)
