"""TNEF (winmail.dat of Outlook): its attachments and texts, by a small decoder of our own.

[MS-OXTNEF] names the attributes; there is no kept library (docs/decisions/0008). What is cut ends
the walk; what came before it is listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from mailbridge.mime.parse import Octets
from mailbridge.mime.words import as_text
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel import decoding
from mailbridge.parcel.container import Container, Member, mapped
from mailbridge.parcel.rtf import decompressed
from mailbridge.parcel.tnef_properties import Properties, properties
from mailbridge.parcel.unpacking import Place, Unpacking

# [MS-OXTNEF] 2.1.1: signature and key; then attributes: level, identifier, length, data, sum.
_HEAD, _ATTRIBUTE, _SUM = 6, 9, 2
_LEVELS = {1, 2}
_BODY, _CODEPAGE, _MESSAGE = 0x0002800C, 0x00069007, 0x00069003
_BEGIN, _TITLE, _DATA, _PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
# Properties by their number ([MS-OXPROPS]).
_PLAIN, _RTF, _HTML, _HTML_CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_NAMES = (0x3707, 0x3704, 0x3001)
_CONTENT, _METHOD = 0x3701, 0x3705
_EMBEDDED = 5
_MOST = 1_000
# An object is preceded by the identifier of its interface.
_INTERFACE = 16


@dataclass(slots=True)
class _Attachment:
    title: str = ""
    data: tuple[int, int] | None = None
    properties: Properties = field(default_factory=dict)


@dataclass(slots=True)
class _Message:
    """What was gathered on the way through the attributes."""

    octets: Octets
    charset: str = "cp1252"
    body: str = ""
    properties: Properties = field(default_factory=dict)
    attachments: list[_Attachment] = field(default_factory=list)

    def begin(self) -> None:
        """Begin another attachment; raises RefusedError past what anybody attaches."""
        if len(self.attachments) >= _MOST:
            raise RefusedError(Reason.TOO_MANY, "more attachments than the limit")
        self.attachments.append(_Attachment())

    @property
    def last(self) -> _Attachment:
        """The attachment that is being told of."""
        if not self.attachments:
            self.attachments.append(_Attachment())
        return self.attachments[-1]

    def text(self, span: tuple[int, int]) -> str:
        """Decode a string of the message's code page, up to its zero."""
        return as_text(bytes(self.octets[span[0] : span[1]]).partition(b"\0")[0], self.charset)


def open_tnef(work: Unpacking, file: File, place: Place) -> None:
    """List what a TNEF holds; raises RefusedError where it is cut, once the rest is listed."""
    box = Container(work, file, place)
    with mapped(work, file) as octets:
        message = _Message(octets)
        refusal: RefusedError | None = None
        try:
            for ident, start, end in _attributes(box, octets):
                _gather(message, ident, start, end)
        except RefusedError as error:
            refusal = error
        _list(box, message)
        if refusal is not None:
            raise refusal


def _attributes(box: Container, octets: Octets) -> Iterator[tuple[int, int, int]]:
    at = _HEAD
    while at < len(octets):
        if octets[at] not in _LEVELS:
            box.remark("có dữ liệu lạ đứng sau nội dung")
            return
        head = bytes(octets[at : at + _ATTRIBUTE])
        start = at + _ATTRIBUTE
        end = start + int.from_bytes(head[5:9], "little")
        if len(head) < _ATTRIBUTE or end + _SUM > len(octets):
            raise RefusedError(Reason.MALFORMED, "a TNEF that is cut")
        yield int.from_bytes(head[1:5], "little"), start, end
        at = end + _SUM


def _gather(message: _Message, ident: int, start: int, end: int) -> None:
    if ident == _CODEPAGE:
        message.charset = f"cp{int.from_bytes(message.octets[start : start + 4], 'little')}"
    elif ident == _BODY:
        message.body = message.text((start, end))
    elif ident == _MESSAGE:
        message.properties = properties(message.octets, start, end)
    elif ident == _BEGIN:
        message.begin()
    elif ident == _TITLE:
        message.last.title = message.text((start, end))
    elif ident == _DATA:
        message.last.data = (start, end)
    elif ident == _PROPERTIES:
        message.last.properties = properties(message.octets, start, end)


def _list(box: Container, message: _Message) -> None:
    _list_body(box, message)
    for attachment in message.attachments:
        start, end = _span(message, attachment)
        if start >= 0:
            member = Member(_name(message, attachment), end - start, end - start)
            box.take(member, partial(decoding.stored, message.octets, start, end))


def _span(message: _Message, attachment: _Attachment) -> tuple[int, int]:
    """Tell where the content stands; -1 where there is none."""
    value = attachment.properties.get(_CONTENT)
    # A message within stands among the properties; what is beside it is only its picture.
    if value is not None and (attachment.data is None or _is_message(message, attachment)):
        start = value.start + (_INTERFACE if value.is_object else 0)
        return min(start, value.end), value.end
    return attachment.data or (-1, -1)


def _name(message: _Message, attachment: _Attachment) -> str:
    names = (_string(message, attachment.properties, number) for number in _NAMES)
    name = next((name for name in (*names, attachment.title) if name), "")
    return f"{name or 'thu'}.dat" if _is_message(message, attachment) else name


def _is_message(message: _Message, attachment: _Attachment) -> bool:
    method = attachment.properties.get(_METHOD)
    return method is not None and _number(message, method.start) == _EMBEDDED


def _list_body(box: Container, message: _Message) -> None:
    plain = message.body or _string(message, message.properties, _PLAIN)
    if plain.strip():
        box.text("text/plain", plain.replace("\r\n", "\n"))
    html = message.properties.get(_HTML)
    if html is not None:
        limit = box.work.limits.text_size
        octets = bytes(message.octets[html.start : min(html.end, html.start + limit)])
        page = message.properties.get(_HTML_CODEPAGE)
        charset = f"cp{_number(message, page.start)}" if page else message.charset
        box.text("text/html", as_text(octets, "utf-8" if charset == "cp65001" else charset))
    rich = message.properties.get(_RTF)
    if rich is not None:
        member = Member("body.rtf", None, rich.end - rich.start)
        box.take(member, lambda: [decompressed(bytes(message.octets[rich.start : rich.end]))])


def _string(message: _Message, found: Properties, number: int) -> str:
    value = found.get(number)
    if value is None:
        return ""
    if value.is_unicode:
        octets = bytes(message.octets[value.start : value.end])
        return octets.decode("utf-16-le", "replace").partition("\0")[0]
    return message.text((value.start, value.end))


def _number(message: _Message, at: int) -> int:
    return int.from_bytes(message.octets[at : at + 4], "little")
