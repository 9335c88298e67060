"""Parts of a letter into a mail: under a signature, and in an envelope where it is asked for."""

import re
from collections.abc import Sequence

from cryptography import x509

from mailbridge.letters.enveloping import enveloped
from mailbridge.letters.pgp_signing import PgpSigner
from mailbridge.letters.signer import Signer
from mailbridge.mime import build
from mailbridge.model.errors import Reason, RefusedError

# What everybody on the way may read of a locked letter.
OUTER_SUBJECT = "Văn bản đã mã hóa"
_MIME_VERSION = b"MIME-Version: 1.0\r\n"
# A header field with the lines into which it was folded (RFC 5322 §2.2.3).
_FIELD = re.compile(rb"[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*")


def sealed(
    headers: bytes,
    parts: tuple[bytes, ...],
    signer: Signer | PgpSigner | None,
    token: str,
    *,
    for_: Sequence[x509.Certificate] | None = None,
) -> bytes:
    """Put the parts together; `for_` are the recipient's certificates where it is locked.

    `headers` are whole lines with MIME-Version. Raises UnsignedError, and RefusedError where it
    cannot be locked: what was to be locked never leaves in the clear.
    """
    limit = build.boundary(token, "mixed")
    if for_ is not None:
        if signer is None or isinstance(signer, PgpSigner):
            raise RefusedError(Reason.UNSUPPORTED, "who locks a letter needs a certificate")
        return _locked(headers, _mixed(headers, parts, limit, hp="cipher"), signer, token, for_)
    if signer is None:
        return headers + build.multipart("multipart/mixed", limit, parts, {}).octets()
    entity = _mixed(headers, parts, limit, hp="clear")
    return headers + _signed(entity, signer, build.boundary(token, "signed"))


def _mixed(headers: bytes, parts: tuple[bytes, ...], limit: str, *, hp: str) -> bytes:
    """Write what is signed: it repeats the header, and says so (RFC 9788 §2.1)."""
    repeated = headers.replace(_MIME_VERSION, b"")
    if hp == "cipher":
        # RFC 9788 §2.2: and how each field stands outside, which tells what was hidden.
        outside = _FIELD.findall(_outer(headers).replace(_MIME_VERSION, b""))
        repeated += b"".join(b"HP-Outer: " + each for each in outside)
    return repeated + build.multipart("multipart/mixed", limit, parts, {"hp": hp}).octets()


def _signed(entity: bytes, signer: Signer | PgpSigner, limit: str) -> bytes:
    octets = signer.sign(entity)
    if isinstance(signer, PgpSigner):
        # RFC 3156 §5: the armour as it is.
        kind = {"protocol": "application/pgp-signature", "micalg": "pgp-sha256"}
        armour = b"\r\n".join(octets.splitlines()) + b"\r\n"
        seal = build.lines("application/pgp-signature", armour)
    else:
        # RFC 8551 §3.5.3.3: the micalg names the digest that was used.
        kind = {"protocol": "application/pkcs7-signature", "micalg": "sha-256"}
        named = {"name": "smime.p7s"}
        seal = build.attachment("application/pkcs7-signature", "smime.p7s", octets, named)
    return build.multipart("multipart/signed", limit, (entity, seal.octets()), kind).octets()


def _locked(
    headers: bytes,
    entity: bytes,
    signer: Signer,
    token: str,
    recipient: Sequence[x509.Certificate],
) -> bytes:
    """Sign, then lock (RFC 8551 §3.6): who signed is told to the recipient alone."""
    signed = _signed(entity, signer, build.boundary(token, "signed"))
    envelope = enveloped(signed, recipient, signer.certificate)
    # RFC 8551 §3.3, §3.2.1: names that older readers go by.
    kind = {"smime-type": "enveloped-data", "name": "smime.p7m"}
    part = build.attachment("application/pkcs7-mime", "smime.p7m", envelope, kind)
    return _outer(headers) + part.octets()


def _outer(headers: bytes) -> bytes:
    """Write the header that travels in the clear, as the baseline policy has it (RFC 9788 §3.2.1).

    The subject gives nothing away; the other fields are what mail servers and threads go by.
    """
    fields = _FIELD.findall(headers)
    is_subject = [each.lower().startswith(b"subject:") for each in fields]
    plain = build.field("Subject", OUTER_SUBJECT)
    return b"".join(plain if s else f for f, s in zip(fields, is_subject, strict=True))
