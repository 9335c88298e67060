"""What matched: pieces of a found document in which words of the question stand."""

from functools import lru_cache
from itertools import islice

from mailbridge.model.search import Match, words
from mailbridge.registry.search_words import Source, said

# Pieces shown, letters of each, and letters before the word.
_SHOWN, _LETTERS, _BEFORE = 4, 160, 40
# A token of megabytes is none; what stands in the first letters of it is shown.
_LONGEST = 1_000


def matches(source: Source, asked: tuple[str, ...]) -> tuple[Match, ...]:
    """Give the first pieces that have a word of the question; each word is shown where it can be.

    A piece that has no word but those shown before is left out.
    """
    missing, found = set(asked), []
    for piece in said(source):
        if not missing:
            break
        here = {
            word
            for token in frozenset(piece.text.split())
            for word in _words(token)
            if word in missing
        }
        if here:
            missing -= here
            found.append(Match(piece.part, piece.name, _around(piece.text, here)))
    return tuple(islice(found, _SHOWN))


@lru_cache(maxsize=16_384)
def _words(token: str) -> tuple[str, ...]:
    """Fold what stands between two spaces; a language has few of them, and all texts the same."""
    return words(token[:_LONGEST])


def _around(text: str, here: set[str]) -> str:
    """Cut a long piece around the first word of the question."""
    if len(text) <= _LETTERS:
        return " ".join(text.split())
    start = 0
    for word in text.split():
        if not here.isdisjoint(_words(word)):
            break
        start = text.index(word, start) + len(word)
    cut = text[max(0, start - _BEFORE) :][:_LETTERS]
    return " ".join(["…" if start > _BEFORE else "", *cut.split(), "…"]).strip()
