"""What the settings name and cannot be had: one Vietnamese sentence a fault, with key and cure.

Nothing here opens a key or the register; `wiring.soundness` does, and joins both.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from mailbridge.settings.schema import Settings
from mailbridge.settings.secret import Secret, SecretError

# One at-sign, nothing that a list or a display name would bring.
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\[\]]+@[^\s@<>(),;:\"\[\].]+(\.[^\s@<>(),;:\"\[\].]+)*")
# Read, written or run by the group or by others.
_OTHERS = 0o077


def secrets(settings: Settings) -> Iterator[tuple[str, Secret]]:
    """List every secret with the key that names its place."""
    if settings.state.database_password is not None:
        yield "state.database_password", settings.state.database_password
    for index, person in enumerate(settings.gateway.person):
        if isinstance(person.password, Secret):
            yield f"gateway.person[{index}].password", person.password
    for index, mailbox in enumerate(settings.mailbox):
        key, pgp = mailbox.key, mailbox.openpgp
        named = {
            "imap.secret": mailbox.imap and mailbox.imap.secret,
            "smtp.secret": mailbox.smtp and mailbox.smtp.secret,
            "key.passphrase": key and key.passphrase,
            "key.token.pin": key and key.token and key.token.pin,
            "openpgp.passphrase": pgp and pgp.passphrase,
        }
        yield from ((f"mailbox[{index}].{name}", one) for name, one in named.items() if one)


def of_secrets(settings: Settings) -> Iterator[str]:
    """Read each secret; its file is nobody else's."""
    for key, secret in secrets(settings):
        try:
            secret.read()
        except SecretError as error:
            yield f"{key}: không lấy được bí mật ({error}); sửa đường dẫn hoặc tạo bí mật đó."
            continue
        if secret.file is not None:
            yield from of_mode(key, secret.file)


def of_mode(key: str, path: Path) -> Iterator[str]:
    """Want a file with a secret in it to be its owner's alone; whether it is there others tell."""
    try:
        mode = path.stat().st_mode & 0o777
    except OSError:
        return
    if mode & _OTHERS:
        yield f"{key}: {path} có quyền {mode:04o}, người khác dùng được; chạy: chmod 600 {path}."


def of_file(key: str, path: Path | None) -> Iterator[str]:
    """Want a file that can be read."""
    if path is None:
        return
    try:
        with path.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        yield f"{key}: không đọc được {path} ({error.strerror}); sửa đường dẫn hoặc đặt tệp vào đó."


def of_folder(key: str, path: Path | None) -> Iterator[str]:
    """Want a folder that can be listed."""
    if path is not None and not (path.is_dir() and os.access(path, os.R_OK | os.X_OK)):
        yield f"{key}: không có hoặc không mở được thư mục {path}; tạo thư mục hoặc sửa đường dẫn."


def of_folders(settings: Settings) -> Iterator[str]:
    """Look at the folders that are read and never made."""
    trust = settings.trust.folder
    without = tuple(of_folder("trust.folder", trust))
    yield from without or of_folder("trust.folder", trust / "roots")
    for index, office in enumerate(settings.office):
        yield from of_folder(_office(settings, index, "keys"), office.keys)
    yield from of_folder("sending.folder", settings.sending.folder)
    yield from of_folder("prints.books", settings.prints.books)


def of_addresses(settings: Settings) -> Iterator[str]:
    """Want mail addresses where mail goes to or comes from."""
    for key, address in _addresses(settings):
        if address and not _ADDRESS.fullmatch(address):
            yield f"{key}: {address!r} không phải địa chỉ thư; viết như vanthu@hungyen.gov.vn."


def _addresses(settings: Settings) -> Iterator[tuple[str, str | None]]:
    for index, office in enumerate(settings.office):
        yield _office(settings, index, "clerk"), office.clerk
        yield _office(settings, index, "head"), office.head
    yield "secrecy.officer", settings.secrecy.officer
    for index, mailbox in enumerate(settings.mailbox):
        yield f"mailbox[{index}].address", mailbox.address
        yield from ((f"mailbox[{index}].aliases", alias) for alias in mailbox.aliases)
    for index, route in enumerate(settings.route):
        yield f"route[{index}].to", route.to
    for index, reader in enumerate(settings.digest.person):
        yield f"digest.person[{index}].to", reader.to
    for index, person in enumerate(settings.gateway.person):
        yield f"gateway.person[{index}].address", person.address


def of_codes(settings: Settings, known: frozenset[str]) -> Iterator[str]:
    """Want identifiers that the directory has; `known` are those of it, in small letters."""
    for key, code in _codes(settings):
        if code.lower() not in known:
            yield (
                f"{key}: mã {code} không có trong danh bạ; sửa mã, hoặc thêm cơ quan vào danh bạ "
                "rồi chạy `mailbridge agency load`."
            )


def _codes(settings: Settings) -> Iterator[tuple[str, str]]:
    for index, office in enumerate(settings.office):
        yield _office(settings, index, "agency"), office.agency
    yield from (("sending.never_warn", code) for code in settings.sending.never_warn)
    for index, route in enumerate(settings.route):
        if route.sender is not None:
            yield f"route[{index}].sender", route.sender
    for index, book in enumerate(settings.book):
        yield from ((f"book[{index}].senders", code) for code in book.senders)
    for index, reader in enumerate(settings.digest.person):
        yield from ((f"digest.person[{index}].agencies", code) for code in reader.agencies)


def _office(settings: Settings, index: int, key: str) -> str:
    """Name a key of an office as the administrator wrote it: [office] is no list."""
    return f"office[{index}].{key}" if len(settings.office) > 1 else f"office.{key}"
