"""Where a paper ends in its file: the page with its signature, appendices, and other documents."""

from collections.abc import Sequence
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
    end, budget = pages.count, PAGES_READ
    while budget:
        page = _next(pages, seen, end)
        if page is None:
            break
        budget -= 1
        if page.number and head_of(page).is_one:
            end = page.number
            seen = [each for each in seen if each.number < end]
            continue
        seen.append(page)
        signed = signers.signed_on(page)
        if signed is not None:
            sure = page.number < len(seen) or _numbered(page)
            return _with_what_follows(
                pages, page, Ending(end, tuple(seen), page, signed, sure, _other(pages, end))
            )
    return Ending(end, tuple(seen), other=_other(pages, end))


def _other(pages: Pages, end: int) -> int | None:
    return end if end < pages.count else None


def _next(pages: Pages, seen: list[Page], end: int) -> Page | None:
    """Choose the page on which a signature is likely: the first two, then from the end.

    Short papers are read from front to back. Appendices stand behind the signature: the end is
    searched further than the beginning.
    """
    known = {page.number for page in seen}
    order: Sequence[int] = range(end)
    if end > PAGES_READ:
        order = [0, 1, *range(end - 1, end - 1 - _FROM_END, -1), *range(2, PAGES_READ)]
    for at in order:
        page = pages.page(at) if at not in known else None
        if page is not None:
            return page
    return None


def _numbered(page: Page) -> bool:
    """Tell whether the page bears its own number; a second document counts anew."""
    edges = (*page.rows[:2], *page.rows[-2:])
    return any(row.text.strip("-–— ") == str(page.number + 1) for row in edges)


def _with_what_follows(pages: Pages, page: Page, end: Ending) -> Ending:
    """Look behind the signature: at appendices, or at another document."""
    seen = list(end.seen)
    for at in range(page.number + 1, min(end.pages, page.number + PAGES_READ)):
        behind = pages.page(at)
        if behind is None:
            continue
        if head_of(behind).is_one:
            return replace(end, pages=at, seen=tuple(seen), other=at)
        if behind not in seen:
            seen.append(behind)
    return replace(end, seen=tuple(seen))
