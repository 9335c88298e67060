"""True types by content, whatever the mail declares."""

import mmap
import re
from contextlib import suppress
from pathlib import Path

from mailbridge.mime import headers
from mailbridge.model.examination import Form
from mailbridge.parcel.armour import binary
from mailbridge.parcel.zip_directory import has_directory

_PDF = "application/pdf"
_CMS = "application/pkcs7-mime"
_SIGNATURE = "application/pkcs7-signature"
_PGP = "application/pgp-encrypted"
_PGP_SIGNATURE = "application/pgp-signature"
_PGP_KEYS = "application/pgp-keys"
# The beginnings by which formats are known.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"BZh", "application/x-bzip2"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (b"!<arch>\n", "application/x-archive"),
    (b"LZIP\x01", "application/x-lzip"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"MZ", "application/x-msdownload"),
    (b"{\\rtf", "application/rtf"),
    (b"-----BEGIN PKCS7", _CMS),
    (b"-----BEGIN CMS", _CMS),
)
# Some archivers begin with the mark of a split archive (APPNOTE.TXT 8.5.3, 8.5.5).
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
# Formats whose mark stands further inside: (place, mark, type).
_INSIDE: tuple[tuple[int, re.Pattern[bytes], str], ...] = (
    (257, re.compile(rb"ustar"), "application/x-tar"),
    (0, re.compile(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}"), "application/x-cpio"),
    (0, re.compile(rb"\x60\xea.[\x00-\x0a]", re.DOTALL), "application/x-arj"),
    (0, re.compile(rb"\x1f\x9d[\x80-\x9f]"), "application/x-compress"),
    (2, re.compile(rb"-(lh[0-9dx]|lz[45s]|pm[012])-"), "application/x-lzh-compressed"),
    (7, re.compile(rb"\*\*ACE\*\*"), "application/x-ace-compressed"),
)
CONTAINERS = {
    "application/zip",
    "application/vnd.rar",
    "application/x-7z-compressed",
    "application/gzip",
    "application/x-xz",
    "application/x-bzip2",
    "application/x-tar",
    "application/x-ole-storage",
    "application/ms-tnef",
    "application/vnd.ms-cab-compressed",
    "application/x-ace-compressed",
    "application/x-archive",
    "application/x-arj",
    "application/x-compress",
    "application/x-cpio",
    "application/x-iso9660-image",
    "application/x-lzh-compressed",
    "application/x-lzip",
    "application/zstd",
}
_TAR_BLOCK = 512
# A RAR may stand behind a program, whose size is bounded by RARLAB's technical note.
_RAR = re.compile(rb"Rar!\x1a\x07(?:\x00|\x01\x00)")
_STUB = 1024 * 1024
# ECMA-119 §8.1: the first volume descriptor stands in the 17th sector of 2,048 octets.
_ISO_AT = 16 * 2048 + 1
# DER of the identifiers 1.2.840.113549.1.7.2 and .3 (RFC 5652 §5.1, §6.1), .9.16.1.23 and .9.
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED_DATA = bytes.fromhex("06092a864886f70d010703")
_AUTH_ENVELOPED = bytes.fromhex("060b2a864886f70d0109100117")
_COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")
_LOCKED = (_ENVELOPED_DATA, _AUTH_ENVELOPED, _COMPRESSED)
# RFC 9580 §4.2: packets that a message or a signature begins with, in the old and the new format.
# The version octet is looked at too: UTF-8 letters begin with the same octets ("Đề nghị").
_OPENPGP = re.compile(
    rb"(?:[\x84\x88\x8c\x90].|[\x85\x89\x8d\x91]..|[\x86\x8a\x8e\x92].{4})[\x03-\x06]"
    rb"|[\xc1-\xc4](?:[\x01-\xbf]|[\xc0-\xdf].|\xff.{4})[\x03-\x06]"
    rb"|\xd2(?:[\x01-\xbf]|[\xc0-\xdf].|[\xe0-\xfe]|\xff.{4})[\x01\x02]"
    rb"|(?:\xa3|\xc8(?:[\x01-\xbf]|[\xc0-\xdf].|[\xe0-\xfe]|\xff.{4}))[\x01-\x03]",
    re.DOTALL,
)
_ARMOUR = (
    (b"-----BEGIN PGP SIGNATURE-----", _PGP_SIGNATURE),
    (b"-----BEGIN PGP P", _PGP_KEYS),
    (b"-----BEGIN PGP ", _PGP),
)
# A signature packet at the beginning: nothing but signatures follows, or it signs what follows.
_OPENPGP_SIGNATURE = {b"\x88", b"\x89", b"\x8a", b"\x8b", b"\xc2"}
_OPENPGP_KINDS = {_PGP, _PGP_SIGNATURE, _PGP_KEYS}
_EDXML = b"http://www.mic.gov.vn/TBT/QCVN_102_2016"
_MAIL = re.compile(rb"(?:[!-9;-~]{1,80}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,}", re.MULTILINE)
_MAIL_FIELDS = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|return-path|mime-version|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_UUENCODE = re.compile(rb"begin(-base64)? [0-7]{3,4} [^\r\n]{1,255}\r?\n[ -`]")
HEAD = 8192


def type_of(head: bytes) -> str:
    """Name the media type that the first octets show."""
    # A container may hold a PDF at its beginning: it is not one.
    known = _container_kind(head) or next(
        (kind for magic, kind in _MAGIC if head.startswith(magic)), None
    )
    if known in CONTAINERS:
        return known
    if head[:1] == b"\x30" and (kind := _der_kind(head)) != "application/octet-stream":
        return kind
    # What is signed stands in the message as it is: that it begins with a PDF does not make it one.
    known = _openpgp_kind(head) or known
    if b"%PDF-" in head[:1024] and known not in _OPENPGP_KINDS:
        return _PDF
    return known or _unmarked_kind(head)


def _openpgp_kind(head: bytes) -> str | None:
    armoured = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if armoured.startswith(b"-----BEGIN PGP "):
        return next(kind for magic, kind in _ARMOUR if armoured.startswith(magic))
    if not _OPENPGP.match(head):
        return None
    return _PGP_SIGNATURE if head[:1] in _OPENPGP_SIGNATURE else _PGP


def _container_kind(head: bytes) -> str | None:
    if head.startswith(_ZIP):
        return "application/zip"
    for at, mark, kind in _INSIDE:
        if mark.match(head, at):
            return kind
    return "application/x-tar" if _is_old_tar(head) else None


def _unmarked_kind(head: bytes) -> str:
    """Name the type of what has no magic number at its beginning."""
    if head[:1] == b"\x30":
        return _der_kind(head)
    if (kind := _der_kind(binary(head))) != "application/octet-stream":
        return kind
    return "text/x-uuencode" if _UUENCODE.match(head) else _text_kind(head)


def _is_old_tar(head: bytes) -> bool:
    """Tell a TAR from before 1988, which has no mark, by the checksum of its first header."""
    block, told = head[:_TAR_BLOCK], head[148:156].strip(b"\0 ")
    if len(block) < _TAR_BLOCK or not told.isdigit() or not block[0]:
        return False
    with suppress(ValueError):
        # The field itself counts as eight spaces.
        return int(told, 8) == sum(block) - sum(block[148:156]) + 8 * 32
    return False


def _der_kind(head: bytes) -> str:
    if _SIGNED_DATA in head[:40]:
        return _SIGNATURE
    if any(mark in head[:40] for mark in _LOCKED):
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


def type_of_file(path: Path, head: bytes) -> str:
    """Name the type of a whole file, whose first octets are `head`.

    A ZIP is known by its end: whatever stands before it, programs open it.
    """
    if not head:
        return "application/x-empty"
    kind = type_of(head)
    if kind != "application/octet-stream" and not kind.startswith("text/"):
        return kind
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        if octets[_ISO_AT : _ISO_AT + 5] == b"CD001":
            return "application/x-iso9660-image"
        if has_directory(octets):
            return "application/zip"
        is_rar = kind == "application/octet-stream" and _RAR.search(octets, 0, _STUB) is not None
        return "application/vnd.rar" if is_rar else kind


_FORMS: dict[str, Form] = {
    _PDF: "pdf",
    _CMS: "cms",
    _SIGNATURE: "cms",
    _PGP: "openpgp",
    _PGP_SIGNATURE: "openpgp",
    _PGP_KEYS: "openpgp",
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


def form_of_type(kind: str) -> Form:
    """Name the form of a type, in the words of the check contract."""
    if kind.startswith(("application/vnd.openxml", "application/vnd.oasis.")):
        return "office"
    if kind.startswith("text/"):
        return "text"
    return "archive" if kind in CONTAINERS - _FORMS.keys() else _FORMS.get(kind, "other")


def form_of(octets: bytes | mmap.mmap) -> Form:
    """Name the form of a whole file by its beginning."""
    head = bytes(octets[:HEAD])
    kind = type_of(head)
    is_vague = kind == "application/octet-stream" or kind.startswith("text/")
    begins = headers.before(head)[0] if is_vague else 0
    if is_vague and _MAIL.match(head, begins) and _MAIL_FIELDS.search(head):
        return "mail"
    return form_of_type(kind)
