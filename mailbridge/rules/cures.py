"""How a hindrance is mended, in the words of the way by which the document was handed in.

Who writes a mail knows no option of a command, and who fills in gui.toml no line of a mail.
"""

from dataclasses import replace
from enum import StrEnum

from mailbridge.model.sending import Hindrance, NotSent


class Way(StrEnum):
    """By which a document was handed in."""

    COMMAND = "command"
    MAIL = "mail"
    FOLDER = "folder"


def cured(done: NotSent, way: Way) -> NotSent:
    """Add to each hindrance what mends it; most say so in their own words."""
    return NotSent(tuple(_cured(one, way) for one in done.hindrances))


def _cured(one: Hindrance, way: Way) -> Hindrance:
    cure = _CURES.get(one.code, {}).get(way)
    return replace(one, words=f"{one.words} {cure}") if cure else one


_BY_CLERK = "Nhờ văn thư gửi văn bản thay thế bằng lệnh."
_CURES = {
    "date-missing": {
        Way.COMMAND: "Ghi --date 2026-11-24, hoặc in ngày trên văn bản.",
        Way.MAIL: "Ghi ở đầu thư dòng “Ngày: 24/11/2026”, hoặc in ngày trên văn bản.",
        Way.FOLDER: 'Ghi vào gui.toml: date = "24/11/2026", hoặc in ngày trên văn bản.',
    },
    "summary-missing": {
        Way.COMMAND: "Ghi --summary “trích yếu”.",
        Way.MAIL: "Ghi ở đầu thư dòng “Trích yếu: …”.",
        Way.FOLDER: 'Ghi vào gui.toml: summary = "trích yếu".',
    },
    "symbol-missing": {
        Way.COMMAND: "Ghi --symbol 12-CV/ĐU.",
        Way.MAIL: "Ghi ở đầu thư dòng “Số ký hiệu: 12-CV/ĐU”.",
        Way.FOLDER: 'Ghi vào gui.toml: symbol = "12-CV/ĐU".',
    },
    "number-differs": {
        Way.COMMAND: "Giữ số trước khi ký (mailbridge number reserve), hoặc dùng --number printed "
        "nếu hệ thống khác cấp số.",
        Way.MAIL: "Nhờ văn thư giữ số trước khi ký, hoặc ghi ở đầu thư dòng “Số: đã có” nếu hệ "
        "thống khác cấp số.",
        Way.FOLDER: 'Nhờ văn thư giữ số trước khi ký, hoặc ghi vào gui.toml: number = "printed" '
        "nếu hệ thống khác cấp số.",
    },
    "no-ground": {
        Way.COMMAND: "Gửi qua mạng, hoặc ghi --ground “lý do dùng thư điện tử”.",
        Way.MAIL: "Gửi qua mạng, hoặc ghi ở đầu thư dòng “Lý do: … (vì sao dùng thư điện tử)”.",
        Way.FOLDER: 'Gửi qua mạng, hoặc ghi vào gui.toml: ground = "lý do dùng thư điện tử".',
    },
    "sent-otherwise": {
        Way.COMMAND: "Gửi văn bản thay thế: --replaces và --reason.",
        Way.MAIL: _BY_CLERK,
        Way.FOLDER: _BY_CLERK,
    },
    "replaces": {Way.COMMAND: "Ghi --replaces và --reason."},
}
