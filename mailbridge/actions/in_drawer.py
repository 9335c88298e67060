"""What the drawer child does: pages of a hostile PDF as pictures; no keys, no network."""

from mailbridge.model.slip import Drawn, DrawRequest
from mailbridge.reading.page_pictures import draw


def draw_pages(request: DrawRequest) -> Drawn:
    """Draw the first pages into the child's scratch folder."""
    return draw(request)
