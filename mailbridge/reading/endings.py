"""Where a paper ends in its file: the page with its signature, appendices, and other documents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailbridge.reading import signers
from mailbridge.reading.heads import head_of
from mailbridge.reading.lines import Pages
from mailbridge.reading.rows import Page
from mailbridge.reading.signers import Signed

# A paper of hundreds of pages: the signature is looked for on so many, from both ends.
PAGES_READ, _FROM_END = 10, 6


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a paper ends: the page with its signature, and how many pages are its own."""

    pages: int
    seen: tuple[Page, ...]
    page: Page | None = None
    signed: Signed | None = None
    # Whether all pages before it were seen, or their numbers agree.
    sure: bool = True
    # Number of the page on which another document begins.
    other: int | None = None


def ending_of(pages: Pages) -> Ending:
    """Look for the signature from the front, then from the back, within what may be read.

    Another head behind the first page begins another document, whose signature is not this one's.
    """
    seen: list[Page] = []
    for page in _in_order(pages):
        if page.number and head_of(page).is_one:
            return Ending(page.number, tuple(seen), other=page.number)
        seen.append(page)
        signed = signers.signed_on(page)
        if signed is not None:
            sure = page.number < len(seen) or _numbered(page)
            end = Ending(pages.count, tuple(seen), page, signed, sure)
            return _with_what_follows(pages, page, end)
    return Ending(pages.count, tuple(seen))


def _in_order(pages: Pages) -> Iterator[Page]:
    """Give pages in the order in which a signature is likely: from both ends."""
    count = pages.count
    order = list(range(count))
    if count > PAGES_READ:
        # Appendices stand behind the signature: the end is searched further than the beginning.
        order = [0, 1, *range(count - 1, count - 1 - _FROM_END, -1), *order[2:]]
    for at in order[:PAGES_READ]:
        page = pages.page(at)
        if page is not None:
            yield page


def _numbered(page: Page) -> bool:
    """Tell whether the page bears its own number; a second document counts anew."""
    edges = (*page.rows[:2], *page.rows[-2:])
    return any(row.text.strip("-–— ") == str(page.number + 1) for row in edges)


def _with_what_follows(pages: Pages, page: Page, end: Ending) -> Ending:
    """Look behind the signature: at appendices, or at another document."""
    seen = list(end.seen)
    for at in range(page.number + 1, min(pages.count, page.number + PAGES_READ)):
        behind = pages.page(at)
        if behind is None:
            continue
        if head_of(behind).is_one:
            return replace(end, pages=at, seen=tuple(seen), other=at)
        if behind not in seen:
            seen.append(behind)
    return replace(end, seen=tuple(seen))
