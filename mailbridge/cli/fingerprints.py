"""Fingerprints as people compare them: SHA-256 in groups, typed with or without them."""

from typing import Annotated

import typer

from mailbridge.cli.exits import AnswerIsNoError, UsageError

_DIGITS = 64
# Fingerprints of OpenPGP keys of version 4 are shorter.
_DIGITS_OF_KEYS = 40
_LINE = 16

Typed = Annotated[
    str | None, typer.Option("--fingerprint", help="SHA-256 that must match; nothing is asked.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for the fingerprint.")]
Named = Annotated[str, typer.Argument(metavar="FINGERPRINT", help="SHA-256, colons or not.")]


def grouped(digest: str) -> str:
    """Write a digest in pairs, such as AB:CD, in two halves of sixteen."""
    pairs = [digest[at : at + 2].upper() for at in range(0, len(digest), 2)]
    lines = [pairs[at : at + _LINE] for at in range(0, len(pairs), _LINE)]
    return " ".join(":".join(line) for line in lines)


def plain(typed: str, *, of_key: bool = False) -> str:
    """Read a fingerprint as somebody typed it, perhaps of an OpenPGP key; raises UsageError."""
    digits = _digits(typed)
    if len(digits) not in {_DIGITS, _DIGITS_OF_KEYS if of_key else _DIGITS} or set(digits) - set(
        "0123456789abcdef"
    ):
        raise UsageError(f"{typed}: vân tay phải là SHA-256 gồm 64 chữ số hex.")
    return digits


def confirmed(digest: str, typed: str | None, *, yes: bool) -> None:
    """Let a person compare: the beginning and the end are typed; raises AnswerIsNoError.

    `typed` is the whole fingerprint, for scripts.
    """
    if typed is not None:
        if _digits(typed) != digest:
            raise AnswerIsNoError("Vân tay không khớp: không nạp gì cả.")
        return
    if yes:
        return
    typer.echo("Hãy đối chiếu vân tay với nơi cấp qua một kênh khác (điện thoại, công văn giấy).")
    wanted = digest[:4] + digest[-4:]
    answer = typer.prompt("Gõ 4 chữ số đầu và 4 chữ số cuối của vân tay để xác nhận")
    if _digits(answer) != wanted:
        raise AnswerIsNoError("Không khớp vân tay: không nạp gì cả.")


def _digits(typed: str) -> str:
    return "".join(typed.split()).replace(":", "").lower()
