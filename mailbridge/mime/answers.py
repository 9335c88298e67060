"""What one opened mail says about mails of ours, and under which seals each of it stood."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from mailbridge.mime import addresses, machine, reports
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.evidence import Coverage, Evidence, Integrity, Seal
from mailbridge.model.parcel import File, Parcel, SealForm, Text
from mailbridge.model.report import (
    Answers,
    Cover,
    DeliveryReport,
    Disposition,
    Machine,
    SignedFields,
)

# Receipts of a long backlog may travel together; more is an attack on whoever matches them.
MACHINES = 100
# Octets of all of them: a mail full of the largest ones would fill the memory of whoever asked.
MACHINES_SIZE = 4 * 1024 * 1024
_DELIVERY = {"message/delivery-status", "message/global-delivery-status"}
_DISPOSITION = {"message/disposition-notification", "message/global-disposition-notification"}
_HEADERS = {"text/rfc822-headers"}
# What people write.
_WORDS = {"text/plain", "text/html"}
# A seal on the mail as its reader sees it; a server's (DKIM) vouches for no agency.
_ON_MAILS = {SealForm.SMIME, SealForm.OPENPGP}

Stands = Callable[[Seal], bool]


def read(
    parcel: Parcel, evidence: Evidence, scratch: Path, stands: Stands, edxml: str = ""
) -> Answers:
    """Read every answer of the mail; `edxml` is the path of its header or status, if it has one.

    What lies in a mail within the mail is not this mail's answer: a bounce returns our own letter.
    """
    covers = _Covers(evidence, stands)
    machines: list[Machine] = []
    readable, beyond = _bounded(_machine_parts(parcel))
    unread = [(file.path, "more machine parts than are read") for file in beyond[:1]]
    for file in readable:
        try:
            octets = _octets(scratch, file)
            if not machine.speaks_of_document(octets):
                machines.append(replace(machine.read(octets), covers=covers.of(file.path)))
        except RefusedError as refusal:
            unread.append((file.path, refusal.detail))
    return Answers(
        machines=tuple(machines),
        unread=tuple(unread),
        disposition=_disposition(parcel, covers),
        report=_report(parcel),
        edxml=covers.of(edxml) if edxml else (),
        signed=_signed(parcel, covers),
        words=tuple(text.path for text in _own(parcel, _WORDS) if not _is_attached(parcel, text)),
    )


def marked(parcel: Parcel, answers: Answers) -> Parcel:
    """Mark the machine parts that were read: they speak of the mail, and are no files of it."""
    unread = {path for path, _ in answers.unread}
    readable, _ = _bounded(_machine_parts(parcel))
    known = {file.path for file in readable} - unread
    files = (replace(file, about=True) if file.path in known else file for file in parcel.files)
    return replace(parcel, files=tuple(files))


def _machine_parts(parcel: Parcel) -> tuple[File, ...]:
    return tuple(
        file
        for file in parcel.files
        if file.declared == machine.TYPE and not parcel.is_within_another(file.path)
    )


def _bounded(parts: tuple[File, ...]) -> tuple[tuple[File, ...], tuple[File, ...]]:
    """Split them into those that are read, and those beyond the bounds."""
    count, size = 0, 0
    for file in parts[:MACHINES]:
        # What is too large alone is refused for itself, unread.
        size += file.size if file.size <= machine.SIZE else 0
        if size > MACHINES_SIZE:
            break
        count += 1
    return parts[:count], parts[count:]


def _octets(scratch: Path, file: File) -> bytes:
    if file.refused or not file.stored:
        raise RefusedError(Reason.MALFORMED, "a machine part that was not opened")
    if file.size > machine.SIZE:
        raise RefusedError(Reason.TOO_LARGE, "a machine part beyond the limit")
    return (scratch / file.stored).read_bytes()


class _Covers:
    """The intact seals over the whole mail, and what is below them."""

    def __init__(self, evidence: Evidence, stands: Stands) -> None:
        self._seals = [
            seal
            for seal in evidence.seals
            if seal.form in _ON_MAILS
            and not seal.on_file
            and seal.integrity is Integrity.INTACT
            and seal.coverage is Coverage.WHOLE
        ]
        self._stands = stands

    def of(self, path: str) -> tuple[Cover, ...]:
        return tuple(self._cover(seal) for seal in self._seals if path in seal.covers)

    def at(self, path: str) -> tuple[Cover, ...]:
        return tuple(self._cover(seal) for seal in self._seals if seal.path == path)

    def _cover(self, seal: Seal) -> Cover:
        signer = seal.signer.fingerprint if seal.signer else ""
        return Cover(seal.form, signer, seal.agency, self._stands(seal))


def _own(parcel: Parcel, types: set[str]) -> Iterator[Text]:
    for text in parcel.texts:
        if text.type in types and not parcel.is_within_another(text.path):
            yield text


def _is_attached(parcel: Parcel, text: Text) -> bool:
    """Tell whether a text is, or lies in, what the mail lists as a file."""
    return f"{text.path}.".startswith(tuple(f"{file.path}." for file in parcel.files))


def _disposition(parcel: Parcel, covers: _Covers) -> Disposition | None:
    # RFC 8098 §3: one notification speaks of one mail.
    found = list(_own(parcel, _DISPOSITION))
    said = reports.disposition(found[0].text) if len(found) == 1 else None
    return replace(said, covers=covers.of(found[0].path)) if said else None


def _report(parcel: Parcel) -> DeliveryReport | None:
    found = list(_own(parcel, _DELIVERY))
    heads = [reports.returned_id(text.text) for text in _own(parcel, _HEADERS)]
    # What lies in the mail that came back is not what came back.
    mails = [name for path, name in parcel.mails if not parcel.is_within_another(path)]
    if len(found) == 1:
        return reports.delivery(found[0].text, (*heads, *mails))
    # Some servers write their report in words alone, with the mail behind it.
    named = tuple(dict.fromkeys(one for one in (*heads, *mails) if one))
    return DeliveryReport(message_ids=named) if named else None


def _signed(parcel: Parcel, covers: _Covers) -> SignedFields | None:
    """Give the header fields that a seal over the whole repeats, and whose it is.

    RFC 9788 §4.4: what machines act on is the signed copy, never the open one.
    """
    for claim in parcel.claims:
        over = covers.at(claim.path) if claim.whole and claim.shows else ()
        if over:
            return _fields(claim.protected, over)
    return None


def _fields(protected: tuple[tuple[str, str], ...], over: tuple[Cover, ...]) -> SignedFields:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in protected if key == name)

    def specs(name: str) -> tuple[str, ...]:
        found, _ = addresses.read(tuple(value.encode("utf-8", "replace") for value in values(name)))
        return tuple(address.spec for address in found)

    return SignedFields(
        from_=specs("from"),
        to=specs("to"),
        subject=" ".join(values("subject")[:1]),
        in_reply_to=reports.message_ids(values("in-reply-to")),
        references=reports.message_ids(values("references")),
        covers=over,
    )
