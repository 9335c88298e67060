"""Text written for fonts from before Unicode (TCVN3, VNI) turned into Vietnamese."""

from collections.abc import Callable
from dataclasses import replace

from mailbridge.mime import legacy_fonts, syllables
from mailbridge.reading.rows import Word

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
        return words
    for decode in (legacy_fonts.tcvn, legacy_fonts.vni):
        if syllables.share(_decoded(text, decode)).is_sure():
            return [_modern(word, decode) for word in words]
    return words


def _decoded(text: str, decode: Callable[[bytes], str]) -> str:
    return decode(text.encode("latin-1", "replace"))


def _modern(word: Word, decode: Callable[[bytes], str]) -> Word:
    text = _decoded(word.text, decode)
    if word.font.split(",")[0].rstrip("bi-").endswith("h") and ".vn" in word.font:
        text = text.upper()
    return replace(word, text=text, old=True)
