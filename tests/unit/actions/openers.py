"""Openers and readers that children of the tests run: they want what the file before them says."""

from pathlib import Path

from mailbridge.model.evidence import Evidence
from mailbridge.model.examination import Opened, OpenRequest, Read, ReadRequest, Want, WantKind
from mailbridge.model.reading import Reading


def wanting(request: OpenRequest) -> Opened:
    """Want the next name of the file's lines; "*" wants a hundred names at once.

    The evidence's tools tell what was asked, and whether the scratch folder was clean.
    """
    names = Path(request.source).read_text().split()
    scratch = Path(request.scratch)
    tools = {"clean": str(not list(scratch.iterdir())), "got": str(len(request.got or ()))}
    (scratch / "opened").touch()
    if request.got is None:
        return _told(tools, ())
    known = {got.want.name for got in request.got}
    if "*" in names:
        return _told(tools, tuple(f"{number}.example" for number in range(100)))
    missing = [name for name in names if name not in known]
    return _told(tools, tuple(missing[:1]))


def _told(tools: dict[str, str], names: tuple[str, ...]) -> Opened:
    wanted = tuple(Want(WantKind.TXT, name) for name in names)
    return Opened("other", None, (), (), Evidence(None, tools=tools), wanted=wanted)


def reading(request: ReadRequest) -> Read:
    """Read nothing."""
    return Read(Reading())
