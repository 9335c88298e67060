"""Vietnamese words made comparable: without accents, case and old places of tone marks."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_FOLDED = str.maketrans({"đ": "d", "Đ": "d"})


# The words of the rules are folded for every mail, and a summary for every row of theirs.
@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """Fold accents, đ, case and white space: "Hoả  tốc", "hỏa tốc" and "HOA TOC" become one."""
    bare = unicodedata.normalize("NFD", text.translate(_FOLDED))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return _SPACES.sub(" ", plain).strip().lower()


def has_words(text: str, words: str) -> bool:
    """Tell whether these words stand in the text as whole words, accents aside."""
    return has_one_of(text, (words,))


def has_one_of(text: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether any of these words stand in the text."""
    return _whole(wanted).search(folded(text)) is not None


@lru_cache(maxsize=2048)
def _whole(wanted: tuple[str, ...]) -> re.Pattern[str]:
    one = "|".join(re.escape(folded(words)) for words in wanted)
    return re.compile(rf"(?<!\w)(?:{one})(?!\w)")
