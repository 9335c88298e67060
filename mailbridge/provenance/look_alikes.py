"""Letters that look like others, letters that nobody sees, and domains made of them."""

import re
import unicodedata

from mailbridge.model.directory import Directory

# Unicode confusables (UTS 39) of the letters that domains and names are written in here.
_TWINS = {
    ord(twin): letter
    for letter, twins in {
        "a": "аɑαᴀ",
        "b": "Ьв",
        "c": "сϲᴄ",
        "d": "ԁɗ",
        "e": "еєҽε",
        "g": "ɡց",
        "h": "һհн",
        "i": "іıιⅰ",
        "j": "јϳ",
        "k": "кκ",
        "l": "ӏ1|ǀⅼ",
        "m": "мⅿ",
        "n": "пոη",
        "o": "оοօ0σ",
        "p": "рρ",
        "q": "ԛզ",
        "r": "гᴦ",
        "s": "ѕꜱ",
        "t": "тτ",
        "u": "υսᴜ",
        "v": "νѵᴠ",
        "w": "ԝѡᴡ",
        "x": "хχ",
        "y": "уүγ",
        "z": "ᴢ",
        "đ": "ð",
    }.items()
    for twin in twins
}
# Two letters that are read as one.
_PAIRS = (("rn", "m"), ("vv", "w"))
# Turn the writing: what stands after it is read from the other side.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0]"
)
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]{1,59}")
_DOMAIN = 255


def turns(text: str) -> bool:
    """Tell whether a text turns the direction of writing."""
    return _TURNING.search(text) is not None


def hides(text: str) -> bool:
    """Tell whether letters that nobody sees stand in a text."""
    return any(pattern.search(text) for pattern in (_TURNING, _UNSEEN, _TAGS))


def skeleton(text: str) -> str:
    """Reduce a text to what an eye makes of it: no case, marks, hidden letters or twins."""
    seen = _TAGS.sub("", _UNSEEN.sub("", _TURNING.sub("", unicodedata.normalize("NFKC", text))))
    split = unicodedata.normalize("NFD", seen.casefold().translate(_TWINS))
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    return "".join(bare.replace("đ", "d").translate(_TWINS).split())


def imitated(spec: str, directory: Directory) -> str:
    """Name the enrolled domain that the domain of an address imitates; "" where there is none."""
    domain = spec.rpartition("@")[2][:_DOMAIN].strip(".")
    enrolled = {box.rpartition("@")[2] for agency in directory.agencies for box in agency.mailboxes}
    if not domain or domain in enrolled:
        return ""
    shown = _joined(skeleton(_unpacked(domain)))
    spread = f"-{domain.replace('.', '-')}-"
    for known in sorted(enrolled):
        if domain.endswith(f".{known}"):
            continue
        if shown == _joined(skeleton(known)) or f"-{known.replace('.', '-')}-" in spread:
            return known
    return ""


def _joined(shown: str) -> str:
    for pair, letter in _PAIRS:
        shown = shown.replace(pair, letter)
    return shown


def _unpacked(domain: str) -> str:
    """Read the labels of an internationalised domain (RFC 5890 §2.3.2.1) as they are shown."""

    def label(match: re.Match[str]) -> str:
        try:
            return match[0][4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return match[0]

    return _PUNYCODE.sub(label, domain)
