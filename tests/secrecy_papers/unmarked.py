"""Five hundred mails without a mark, each with words that tempt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from mailbridge.demo.papers import Family, Paper, pdf
from mailbridge.reading.secrecy_words import fold
from tests.secrecy_papers.cases import Attached, Case, Put, docx, head, lines, sheet, word_file

# Titles about secrecy, and titles with a word that has a mark in it.
_TITLES = (
    "công tác bảo vệ bí mật nhà nước năm 2026",
    "danh mục bí mật nhà nước độ tối mật của ngành",
    "quản lý, sử dụng tài liệu mật trong cơ quan",
    "quy chế bảo mật thông tin mạng nội bộ",
    "tập huấn kỹ năng đặt mật khẩu và bảo mật thiết bị",
    "xác định độ mật của văn bản: mật, tối mật, tuyệt mật",
    "mật độ dân số và quy hoạch khu dân cư",
    "phát triển nghề nuôi ong lấy mật tại các xã",
    "kiểm tra việc đóng dấu chỉ độ mật trên văn bản giấy",
    "sử dụng sản phẩm mật mã dân sự",
    "tiêu hủy tài liệu, vật chứa bí mật nhà nước",
    "giải mật tài liệu lưu trữ lịch sử",
    "phẫu thuật sỏi mật bằng phương pháp nội soi",
    "phối hợp thân mật, chặt chẽ giữa các cơ quan",
    "gửi, nhận văn bản không mật trên mạng thông tin diện rộng",
    "biên chế cơ quan cơ mật viện thời kỳ trước",
    "thu hồi tài liệu sau hội nghị và danh mục tài liệu thu hồi",
    "bồi dưỡng cán bộ cơ yếu, bảo đảm bí mật, an toàn thông tin",
    "tổ chức lễ ra mắt, gặp mặt đầu xuân và chi tiền mặt",
    "điều chỉnh mật độ xây dựng các đồ án quy hoạch",
)
_SENTENCES = (
    "Văn bản thuộc danh mục phải được đóng dấu “MẬT”, “TỐI MẬT” hoặc “TUYỆT MẬT” theo quy định.",
    "Tài liệu mật, tối mật, tuyệt mật không được gửi qua thư điện tử này.",
    "Đề nghị các đơn vị đổi mật khẩu và tăng cường bảo mật trước ngày 30/11/2026.",
    "Mọi cán bộ giữ bí mật thông tin và không trao đổi nội dung mật qua điện thoại.",
    "Sản lượng mật ong đạt 120 tấn, mật độ đàn ong tăng; người dân phấn khởi.",
    "Trường hợp văn bản có độ mật, nơi gửi dùng phương tiện của cơ yếu để mã hóa mật.",
    "Không đóng dấu MẬT trên văn bản thường; văn thư kiểm tra độ mật trước khi gửi.",
)
_SUBJECTS = (
    "V/v {title}",
    "Về việc {title}",
    "Kế hoạch {title}",
    "Re: Fwd: Hướng dẫn {title}",
    "Mời họp: {title}",
)
_NAMES = (
    "{n}-KH {title}.pdf",
    "{title} ({n}).docx",
    "{n}_{slug}.pdf",
    "{SLUG}.xlsx",
    "{bare} {n}.pdf",
)
_MORE_NAMES = (
    "MAT TRAN TO QUOC {n}.pdf", "BAO_CAO_TIEN_MAT_{n}.xls", "DANH SACH CO MAT {n}.pdf",
    "gap-mat-{n}.pdf", "so do mat bang {n}.dwg", "LE RA MAT {n}.pdf", "VANG MAT {n}.xlsx",
    "MAT BANG TANG {n}.pdf", "mat_khau_{n}.txt", "MATLAB_{n}.m", "mật ong {n}.jpg",
    "KE TOAN TIEN MAT {n}.xls", "be mat duong {n}.pdf", "Mặt trận {n}.pdf", "khong mat {n}.pdf",
    "KHÔNG MẬT {n}.pdf", "giai-mat-{n}.pdf", "doi mat {n}.jpg", "format-{n}.pdf",
    "MAT NUOC {n}.doc",
)  # fmt: skip


def unmarked(seed: str = "secrecy") -> list[Case]:
    """Make the five hundred; the same seed makes the same."""
    chance = Random(seed)
    cases = list(_all(chance))
    return [replace(case, what=f"{number:03d} {case.what}") for number, case in enumerate(cases)]


def _all(chance: Random) -> Iterator[Case]:
    yield from _printed(chance)
    yield from _broken_titles()
    yield from _subjects()
    yield from _names()
    yield from _texts(chance)


def _printed(chance: Random) -> Iterator[Case]:
    for number in range(80):
        title = _TITLES[number % len(_TITLES)]
        paper = Paper(
            str(200 + number),
            "CV/VPTU" if number % 2 else "VPUB-NC",
            date(2026, 11, 1 + number % 30),
            title,
            Family.PARTY if number % 2 else Family.STATE,
            type_name="KẾ HOẠCH" if number % 3 == 0 else "",
            urgency="KHẨN" if number % 4 == 0 else "",
            body=tuple(chance.sample(_SENTENCES, 3)),
            recipients=("Như trên,", "Phòng Cơ yếu - Bảo mật,"),
            pages=1 + number % 2,
        )
        yield Case(
            "printed form", None, "Gửi văn bản", (), (Attached(paper.file_name, pdf(paper)),)
        )


def _broken_titles() -> Iterator[Case]:
    """Titles in capitals, broken at every width, so that lines begin and end with the word."""
    kinds = ("DANH MỤC", "QUY CHẾ", "KẾ HOẠCH", "HƯỚNG DẪN", "THÔNG BÁO", "BÁO CÁO")
    for number, title in enumerate(_TITLES):
        for width in (60, 105, 140, 190, 240, 330):
            kind = kinds[(number + width) % len(kinds)]
            rows = lines(title.upper(), width, top=650, centre=True)
            body = lines(_SENTENCES[number % len(_SENTENCES)], width + 90, top=300, centre=False)
            page = [*head("30"), Put(297, 672, kind, 15, centred=True, bold=True), *rows, *body]
            yield Case(
                f"title at {width}", None, "", (), (Attached("30-CV-VPTU.pdf", sheet(page)),)
            )


def _subjects() -> Iterator[Case]:
    for title in _TITLES:
        for pattern in _SUBJECTS:
            subject = pattern.format(title=title)
            yield Case("subject", None, subject.upper() if "họp" in subject else subject)


def _names() -> Iterator[Case]:
    for number, title in enumerate(_TITLES):
        words = title.replace(",", "").replace(":", "")
        bare = fold(words)
        values = {
            "n": number + 1,
            "title": words,
            "bare": bare,
            "slug": bare.replace(" ", "_"),
            "SLUG": bare.upper().replace(" ", "_"),
        }
        for pattern in _NAMES:
            yield Case("name", None, "Gửi văn bản", (), (Attached(pattern.format(**values)),))
        more = _MORE_NAMES[number].format(n=number + 1)
        yield Case("name", None, "Gửi văn bản", (), (Attached(more),))


def _texts(chance: Random) -> Iterator[Case]:
    for number in range(30):
        words = "\n".join(chance.sample(_SENTENCES, 4))
        broken = "\n".join(put.words for put in lines(words, 60 + 12 * number, top=0, centre=False))
        yield Case("cover", None, "Trao đổi", (("text/plain", broken),))
    lists = (
        "Các độ mật gồm:\n- Tuyệt mật;\n- Tối mật;\n- Mật.",
        "CÁC ĐỘ MẬT\nTUYỆT MẬT\nTỐI MẬT\nMẬT",
        "Độ mật: Không\nĐộ khẩn: Thường",
        "Độ mật: □ Thường □ Mật □ Tối mật □ Tuyệt mật",
        "Độ mật: Mật/Tối mật/Tuyệt mật (chọn một)",
        "1. Mật\n2. Tối mật\n3. Tuyệt mật",
        "Độ mật: không mật",
        "MAT KHAU\nBAO MAT\nTIEN MAT",
    )
    for number in range(24):
        words = lists[number % len(lists)]
        page = f"<p>{_SENTENCES[number % 7]}</p><ul><li>" + "</li><li>".join(words.split("\n"))
        yield Case("list", None, texts=(("text/plain", words), ("text/html", page + "</li></ul>")))
    for number in range(26):
        title = _TITLES[number % len(_TITLES)].upper()
        cells = ("TT", "Tên văn bản", "Tuyệt mật", "Tối mật", "Mật", "Không mật")
        octets = docx(title, *_SENTENCES, header=title, cells=cells)
        yield Case("Word file", None, attached=(word_file("bang.docx", octets),))
