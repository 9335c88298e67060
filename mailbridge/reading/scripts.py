"""Text written for fonts from before Unicode (TCVN3, VNI) turned into Vietnamese."""

import re
from collections.abc import Callable
from dataclasses import replace

from mailbridge.mime import legacy_fonts, syllables
from mailbridge.reading.rows import Word

# Fonts of capitals alone: ".VnTimeH", "ABCDEF+.VnArialH,Bold".
_CAPITALS = re.compile(r"\.vn[a-z ]*h(?![a-z])")
# What such fonts can write; dashes and quotes come from other fonts.
_OF_OLD = re.compile("[\x00-\xff]+")
# Enough words to tell an encoding by.
_WORDS = 400


def modern(words: list[Word]) -> list[Word]:
    """Turn the words of a page into Unicode where they are written in an older way.

    Which one it is, is told by how much of the text then is Vietnamese. The fonts of capitals
    (.VnTimeH) have the letters of small ones.
    """
    if all(word.text.isascii() for word in words):
        return words
    text = " ".join(word.text for word in words[:_WORDS])
    if syllables.share(text).is_likely():
        return _without_hyphens(words)
    for decode in (legacy_fonts.tcvn, legacy_fonts.vni):
        if syllables.share(_decoded(text, decode)).is_sure():
            return [_modern(word, decode) for word in words]
    return _without_hyphens(words)


def _without_hyphens(words: list[Word]) -> list[Word]:
    """Leave out soft hyphens, which are seen at the ends of lines alone; in TCVN3 they are ư."""
    return [
        replace(word, text=re.sub("\xad$", "-", word.text).replace("\xad", ""))
        if "\xad" in word.text
        else word
        for word in words
    ]


def _decoded(text: str, decode: Callable[[bytes], str]) -> str:
    return _OF_OLD.sub(lambda run: decode(run[0].encode("latin-1")), text)


def _modern(word: Word, decode: Callable[[bytes], str]) -> Word:
    text = _decoded(word.text, decode)
    if _CAPITALS.search(word.font):
        text = text.upper()
    return replace(word, text=text, old=True)
