"""The machine works within the walls of the reader: no network, no folder but its scratch."""

from datetime import date
from pathlib import Path

from mailbridge import wiring
from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.examination import Read, ReadRequest
from mailbridge.model.limits import MIB, Limits
from mailbridge.model.parcel import File
from mailbridge.model.reading import FieldName
from mailbridge.model.slot import Fingerprint
from tests.papers.scanning import scanned


def test_a_scan_is_read_behind_the_walls(tmp_path: Path) -> None:
    limits = Limits(child_memory=512 * MIB, child_cpu=60, child_wall=60)
    ocr = wiring.machine()
    rooms = wiring.rooms(tmp_path / "rooms", (), limits, 1, ocr)
    paper = Paper("17", "CV/VPTU", date(2026, 11, 20), "về việc thử máy đọc")
    (rooms.folder / "1").write_bytes(scanned(pdf(paper), 5, level=0.2))
    kind = "application/pdf"
    file = File("1", "a.pdf", "a.pdf", 1, Fingerprint(""), kind, kind, stored="1")
    request = ReadRequest((file,), str(rooms.folder), (), "", None, limits, ocr=ocr)
    try:
        with rooms.reader.lease() as reader:
            read = reader.call(request, Read)
            assert set(reader.walls) == {"network", "files"}
            assert list(reader.scratch.iterdir()) == []
    finally:
        rooms.opener.close()
        rooms.reader.close()
    assert read.reading.fields[FieldName.SYMBOL].value == "17-CV/VPTU"
