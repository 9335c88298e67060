"""Numbers of outgoing documents: what is counted apart, when it begins anew, how it is printed.

Practice differs, so the policy is data. State agencies count each year from 1 January and keep
secret documents in a series of their own (NĐ 30/2020 Art. 15); Party bodies count
each type of document through a term (nhiệm kỳ), secret ones within it (36-HD/VPTW). Books of
incoming documents are always counted by the year.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailbridge.rules.wording import folded


class Reset(StrEnum):
    """When a series begins with one again."""

    YEAR = "year"
    TERM = "term"


class Form(StrEnum):
    """How a number is printed."""

    # 05-QĐ/ĐU (36-HD/VPTW, 05-HD/VPTW).
    PARTY = "party"
    # 05/QĐ-UBND (NĐ 30/2020, appendix I).
    STATE = "state"


class NumberingError(Exception):
    """No number can be given; says in Vietnamese why, and what to do."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How one book of outgoing documents is numbered."""

    reset: Reset = Reset.YEAR
    # Each type of document has a series of its own.
    per_type: bool = False
    # First days of the terms, where they reset the series.
    terms: tuple[date, ...] = ()
    secret_shares_series: bool = False
    # None: as our own agency's kind has it.
    form: Form | None = None
    # Abbreviated name of the agency (ĐU, UBND); None: as in the directory.
    abbreviation: str | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """What counts a number: the series within the book, and the year in which it began."""

    series: str
    year: int


# Names of types -> their abbreviations (36-HD/VPTW; NĐ 30/2020, appendix III).
_BOTH = {
    "nghị quyết": "NQ", "quyết định": "QĐ", "chỉ thị": "CT", "quy chế": "QC", "hướng dẫn": "HD",
    "thông báo": "TB", "thông cáo": "TC", "báo cáo": "BC", "kế hoạch": "KH", "chương trình": "CTr",
    "đề án": "ĐA", "phương án": "PA", "dự án": "DA", "tờ trình": "TTr", "biên bản": "BB",
    "giấy mời": "GM", "giấy giới thiệu": "GGT", "giấy nghỉ phép": "GNP", "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
}  # fmt: skip
_PARTY = {"quy định": "QĐ", "kết luận": "KL", "thông tri": "TT", "công văn": "CV", "bản sao": "BS"}
# Of a công văn the state form prints no type (NĐ 30/2020, appendix I).
_STATE = {
    "quy định": "QyĐ", "hợp đồng": "HĐ", "công điện": "CĐ", "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT", "giấy ủy quyền": "GUQ", "phiếu báo": "PB", "công văn": "",
}  # fmt: skip
_FOLDED = {
    form: {folded(name): short for name, short in (_BOTH | own).items()}
    for form, own in ((Form.PARTY, _PARTY), (Form.STATE, _STATE))
}
# What is typed as an abbreviation stands for itself.
_KNOWN = {short for names in _FOLDED.values() for short in names.values() if short}


def abbreviation(type_: str, form: Form) -> str | None:
    """Abbreviate a type of document, named or abbreviated; None for one that is not known."""
    if type_.strip() in _KNOWN:
        return type_.strip()
    return _FOLDED[form].get(folded(type_))


def series_year(policy: Policy, day: date) -> int:
    """Tell by which year the series is named that gives the numbers of a day."""
    return _term(policy.terms, day).year if policy.reset is Reset.TERM else day.year


def counter(policy: Policy, form: Form, type_: str, day: date, *, secret: bool = False) -> Counter:
    """Tell which counter gives the number of a document that is numbered on `day`."""
    if secret and not policy.secret_shares_series:
        raise NumberingError(
            "Văn bản mật lấy số ở sổ riêng, ngoài hệ thống này (secret_shares_series = false)."
        )
    return Counter(_series(form, type_) if policy.per_type else "", series_year(policy, day))


def symbol(
    form: Form, organisation: str, type_: str, ordinal: int, *, drafter: str = ""
) -> str | None:
    """Print number and notation; None where the abbreviated name of the agency is not known.

    Both forms write numbers below ten with a zero (NĐ 30/2020, appendix I; 36-HD/VPTW). `drafter`
    is the unit that wrote a state công văn: 15/BNV-VP.
    """
    short = abbreviation(type_, form)
    if not organisation or short is None:
        return None
    number = f"{ordinal:02d}"
    if form is Form.PARTY:
        return f"{number}-{short}/{organisation}"
    parts = (short, organisation) if short else (organisation, drafter)
    return f"{number}/" + "-".join(filter(None, parts))


def _series(form: Form, type_: str) -> str:
    short = abbreviation(type_, form)
    if short is None:
        raise NumberingError(
            f"{type_ or 'thể loại còn trống'}: chưa rõ chữ viết tắt của thể loại; sổ này đánh số "
            "theo từng thể loại (ví dụ: Quyết định, QĐ)."
        )
    # The letters of a state công văn are not printed, and its numbers are counted all the same.
    return short or "CV"


def _term(terms: tuple[date, ...], day: date) -> date:
    started = [first for first in terms if first <= day]
    if not started:
        raise NumberingError(
            f"Ngày {day:%d/%m/%Y} không thuộc nhiệm kỳ nào trong cài đặt terms của sổ."
        )
    return max(started)
