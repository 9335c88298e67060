"""Reading the settings file: one sentence for each thing that is wrong."""

import difflib
import tomllib
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from mailbridge.settings.contradictions import contradictions
from mailbridge.settings.schema import Settings


class SettingsError(Exception):
    """The settings cannot be used; one sentence a fault, each with file, key, fault and cure."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


# pydantic's names of faults, as beginnings, in the administrator's language.
FAULTS = {
    "literal_error": "phải là một trong {expected}",
    "string_pattern_mismatch": "chỉ gồm chữ thường a-z, chữ số và dấu gạch nối",
    "string": "phải là chuỗi ký tự trong ngoặc kép",
    "int": "phải là số nguyên",
    "float": "phải là số",
    "bool": "phải là true hoặc false",
    "tuple": "phải là danh sách [ … ]",
    "path": "phải là đường dẫn trong ngoặc kép",
    "model": "phải là một bảng các khóa",
    "too_short": "phải có ít nhất một mục",
    "greater_than_equal": "phải từ {ge} trở lên",
    "greater_than": "phải lớn hơn {gt}",
    "less_than_equal": "không được quá {le}",
    "date": 'phải là "now", "all" hoặc một ngày như 2026-11-24',
    "value_error": "phải nêu đúng một trong file, credential, command",
}


def load(path: Path) -> Settings:
    """Read the file; paths in it are taken from its own folder. Raises SettingsError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError((f"{path}: không đọc được: {error.strerror}.",)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError((f"{path}: không đúng cú pháp TOML: {error}.",)) from error
    single = isinstance(table.get("office"), dict)
    if single:
        table["office"] = [table["office"]]
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        told = _sentences(path, error.errors())
        # The administrator wrote [office], not a list.
        named = tuple(s.replace("office[0]", "office") if single else s for s in told)
        raise SettingsError(named) from None
    sentences = contradictions(path, settings)
    if sentences:
        raise SettingsError(sentences)
    anchored: Settings = _anchored(settings, path.resolve().parent)
    return anchored


def _sentences(path: Path, faults: list[Any]) -> tuple[str, ...]:
    """Write one sentence a key; a table is not named for the fault of a key in it."""
    told: dict[str, str] = {}
    for fault in faults:
        told.setdefault(dotted(_place(fault)), _sentence(path, fault))
    inner = [key for key in told if any(o != key and o.startswith(key) for o in told)]
    return tuple(sentence for key, sentence in told.items() if key not in inner)


def _place(fault: Any) -> tuple[str | int, ...]:
    """Cut the names of types that a union appends to the location."""
    location: tuple[str | int, ...] = fault["loc"]
    if fault["type"] in {"extra_forbidden", "missing"}:
        return location
    for end, step in enumerate(location):
        if isinstance(step, str) and step not in keys_at(location[:end]):
            return location[:end]
    return location


def _sentence(path: Path, fault: Any) -> str:
    location = _place(fault)
    key = dotted(location)
    if fault["type"] == "extra_forbidden":
        known = keys_at(location[:-1])
        near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
        cure = f"có phải là {near[0]!r}?" if near else f"các khóa hợp lệ: {', '.join(known)}."
        return f"{path}: {key}: khóa không có trong cấu hình; {cure}"
    help_ = f"xem `mailbridge config explain {key}`."
    if fault["type"] == "missing":
        return f"{path}: {key}: còn thiếu; {help_}"
    # The value itself is not repeated: somebody may have written a password there.
    return f"{path}: {key}: {_fault_in_words(fault)}; {help_}"


def _fault_in_words(fault: Any) -> str:
    context = {name: str(value) for name, value in fault.get("ctx", {}).items()}
    for prefix, words in FAULTS.items():
        if fault["type"].startswith(prefix):
            return words.format_map({"expected": "", "ge": "", "gt": "", "le": "", **context})
    return f"giá trị không hợp lệ ({fault['msg']})"


def dotted(location: tuple[str | int, ...]) -> str:
    """Write a place in the file as people name it, e.g. mailbox[0].imap.host."""
    written = ""
    for step in location:
        written += f"[{step}]" if isinstance(step, int) else f".{step}" if written else step
    return written


def keys_at(location: tuple[str | int, ...]) -> list[str]:
    """List the valid keys of the table at that place."""
    model: type[BaseModel] | None = Settings
    for step in location:
        if isinstance(step, str) and model is not None:
            model = table_of(model, step)
    return sorted(model.model_fields) if model else []


def table_of(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    """Find the model of a key that holds a table or tables."""
    field = model.model_fields.get(key)
    if field is None:
        return None
    candidates = [field.annotation, *get_args(field.annotation)]
    tables = [c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)]
    return tables[0] if tables else None


def _anchored(value: Any, folder: Path) -> Any:
    """Rewrite every relative path in a settings value to start at the file's folder."""
    if isinstance(value, Path):
        return folder / value
    if isinstance(value, tuple):
        return tuple(_anchored(item, folder) for item in value)
    if isinstance(value, BaseModel):
        changed = {name: _anchored(item, folder) for name, item in value}
        return value.model_copy(update=changed)
    return value
