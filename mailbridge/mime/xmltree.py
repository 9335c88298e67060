"""Hostile XML into a tree: no entities, no DTD, no network, nothing beyond the limit."""

from collections.abc import Iterator

from lxml import etree

from mailbridge.model.errors import Reason, RefusedError

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

# Attachments travel inside as base64; more than this exhausts the memory of the opener.
MAX_OCTETS = 48 * 1024 * 1024


def parse(octets: bytes, *, exactly: bool = False) -> etree._Element:
    """Parse a packet; raises RefusedError for whatever is not plain UTF-8 XML without a DTD.

    `exactly` keeps the comments and instructions that a signature may cover.
    """
    if len(octets) > MAX_OCTETS:
        raise RefusedError(Reason.TOO_LARGE, "an edXML packet over the limit")
    # Entities grow from a DTD; the encoding is fixed below, so that no other spelling of it exists.
    if b"<!DOCTYPE" in octets:
        raise RefusedError(Reason.MALFORMED, "an edXML packet with a document type")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        # One text may be a whole attachment; nothing grows, since there is no entity, and libxml2
        # goes no deeper than 2,048 levels even so.
        huge_tree=True,
        remove_comments=not exactly,
        remove_pis=not exactly,
    )
    try:
        return etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError(Reason.MALFORMED, "not well-formed XML") from error


def child(parent: etree._Element | None, *names: str) -> etree._Element | None:
    """Walk down by local names of the QCVN namespace; prefixes mean nothing."""
    for name in names:
        if parent is None:
            return None
        parent = parent.find(f"{{{NAMESPACE}}}{name}")
    return parent


def children(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Iterate over the children of that local name."""
    if parent is not None:
        yield from parent.iterfind(f"{{{NAMESPACE}}}{name}")
