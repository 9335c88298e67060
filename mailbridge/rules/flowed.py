"""The lines of a `format=flowed` text as its writer ended them (RFC 3676 §4)."""

# No program breaks shorter lines: the space at the end of one is the writer's, or nobody knows.
NARROWEST = 60
_SIGNATURE = "-- "


def may_go_on(above: str, below: str) -> bool:
    """Tell whether a program may have broken a line here: no further word fitted (§4.2)."""
    first = below.split(maxsplit=1)
    return bool(first) and len(above.strip()) + 1 + len(first[0]) > NARROWEST


def joined(text: str, *, del_sp: bool) -> str:
    """Join what a program broke; a line that stays unsure keeps the space at its end.

    Quoted lines keep one ">" for each level and a space.
    """
    made: list[str] = []
    above, depth = "", -1
    for line in text.split("\n"):
        bare = line.lstrip(">")
        level = len(line) - len(bare)
        # RFC 3676 §4.4: a space before a line is stuffing.
        said = bare.removeprefix(" ")
        # RFC 3676 §4.3, §4.5: a signature, or another depth, begins a paragraph.
        goes_on = depth == level and _flows(above) and said != _SIGNATURE
        if goes_on and may_go_on(above, said):
            # RFC 3676 §4.2: with DelSp=yes, the space goes.
            made[-1] = f"{made[-1][:-1] if del_sp else made[-1]}{said}"
        else:
            made.append(f"{'>' * level} {said}" if level else said)
        above, depth = said, level
    return "\n".join(made)


def _flows(line: str) -> bool:
    return line.endswith(" ") and line != _SIGNATURE
