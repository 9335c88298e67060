"""What the reader child does: the text, the fields and the marks of secrecy of one mail.

It has neither keys nor network; the files come from the opener's scratch folder.
"""

from mailbridge.model.examination import ReadRequest
from mailbridge.model.reading import Reading
from mailbridge.reading.read import Source, read


def read_parcel(request: ReadRequest) -> Reading:
    """Read the fields and marks of what was opened."""
    return read(
        Source(
            files=request.files,
            scratch=request.scratch,
            texts=request.texts,
            subject=request.subject,
            edxml=request.edxml,
            limits=request.limits,
        )
    )
