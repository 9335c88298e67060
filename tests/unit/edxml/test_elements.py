"""Texts of hostile mail become elements that any reader can parse."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mailbridge.edxml.elements import below, name


@given(st.text(alphabet=st.characters(), max_size=80))
def test_any_text_becomes_an_element_that_can_be_read(text: str) -> None:
    root = etree.Element(name("edXML"))
    below(root, "Subject", text)
    read = etree.fromstring(etree.tostring(root))
    assert read[0].tag == name("Subject")
