"""Drafts of the demo's own office, with papers that its own seal signs."""

from datetime import date
from pathlib import Path
from typing import Any

from mailbridge.actions.drafting import kept
from mailbridge.actions.house import House
from mailbridge.demo import seals
from mailbridge.demo.agencies import NEIGHBOUR, OWN, SENDER
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.sending import Draft
from tests.unit.provenance.samples import NOW, keys

ISSUED = date(2026, 11, 24)


def printed(number: str = "1", summary: str = "về việc thử", **more: Any) -> bytes:
    """Print a paper of our own office."""
    given: dict[str, Any] = {
        "issuer": OWN.name.upper(),
        "superior": OWN.superior.upper(),
        "place": "Ví Dụ",
        **more,
    }
    return pdf(Paper(number, "CV/ĐU", ISSUED, summary, **given))


def signed(octets: bytes) -> bytes:
    """Sign it with our own seal."""
    return seals.seal_pdf(octets, keys().own_seal, NOW)


def drafted(house: House, folder: Path, octets: bytes, name: str = "vb.pdf", **more: Any) -> Draft:
    """Put a paper into the blob store, and draft it to the demo's neighbour."""
    path = folder / name
    path.write_bytes(octets)
    given: dict[str, Any] = {"to": (NEIGHBOUR.code,), **more}
    return Draft(office=OWN.code, files=(kept(house, path),), **given)


__all__ = ["ISSUED", "NEIGHBOUR", "NOW", "OWN", "SENDER", "drafted", "printed", "signed"]
