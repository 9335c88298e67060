"""What the code cites stands in docs/specifications.md, and what stands there is cited."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "specifications.md"
# Sample documents quote articles of their own: the demo cites nothing.
SOURCES = sorted(path for path in (ROOT / "mailbridge").rglob("*.py") if "demo" not in path.parts)

RFC = re.compile(r"RFC (\d+)((?:(?:,| and| or|;)? ?§[A-Z]?[\d.]*[A-Z\d])*)")
SECTION = re.compile(r"§([A-Z]?[\d.]*[A-Z\d])")
ARTICLE = re.compile(r"Điều (\d+)(?:\.(\d+))?")

Cited = dict[str, dict[str, set[str]]]


def _cited() -> Cited:
    """Read every citation: standard -> section (or nothing) -> the modules that cite it."""
    cited: Cited = defaultdict(lambda: defaultdict(set))
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT / "mailbridge").as_posix()
        for rfc in RFC.finditer(text):
            for section in SECTION.findall(rfc[2]) or [""]:
                cited[f"RFC {rfc[1]}"][f"§{section}" if section else ""].add(name)
        for article in ARTICLE.finditer(text):
            clause = f"{article[1]}.{article[2]}" if article[2] else ""
            cited[f"Điều {article[1]}"][clause].add(name)
    return cited


def _rows() -> dict[str, list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"
    ]
    return {row[0]: row for row in cells if not row[0].startswith(("Standard", "-"))}


def test_every_row_has_five_filled_cells() -> None:
    unfinished = {"", "?", "??"}
    rows = _rows().items()
    assert [name for name, row in rows if len(row) != 5 or unfinished & set(row)] == []


def test_every_cited_standard_has_a_row() -> None:
    assert sorted(_cited().keys() - _rows().keys()) == []


def test_every_cited_section_is_in_its_row() -> None:
    rows = _rows()
    missing = {
        standard: sorted(absent)
        for standard, sections in _cited().items()
        if (absent := {each for each in sections if each} - _listed(rows.get(standard)))
    }
    assert missing == {}


def _listed(row: list[str] | None) -> set[str]:
    return set(re.split(r",\s*", row[1])) if row else set()


def test_every_citation_of_an_rfc_names_its_section() -> None:
    vague = {name: sections[""] for name, sections in _cited().items() if "" in sections}
    assert {name: where for name, where in vague.items() if name.startswith("RFC")} == {}


def test_every_row_is_cited() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [name for name in _rows() if not re.search(rf"{re.escape(name)}(?!\d)", text)] == []


def test_every_row_names_modules_that_cite_it() -> None:
    wrong = []
    for standard, row in _rows().items():
        for name in re.findall(r"`([^`]+)`", row[4]):
            path = ROOT / "mailbridge" / name
            if not path.is_file() or standard not in path.read_text(encoding="utf-8"):
                wrong.append(f"{standard}: {name}")
    assert wrong == []
