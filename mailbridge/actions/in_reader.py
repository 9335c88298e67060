"""What the reader child does: the text, the fields and the marks of secrecy of one mail.

It has neither keys nor network; the files come from the opener's scratch folder.
"""

from pathlib import Path

from mailbridge.model.examination import Read, ReadRequest
from mailbridge.reading.read import Source, read
from mailbridge.reading.whole_text import whole_text


def read_parcel(request: ReadRequest) -> Read:
    """Read the fields, marks and text of what was opened; a mark of secrecy leaves no text."""
    reading = read(
        Source(
            files=request.files,
            scratch=request.scratch,
            texts=request.texts,
            subject=request.subject,
            edxml=request.edxml,
            limits=request.limits,
            ocr=request.ocr,
        )
    )
    if reading.secrecy is not None or not request.searched:
        return Read(reading)
    scratch = Path(request.scratch)
    return Read(reading, whole_text(request.files, scratch, request.texts, reading.main))
