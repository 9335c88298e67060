"""Fields of one page: number, date, title, issuer, signer (QĐ 399-QĐ/TW; NĐ 30/2020)."""

import re
from collections.abc import Callable
from datetime import date

from mailbridge.model.reading import Field, FieldName, Urgency
from mailbridge.reading.lines import Page, Pages

Found = dict[FieldName, Field]

_TYPES = (
    "NQ|QĐi|QyĐ|QĐ|CT|KL|QC|TT|HD|TB|TC|BC|KH|QH|CTr|CTR|ĐA|PA|DA|TTr|TTR|CV|BB|BS|GM|GGT|PC|PG"
    "|TrS|SY|SL|CĐ|GUQ|BGN|BTT|HĐ|GNP"
)
_ORGAN = r"[A-ZĐ][A-ZĐa-zđ0-9.\-]{0,40}"
_PARTY = re.compile(
    rf"^S[ốo] ?:? ?(?P<num>\d{{1,6}}[a-z]?)[ .…_]*[-–—] ?(?P<nota>(?:{_TYPES}) ?/ ?{_ORGAN})"
)
_STATE = re.compile(
    rf"^S[ốo] ?:? ?(?P<num>\d{{1,6}}[a-z]?)[ .…_]*/"
    rf"(?:(?P<year>(?:19|20)\d{{2}})/)?(?P<nota>{_ORGAN})"
)
_DATE = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][^,\d]{1,60}?),? ?ngày ?(?P<d>\d{1,2}) ?tháng ?(?P<m>\d{1,2}) ?năm"
    r" ?(?P<y>\d{4})"
)
TITLES = (
    "nghị quyết", "quyết định", "chỉ thị", "kết luận", "quy chế", "quy định", "thông tri",
    "hướng dẫn", "thông báo", "thông cáo", "tuyên bố", "lời kêu gọi", "báo cáo", "kế hoạch",
    "quy hoạch", "chương trình", "đề án", "phương án", "dự án", "tờ trình", "công điện",
    "biên bản", "giấy mời", "giấy giới thiệu", "giấy ủy quyền", "phiếu chuyển", "phiếu gửi",
    "thư công", "hợp đồng", "bản ghi nhớ", "bản thỏa thuận",
)  # fmt: skip
_ABOUT = re.compile(r"^(?:v/v|về việc)\b[:. ]*", re.IGNORECASE)
_BODY = re.compile(
    r"^(?:căn cứ|thực hiện|thi hành|kính gửi|kính trình|i[-.]|điều 1|xét đề nghị"
    r"|theo đề nghị|-{3,})",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)")
_NAME = re.compile(r"^(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+ ){1,5}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+$")
_MOTTOS = ("ĐẢNG CỘNG SẢN", "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐỘC LẬP", "ĐẢNG BỘ")
_STAMPS = {
    "KHẨN": Urgency.URGENT,
    "THƯỢNG KHẨN": Urgency.VERY_URGENT,
    "HỎA TỐC": Urgency.EXPRESS,
    "HOẢ TỐC": Urgency.EXPRESS,
}
# A summary that never ends is cut: the register's field holds 500 characters (NĐ 30, PL VI).
_SUMMARY = 500


def of_pages(pages: Pages, source: str) -> Found:
    """Read what first and last page say; each field with its source."""
    first = pages.first
    found: Found = {}

    def put(name: FieldName, value: str | None, confidence: float) -> None:
        if value:
            found.setdefault(name, Field(value, source, confidence))

    head = (*first.left, *first.right)
    _number((*head, *first.lines), put)
    _date((*first.right, *first.left, *first.lines), put)
    title = _title(first)
    if title is not None:
        put(FieldName.TYPE, first.lines[title].capitalize(), 0.95)
        put(FieldName.SUMMARY, _summary(first.lines[title + 1 :]), 0.85)
    elif FieldName.SYMBOL in found:
        put(FieldName.TYPE, "Công văn", 0.8)
        put(FieldName.SUMMARY, _about(first), 0.85)
    put(FieldName.ISSUER, _issuer(first), 0.8)
    _signer(pages.last, put)
    return found


def urgency_of(pages: Pages) -> Urgency:
    """Find an urgency stamp: a line of its own in capitals (NĐ 30, PL I; Điều 11.5)."""
    for line in (*pages.first.left, *pages.first.right, *pages.first.lines):
        stamp = " ".join(line.strip(" |[]*-").split())
        if stamp in _STAMPS:
            return _STAMPS[stamp]
    return Urgency.NORMAL


_Put = Callable[[FieldName, str | None, float], None]


def _number(lines: tuple[str, ...], put: _Put) -> None:
    for line in lines:
        party, state = _PARTY.match(line), _STATE.match(line)
        match = party or state
        if match is None:
            continue
        notation = match["nota"].replace(" ", "").rstrip(".-")
        if state and not party and state["year"]:
            notation = f"{state['year']}/{notation}"
        joint = "-" if party else "/"
        put(FieldName.NUMBER, match["num"], 0.95)
        put(FieldName.NOTATION, notation, 0.95)
        put(FieldName.SYMBOL, f"{match['num']}{joint}{notation}", 0.95)
        return


def _date(lines: tuple[str, ...], put: _Put) -> None:
    for line in lines:
        match = _DATE.search(line)
        if match is None:
            continue
        try:
            issued = date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            continue
        put(FieldName.DATE, issued.isoformat(), 0.95)
        put(FieldName.PLACE, match["place"].strip(), 0.9)
        return


def _title(page: Page) -> int | None:
    for index, line in enumerate(page.lines):
        if line.isupper() and line.lower() in TITLES:
            return index
    return None


def _summary(lines: tuple[str, ...]) -> str | None:
    gathered: list[str] = []
    for line in lines[:6]:
        if _BODY.match(line) or not line.strip("-–—_* "):
            break
        gathered.append(line)
    return " ".join(gathered)[:_SUMMARY] or None


def _about(page: Page) -> str | None:
    """Read the summary of a công văn: "V/v …" or "về việc …" below the number."""
    for lines in (page.left, page.lines):
        for index, line in enumerate(lines):
            if not _ABOUT.match(line):
                continue
            gathered = [_ABOUT.sub("", line)]
            for more in lines[index + 1 : index + 5]:
                if _BODY.match(more) or more.isupper() or not more.strip("-–—_* "):
                    break
                gathered.append(more)
            return " ".join(gathered)[:_SUMMARY]
    return None


def _issuer(page: Page) -> str | None:
    """Take the last line in capitals of the left column above the number or the star."""
    issuer = None
    for line in page.left:
        if line.startswith("*") or line.lower().startswith(("số", "so ")):
            break
        if line.isupper() and not line.startswith(_MOTTOS):
            issuer = line
    return issuer


def _signer(page: Page, put: _Put) -> None:
    """Search from the bottom for T/M, K/T, …; positions follow, then the name."""
    columns = page.lines
    starts = [index for index, line in enumerate(columns) if _prefix_in(line)]
    for start in reversed(starts):
        positions: list[str] = []
        for line in columns[start + 1 : start + 14]:
            words = _right_part(line)
            if _NAME.match(words):
                put(FieldName.SIGNER, words, 0.9)
                put(FieldName.POSITION, positions[-1] if positions else None, 0.8)
                return
            if words.isupper():
                positions.append(words)


def _prefix_in(line: str) -> bool:
    return bool(_PREFIX.match(_right_part(line)))


def _right_part(line: str) -> str:
    """Cut what stands left of the signature block: the recipients' list."""
    match = re.search(r"(?:^|\s)((?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.) ?[A-ZĐÀ-Ỹ].*)$", line)
    if match:
        return match[1]
    return re.sub(r"^(?:Nơi nhận:?|[-–] ?[^,;.]{1,60}[,;.])\s*", "", line)
