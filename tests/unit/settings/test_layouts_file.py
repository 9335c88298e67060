"""Layouts of books: what is shipped, what an office has of its own, and one sentence a fault."""

from pathlib import Path

import pytest

from mailbridge.settings.layouts_file import SHIPPED, LayoutsFileError, read


@pytest.mark.parametrize(
    ("name", "columns"), [("so-den", 10), ("so-di", 10), ("theo-doi", 7), ("buu-dien", 6)]
)
def test_the_books_of_the_decree_have_all_their_columns(name: str, columns: int) -> None:
    assert len(read(None, name).column) == columns


def test_the_templates_are_what_is_shipped() -> None:
    templates = Path(__file__).parents[3] / "templates" / "books"
    assert templates.resolve() == SHIPPED.resolve()


def test_an_office_prints_its_own_columns_and_the_rest_as_shipped(tmp_path: Path) -> None:
    own = 'title = "Sổ công văn đến"\n[[column]]\nheading = "TT"\nwidth = 9\nfield = "number"\n'
    (tmp_path / "so-den.toml").write_text(own, "utf-8")
    assert read(tmp_path, "so-den").title == "Sổ công văn đến"
    assert len(read(tmp_path, "so-di").column) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "TOML"),
        ('title = "x"', "column"),
        ('title = "x"\n[[column]]\nheading = "a"\nwidth = 9\nfield = "price"', "column.0.field"),
        ('title = "x"\n[[column]]\nheading = "a"\nwidth = 0\nfield = "type"', "column.0.width"),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "so-den.toml").write_text(text, "utf-8")
    with pytest.raises(LayoutsFileError, match=said) as fault:
        read(tmp_path, "so-den")
    assert str(fault.value).count("\n") == 0
    assert str(tmp_path) in str(fault.value)
