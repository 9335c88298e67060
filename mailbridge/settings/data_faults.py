"""What is wrong in a file of the rules' data, in one Vietnamese sentence: place, fault, cure."""

from pathlib import Path

from pydantic import ValidationError

from mailbridge.settings.load import FAULTS, dotted

# The faults that mean something else here than in the settings.
_HERE = {
    "extra_forbidden": "khóa không có",
    "missing": "còn thiếu",
    "enum": "phải là một trong {expected}",
    "string_pattern_mismatch": "không đúng mẫu {pattern}",
    "string_too_short": "không được để trống",
    "date": "phải là ngày như 2026-11-24, không có ngoặc kép",
    "time": "phải là giờ như 11:30:00, không có ngoặc kép",
}
_BLANK = dict.fromkeys(("expected", "ge", "gt", "le", "pattern"), "")


def sentence(path: Path, error: ValidationError, example: str) -> str:
    """Tell the first fault; `example` is the file in which the keys are explained."""
    fault = error.errors()[0]
    given = {
        name: str(value).replace("' or '", "', '") for name, value in fault.get("ctx", {}).items()
    }
    # The words of here stand first, and hold.
    words = (w for kind, w in (_HERE | FAULTS | _HERE).items() if fault["type"].startswith(kind))
    told = next(words, "giá trị không hợp lệ").format_map(_BLANK | given)
    return f"{path}: {dotted(fault['loc'])}: {told}; xem {example}."
