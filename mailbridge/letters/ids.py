"""Names of letters: derived from their cause with our secret, so that a retry bears the same."""

import hashlib
import hmac
import json
import re
from base64 import b32encode

# 256 bits in base32: 52 letters, all of them valid in a local part whatever its case.
_TOKEN = re.compile(r"(mb|mbs)\.[a-z2-7]{52}")
_RECEIPT_LETTERS = 26


def _token(secret: bytes, *cause: str) -> str:
    # JSON keeps ("a", "bc") and ("ab", "c") apart.
    named = json.dumps(cause).encode()
    digest = hmac.new(secret, named, hashlib.sha256).digest()
    return b32encode(digest).decode().rstrip("=").lower()


def message_id(secret: bytes, *cause: str) -> str:
    """Derive the local part of a Message-ID: the same for the same cause, unguessable to others."""
    return f"mb.{_token(secret, 'message-id', *cause)}"


def receipt_id(secret: bytes, *cause: str) -> str:
    """Derive the name of a receipt from (document, recipient, stage, seq); 130 bits."""
    return _token(secret, "receipt-id", *cause)[:_RECEIPT_LETTERS]


def is_own(message_id: str, *domains: str) -> bool:
    """Tell whether an identifier has the form of ours; only the outbox knows whether it is."""
    local, _, domain = message_id.strip().strip("<>").rpartition("@")
    ours = {one.lower() for one in domains}
    return domain.lower() in ours and _TOKEN.fullmatch(local) is not None
