"""What no single key of the settings says, but several together: one sentence a fault."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from mailbridge.settings.contradictions_of_gateway import is_loopback, of_gateway
from mailbridge.settings.schema import Settings
from mailbridge.settings.schema_of_books import Book


def contradictions(path: Path, settings: Settings) -> tuple[str, ...]:
    """List what does not go together, each with file, key, fault and cure."""
    looked_at = (
        _of_state,
        _twice,
        _of_offices,
        _of_books,
        _of_keys,
        _in_the_clear,
        of_gateway,
        _of_digests,
    )
    return tuple(f"{path}: {sentence}" for look in looked_at for sentence in look(settings))


def _of_state(settings: Settings) -> Iterator[str]:
    url = settings.state.database
    if url is None:
        if settings.state.database_password is not None:
            yield "state.database_password: chỉ dùng cùng state.database."
        return
    # The value itself is not repeated.
    if not url.startswith("postgresql+psycopg://"):
        yield "state.database: phải bắt đầu bằng postgresql+psycopg://; bỏ trống để dùng SQLite."
    elif _has_password(url):
        yield "state.database: không ghi mật khẩu trong địa chỉ; dùng state.database_password."
    elif not _is_whole(url):
        yield "state.database: địa chỉ sai; dạng đúng: postgresql+psycopg://vai_trò@máy_chủ/cơ_sở."


def _has_password(url: str) -> bool:
    """Tell whether a password stands in a URL: before the host, or among its options."""
    rest = url.removeprefix("postgresql+psycopg://")
    # libpq takes an option of the URL before all else.
    options = parse_qs(rest.partition("?")[2], keep_blank_values=True)
    return ":" in rest.partition("?")[0].rpartition("@")[0] or "password" in options


def _is_whole(url: str) -> bool:
    """Tell whether a URL names a database, and its port is a number."""
    try:
        parts = urlsplit(url)
        return len(parts.path) > 1 and parts.port != 0
    except ValueError:
        return False


def _twice(settings: Settings) -> Iterator[str]:
    for name in _repeated(mailbox.name for mailbox in settings.mailbox):
        yield f"mailbox.name: {name!r} bị trùng; mỗi hộp thư cần một tên riêng."
    addresses = (a for m in settings.mailbox for a in {m.address, *m.aliases})
    for address in _repeated(addresses):
        yield f"mailbox.address: {address} thuộc hai hộp thư; mỗi địa chỉ dẫn tới một hộp thư."
    for code in _repeated(office.agency for office in settings.office):
        yield f"office.agency: {code} được khai hai lần; mỗi cơ quan khai một bảng [[office]]."


def _of_offices(settings: Settings) -> Iterator[str]:
    """Each office of several has mailboxes and keys that are nobody else's."""
    codes = {office.agency for office in settings.office}
    several = len(settings.office) > 1
    allowed = codes if several else {*codes, None}
    for index, mailbox in enumerate(settings.mailbox):
        if mailbox.office not in allowed:
            listed = ", ".join(sorted(codes))
            yield f"mailbox[{index}].office: phải là mã của một bảng [[office]]: {listed}."
    for index, route in enumerate(settings.route):
        if route.office not in {*codes, None}:
            yield f"route[{index}].office: không có cơ quan {route.office} trong [[office]]."
    if several:
        yield from _of_several(settings)


def _of_several(settings: Settings) -> Iterator[str]:
    for index, office in enumerate(settings.office):
        if not settings.mailboxes_of(office):
            yield f"office[{index}].agency: cơ quan {office.agency} chưa có hộp thư nào."
        if office.keys is None:
            yield (
                f"office[{index}].keys: có nhiều cơ quan thì mỗi cơ quan cần thư mục khóa riêng; "
                "xem `mailbridge config explain office.keys`."
            )
    for folder in _repeated(str(office.keys) for office in settings.office if office.keys):
        yield f"office.keys: thư mục {folder} dùng cho hai cơ quan; hãy tách riêng."


def _of_books(settings: Settings) -> Iterator[str]:
    """Each document has one book to go into, and each number one counter."""
    codes = {office.agency for office in settings.office}
    allowed = codes if len(codes) > 1 else {*codes, None}
    for index, book in enumerate(settings.book):
        if book.office not in allowed:
            listed = ", ".join(sorted(codes))
            yield f"book[{index}].office: phải là mã của một bảng [[office]]: {listed}."
        yield from _of_book(f"book[{index}]", book)
    for office in settings.office:
        yield from _of_shelf(office.agency, settings.books_of(office))


def _of_book(key: str, book: Book) -> Iterator[str]:
    outgoing = book.direction == "out"
    if not outgoing and (book.reset == "term" or book.per_type or book.terms):
        yield f"{key}.reset: sổ văn bản đến luôn đánh số theo năm; bỏ reset, per_type và terms."
    if outgoing and (book.types or book.kinds or book.senders):
        yield f"{key}.types: chỉ sổ văn bản đến mới tự chọn văn bản; bỏ types, kinds và senders."
    if outgoing and book.reset == "term" and not book.terms:
        yield f"{key}.terms: đánh số theo nhiệm kỳ cần ngày bắt đầu của từng nhiệm kỳ."
    years = [first.year for first in book.terms]
    if list(book.terms) != sorted(book.terms) or len(set(years)) < len(years):
        yield f"{key}.terms: xếp theo thứ tự thời gian, mỗi năm nhiều nhất một nhiệm kỳ."


def _of_shelf(code: str, books: tuple[Book, ...]) -> Iterator[str]:
    for name in _repeated(book.name for book in books):
        yield f"book.name: cơ quan {code} có hai sổ tên {name!r}; mỗi sổ cần một tên riêng."
    for direction, words in (("in", "văn bản đến"), ("out", "văn bản đi")):
        those = [book for book in books if book.direction == direction]
        defaults = [book.name for book in those if book.default]
        if len(defaults) > 1 or (len(those) > 1 and not defaults):
            yield (
                f"book.default: cơ quan {code} cần đúng một sổ {words} có default = true; "
                f"đang có {len(defaults)}."
            )


def _of_keys(settings: Settings) -> Iterator[str]:
    for index, mailbox in enumerate(settings.mailbox):
        key, pgp = mailbox.key, mailbox.openpgp
        if pgp is not None and not re.fullmatch("[0-9A-Fa-f]{40}", pgp.fingerprint):
            yield f"mailbox[{index}].openpgp.fingerprint: phải gồm đúng 40 chữ số hệ mười sáu."
        if key is None:
            continue
        if key.tsa is not None and not _is_web_address(key.tsa):
            yield f"mailbox[{index}].key.tsa: phải là địa chỉ http:// hoặc https:// trơn."
        if (key.file is None) == (key.token is None):
            yield f"mailbox[{index}].key: phải nêu đúng một trong file và token."
        elif key.file is None and key.passphrase is not None:
            yield f"mailbox[{index}].key.passphrase: chỉ dùng cùng file, không cùng token."


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0 and url.isascii()
    except ValueError:
        return False
    return named and parts.scheme in {"http", "https"} and parts.username is None


def _in_the_clear(settings: Settings) -> Iterator[str]:
    for index, mailbox in enumerate(settings.mailbox):
        for key, server in (("imap", mailbox.imap), ("smtp", mailbox.smtp)):
            if server and server.security == "none" and not is_loopback(server.host):
                yield (
                    f'mailbox[{index}].{key}.security: "none" chỉ dùng cho máy nội bộ'
                    ' (127.0.0.1); hãy dùng "tls" hoặc "starttls".'
                )


def _repeated(names: Iterable[str]) -> list[str]:
    listed = list(names)
    return sorted({name for name in listed if listed.count(name) > 1})


def _of_digests(settings: Settings) -> Iterator[str]:
    codes = {office.agency for office in settings.office}
    for index, person in enumerate(settings.digest.person):
        if person.office not in (codes if len(codes) > 1 else {*codes, None}):
            listed = ", ".join(sorted(codes))
            yield f"digest.person[{index}].office: phải là mã của một bảng [[office]]: {listed}."
