"""How much of a text is Vietnamese: the statistics by which an undeclared encoding is told.

A syllable is an onset and a rhyme with at most one tone mark, by the spelling rules of decision
240/QĐ of the Ministry of Education (5 March 1984). A wrong encoding makes syllables that are none.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Enough to tell; a text of megabytes is not read to its end for this.
_WORDS = 500
_LETTERS = 200_000
# Whoever writes long words may write thousands of them, and none is kept.
_LONG = 16
_SURE, _SURE_RATIO = 4, 0.85
_LIKELY, _LIKELY_RATIO = 2, 0.75
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ONSETS = "|b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x"
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây"
    "|e|ec|em|en|eng|eo|ep|et|ê|êch|êm|ên|ênh|êng|êp|êt|êu"
    "|i|ia|ich|im|in|inh|ip|it|iu|iêc|iêm|iên|iêng|iêp|iêt|iêu"
    "|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oe|oen|oeo|oet"
    "|oc|oi|om|on|ong|op|ot|ooc|oong|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt"
    "|u|ua|uân|uâng|uât|uây|uc|uê|uêch|uênh|ui|um|un|ung|up|ut|uôc|uôi|uôm|uôn|uông|uôt|uơ|uơn"
    "|uy|uya|uych|uyên|uyêt|uyn|uynh|uyt|uyu"
    "|ư|ưa|ưc|ưi|ưm|ưng|ưt|ưu|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|y|yêm|yên|yêng|yêt|yêu"
)
# After "qu" the letter u is part of the onset, and i may be written y.
_AFTER_QU = (
    "a|ac|ach|ai|an|ang|anh|ao|at|au|ay|ăc|ăn|ăng|ăt|âc|ân|âng|ât|ây|e|en|eo|et|ê|ên|ênh|êt|êch"
    "|i|it|ich|inh|iên|iêt|iu|y|ych|yên|yêt|ynh|yt|ơ|ơn|ơi|ươn"
)
_PLAIN = frozenset(onset + rhyme for onset in _ONSETS.split("|") for rhyme in _RHYMES.split("|"))
_SYLLABLES = _PLAIN | {f"qu{rhyme}" for rhyme in _AFTER_QU.split("|")}
_VOWELS = frozenset("aăâeêioôơuưy")


@dataclass(frozen=True, slots=True)
class Share:
    """How many words with marks or foreign letters are syllables, and how many are none."""

    good: int
    bad: int

    @property
    def ratio(self) -> float:
        """Give the part that is Vietnamese; nothing where nothing speaks for it."""
        return self.good / (self.good + self.bad) if self.good else 0.0

    def is_sure(self) -> bool:
        """Tell whether this can be nothing else; two words may be chance."""
        return self.good >= _SURE and self.ratio >= _SURE_RATIO

    def is_likely(self) -> bool:
        """Tell whether this is more likely than any language of the West."""
        return self.good >= _LIKELY and self.ratio >= _LIKELY_RATIO


def share(text: str) -> Share:
    """Count the words beyond ASCII; linear, and bounded for long texts."""
    good = bad = 0
    for number, match in enumerate(_WORD.finditer(text[:_LETTERS])):
        if number > _WORDS * 40 or good + bad >= _WORDS:
            break
        word = match[0]
        if word.isascii():
            continue
        told = _told(word) if len(word) <= _LONG else is_syllable(word)
        good, bad = good + (told is True), bad + (told is False)
    return Share(good, bad)


@lru_cache(maxsize=8192)
def _told(word: str) -> bool | None:
    return is_syllable(word)


def is_syllable(word: str) -> bool | None:
    """Tell whether a word is a syllable; None of an abbreviation without vowels (QĐ, HĐND)."""
    split = unicodedata.normalize("NFD", word.lower())
    tones = _TONE.findall(split)
    bare = unicodedata.normalize("NFC", split.translate(_TONES))
    if not _VOWELS & set(bare):
        return None if bare.isalpha() and "đ" in bare else False
    if len(tones) > 1 or bare not in _SYLLABLES:
        return False
    # Syllables that a stop closes bear only the tones sắc and nặng.
    stopped = bare.endswith(("c", "ch", "p", "t"))
    return not stopped or tones in (["\u0301"], ["\u0323"])
