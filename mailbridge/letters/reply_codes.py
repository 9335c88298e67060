"""Codes of the documents in a letter, by which its reader may act: derived, never stored apart.

The letter, the document and the address of the reader make a code under our own secret: it fits no
other letter and nobody else. A number (số đến) alone acts on nothing: it is the same in every
letter, and few servers sign In-Reply-To (RFC 6376 §5.4), so that whoever has a signed "nhận 125" of
this person could send it on under a newer letter. The code stands in the text, which is signed.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable

from mailbridge.model.reply_codes import PLACES


def code(secret: bytes, letter: str, document: int, to: str) -> str:
    """Derive the code of a document in a letter to a person."""
    # JSON keeps ("a", "bc") and ("ab", "c") apart.
    cause = json.dumps(("reply-code", letter, document, to.lower())).encode()
    left = int.from_bytes(hmac.new(secret, cause, hashlib.sha256).digest(), "big")
    letters = []
    for place in PLACES:
        left, one = divmod(left, len(place))
        letters.append(place[one])
    return "".join(letters)


def codes(secret: bytes, letter: str, documents: Iterable[int], to: str) -> dict[int, str]:
    """Derive the codes of one letter by document; of two that are the same, the first alone."""
    found: dict[str, int] = {}
    for document in documents:
        found.setdefault(code(secret, letter, document, to), document)
    return {document: named for named, document in found.items()}
