"""What the reader child does: the text, the fields and the marks of secrecy of one mail.

It has neither keys nor network; the files come from the opener's scratch folder.
"""

from mailbridge.model.examination import Read, ReadRequest
from mailbridge.reading.read import Source, opened, read_opened
from mailbridge.reading.whole_text import whole_text


def read_parcel(request: ReadRequest) -> Read:
    """Read the fields, marks and text of what was opened; a mark of secrecy leaves no text."""
    source = Source(
        files=request.files,
        scratch=request.scratch,
        texts=request.texts,
        subject=request.subject,
        edxml=request.edxml,
        limits=request.limits,
        ocr=request.ocr,
    )
    with opened(source) as pages:
        reading = read_opened(source, pages)
        if reading.secrecy is not None or not request.searched:
            return Read(reading)
        return Read(reading, whole_text(pages, request.texts, reading.main))
