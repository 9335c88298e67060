"""A DKIM-Signature field, read by the letter of RFC 6376 §3.5."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from mailbridge.provenance.dkim_octets import RawField

# A list of a hundred thousand names would be looked up in the header one by one.
_NAMES = 300
_DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*")
_NUMBER = re.compile(r"\d{1,12}")
_CANONICAL = {"simple", "relaxed"}
_SPACES = re.compile(r"\s+")

Tags = dict[str, str]


class MalformedError(Exception):
    """The field, or the record of a key, is not what the standard allows; `why` says it briefly."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class DkimSignature:
    """What one signature claims; nothing of it is believed."""

    field: RawField
    algorithm: str
    domain: str
    selector: str
    # The domain of i=, the user or agent on whose behalf was signed.
    identity: str
    # Names of the signed fields in lower case, in the order of h=.
    names: tuple[str, ...]
    body_hash: bytes
    signature: bytes
    relaxed_header: bool = False
    relaxed_body: bool = False
    length: int | None = None
    signed_at: datetime | None = None
    expires: datetime | None = None

    @property
    def hash(self) -> str:
        """The hash algorithm, as hashlib names it."""
        return self.algorithm.partition("-")[2]

    @property
    def key_name(self) -> str:
        """Where the key is published (RFC 6376 §3.6.2.1)."""
        return f"{self.selector}._domainkey.{self.domain}"


def read_tags(octets: bytes) -> Tags:
    """Read a tag list (RFC 6376 §3.2); raises MalformedError."""
    from dkim.util import InvalidTagValueList, parse_tag_value

    try:
        tags = parse_tag_value(octets)
        return {name.decode("ascii"): value.decode("utf-8") for name, value in tags.items()}
    except (InvalidTagValueList, UnicodeDecodeError) as error:
        raise MalformedError("tags") from error


def read(field: RawField) -> DkimSignature:
    """Read a DKIM-Signature field; raises MalformedError."""
    tags = read_tags(field.value)
    if tags.get("v") != "1":
        raise MalformedError("v=")
    # RFC 6376 §3.5: the only way to query is DNS TXT, and a list may name others beside it.
    if "dns/txt" not in _listed(tags.get("q", "dns/txt")):
        raise MalformedError("q=")
    signature = read_common(field, tags)
    if "from" not in signature.names:
        # RFC 6376 §6.1.1
        raise MalformedError("h= without From")
    return signature


def read_common(field: RawField, tags: Tags) -> DkimSignature:
    """Read what DKIM and ARC signatures (RFC 8617 §4.1.2) share; raises MalformedError."""
    domain = _domain(tags.get("d", ""), "d=")
    header, body = _canonicalisation(tags.get("c", ""))
    signed_at, expires = _moment(tags, "t"), _moment(tags, "x")
    if signed_at and expires and expires <= signed_at:
        raise MalformedError("x= before t=")
    return DkimSignature(
        field=field,
        algorithm=tags.get("a", ""),
        domain=domain,
        selector=_domain(tags.get("s", ""), "s="),
        identity=_identity(tags.get("i", ""), domain),
        names=_names(tags.get("h", "")),
        body_hash=_base64(tags.get("bh", ""), "bh="),
        signature=_base64(tags.get("b", ""), "b="),
        relaxed_header=header == "relaxed",
        relaxed_body=body == "relaxed",
        length=_number(tags["l"], "l=") if "l" in tags else None,
        signed_at=signed_at,
        expires=expires,
    )


def claimed_domain(field: RawField) -> str:
    """Give d= where it can be read, of a field that is malformed otherwise."""
    match = re.search(rb"(?:^|;)\s*d\s*=\s*([\w.-]{1,253})", field.value)
    return match[1].decode("ascii", "replace").lower() if match else ""


def _listed(value: str) -> list[str]:
    return [_SPACES.sub("", each).lower() for each in value.split(":")]


def _domain(value: str, tag: str) -> str:
    lower = _SPACES.sub("", value).lower()
    if not _DOMAIN.fullmatch(lower):
        raise MalformedError(tag)
    return lower


def _identity(value: str, domain: str) -> str:
    """Take the domain of i=, which must be that of d= or below it (RFC 6376 §3.5)."""
    if not value:
        return domain
    _, at, identity = _SPACES.sub("", value).lower().rpartition("@")
    if not at or (identity != domain and not identity.endswith(f".{domain}")):
        raise MalformedError("i=")
    return identity


def _canonicalisation(value: str) -> tuple[str, str]:
    header, _, body = (value or "simple/simple").partition("/")
    if header not in _CANONICAL or (body or "simple") not in _CANONICAL:
        raise MalformedError("c=")
    return header, body or "simple"


def _names(value: str) -> tuple[str, ...]:
    names = tuple(_listed(value))
    if not all(names) or len(names) > _NAMES:
        raise MalformedError("h=")
    return names


def _base64(value: str, tag: str) -> bytes:
    try:
        octets = base64.b64decode(_SPACES.sub("", value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError(tag) from error
    if not octets:
        raise MalformedError(tag)
    return octets


def _number(value: str, tag: str) -> int:
    if not _NUMBER.fullmatch(value) or not value.isascii():
        raise MalformedError(tag)
    return int(value)


def _moment(tags: Tags, tag: str) -> datetime | None:
    if tag not in tags:
        return None
    try:
        return datetime.fromtimestamp(_number(tags[tag], f"{tag}="), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise MalformedError(f"{tag}=") from error
