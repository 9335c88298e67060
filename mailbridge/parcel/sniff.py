"""True types by content, whatever the mail declares."""

import mmap
import re

from mailbridge.model.examination import Form

_PDF = "application/pdf"
_CMS = "application/pkcs7-mime"
_SIGNATURE = "application/pkcs7-signature"
# The beginnings by which formats are known.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"BZh", "application/x-bzip2"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"MZ", "application/x-msdownload"),
    (b"-----BEGIN PGP", "application/pgp-encrypted"),
    (b"-----BEGIN PKCS7", _CMS),
    (b"-----BEGIN CMS", _CMS),
)
_OOXML = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
# DER of the identifiers 1.2.840.113549.1.7.2 and .3 (RFC 5652 §5.1, §6.1), and .9.16.1.23.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED_DATA = bytes.fromhex("06092a864886f70d010703")
_AUTH_ENVELOPED = bytes.fromhex("060b2a864886f70d0109100117")
# RFC 9580 §4.2: packets that a message or a signature begins with, in the old and the new format.
# The version octet is looked at too: UTF-8 letters begin with the same octets ("Đề nghị").
_OPENPGP = re.compile(
    rb"(?:[\x84\x88\x8c\x90].|[\x85\x89\x8d\x91]..|[\x86\x8a\x8e\x92].{4})[\x03-\x06]"
    rb"|[\xc1-\xc4](?:[\x01-\xbf]|[\xc0-\xdf].|\xff.{4})[\x03-\x06]"
    rb"|\xd2(?:[\x01-\xbf]|[\xc0-\xdf].|[\xe0-\xfe]|\xff.{4})[\x01\x02]"
    rb"|(?:\xa3|\xc8(?:[\x01-\xbf]|[\xc0-\xdf].|[\xe0-\xfe]|\xff.{4}))[\x01-\x03]",
    re.DOTALL,
)
_EDXML = b"http://www.mic.gov.vn/TBT/QCVN_102_2016"
_MAIL = re.compile(rb"^(?:[!-9;-~]{1,80}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,}", re.MULTILINE)
_MAIL_FIELDS = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|return-path|mime-version|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
HEAD = 8192


def type_of(head: bytes) -> str:
    """Name the media type that the first octets show."""
    # A container may hold a PDF at its beginning: it is not one.
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(head)
    if head[:1] == b"\x30" and (kind := _der_kind(head)) != "application/octet-stream":
        return kind
    if b"%PDF-" in head[:1024]:
        return _PDF
    known = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if known is not None:
        return known
    return _unmarked_kind(head)


def _unmarked_kind(head: bytes) -> str:
    """Name the type of what has no magic number at its beginning."""
    if head[257:262] == b"ustar":
        return "application/x-tar"
    if head[:1] == b"\x30":
        return _der_kind(head)
    if _OPENPGP.match(head):
        return "application/pgp-encrypted"
    return _text_kind(head)


def _zip_kind(head: bytes) -> str:
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        return next((kind for mark, kind in _OOXML if mark in head), "application/zip")
    return "application/zip"


def _der_kind(head: bytes) -> str:
    if _SIGNED_DATA in head[:40]:
        return _SIGNATURE
    if _ENVELOPED_DATA in head[:40] or _AUTH_ENVELOPED in head[:40]:
        return _CMS
    return "application/octet-stream"


def _text_kind(head: bytes) -> str:
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _EDXML in head:
        return "application/edxml+xml"
    if stripped.startswith(b"<?xml"):
        return "application/xml"
    if stripped[:1024].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "text/html"
    if b"\0" in head:
        return "application/octet-stream"
    return "text/plain"


_FORMS: dict[str, Form] = {
    _PDF: "pdf",
    _CMS: "cms",
    _SIGNATURE: "cms",
    "application/pgp-encrypted": "openpgp",
    "application/zip": "archive",
    "application/vnd.rar": "archive",
    "application/x-7z-compressed": "archive",
    "application/gzip": "archive",
    "application/x-xz": "archive",
    "application/x-bzip2": "archive",
    "application/x-tar": "archive",
    "application/ms-tnef": "tnef",
    "application/x-ole-storage": "office",
    "application/edxml+xml": "edxml",
    "application/xml": "xml",
}


def form_of(octets: bytes | mmap.mmap) -> Form:
    """Name the form of a whole file in the words of the check contract."""
    head = bytes(octets[:HEAD])
    kind = type_of(head)
    if kind in {"text/plain", "application/octet-stream"} or kind.startswith("text/"):
        if _MAIL.match(head) and _MAIL_FIELDS.search(head):
            return "mail"
        return "text" if kind.startswith("text/") else "other"
    if kind.startswith("application/vnd.openxml"):
        return "office"
    return _FORMS.get(kind, "other")
