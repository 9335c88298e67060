"""ZIP archives: each entry that the directory and its own header agree on, within limits."""

from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.parcel import File
from mailbridge.parcel import zip_directory, zip_documents
from mailbridge.parcel.container import Container, Member, mapped
from mailbridge.parcel.unpacking import Place, Unpacking
from mailbridge.parcel.zip_content import checked
from mailbridge.parcel.zip_directory import Directory
from mailbridge.parcel.zip_entry import Entry, data_of
from mailbridge.parcel.zip_locks import ZipLocks

Span = tuple[int, int]

# Between two entries stands at most the descriptor of the first (4.3.9, with ZIP64 sizes).
_DESCRIPTOR = 24


def open_zip(work: Unpacking, file: File, place: Place) -> None:
    """Open a ZIP; raises RefusedError where nothing of it can be believed."""
    with mapped(work, file) as octets:
        directory = zip_directory.read(octets, work.limits.members)
        box = Container(work, file, place)
        for remark in directory.remarks:
            box.remark(remark)
        spans = _spans(octets, directory)
        _remark_on(box, directory, spans)
        kind = zip_documents.kind_of(octets, directory, spans)
        if kind is not None:
            work.retype(file, kind)
            _refuse_hostile_document(box, directory, spans)
            zip_documents.note_signature(work, place, directory)
            zip_documents.note_lock(work, place, octets, directory, spans)
            return
        locks = ZipLocks(box, octets)
        for entry, span in zip(directory.entries, spans, strict=True):
            _open_entry(box, octets, entry, span, locks)


def _spans(octets: Octets, directory: Directory) -> list[Span | Reason]:
    """Tell where the data of each entry lie, or why it must not be unpacked."""
    spans: list[Span | Reason] = []
    for entry in directory.entries:
        try:
            is_hidden = entry.is_encrypted and entry.is_strong
            spans.append(
                (0, 0) if is_hidden else data_of(octets, entry, directory.shift, directory.start)
            )
        except RefusedError as refusal:
            spans.append(refusal.reason)
    for index in _overlapping(directory, spans):
        # The same octets unpacked once for each of a thousand names.
        spans[index] = Reason.BOMB
    return spans


def _overlapping(directory: Directory, spans: list[Span | Reason]) -> set[int]:
    found: set[int] = set()
    last, until = -1, 0
    for begins, index, ends in _laid_out(directory, spans):
        if last >= 0 and begins < until:
            found |= {last, index}
        if ends >= until:
            last, until = index, ends
    return found


def _laid_out(directory: Directory, spans: list[Span | Reason]) -> list[tuple[int, int, int]]:
    """List (beginning of the header, index, end of the data) in the order of the file."""
    return sorted(
        (entry.offset + directory.shift, index, span[1])
        for index, (entry, span) in enumerate(zip(directory.entries, spans, strict=True))
        if isinstance(span, tuple) and span[1]
    )


def _remark_on(box: Container, directory: Directory, spans: list[Span | Reason]) -> None:
    names = [entry.name.casefold() for entry in directory.entries]
    if len(set(names)) < len(names):
        box.remark("có nhiều tệp cùng tên")
    if any("\\" in name or "\0" in name for name in names):
        box.remark("có tên tệp mang ký tự lạ")
    if any("\ufffd" in name for name in names):
        box.remark("có tên tệp mã hóa sai")
    until = directory.shift
    for begins, _, ends in _laid_out(directory, spans):
        if begins - until > _DESCRIPTOR and all(isinstance(span, tuple) for span in spans):
            box.remark("có dữ liệu ẩn giữa các tệp")
        until = max(until, ends)


def _refuse_hostile_document(
    box: Container, directory: Directory, spans: list[Span | Reason]
) -> None:
    """Refuse an Office document that is built as no Office program builds one."""
    for entry, span in zip(directory.entries, spans, strict=True):
        reason = span if isinstance(span, Reason) else box.objection(_member(entry))
        if reason is not None:
            raise RefusedError(reason, "a document with a hostile entry")


def _member(entry: Entry) -> Member:
    return Member(entry.name, entry.size, entry.packed, entry.reason)


def _open_entry(
    box: Container, octets: Octets, entry: Entry, span: Span | Reason, locks: ZipLocks
) -> None:
    member = _member(entry)
    if isinstance(span, Reason):
        box.refuse(member, span)
    elif entry.is_folder and box.objection(member) is None:
        return
    elif entry.is_encrypted and box.objection(member) is None:
        locks.open(entry, member, span)
    else:
        box.take(member, lambda: checked(octets, entry, *span))
