"""Time-stamps over our signatures (RFC 3161 §A): another's clock says when a letter was signed.

The token stands as unsigned attribute beside the signature, so that the signature is
still good when its certificate has expired.
"""

import hashlib
import secrets
from collections.abc import Callable

from asn1crypto import cms, tsp
from cryptography import x509

from mailbridge.letters.signer import Signer
from mailbridge.letters.unsigned import KeyFault, UnsignedError

# Gives the answer (TimeStampResp) to a question (TimeStampReq), DER both; raises UnsignedError.
Ask = Callable[[bytes], bytes]
_GRANTED = {"granted", "granted_with_mods"}


class StampingSigner:
    """Signs as another does, and has each signature stamped before the letter leaves."""

    def __init__(self, signer: Signer, ask: Ask) -> None:
        self._signer = signer
        self._ask = ask

    @property
    def certificate(self) -> x509.Certificate:
        """Our own certificate; raises UnsignedError."""
        return self._signer.certificate

    def sign(self, entity: bytes) -> bytes:
        """Sign and have it stamped; raises UnsignedError, also while no authority answers."""
        return stamped(self._signer.sign(entity), self._ask)


def stamped(seal: bytes, ask: Ask) -> bytes:
    """Add a token over the value of the one signature of a CMS; raises UnsignedError."""
    content = cms.ContentInfo.load(seal)
    signer = content["content"]["signer_infos"][0]
    digest = hashlib.sha256(signer["signature"].native).digest()
    # RFC 3161 §2.4.1: a large random number, by which the answer is known to be new.
    nonce = secrets.randbits(63)
    token = _token(ask(_question(digest, nonce)), digest, nonce)
    attribute = {"type": "signature_time_stamp_token", "values": [token]}
    signer["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(attribute)])
    return bytes(content.dump())


def _question(digest: bytes, nonce: int) -> bytes:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    question = {"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    return bytes(tsp.TimeStampReq(question).dump())


def _token(answer: bytes, digest: bytes, nonce: int) -> cms.ContentInfo:
    """Take the token out of an answer, if it is about our signature (RFC 3161 §2.4.2).

    Whose it is and whether he is trusted is judged by whoever reads the letter: a bad stamp proves
    no time, and takes nothing from the signature.
    """
    try:
        response = tsp.TimeStampResp.load(answer, strict=True)
        status = response["status"]["status"].native
        if status not in _GRANTED:
            raise UnsignedError(KeyFault.STAMP, f"the time-stamp was not granted ({status})")
        token = response["time_stamp_token"]
        info = token["content"]["encap_content_info"]
        stated = info["content"].parsed
        imprint = stated["message_imprint"]
        said = (
            info["content_type"].native,
            imprint["hash_algorithm"]["algorithm"].native,
            imprint["hashed_message"].native,
            stated["nonce"].native,
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        told = f"the answer is no time-stamp ({type(error).__name__})"
        raise UnsignedError(KeyFault.STAMP, told) from error
    if said != ("tst_info", "sha256", digest, nonce):
        raise UnsignedError(KeyFault.STAMP, "the time-stamp is over something else")
    return token
