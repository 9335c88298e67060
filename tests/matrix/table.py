"""The table: forms by states, each cell what the examination says."""

from pathlib import Path

from mailbridge.model.evidence import Evidence
from tests.matrix import by_certificate as certified
from tests.matrix import by_server_and_key as other
from tests.matrix.states import Maker, State, examined

DOCUMENT = Path(__file__).parents[2] / "docs" / "forms.md"
BEGIN, END = "<!-- matrix -->", "<!-- /matrix -->"
FORMS: dict[str, Maker] = {
    "S/MIME, clear-signed mail": certified.clear,
    "S/MIME, opaque mail": certified.opaque,
    "S/MIME, signed then locked": certified.enveloped,
    "S/MIME, triple wrapped": certified.triple,
    "PAdES B-B": certified.pades,
    "PAdES B-T": certified.pades_stamped,
    "CMS beside its file": certified.beside,
    "CMS around its file": certified.enclosing,
    "XML-DSig on an edXML packet": certified.packet,
    "sealed PDF in a locked ZIP": certified.zipped,
    "sealed PDF in a locked 7z": certified.seven_zipped,
    "locked PDF, sealed": certified.locked_pdf,
    "PGP/MIME, signed mail": other.mime,
    "OpenPGP in the text": other.inline,
    "OpenPGP, signed and locked": other.locked,
    "OpenPGP beside its file": other.beside,
    "DKIM alone": other.dkim,
}
Table = dict[str, dict[State, Evidence | None]]


def computed() -> Table:
    """Examine every sample."""
    try:
        return {
            name: {
                state: examined(sample) if (sample := make(state)) is not None else None
                for state in State
            }
            for name, make in FORMS.items()
        }
    finally:
        other.end()


def cell(found: Evidence | None) -> str:
    """Write one cell: the verdict, and a mark where the sender is vouched for."""
    if found is None:
        return "–"
    return f"{found.verdict or 'nothing'}{' ✓' if found.vouched else ''}"


def written(table: Table) -> str:
    """Write the table in Markdown."""
    head = "| form | " + " | ".join(State) + " |"
    rows = [
        f"| {name} | " + " | ".join(cell(cells[state]) for state in State) + " |"
        for name, cells in table.items()
    ]
    return "\n".join((head, "|---" * (len(State) + 1) + "|", *rows))


def in_document() -> str:
    """Give the table as the document shows it."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip()
