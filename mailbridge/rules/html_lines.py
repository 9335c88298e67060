"""The lines that HTML shows of a reply, up to the first quotation.

A line is what stands in one block: how its source is broken means nothing.
"""

import html
import re

# A reply is a few lines; what quotes a long correspondence is read no further (letters).
READ = 100_000
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]*)[^<>]*>")
_SPACES = re.compile(r"\s+")
_SILENT = {"head", "style", "script", "title"}
# What stands in another block or cell is another line: a name in a heading is no part of a reason.
_BREAKS = {
    *("address", "article", "aside", "br", "caption", "center", "dd", "details", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "hr", "legend", "li", "listing", "main", "nav", "ol", "option", "p", "pre"),
    *("section", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr"),
    *("ul", "xmp"),
}
_QUOTED = {"blockquote"}
# How Thunderbird, Outlook (its header; on the web), Gmail, Yahoo and Apple mark where it begins.
_MARKED = re.compile(
    r"moz-cite-prefix|gmail_quote|gmail_attr|yahoo_quoted|OutlookMessageHeader|divRplyFwdMsg"
    r"|appendonsend|mail-editor-reference|border-top:\s*solid #(?:e1e1e1|b5c4df)",
    re.IGNORECASE,
)
# Where an element keeps the line ends of its source, they may be those of a program.
_KEEPS = re.compile(
    r"<(?:pre|listing|xmp|textarea|plaintext)\b|white-space(?:-collapse)?\s*:\s*(?:pre|break)",
    re.IGNORECASE,
)


def shown(source: str) -> str:
    """Write the words of an HTML text in their lines, up to the first quotation."""
    keeps = _KEEPS.search(source[:READ])
    kept = keeps.start() if keeps else READ
    written: list[str] = []
    at, silent = 0, ""
    for tag in _TAG.finditer(source[:READ]):
        if not silent:
            written.append(_run(source[at : tag.start()], keeps=at > kept))
        at, name = tag.end(), tag[2].lower()
        if silent:
            silent = "" if tag[1] and name == silent else silent
        elif name in _QUOTED or _MARKED.search(tag[0]):
            return "".join(written)
        elif name in _SILENT and not tag[1]:
            silent = name
        elif name in _BREAKS:
            written.append("\n")
    return "".join(written if silent else [*written, _run(source[at:READ], keeps=at > kept)])


def shows_lines(source: str) -> bool:
    """Tell whether HTML has no lines but those of its elements, which no program breaks."""
    return _KEEPS.search(source[:READ]) is None


def _run(source: str, *, keeps: bool) -> str:
    """Write a run of text: white space, with that of &nbsp;, parts words across tags, too."""
    if keeps:
        return "\n".join(_SPACES.sub(" ", line) for line in html.unescape(source).split("\n"))
    return _SPACES.sub(" ", html.unescape(source))
