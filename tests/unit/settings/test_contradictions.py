"""What several keys say together and must not."""

from pathlib import Path

import pytest

from mailbridge.settings.contradictions import contradictions
from mailbridge.settings.schema import Settings

SERVER = {"host": "h", "port": 993, "user": "u", "secret": {"file": "/s"}}


def _office(code: str, keys: str | None = None) -> object:
    return {"agency": code, "clerk": "a@hungyen.gov.vn"} | ({"keys": keys} if keys else {})


def _mailbox(name: str, office: str | None = None, **more: object) -> object:
    box = {"name": name, "address": f"{name}@hungyen.gov.vn", "imap": SERVER}
    return box | ({"office": office} if office else {}) | more


def _told(offices: list[object], mailboxes: list[object], **more: object) -> str:
    settings = Settings.model_validate(
        {
            "office": offices,
            "mailbox": mailboxes,
            "state": {"folder": "/s"},
            "directory": {"file": "/d"},
            "trust": {"folder": "/t"},
            **more,
        }
    )
    return "\n".join(contradictions(Path("m.toml"), settings))


def test_one_office_needs_neither_keys_nor_names_in_its_mailboxes() -> None:
    assert _told([_office("A")], [_mailbox("a"), _mailbox("b", "A")]) == ""


def test_two_offices_apart_are_good() -> None:
    offices = [_office("A", "/a"), _office("B", "/b")]
    assert _told(offices, [_mailbox("a", "A"), _mailbox("b", "B")]) == ""


@pytest.mark.parametrize(
    ("offices", "mailboxes", "expected"),
    [
        ([_office("A")], [_mailbox("a"), _mailbox("a")], "'a' bị trùng"),
        (
            [_office("A")],
            [_mailbox("a"), _mailbox("b", aliases=["a@hungyen.gov.vn"])],
            "thuộc hai hộp thư",
        ),
        ([_office("A", "/a"), _office("A", "/b")], [_mailbox("a", "A")], "khai hai lần"),
        ([_office("A")], [_mailbox("a", "B")], "mailbox[0].office"),
        (
            [_office("A", "/a"), _office("B", "/b")],
            [_mailbox("a", "A"), _mailbox("b")],
            "[1].office",
        ),
        ([_office("A", "/a"), _office("B", "/b")], [_mailbox("a", "A")], "B chưa có hộp thư"),
        ([_office("A", "/a"), _office("B")], [_mailbox("a", "A"), _mailbox("b", "B")], "[1].keys"),
        (
            [_office("A", "/a"), _office("B", "/a")],
            [_mailbox("a", "A"), _mailbox("b", "B")],
            "dùng cho hai cơ quan",
        ),
    ],
)
def test_what_would_mix_two_offices_is_refused(
    offices: list[object], mailboxes: list[object], expected: str
) -> None:
    assert expected in _told(offices, mailboxes)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"database": "mysql://x/y"}, "phải bắt đầu bằng"),
        ({"database": "postgresql+psycopg://u:geheim@h/d"}, "không ghi mật khẩu"),
        ({"database": "postgresql+psycopg://u@h/d?password=geheim"}, "không ghi mật khẩu"),
        ({"database": "postgresql+psycopg://u@h:x/d"}, "địa chỉ sai"),
        ({"database": "postgresql+psycopg://u@h"}, "địa chỉ sai"),
        ({"database": "postgresql+psycopg://u@/d?host=/run/postgresql"}, ""),
        ({"database_password": {"file": "/p"}}, "chỉ dùng cùng"),
        ({"database": "postgresql+psycopg://u@h:5433/d", "database_password": {"file": "/p"}}, ""),
    ],
)
def test_a_register_by_url_has_its_password_elsewhere(
    state: dict[str, object], expected: str
) -> None:
    told = _told([_office("A")], [_mailbox("a")], state={"folder": "/s", **state})
    assert expected in told
    assert "geheim" not in told
    assert bool(told) is bool(expected)


def test_a_route_for_nobody_is_refused() -> None:
    route = [{"to": "x@hungyen.gov.vn", "office": "C"}]
    assert "không có cơ quan C" in _told([_office("A")], [_mailbox("a")], route=route)


def test_the_clear_is_for_loopback_alone() -> None:
    open_ = SERVER | {"security": "none"}
    assert "imap.security" in _told([_office("A")], [_mailbox("a", imap=open_)])
    near = open_ | {"host": "127.0.0.1"}
    assert _told([_office("A")], [_mailbox("a", imap=near)]) == ""


DEN = {"name": "den", "direction": "in"}
DI = {"name": "di", "direction": "out"}


@pytest.mark.parametrize(
    ("books", "expected"),
    [
        ([DEN | {"office": "B"}], "book[0].office"),
        ([DEN | {"per_type": True}], "luôn đánh số theo năm"),
        ([DI | {"types": ["Công văn"]}], "chỉ sổ văn bản đến"),
        ([DI | {"reset": "term"}], "ngày bắt đầu"),
        ([DI | {"reset": "term", "terms": ["2025-01-01", "2020-01-01"]}], "thứ tự thời gian"),
        ([DI | {"reset": "term", "terms": ["2025-01-01", "2025-06-01"]}], "nhiều nhất một"),
        ([DEN, DI | {"name": "den"}], "hai sổ tên 'den'"),
        ([DEN, DEN | {"name": "den-2"}], "đúng một sổ văn bản đến"),
        ([DI | {"default": True}, DI | {"name": "di-2", "default": True}], "đang có 2"),
    ],
)
def test_books_that_would_mix_numbers_are_refused(books: list[object], expected: str) -> None:
    assert expected in _told([_office("A")], [_mailbox("a")], book=books)


def test_books_that_go_together_are_good() -> None:
    books = [DEN | {"default": True}, DEN | {"name": "don", "types": ["Đơn thư"]}, DI]
    assert _told([_office("A")], [_mailbox("a")], book=books) == ""


TOKEN = {"module": "/m.so", "label": "x", "pin": {"credential": "pin"}}


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ({"file": "/k.p12"}, ""),
        ({"file": "/k.p12", "passphrase": {"file": "/p"}}, ""),
        ({"token": TOKEN}, ""),
        ({"token": TOKEN, "tsa": "http://tsa.hungyen.gov.vn:8080/tsr"}, ""),
        ({"token": TOKEN, "tsa": "tsa.hungyen.gov.vn"}, "mailbox[0].key.tsa"),
        ({"token": TOKEN, "tsa": "http://a:b@tsa.hungyen.gov.vn"}, "mailbox[0].key.tsa"),
        ({"token": TOKEN, "tsa": "http://tsa:99999/"}, "mailbox[0].key.tsa"),
        ({}, "mailbox[0].key: "),
        ({"file": "/k.p12", "token": TOKEN}, "mailbox[0].key: "),
        ({"token": TOKEN, "passphrase": {"file": "/p"}}, "mailbox[0].key.passphrase"),
    ],
)
def test_a_key_lies_in_a_file_or_in_a_token(key: dict[str, object], fault: str) -> None:
    told = _told([_office("A")], [_mailbox("a", key=key)])
    assert fault in told
    assert bool(told) == bool(fault)


@pytest.mark.parametrize(
    ("print_", "good"), [("a" * 40, True), ("a" * 39, False), ("g" * 40, False)]
)
def test_an_openpgp_key_is_named_by_its_whole_fingerprint(print_: str, *, good: bool) -> None:
    pgp = {"key": "/k.asc", "fingerprint": print_}
    told = _told([_office("A")], [_mailbox("a", openpgp=pgp)])
    assert ("openpgp.fingerprint" not in told) == good


def test_a_digest_of_an_office_that_is_not_ours_is_told() -> None:
    reader = {"to": "an@hungyen.gov.vn", "office": "B"}
    told = _told([_office("A")], [_mailbox("a")], digest={"person": [reader]})
    assert "digest.person[0].office" in told
    two = [_office("A", "a"), _office("B", "b")]
    boxes = [_mailbox("a", "A"), _mailbox("b", "B")]
    # Whose digest it is must be said where there are several.
    assert "digest.person[0].office" in _told(
        two, boxes, digest={"person": [{"to": "an@hungyen.gov.vn"}]}
    )
    whole = {"person": [reader | {"office": "A"}, {"to": "binh@hungyen.gov.vn"}]}
    assert _told([_office("A")], [_mailbox("a")], digest=whole) == ""
