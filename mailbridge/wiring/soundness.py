"""Whether what the settings name can be used: each key is opened, each file read, once.

A token is not asked for its PIN: a few wrong ones lock it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mailbridge.settings import soundness
from mailbridge.settings.load import SettingsError
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_mail import Mailbox
from mailbridge.settings.secret import Secret, SecretError

if TYPE_CHECKING:
    from mailbridge.model.directory import Directory


def unusable(settings: Settings, path: Path) -> tuple[str, ...]:
    """List what cannot work, one sentence a fault; `path` is the settings file."""
    own = (
        *soundness.of_secrets(settings),
        *soundness.of_folders(settings),
        *soundness.of_addresses(settings),
        *_of_directory(settings),
        *(fault for one in enumerate(settings.mailbox) for fault in _of_mailbox(*one)),
        *_of_gateway(settings),
    )
    # What reads a file of its own names it first.
    return (*(f"{path}: {sentence}" for sentence in own), *_of_other_files(settings))


def _of_directory(settings: Settings) -> Iterator[str]:
    """Compare codes with the directory that is loaded; before the first start, with its file."""
    from mailbridge.registry.directory_file import DirectoryFileError, read

    directory = _loaded(settings)
    try:
        named = read(settings.directory.file)
    except DirectoryFileError as error:
        yield f"directory.file: {error}"
        named = None
    used = directory or named
    if used is not None:
        codes = frozenset(agency.code.lower() for agency in used.agencies)
        yield from soundness.of_codes(settings, codes)


def _loaded(settings: Settings) -> "Directory | None":
    from mailbridge.registry import agencies

    state = settings.state
    file = state.folder / "register.sqlite3"
    try:
        password = state.database_password.read() if state.database_password else None
        there = state.database is not None or file.is_file()
        return agencies.standing_at(state.database or file, password) if there else None
    except (SecretError, OSError):
        # The secret is told by its own key.
        return None


def _of_mailbox(index: int, mailbox: Mailbox) -> Iterator[str]:
    place = f"mailbox[{index}]"
    for name, server in (("imap", mailbox.imap), ("smtp", mailbox.smtp)):
        if server is not None and server.ca_file is not None:
            yield from _of_roots(f"{place}.{name}.ca_file", server.ca_file)
    if mailbox.key is not None and mailbox.key.token is not None:
        yield from soundness.of_file(f"{place}.key.token.module", mailbox.key.token.module)
        yield from soundness.of_file(
            f"{place}.key.token.certificate", mailbox.key.token.certificate
        )
    elif mailbox.key is not None and mailbox.key.file is not None:
        yield from _of_key(f"{place}.key", mailbox)
    if mailbox.openpgp is not None:
        yield from _of_openpgp(f"{place}.openpgp", mailbox)


def _of_roots(key: str, path: Path) -> Iterator[str]:
    import ssl

    absent = tuple(soundness.of_file(key, path))
    yield from absent
    try:
        if not absent:
            ssl.create_default_context(cafile=path)
    except (ssl.SSLError, ValueError):
        yield f"{key}: {path} không chứa chứng thư PEM nào; thay bằng tệp PEM của máy chủ gốc."


def _of_key(key: str, mailbox: Mailbox) -> Iterator[str]:
    from mailbridge.letters.unsigned import UnsignedError
    from mailbridge.wiring.keys import opening

    set_ = mailbox.key
    if set_ is None or set_.file is None:
        return
    absent = tuple(soundness.of_file(f"{key}.file", set_.file))
    yield from absent or soundness.of_mode(f"{key}.file", set_.file)
    if absent or not _can_be_read(set_.passphrase):
        return
    try:
        opening(set_)()
    except UnsignedError:
        yield (
            f"{key}.file: {set_.file} không mở được bằng passphrase đã nêu, hoặc không có khóa và "
            f"chứng thư; kiểm tra {key}.passphrase và tệp."
        )


def _of_openpgp(key: str, mailbox: Mailbox) -> Iterator[str]:
    from mailbridge.letters.unsigned import UnsignedError
    from mailbridge.wiring.keys import openpgp

    set_ = mailbox.openpgp
    if set_ is None:
        return
    absent = tuple(soundness.of_file(f"{key}.key", set_.key))
    yield from absent or soundness.of_mode(f"{key}.key", set_.key)
    if absent or not _can_be_read(set_.passphrase):
        return
    # A home of its own: the service's agent may be at work in the other.
    with tempfile.TemporaryDirectory(prefix="mb-") as homes:
        signs = openpgp(mailbox, Path(homes))
        try:
            if signs is not None:
                signs.sign(b"")
        except UnsignedError:
            yield (
                f"{key}.key: {set_.key} không ký được bằng fingerprint và passphrase đã nêu; "
                f"kiểm tra cả ba khóa của {key}."
            )
        finally:
            if signs is not None:
                signs.forget()


def _can_be_read(secret: Secret | None) -> bool:
    """Tell whether a passphrase can be had, or none is needed; one that cannot is told already."""
    try:
        if secret is not None:
            secret.read()
    except SecretError:
        return False
    return True


def _of_gateway(settings: Settings) -> Iterator[str]:
    door = settings.gateway.submission
    if door is None or door.certificate is None or door.key is None:
        return
    absent = (
        *soundness.of_file("gateway.submission.certificate", door.certificate),
        *soundness.of_file("gateway.submission.key", door.key),
    )
    yield from absent or soundness.of_mode("gateway.submission.key", door.key)
    if absent:
        return
    import ssl

    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            door.certificate, door.key, password=""
        )
    except (ssl.SSLError, ValueError):
        yield (
            f"gateway.submission.certificate: {door.certificate} và khóa {door.key} không dùng "
            "được cùng nhau; cần PEM của chứng thư và khóa không có passphrase của chính nó."
        )


def _of_other_files(settings: Settings) -> Iterator[str]:
    from mailbridge.settings.calendar_file import CalendarFileError
    from mailbridge.settings.rules_file import RulesFileError
    from mailbridge.settings.statuses_file import StatusesFileError
    from mailbridge.wiring.offices import custody
    from mailbridge.wiring.regulation import regulation

    try:
        regulation(settings)
    except (RulesFileError, CalendarFileError, StatusesFileError) as error:
        yield str(error)
    try:
        custody(settings)
    except SettingsError as error:
        yield from error.sentences
