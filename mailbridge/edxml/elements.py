"""Elements of QCVN 102 as we write them: in its namespace, with texts that XML can hold."""

import re

from lxml import etree

from mailbridge.mime.xmltree import NAMESPACE

# What XML 1.0 cannot hold (its §2.2): the texts come from hostile mail.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def name(local: str) -> str:
    """Give a name of QCVN 102 as lxml writes it."""
    return f"{{{NAMESPACE}}}{local}"


def fit(text: str) -> str:
    """Leave out what no XML can hold."""
    return _FORBIDDEN.sub("", text)


def below(parent: etree._Element, local: str, text: str | None = None) -> etree._Element:
    """Add an element, with its text if it has one."""
    element = etree.SubElement(parent, name(local))
    if text is not None:
        element.text = fit(text)
    return element
