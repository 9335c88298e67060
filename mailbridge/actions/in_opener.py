"""What the opener child does with one mail or file: parse, unwrap, sort, establish.

It runs behind walls, without network, and writes to its scratch folder alone.
"""

import base64
import hashlib
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mailbridge.edxml import header as edxml_header
from mailbridge.mime import answers as mime_answers
from mailbridge.mime import parse as mime_parse
from mailbridge.mime import reports
from mailbridge.model import codec
from mailbridge.model.directory import Directory
from mailbridge.model.edxml import EdxmlHeader
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.evidence import Coverage, Evidence, Integrity
from mailbridge.model.examination import Form, MailView, Opened, OpenRequest
from mailbridge.model.message import Message
from mailbridge.model.parcel import File, Parcel, Text
from mailbridge.model.report import Answers
from mailbridge.parcel import sniff, unwrap
from mailbridge.parcel.keyring import Keyring
from mailbridge.parcel.unpacking import Means
from mailbridge.provenance import establish, trust, verdict
from mailbridge.provenance.question import Record
from mailbridge.rules import sorting

Octets = bytes | mmap.mmap


def open_mail(request: OpenRequest) -> Opened:
    """Open what lies at `source`; raises RefusedError when no examination is possible."""
    scratch = Path(request.scratch)
    with _mapped(Path(request.source)) as octets:
        form: Form = "mail" if request.form == "mail" else sniff.form_of(octets)
        if form == "mail":
            message = mime_parse.parse(octets, request.limits)
            parcel = unwrap.unwrap(_means(request), octets, message)
        else:
            message = None
            parcel = unwrap.unwrap_file(_means(request), octets, request.name)
            form = _form(form, parcel)
        edxml, parcel = _edxml(parcel, scratch)
        record = Record()
        evidence = establish.establish(_question(request, parcel, message, scratch), record)
        path = edxml.path if edxml else ""
        answers = mime_answers.read(parcel, evidence, scratch, verdict.stands, path)
        view = _View(message, parcel, edxml, evidence, answers, octets) if message else None
        mail = view.mail() if view else None
    files, texts = _sealed(mime_answers.marked(parcel, answers), evidence)
    return Opened(
        form=form,
        mail=mail,
        files=files,
        texts=texts,
        evidence=evidence,
        edxml=edxml,
        unsupported=parcel.unsupported,
        wanted=tuple(record.wanted),
        answers=answers,
    )


def _form(form: Form, parcel: Parcel) -> Form:
    """Name the form anew, now that the whole file was seen: a ZIP may be an Office document."""
    seen = sniff.form_of_type(parcel.files[0].type) if parcel.files else form
    return seen if seen in {"archive", "office"} and parcel.files[0].path == "1" else form


def _means(request: OpenRequest) -> Means:
    own = Path(request.keys) if request.keys else None
    return Means(
        source=Path(request.source),
        scratch=Path(request.scratch),
        limits=request.limits,
        keyring=Keyring(Path(request.trust), request.passwords, own),
        content=Path(request.content) if request.content else None,
        allow_3des=request.allow_3des,
    )


def _question(
    request: OpenRequest, parcel: Parcel, message: Message | None, scratch: Path
) -> establish.Question:
    return establish.Question(
        parcel=parcel,
        scratch=scratch,
        message=message,
        trust=trust.load(Path(request.trust)),
        directory=_directory(request.directory) if request.directory else None,
        at=request.at,
        first_receipt=request.first_receipt,
        source=Path(request.source),
        got=request.got,
        authserv_ids=request.authserv_ids,
    )


@lru_cache(maxsize=2)
def _directory(path: str) -> Directory:
    # The name holds the digest of the content: a changed directory is another file.
    return codec.decode(Directory, Path(path).read_bytes())


@contextmanager
def _mapped(path: Path) -> Iterator[Octets]:
    """Map the file, so that a mail of any size costs no memory of the process."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            raise RefusedError(Reason.MALFORMED, "an empty mail")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as octets:
            yield octets


def _edxml(parcel: Parcel, scratch: Path) -> tuple[EdxmlHeader | None, Parcel]:
    """Read the first header; a packet without a readable one is refused, and stays listed.

    What the mail says itself goes before what a mail within it says.
    """
    packets = [
        file
        for file in parcel.files
        if file.type == "application/edxml+xml" and file.stored and not file.refused
    ]
    found: EdxmlHeader | None = None
    changed: dict[str, File] = {}
    for file in sorted(packets, key=lambda each: parcel.is_within_another(each.path)):
        if found is None:
            found, refused = _header(file, parcel, scratch)
            if refused is not None:
                changed[file.path] = replace(file, refused=refused)
                continue
        changed[file.path] = replace(file, about=_has_no_files(file, parcel))
    files = tuple(changed.get(file.path, file) for file in parcel.files)
    return found, replace(parcel, files=files)


def _header(file: File, parcel: Parcel, scratch: Path) -> tuple[EdxmlHeader | None, Reason | None]:
    try:
        read = edxml_header.read((scratch / file.stored).read_bytes())
    except RefusedError as refusal:
        return None, refusal.reason
    return replace(read, path=file.path, is_forwarded=parcel.is_within_another(file.path)), None


def _has_no_files(packet: File, parcel: Parcel) -> bool:
    """Tell whether a packet is a mere header, whose files are parts of the mail."""
    return not any(file.path.startswith(f"{packet.path}.") for file in parcel.files)


def _sealed(parcel: Parcel, evidence: Evidence) -> tuple[tuple[File, ...], tuple[Text, ...]]:
    """Note on every file and text which intact seals cover it."""

    def seals_of(path: str) -> tuple[int, ...]:
        return tuple(
            index
            for index, seal in enumerate(evidence.seals)
            if path in seal.covers and seal.integrity is Integrity.INTACT
        )

    files = tuple(replace(file, sealed_by=seals_of(file.path)) for file in parcel.files)
    texts = tuple(replace(text, sealed_by=seals_of(text.path)) for text in parcel.texts)
    return files, texts


@dataclass(frozen=True, slots=True)
class _View:
    """What the view of a mail is made from."""

    message: Message
    parcel: Parcel
    edxml: EdxmlHeader | None
    evidence: Evidence
    answers: Answers
    octets: Octets

    def mail(self) -> MailView:
        message = self.message
        received = mime_parse.last_received(message)
        return MailView(
            from_=message.from_,
            sender=message.sender,
            reply_to=message.reply_to,
            to=message.to,
            cc=message.cc,
            subject=_subject(message, self.parcel, self.evidence),
            message_id=message.message_id,
            in_reply_to=message.in_reply_to,
            date=message.date.isoformat() if message.date else None,
            kind=sorting.sort(message, self.parcel, self.edxml, self.answers),
            problems=(*message.problems, *self.parcel.problems),
            delivered_at=received.isoformat() if received else None,
            mic=_mic(message, self.evidence, self.octets),
            references=_references(message),
            return_path=_return_path(message),
            automatic=sorting.is_automatic(message),
            reminds=sorting.is_reminder(message),
        )


def _references(message: Message) -> tuple[str, ...]:
    """List what it answers, the nearest first (RFC 5322 §3.6.4)."""
    named = message.values("In-Reply-To")[:1], message.references
    answered, before = (reports.message_ids(each) for each in named)
    return tuple(dict.fromkeys((*answered, *reversed(before))))


def _return_path(message: Message) -> str | None:
    """Give the envelope sender that our server wrote (RFC 5321 §4.4); empty is the null one."""
    stated = message.values("Return-Path")
    # Ours stands on top; a second one came with the mail.
    return stated[0].strip().strip("<>").lower() if stated else None


def _subject(message: Message, parcel: Parcel, evidence: Evidence) -> str:
    """Give the subject that a lock hid or that an intact seal shows, else the open one."""
    intact = {
        seal.path
        for seal in evidence.seals
        if seal.integrity is Integrity.INTACT and seal.coverage is Coverage.WHOLE
    }
    shown = [each for each in parcel.claims if each.shows and each.path in intact]
    fields = [parcel.protected, *(each.protected for each in shown if not each.on_file)]
    return next(
        (dict(each)["subject"] for each in fields if "subject" in dict(each)), message.subject
    )


def _mic(message: Message, evidence: Evidence, octets: Octets) -> str:
    """Received-content-MIC: over the signed entity, else over all after the first empty line."""
    signed = [seal.mic for seal in evidence.seals if seal.mic]
    if signed:
        return signed[0]
    digest = hashlib.sha256(memoryview(octets)[message.root.body :])
    return base64.b64encode(digest.digest()).decode("ascii")
