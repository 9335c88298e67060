"""Codes by which a reply names one of the documents of a letter: how they are spelled.

A code is read on a screen and typed by a hand. Hence one case; no letter that looks like another or
like a digit (B8 G6 I1 L1 O0 S5 Z2); and none that Vietnamese keyboards make another letter of: no
vowel, whose tones are typed behind it, and neither D nor W (Telex and VNI: đ, ư). It begins with a
digit and ends with a letter: no number and no abbreviation is a code.
"""

_DIGITS = "23456789"
_LETTERS = "CFHJKMNPQRTVX"

# What may stand in each place: some 24 bits. A code names a document within one letter to one
# person whose reply is proven; it is not what proves the reply.
PLACES = (_DIGITS, *(_DIGITS + _LETTERS,) * 4, _LETTERS)
