"""Stamp: a view copy of an entered document with dấu ĐẾN; the signed file stays as it is."""

from mailbridge.isolation.pool import Pool
from mailbridge.model.errors import Reason, RefusedError
from mailbridge.model.slip import Drawn, DrawRequest, Picture, Slip
from mailbridge.prints.arrival_stamp import view_copy
from mailbridge.registry.blobs import Blobs

_PDF = "application/pdf"
# Shorter or longer sides, in points, are no page.
_SIDES = (10, 20_000)
# The drawer never draws more samples of a page than this; one that does was taken over.
_SAMPLES = 9_000_000


def stamp_copy(drawer: Pool, blobs: Blobs, slip: Slip, pages: int) -> bytes:
    """Draw the pages in a child and print the copy; raises RefusedError or ChildDiedError."""
    main = slip.main
    if main is None or main.type != _PDF:
        raise RefusedError(Reason.UNSUPPORTED, "tệp chính của văn bản không phải PDF")
    with drawer.lease() as child:
        request = DrawRequest(str(blobs.path(main.sha256)), str(child.scratch), pages)
        drawn = child.call(request, Drawn)
        if len(drawn.pages) > pages or not all(map(_is_sane, drawn.pages)):
            raise RefusedError(Reason.CRASHED, "trang vẽ ra không hợp lệ")
        return view_copy(slip, drawn, child.scratch)


def _is_sane(picture: Picture) -> bool:
    samples = picture.width * picture.height
    return 0 < samples <= _SAMPLES and all(_SIDES[0] < one < _SIDES[1] for one in picture.points)
