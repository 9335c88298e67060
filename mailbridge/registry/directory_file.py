"""The directory file: TOML in, a directory out, or a sentence that says what to mend where."""

import difflib
import tomllib
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from mailbridge.model.directory import (
    Agency,
    AgencyKind,
    CertificateRole,
    Directory,
    EnrolledCertificate,
)
from mailbridge.model.identifier import LONGEST, scheme

_FINGERPRINT = 64


class DirectoryFileError(Exception):
    """The file cannot be used; one Vietnamese sentence with place and cure."""


def read(path: Path) -> Directory:
    """Read a directory file (docs/agencies.schema.json); raises DirectoryFileError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DirectoryFileError(f"{path}: không đọc được: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DirectoryFileError(f"{path}: không đúng cú pháp TOML: {error}.") from error
    _only(path, "", table, {"agency"})
    entries = table.get("agency", [])
    if not isinstance(entries, list):
        raise DirectoryFileError(f"{path}: agency: phải viết là [[agency]].")
    agencies = tuple(_agency(path, number, entry) for number, entry in enumerate(entries))
    _refuse_doubles(path, agencies)
    _refuse_circles(path, agencies)
    return Directory(agencies)


def _agency(path: Path, number: int, entry: dict[str, Any]) -> Agency:
    place = f"agency[{number}]"
    _only(path, place, entry, {*_AGENCY, "certificate"})
    values = _values(path, place, entry, _AGENCY)
    for key in ("code", "name"):
        if not values.get(key):
            raise DirectoryFileError(f"{path}: {place}.{key}: còn thiếu.")
    certificates = []
    enrolled = entry.get("certificate", [])
    if not isinstance(enrolled, list):
        raise DirectoryFileError(
            f"{path}: {place}.certificate: phải viết là [[agency.certificate]]."
        )
    for index, one in enumerate(enrolled):
        inner = f"{place}.certificate[{index}]"
        _only(path, inner, one, set(_CERTIFICATE))
        found = _values(path, inner, one, _CERTIFICATE)
        if "fingerprint" not in found or "role" not in found:
            raise DirectoryFileError(f"{path}: {inner}: cần có fingerprint và role.")
        certificates.append(EnrolledCertificate(**found))
    return Agency(**values, certificates=tuple(certificates))


def _values(
    path: Path, place: str, entry: dict[str, Any], kinds: dict[str, Callable[[Any], Any]]
) -> dict[str, Any]:
    values = {}
    for key, value in entry.items():
        if key not in kinds:
            continue
        try:
            values[key] = kinds[key](value)
        except (ValueError, TypeError) as error:
            raise DirectoryFileError(f"{path}: {place}.{key}: không hợp lệ ({error}).") from error
    return values


def _only(path: Path, place: str, entry: Any, known: set[str]) -> None:
    if not isinstance(entry, dict):
        raise DirectoryFileError(f"{path}: {place}: phải là một bảng.")
    for key in entry:
        if key not in known:
            near = difflib.get_close_matches(key, sorted(known), n=1, cutoff=0.5)
            cure = f"có phải là {near[0]!r}?" if near else f"các khóa: {', '.join(sorted(known))}."
            name = f"{place}.{key}" if place else key
            raise DirectoryFileError(f"{path}: {name}: khóa không có; {cure}")


def _refuse_doubles(path: Path, agencies: tuple[Agency, ...]) -> None:
    """One code, one mailbox, one certificate speak for one agency alone."""
    seen: dict[str, str] = {}
    for agency in agencies:
        names = [agency.code.lower(), *agency.mailboxes]
        names += [certificate.fingerprint for certificate in agency.certificates]
        for name in names:
            if name in seen:
                raise DirectoryFileError(
                    f"{path}: {name}: ghi cho cả {seen[name]} và {agency.code}; chỉ để một nơi."
                )
            seen[name] = agency.code


def _refuse_circles(path: Path, agencies: tuple[Agency, ...]) -> None:
    """Refuse a chain of successors that comes back to itself; codes compare without case."""
    after = {a.code.lower(): a.successor.lower() for a in agencies if a.successor}
    followed: set[str] = set()
    for start in after:
        chain: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in followed:
            if code in chain:
                raise DirectoryFileError(
                    f"{path}: agency.successor: {' → '.join([*chain, code])} đi vòng; "
                    "sửa cơ quan kế thừa."
                )
            chain[code] = None
            code = after.get(code)
        followed |= set(chain)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("phải là danh sách [ … ]")
    return value


def _day(value: Any) -> date:
    # A TOML time is a date to Python: isinstance would take it.
    if type(value) is not date:
        raise TypeError("phải là ngày như 2026-11-24")
    return value


def _fingerprint(value: Any) -> str:
    plain = str(value).replace(":", "").lower()
    if len(plain) != _FINGERPRINT or set(plain) - set("0123456789abcdef"):
        raise ValueError("phải là SHA-256 gồm 64 chữ số hex")
    return plain


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("phải là chuỗi ký tự trong ngoặc kép")
    return value.strip()


def _code(value: Any) -> str:
    """Read an identifier: at most 35 letters and digits in parts (QCVN 102, Sửa đổi 1:2022)."""
    code = _word(value)
    if scheme(code) is None:
        raise ValueError(f"mã định danh gồm chữ, số và dấu chấm, tối đa {LONGEST} ký tự")
    return code


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("phải là true hoặc false")
    return value


def _one_of(words: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def chosen(value: Any) -> StrEnum:
        try:
            return words(value)
        except ValueError:
            raise ValueError(f"phải là một trong {', '.join(words)}") from None

    return chosen


def _words(value: Any) -> tuple[str, ...]:
    return tuple(_word(one) for one in _list(value))


def _addresses(value: Any) -> tuple[str, ...]:
    return tuple(one.lower() for one in _words(value))


_AGENCY: dict[str, Callable[[Any], Any]] = {
    "code": _code,
    "name": _word,
    "symbol": _word,
    "kind": _one_of(AgencyKind),
    "parent": _code,
    "mailboxes": _addresses,
    "has_party_wan": _yes_or_no,
    "valid_from": _day,
    "valid_to": _day,
    "successor": _code,
    "openpgp": _words,
}
_CERTIFICATE: dict[str, Callable[[Any], Any]] = {
    "fingerprint": _fingerprint,
    "role": _one_of(CertificateRole),
    "holder": _word,
    "since": _day,
    "until": _day,
}
