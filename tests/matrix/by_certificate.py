"""Samples signed by certificates: mails, PDFs, files, packets, and what is locked around them."""

from typing import Any

from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner

from mailbridge.demo import cms, mails, seals
from mailbridge.demo.cms import Form
from mailbridge.demo.pki import Identity
from mailbridge.demo.seals import Manner
from tests.matrix.states import OURS, WORD, Sample, State, file_signer, mail_signer
from tests.unit.parcel import locked, locked_pdfs, packets
from tests.unit.parcel.test_beside import part
from tests.unit.parcel.test_seven_zips import seven_zip
from tests.unit.parcel.test_zip_locks import aes_zip
from tests.unit.provenance.pdf_attacks import range_over_another_file
from tests.unit.provenance.samples import HEAD, NOW, keys, paper

_TRUE, _FALSE = "Kính gửi: văn bản thật", "Kính gửi: văn bản giả"
_LOCKLESS = {State.NO_KEY}


def _entity(words: str = _TRUE) -> bytes:
    return mails.with_file(words, paper(), "123.pdf")


def _clear(signer: Identity, state: State) -> bytes:
    signed = seals.sign_mail(_entity(), signer, NOW)
    if state is State.TAMPERED:
        return signed.replace(mails.text(_TRUE), mails.text(_FALSE))
    if state is State.OTHER_CONTENT:
        return signed.replace(_entity(), _entity(_FALSE))
    return signed


def clear(state: State) -> Sample | None:
    """S/MIME, clear-signed."""
    if state in _LOCKLESS:
        return None
    return Sample(mails.mail(HEAD, _clear(mail_signer(state), state)))


def _opaque(signer: Identity, state: State) -> bytes:
    der = cms.enclosed(_entity(), signer, Form(NOW))
    if state is State.TAMPERED:
        der = der.replace(b"ranh-gioi", b"ranh-gi0i")
    if state is State.OTHER_CONTENT:
        other = cms.enclosed(_entity(_FALSE), signer, Form(NOW))
        start = der.index(_entity())
        der = other.replace(_entity(_FALSE), der[start : start + len(_entity())])
    return locked.entity(der, "signed-data")


def opaque(state: State) -> Sample | None:
    """S/MIME, opaque."""
    if state in _LOCKLESS:
        return None
    return Sample(mails.mail(HEAD, _opaque(mail_signer(state), state)))


def enveloped(state: State) -> Sample:
    """S/MIME, signed and then locked to us."""
    inner = _clear(mail_signer(state), state)
    octets = mails.mail(HEAD, locked.entity(locked.envelope(inner, OURS)))
    return Sample(octets, has_key=state is not State.NO_KEY)


def triple(state: State) -> Sample:
    """S/MIME, signed, locked, and signed again."""
    inner = locked.entity(locked.envelope(_clear(mail_signer(state), state), OURS))
    outer = seals.sign_mail(inner, mail_signer(state), NOW)
    return Sample(mails.mail(HEAD, outer), has_key=state is not State.NO_KEY)


def _pdf(state: State, *, stamped: bool = False) -> bytes:
    made = seals.seal_pdf_as(
        paper(), file_signer(state), Manner(NOW, tsa=keys().tsa if stamped else None)
    )
    if state is State.TAMPERED:
        return seals.change_octet(made)
    return range_over_another_file(made) if state is State.OTHER_CONTENT else made


def pades(state: State) -> Sample | None:
    """PAdES B-B in a PDF."""
    if state in _LOCKLESS:
        return None
    return Sample(mails.mail(HEAD, mails.with_file(_TRUE, _pdf(state), "123.pdf")))


def pades_stamped(state: State) -> Sample | None:
    """PAdES B-T: with a time-stamp."""
    if state in _LOCKLESS:
        return None
    return Sample(mails.mail(HEAD, mails.with_file(_TRUE, _pdf(state, stamped=True), "123.pdf")))


def beside(state: State) -> Sample | None:
    """A detached CMS beside the PDF that it signs."""
    if state in _LOCKLESS:
        return None
    document = paper()
    signed = document + b"%khac\n" if state is State.OTHER_CONTENT else document
    signature = cms.detached(signed, file_signer(state), Form(NOW))
    sent = seals.change_octet(document) if state is State.TAMPERED else document
    parts = part(sent, "123.pdf"), part(signature, "123.pdf.p7s")
    return Sample(mails.mail(HEAD, locked.multipart(*parts)))


def enclosing(state: State) -> Sample | None:
    """A CMS around the PDF that it signs."""
    if state in _LOCKLESS:
        return None
    signer = file_signer(state)
    der = cms.enclosed(paper(), signer, Form(NOW))
    if state is State.TAMPERED:
        der = der.replace(paper(), seals.change_octet(paper()))
    if state is State.OTHER_CONTENT:
        other = seals.change_octet(paper(), 30)
        der = cms.enclosed(other, signer, Form(NOW)).replace(other, paper())
    return Sample(mails.mail(HEAD, locked.multipart(part(der, "123.pdf.p7m"))))


def packet(state: State) -> Sample | None:
    """XML-DSig on an edXML packet, whose file is unsigned."""
    if state in _LOCKLESS:
        return None
    sent = packets.packet(packets.attachment("123.pdf", paper()))
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256, digest_algorithm=DigestAlgorithm.SHA256
    )
    who = file_signer(state)
    made: Any = signer.sign(
        etree.fromstring(sent), key=who.key_pem(), cert=who.pem().decode("ascii")
    )
    octets = etree.tostring(made)
    if state in {State.TAMPERED, State.OTHER_CONTENT}:
        octets = octets.replace(b"DEMO.02", b"DEMO.03")
    return Sample(mails.mail(HEAD, locked.multipart(part(octets, "123.edxml"))))


def _under(state: State, octets: bytes, name: str) -> Sample:
    words = () if state is State.NO_KEY else (WORD,)
    return Sample(mails.mail(HEAD, locked.multipart(part(octets, name))), passwords=words)


def zipped(state: State) -> Sample:
    """A sealed PDF in a ZIP under AES."""
    return _under(state, aes_zip("123.pdf", word=WORD.encode(), content=_pdf(state)), "123.zip")


def seven_zipped(state: State) -> Sample:
    """A sealed PDF in a 7z with a password."""
    return _under(state, seven_zip({"123.pdf": _pdf(state)}, password=WORD), "123.7z")


def locked_pdf(state: State) -> Sample | None:
    """A PDF that was locked, and sealed under its lock."""
    if state is State.OTHER_CONTENT:
        return None
    made = locked_pdfs.sealed_under_lock(file_signer(state), NOW)
    if state is State.TAMPERED:
        made = seals.change_octet(made)
    words = () if state is State.NO_KEY else ("secret",)
    return Sample(mails.mail(HEAD, mails.with_file(_TRUE, made, "123.pdf")), passwords=words)
