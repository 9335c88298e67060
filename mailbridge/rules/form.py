"""Kind, authority and form of a document, as soft findings for the clerk (Điều 6.1).

Nothing here lowers a verdict: what cannot be read is not called wrong, and what looks wrong is for
a person to judge. Which body may not issue which kind is data (Quy định 399-QĐ/TW).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailbridge.model.codes import Code
from mailbridge.model.directory import Agency
from mailbridge.model.reading import FieldName, Reading
from mailbridge.rules.days_read import day_in
from mailbridge.rules.wording import folded

Remark = tuple[Code, str]

# Abbreviations and what they may stand for. QĐ is both of the Party's; the printed title decides.
ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "NQ": ("Nghị quyết",),
    "QĐ": ("Quyết định", "Quy định"),
    "QYĐ": ("Quy định",),
    "QĐI": ("Quy định",),
    "QC": ("Quy chế",),
    "CT": ("Chỉ thị",),
    "KL": ("Kết luận",),
    "TT": ("Thông tri", "Thông tư"),
    "HD": ("Hướng dẫn",),
    "TB": ("Thông báo",),
    "TC": ("Thông cáo",),
    "BC": ("Báo cáo",),
    "KH": ("Kế hoạch",),
    "CTR": ("Chương trình",),
    "ĐA": ("Đề án",),
    "PA": ("Phương án",),
    "DA": ("Dự án",),
    "TTR": ("Tờ trình",),
    "CV": ("Công văn",),
    "BB": ("Biên bản",),
    "QH": ("Quy hoạch",),
    "CĐ": ("Công điện",),
    "GM": ("Giấy mời",),
    "GGT": ("Giấy giới thiệu",),
}


# Of a document at least one of these is read.
_HEAD = (FieldName.SYMBOL, FieldName.TYPE, FieldName.ISSUER)


@dataclass(frozen=True, slots=True)
class Authority:
    """Kinds that a body may not issue, and where that is said."""

    # Beginning of the issuer's printed name, e.g. "CHI BỘ".
    issuer: str
    types: tuple[str, ...]
    source: str
    # Words of for whom the signer acts, e.g. "Ban Thường vụ"; empty: for whomever.
    acting: str = ""


def remarks(
    reading: Reading,
    agency: Agency | None,
    received: date,
    authority: tuple[Authority, ...] = (),
) -> tuple[Remark, ...]:
    """List what a clerk should look at in a document; nothing of mail that has no head of one."""
    if not any(reading.value(name) for name in _HEAD):
        return ()
    return (
        *_kind(reading),
        *_authority(reading, authority),
        *_date(reading, received),
        *_issuer(reading, agency),
        *_unread(reading),
    )


def _kind(reading: Reading) -> Iterator[Remark]:
    """Hold the abbreviation in the symbol to the printed title."""
    symbol = reading.value(FieldName.SYMBOL) or ""
    printed = reading.value(FieldName.TYPE)
    abbreviation = abbreviation_in(symbol)
    if printed is None or abbreviation is None:
        return
    title = f"{folded(printed)} "
    # "Chương trình hành động" is a programme, "Quy chế phối hợp" a statute.
    if not any(title.startswith(f"{folded(one)} ") for one in ABBREVIATIONS[abbreviation]):
        yield Code.FORM_KIND_DIFFERS, f"{symbol} – {printed}"


def abbreviation_in(symbol: str) -> str | None:
    """Find the type's abbreviation in a symbol: 12-QĐ/TU, 12/QĐ-UBND, 24/KH-BTGTU."""
    _, _, notation = symbol.partition("/" if "/" in symbol.partition("-")[0] else "-")
    word = notation.replace("/", "-").partition("-")[0].strip().upper()
    return word if word in ABBREVIATIONS else None


def _authority(reading: Reading, authority: tuple[Authority, ...]) -> Iterator[Remark]:
    issuer, printed = reading.value(FieldName.ISSUER), reading.value(FieldName.TYPE)
    if issuer is None or printed is None:
        return
    for rule in authority:
        acting = folded(reading.value(FieldName.COMPETENCE) or "")
        begins = folded(issuer).startswith(folded(rule.issuer)) and folded(rule.acting) in acting
        if begins and folded(printed) in {folded(one) for one in rule.types}:
            yield Code.FORM_AUTHORITY, f"{issuer} – {printed} ({rule.source})"


def _date(reading: Reading, received: date) -> Iterator[Remark]:
    issued = day_in(reading, FieldName.DATE)
    if issued is not None and issued > received:
        yield Code.FORM_DATE_AHEAD, f"{issued:%d/%m/%Y}"


def _issuer(reading: Reading, agency: Agency | None) -> Iterator[Remark]:
    """Compare who issued it with who sent it; an office often sends for the body that it serves."""
    issuer = reading.value(FieldName.ISSUER)
    if issuer is None or agency is None:
        return
    notation = (reading.value(FieldName.SYMBOL) or "").replace("-", "/").split("/")
    if agency.symbol and agency.symbol in notation:
        return
    one, other = folded(issuer), folded(agency.name)
    above = folded(reading.value(FieldName.SUPERIOR) or "")
    if one not in other and other not in one and not (above and above in other):
        yield Code.FORM_ISSUER_DIFFERS, issuer


def _unread(reading: Reading) -> Iterator[Remark]:
    names = {
        FieldName.SYMBOL: "số, ký hiệu",
        FieldName.DATE: "ngày ban hành",
        FieldName.SUMMARY: "trích yếu",
        FieldName.SIGNER: "người ký",
        FieldName.RECIPIENTS: "nơi nhận",
    }
    missing = [words for name, words in names.items() if reading.value(name) is None]
    # Whom a letter addresses is known without a list of recipients.
    if reading.value(FieldName.ADDRESSEES) and "nơi nhận" in missing:
        missing.remove("nơi nhận")
    if missing:
        yield Code.FORM_UNREAD, ", ".join(missing)
