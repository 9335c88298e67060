"""HTML shows the lines of its blocks, whatever the lines of its source."""

import pytest

from mailbridge.rules.html_lines import shown, shows_lines


@pytest.mark.parametrize("name", ["h3", "td", "li", "center", "address", "dd", "pre", "section"])
def test_another_block_is_another_line(name: str) -> None:
    source = f"sai thẩm quyền<{name}>Anh Bình</{name}>An"
    assert shown(source).split("\n") == ["sai thẩm quyền", "Anh Bình", "An"]


@pytest.mark.parametrize(
    "kept", ["<pre>", "<p style='white-space: pre-wrap'>", "<p style='white-space:break-spaces'>"]
)
def test_lines_that_an_element_keeps_are_lines(kept: str) -> None:
    source = f"{kept}sai thẩm quyền\n<b>Anh Bình</b>&#10;An"
    assert shown(source).split() == ["sai", "thẩm", "quyền", "Anh", "Bình", "An"]
    assert shown(source).strip().split("\n") == ["sai thẩm quyền", "Anh Bình", "An"]
    assert not shows_lines(source)


def test_the_source_of_a_block_is_one_line() -> None:
    assert shown("<p>sai\nthẩm quyền</p>").strip() == "sai thẩm quyền"
    assert shows_lines("<p>sai\nthẩm quyền</p>")
