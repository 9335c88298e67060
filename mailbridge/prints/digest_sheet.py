"""The tables of a digest as a workbook, a page for each; cells are texts and never formulas."""

import io

import xlsxwriter

from mailbridge.clock import in_vietnam
from mailbridge.model.letter import DigestFacts
from mailbridge.prints.sheet import disarmed

# Excel refuses longer names of pages, and these letters in them.
_NAME = 28
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDE = 40


def write(facts: DigestFacts) -> bytes:
    """Write the workbook; tables without rows have no page."""
    made = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, {"in_memory": True, **plain})
    created = in_vietnam(facts.at).replace(tzinfo=None)
    book.set_properties({"title": facts.title, "created": created})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    filled = [section for section in facts.sections if section.rows]
    for number, section in enumerate(filled, 1):
        title = section.title.translate(_FORBIDDEN)[:_NAME].strip()
        page = book.add_worksheet(f"{number} {title}")
        for at, name in enumerate(section.columns):
            page.write_string(0, at, name, bold)
            page.set_column(at, at, _WIDE if at else 18)
        for line, row in enumerate(section.rows, 1):
            for at, cell in enumerate(row):
                page.write_string(line, at, disarmed(cell), text)
        page.freeze_panes(1, 0)
    if not filled:
        book.add_worksheet("1").write_string(0, 0, disarmed(facts.headline), text)
    book.close()
    return made.getvalue()
