"""The gates of style that no linter knows: sizes, names, mirrors, and what no file may say."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "mailbridge"
TESTS = ROOT / "tests"
MODULE_LINES = 250
FUNCTION_LINES = 40

MODULES = sorted(PACKAGE.rglob("*.py"))
# Migrations are a record of what was; they are never cut to size.
LIVING = [path for path in MODULES if "migrations" not in path.parts]

SOUP = re.compile(
    r"_?(utils?|helpers?|common|misc|managers?|services?|base|core|types|constants|shared)"
)
SOUP_CLASS = re.compile(
    r"\w*(Manager|Service|Helper|Processor|Impl|Wrapper|Mixin|Factory|Engine|Util|Utils)"
)

# Modules without a test file of their own, each with the reason. A path may end in "/".
COVERED_ELSEWHERE = {
    "demo/": "makers of samples: the tests of proof use them, and tests/journeys plays the demo",
    "model/": "frozen values without behaviour; whoever makes them tests them",
    "__main__.py": "starts what is asked for; the journeys run it",
    "clock.py": "asks the machine what time it is",
    "wiring/": "only joins; the journeys run what it joins",
}

# What no judge can be satisfied with, one place in each, and why.
INEVITABLE = {
    "isolation/gpg.py": "python-gnupg has no types, and its class is extended",
    "mailbox/session.py": "imapclient has no public way to its stream",
    "demo/cms.py": "the samples forge with a digest that nobody should use",
}


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return 1 + (body[-1].end_lineno or 0) - body[0].lineno if body else 0


def _covered(name: str) -> bool:
    return any(
        name == known or (known.endswith("/") and name.startswith(known))
        for known in COVERED_ELSEWHERE
    )


def _tests_of(path: Path) -> list[Path]:
    """Find tests/unit/<station>/test_<module>*.py."""
    folder = TESTS / "unit" / path.parent.relative_to(PACKAGE)
    return list(folder.glob(f"test_{path.stem.lstrip('_')}*.py"))


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z"], check=True, capture_output=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name]


def test_no_module_is_longer_than_three_screens() -> None:
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in LIVING}
    assert {name: count for name, count in lengths.items() if count > MODULE_LINES} == {}


def test_no_function_is_longer_than_one_screen() -> None:
    assert [
        f"{_name(path)}:{function.name}"
        for path in LIVING
        for function in _functions(path)
        if _body_lines(function) > FUNCTION_LINES
    ] == []


def test_every_module_says_what_it_is() -> None:
    silent = [_name(path) for path in MODULES if not _docstring(path)]
    assert silent == []


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_no_name_is_a_drawer() -> None:
    drawers = [_name(path) for path in MODULES if SOUP.fullmatch(path.stem)]
    drawers += [_name(path) for path in MODULES if SOUP.fullmatch(path.parent.name)]
    classes = [
        f"{_name(path)}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and SOUP_CLASS.fullmatch(node.name)
    ]
    assert drawers + classes == []


def test_every_module_has_its_test() -> None:
    missing = [
        _name(path)
        for path in LIVING
        if path.name != "__init__.py" and not _covered(_name(path)) and not _tests_of(path)
    ]
    assert missing == []


def test_every_exception_from_the_mirror_is_still_needed() -> None:
    stale = [known for known in COVERED_ELSEWHERE if not (PACKAGE / known).exists()]
    tested = [
        _name(path) for path in LIVING if _name(path) in COVERED_ELSEWHERE and _tests_of(path)
    ]
    assert stale + tested == []


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in TESTS.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_no_test_patches() -> None:
    # In two halves, so that this file does not find itself.
    patch = re.compile(r"mock\." + r"patch|import " + r"patch|Magic" + r"Mock|mocker" + r"\.")
    guilty = [path.name for path in TESTS.rglob("*.py") if patch.search(path.read_text("utf-8"))]
    assert guilty == []


def test_package_silences_a_judge_only_where_it_must() -> None:
    silencer = re.compile(r"# type: ignore|# noqa|\bcast\(")
    found = {_name(path): len(silencer.findall(path.read_text("utf-8"))) for path in LIVING}
    assert {name: count for name, count in found.items() if count} == dict.fromkeys(INEVITABLE, 1)


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.}>/-])/(work|root|home/\w+)/\w"),
        (
            "the address of a package index",
            r"pypi\.|files\.python" + r"hosted|npmjs|--index-url",
        ),
        ("unfinished work", r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
    ],
)
def test_no_tracked_file_names(what: str, pattern: str) -> None:
    forbidden = re.compile(pattern)
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in _tracked()
        if path != Path(__file__) and path.is_file() and forbidden.search(_text(path))
    ]
    assert guilty == [], what


def _text(path: Path) -> str:
    """Read a text file; samples and pictures are octets, and say nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_holds_both_sides_of_a_conflict() -> None:
    marks = re.compile(rb"^(?:<{7} |>{7} )", re.MULTILINE)
    torn = [path.name for path in _tracked() if path.is_file() and marks.search(path.read_bytes())]
    assert torn == []
