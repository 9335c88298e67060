"""Unwrap: from a parsed mail to its files, texts and the seals that they came under."""

from dataclasses import replace
from pathlib import Path

from mailbridge.mime import content, names, parse
from mailbridge.mime.parse import Octets
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.limits import Limits
from mailbridge.model.message import Message, Part
from mailbridge.model.parcel import File, Lock, LockForm, Parcel, SealClaim, SealForm, Text
from mailbridge.parcel import smime
from mailbridge.parcel.sniff import type_of
from mailbridge.parcel.unpacking import Unpacking, Written

# Recognised and named; until they are opened they hold the mail.
_UNSUPPORTED = {
    "application/pkcs7-signature": "cms-detached-file",
    "application/pkcs7-mime": "smime-encrypted",
    "application/pgp-encrypted": "openpgp",
    "application/zip": "archive",
    "application/vnd.rar": "archive",
    "application/x-7z-compressed": "archive",
    "application/gzip": "archive",
    "application/x-xz": "archive",
    "application/x-bzip2": "archive",
    "application/x-tar": "archive",
    "application/ms-tnef": "tnef",
}
_CLOSED = {"message/partial": "message-partial", "multipart/encrypted": "openpgp"}
_TAIL = 4096
_WHY = "unsupported"


def unwrap(source: Path, octets: Octets, message: Message, scratch: Path, limits: Limits) -> Parcel:
    """Open every part of a mail within the limits; nothing is written outside `scratch`."""
    work = Unpacking(source, scratch, limits)
    _walk(work, octets, message.root, prefix="", whole=True)
    return _parcel(work)


def unwrap_file(
    source: Path,
    octets: Octets,
    name: str,
    scratch: Path,
    limits: Limits,
    content_file: Path | None = None,
) -> Parcel:
    """Open one file that is no mail."""
    del content_file
    work = Unpacking(source, scratch, limits)
    part = Part("1", "application/octet-stream", 0, 0, len(octets), "binary", name=name)
    _file(work, octets, part, "1")
    if work.files and work.files[0].type == "text/plain":
        work.texts.append(Text("1", "text/plain", content.text(octets, part, limits.text_size)))
    return _parcel(work)


def _parcel(work: Unpacking) -> Parcel:
    return Parcel(
        files=tuple(work.files),
        texts=tuple(work.texts),
        claims=tuple(work.claims),
        locks=tuple(work.locks),
        unsupported=tuple(work.unsupported),
        problems=tuple(work.problems),
    )


def _walk(work: Unpacking, octets: Octets, part: Part, prefix: str, *, whole: bool) -> None:
    path = prefix + part.path
    if smime.is_clear_signed(part):
        _clear_signed(work, octets, part, prefix, whole=whole)
    elif smime.is_opaque(part):
        _opaque(work, octets, part, path, whole=whole)
    elif part.type in _CLOSED:
        work.unsupported.append((path, _CLOSED[part.type]))
    elif part.children:
        inner_whole = whole and len(part.children) == 1 and part.type.startswith("multipart/")
        for child in part.children:
            _walk(work, octets, child, prefix, whole=inner_whole)
    elif part.type.startswith("multipart/"):
        work.note("empty-multipart")
    elif part.type.startswith("text/") and part.disposition != "attachment" and not part.name:
        text = content.text(octets, part, work.limits.text_size)
        work.texts.append(Text(path, part.type, text))
    else:
        _file(work, octets, part, path)


def _clear_signed(work: Unpacking, octets: Octets, part: Part, prefix: str, *, whole: bool) -> None:
    claim = smime.clear_claim(work, octets, part, whole=whole)
    signed = part.children[0]
    headers, _ = parse.entity_headers(octets, signed, work.limits)
    claim = replace(
        claim,
        path=prefix + part.path,
        covers=tuple(prefix + covered for covered in claim.covers),
        protected=smime.protected_of(headers),
    )
    work.claims.append(claim)
    _walk(work, octets, signed, prefix, whole=whole)


def _opaque(work: Unpacking, octets: Octets, part: Part, path: str, *, whole: bool) -> None:
    work.deepen()
    if part.end - part.body > work.limits.mail_size:
        raise RefusedError(Reason.TOO_LARGE, "an opaque part beyond the limit")
    kind, der, inner = smime.opaque_content(b"".join(content.chunks(octets, part)))
    if kind != "signed_data" or not inner:
        word = "smime-encrypted" if kind.endswith("enveloped_data") else "cms-other"
        if word == "smime-encrypted":
            work.locks.append(
                Lock(LockForm.SMIME, path, "whole" if whole else "part", opened=False, why=_WHY)
            )
        work.unsupported.append((path, word))
        return
    signature = work.write([der])
    entity = work.write([inner])
    try:
        message = parse.parse(inner, work.limits)
    except RefusedError:
        # A file in a CMS envelope, not a MIME entity.
        work.unsupported.append((path, "cms-enveloping-file"))
        return
    claims_before, files_before, texts_before = len(work.claims), len(work.files), len(work.texts)
    claim = SealClaim(
        form=SealForm.SMIME,
        path=path,
        cms=str(work.scratch / signature.stored),
        whole=whole,
        mic=smime.mic_of(inner),
        protected=smime.protected(message),
    )
    work.claims.append(claim)
    del entity
    _walk(work, inner, message.root, f"{path}.", whole=whole)
    covered = [f.path for f in work.files[files_before:]] + [
        t.path for t in work.texts[texts_before:]
    ]
    work.claims[claims_before] = replace(claim, covers=tuple(covered))


def _file(work: Unpacking, octets: Octets, part: Part, path: str) -> None:
    written = work.write(content.chunks(octets, part))
    kind = type_of(written.head) if written.size else "application/x-empty"
    sent = part.name or ""
    file = File(
        path=path,
        name=names.safe_name(sent, work.limits),
        name_sent=sent[:1000],
        size=written.size,
        sha256=written.sha256,
        type=kind,
        declared=part.type,
        content_id=part.content_id,
        stored=written.stored,
    )
    work.files.append(file)
    if kind == "application/pdf":
        _pdf(work, file, written)
    elif kind in _UNSUPPORTED:
        work.unsupported.append((path, _UNSUPPORTED[kind]))


def _pdf(work: Unpacking, file: File, written: Written) -> None:
    octets = (work.scratch / written.stored).read_bytes()
    if b"/ByteRange" in octets:
        stored = str(work.scratch / written.stored)
        work.claims.append(
            SealClaim(
                SealForm.PADES, file.path, signed=stored, end=written.size, covers=(file.path,)
            )
        )
    if b"/Encrypt" in octets[-_TAIL:]:
        work.locks.append(Lock(LockForm.PDF, file.path, "whole", opened=False, why=_WHY))
        work.unsupported.append((file.path, "pdf-locked"))
