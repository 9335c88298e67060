"""The lines of texts that are no PDF, for marks of secrecy alone: plain, HTML, RTF, Office files.

No parser of these forms runs here: tags are dropped, and paragraphs, cells and breaks end a line.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

# Of a text of gigabytes so much is read; nobody stamps what comes behind it.
READ = 4 * 1024 * 1024
# A member that unpacks to gigabytes, and an archive of a million members.
MEMBERS = 40
_TEXT_MEMBER = re.compile(
    r"^(?:word/(?:document|header\d*|footer\d*|footnotes)\.xml|content\.xml|styles\.xml"
    r"|ppt/slides/slide[12]\.xml|xl/sharedStrings\.xml|docProps/core\.xml)$"
)
_SCRIPT = re.compile(r"<(?:style|script)\b[^<]*", re.IGNORECASE)
_ENDS_LINE = re.compile(
    r"<(?:/?(?:\w{1,8}:)?(?:p|h[1-6]|div|tr|td|th|li|tc|br|table|si|title|subject|keywords|h|tab)"
    r")(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,20000}>")
_RTF_ENDS = re.compile(r"\\(?:par|line|cell|row|sect|page)\b ?")
_RTF_LETTER = re.compile(r"\\u(-?\d{1,5})\s?(?:\\'[0-9a-fA-F]{2}|\?)?|\\'([0-9a-fA-F]{2})")
_RTF_WORD = re.compile(r"\\[a-z]{1,32}-?\d{0,10} ?|[{}\r\n]|\\\*")
_BINARY_ENDS = re.compile("[\r\n\x07\x0b\x0c\x13\x14\x15]")
# Office files of before 2007 are OLE2 files.
_OLE = b"\xd0\xcf\x11\xe0"


def of_markup(source: str) -> list[str]:
    """Give the lines of an HTML or XML text without its tags."""
    shown = _ENDS_LINE.sub("\n", _SCRIPT.sub("\n", source))
    return html.unescape(_TAG.sub("", shown)).splitlines()


def of_text(kind: str, text: str) -> list[str]:
    """Give the lines of a readable part of a mail."""
    return of_markup(text) if kind in {"text/html", "application/xhtml+xml"} else text.splitlines()


def of_file(path: Path, kind: str) -> list[list[str]]:
    """Give the lines of each text that a file holds; nothing of a form that is not known."""
    with path.open("rb") as file:
        octets = file.read(READ)
    if octets.startswith(b"PK\x03\x04"):
        return list(_of_office(path))
    if octets.startswith(_OLE):
        return _of_old_office(octets)
    if octets.startswith(b"{\\rtf"):
        return [_of_rtf(octets.decode("latin-1"))]
    return [of_text(kind, _decoded(octets))] if kind.startswith("text/") else []


def _of_old_office(octets: bytes) -> list[list[str]]:
    """Split the text of Word before 2007, which is UTF-16 or one octet a letter, in pieces."""
    wide = octets[: len(octets) & ~1].decode("utf-16-le", "replace")
    return [_BINARY_ENDS.split(each) for each in (wide, octets.decode("cp1252", "replace"))]


def _decoded(octets: bytes) -> str:
    for mark, codec in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if octets.startswith(mark):
            try:
                return octets.decode(codec)
            except UnicodeError:
                continue
    return octets.decode("latin-1")


def _of_office(path: Path) -> Iterator[list[str]]:
    """Read the texts of OOXML and OpenDocument files, headers and text boxes among them."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if _TEXT_MEMBER.match(each.filename)]
            for member in members[:MEMBERS]:
                with archive.open(member) as opened:
                    yield of_markup(opened.read(READ).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return
    except zlib.error:
        return


def _of_rtf(source: str) -> list[str]:
    lines = _RTF_ENDS.sub("\n", source).split("\n")
    return [_RTF_WORD.sub("", _RTF_LETTER.sub(_rtf_letter, line)) for line in lines]


def _rtf_letter(match: re.Match[str]) -> str:
    if match[1] is not None:
        return chr(int(match[1]) % 0x10000)
    return bytes.fromhex(match[2]).decode("cp1258", "replace")
