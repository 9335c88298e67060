"""Mails as their final octets: what is signed is never written anew afterwards."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from mailbridge.demo.seals import base64_lines

_LIMIT = "ranh-gioi"


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a mail; `extra` are whole field lines with CRLF."""

    sender: str
    to: str
    subject: str
    when: datetime
    message_id: str
    name: str = ""
    extra: str = ""


def mail(head: Head, entity: bytes) -> bytes:
    """Put a header before a MIME entity (RFC 5322 §3.6)."""
    name = f"{Header(head.name, 'utf-8').encode()} " if head.name else ""
    fields = (
        f"From: {name}<{head.sender}>\r\nTo: <{head.to}>\r\n"
        f"Subject: {Header(head.subject, 'utf-8', maxlinelen=900).encode()}\r\n"
        f"Date: {format_datetime(head.when)}\r\nMessage-ID: <{head.message_id}>\r\n"
        f"{head.extra}MIME-Version: 1.0\r\n"
    )
    return fields.encode() + entity


def text(words: str) -> bytes:
    """Write a text entity."""
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64_lines(words.encode())


def with_file(words: str, document: bytes, name: str) -> bytes:
    """Write a cover and one PDF as multipart/mixed; `name` is ASCII."""
    line = f"--{_LIMIT}\r\n".encode()
    attached = (
        f'Content-Type: application/pdf; name="{name}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    ).encode()
    return b"".join(
        (
            f'Content-Type: multipart/mixed; boundary="{_LIMIT}"\r\n\r\n'.encode(),
            line,
            text(words),
            line,
            attached,
            base64_lines(document),
            f"--{_LIMIT}--\r\n".encode(),
        )
    )
