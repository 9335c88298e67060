"""What an HTML text shows its reader, what it hides, and what it does. One pass, linear.

It judges tricks and cleans nothing: nobody is ever shown this HTML as a page.
"""

import html
import re
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})([^<>]*)>")
_STYLE = re.compile(r"<(style|script|title)\b[^<>]*>", re.IGNORECASE)
_STYLE_END = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script", "title")
}
_ATTRIBUTE = re.compile(
    r"\b(alt|title|style|class|id|hidden)(?=[\s=/]|$)(?:\s?=\s?(\"[^\"]*\"|'[^']*'|\S+))?"
)
_ZERO = r"\s{0,5}:\s{0,5}0(?![.\d]*[1-9])"
_HIDING = re.compile(
    r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|mso-hide\s{0,5}:\s{0,5}all"
    rf"|(?:font-size|opacity|max-height|max-width){_ZERO}|text-indent\s{{0,5}}:\s{{0,5}}-\d{{3}}"
    r"|(?<!-)color\s{0,5}:\s{0,5}transparent"
)
_COLOUR = re.compile(r"(?<![\w-])(background|background-color|color)\s{0,5}:\s{0,5}([#\w]{1,30})")
_OVER = re.compile(
    r"position\s{0,5}:\s{0,5}(?:absolute|fixed)|margin(?:-\w{1,6})?\s{0,5}:\s{0,5}-\d{2}"
    r"|(?<![\w-])transform\s{0,5}:"
)
_REMOTE = re.compile(
    r"(?:src|background|poster|srcset)\s?=\s?[\"']?\s?(?:https?:)?//|url\(\s?[\"']?(?:https?:)?//"
    r"|@import\b|<link\b[^<>]{0,300}stylesheet",
    re.IGNORECASE,
)
_ACTIVE = {"script", "form", "iframe", "frame", "object", "embed", "applet", "input", "button"}
_VOID = {"br", "img", "hr", "meta", "link", "input", "area", "base", "col", "wbr", "embed"}
_INLINE = {"a", "b", "i", "u", "em", "strong", "span", "font", "small", "sup", "sub", "big", "s"}
_NAMES = re.compile(r"[.#]([\w-]{1,60})")
# Deeper than any page; what is not closed is forgotten from the outside in.
_OPEN = 300
_SELECTOR = 300
_ATTRIBUTES = 8192


@dataclass(slots=True)
class View:
    """Lines that are shown (texts of pictures among them), and the tricks that were met."""

    lines: list[str] = field(default_factory=list)
    hidden: str = ""
    overlays: bool = False
    active: bool = False
    remote: bool = False


def look(source: str) -> View:
    """Read the source of an HTML text."""
    page, style = _without_style(_without_comments(source))
    view = View(remote=_REMOTE.search(page) is not None or _REMOTE.search(style) is not None)
    view.overlays = _OVER.search(style.lower()) is not None
    view.active = re.search(r"<script\b", source, re.IGNORECASE) is not None
    _read(view, page, _hiding_names(style.lower()))
    return view


def _read(view: View, page: str, names: set[str]) -> None:
    shown: list[str] = []
    hidden: list[str] = []
    opened: list[tuple[str, bool]] = []
    at = 0
    for tag in _TAG.finditer(page):
        is_hidden = bool(opened) and opened[-1][1]
        (hidden if is_hidden else shown).append(page[at : tag.start()])
        at = tag.end()
        name = tag[2].lower()
        if name not in _INLINE:
            shown.append("\n")
        view.active |= name in _ACTIVE
        if tag[1]:
            _close(opened, name)
            continue
        attributes = _attributes(tag[3])
        view.overlays |= _OVER.search(attributes.get("style", "")) is not None
        shown += [f"\n{attributes[key]}\n" for key in ("alt",) if attributes.get(key)]
        if name not in _VOID and not tag[3].endswith("/"):
            opened.append((name, is_hidden or _hides(attributes, names)))
            del opened[:-_OPEN]
    (hidden if opened and opened[-1][1] else shown).append(page[at:])
    view.hidden = " ".join(html.unescape("".join(hidden)).split())
    view.lines = [" ".join(line.split()) for line in html.unescape("".join(shown)).split("\n")]
    view.lines = [line for line in view.lines if line]


def _close(opened: list[tuple[str, bool]], name: str) -> None:
    for back in range(len(opened) - 1, max(-1, len(opened) - 30), -1):
        if opened[back][0] == name:
            del opened[back:]
            return


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:_ATTRIBUTES].lower()):
        found.setdefault(match[1], (match[2] or "").strip("\"'"))
    return found


def _hides(attributes: dict[str, str], names: set[str]) -> bool:
    style = attributes.get("style", "")
    worn = {*attributes.get("class", "").split(), attributes.get("id", "")}
    return "hidden" in attributes or _is_hiding(style) or bool(worn & names)


def _is_hiding(style: str) -> bool:
    if _HIDING.search(style):
        return True
    colours = dict(_COLOUR.findall(style))
    ground = colours.get("background-color", colours.get("background"))
    return ground is not None and ground == colours.get("color")


def _hiding_names(style: str) -> set[str]:
    names: set[str] = set()
    for rule in style.split("}"):
        selector, _, declared = rule.rpartition("{")
        if _is_hiding(declared):
            names.update(_NAMES.findall(selector[-_SELECTOR:]))
    return names


def _without_comments(source: str) -> str:
    kept, at = [], 0
    while (start := source.find("<!--", at)) != -1:
        kept.append(source[at:start])
        end = source.find("-->", start + 4)
        if end == -1:
            return "".join(kept)
        at = end + 3
    return "".join((*kept, source[at:]))


def _without_style(page: str) -> tuple[str, str]:
    """Part the page from its style sheets; scripts and the title are shown nowhere."""
    kept, styles, at = [], [], 0
    while (start := _STYLE.search(page, at)) is not None:
        kept.append(page[at : start.start()])
        name = start[1].lower()
        end = _STYLE_END[name].search(page, start.end())
        stop = end.start() if end else len(page)
        if name == "style":
            styles.append(page[start.end() : stop])
        at = end.end() if end else len(page)
    return "".join((*kept, page[at:])), "\n".join(styles)
