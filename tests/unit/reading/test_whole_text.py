"""The text for search: main document first, within its limit, whatever the files are."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mailbridge.demo.papers import Paper, pdf
from mailbridge.model.limits import Limits
from mailbridge.model.parcel import File, Text
from mailbridge.model.search import TEXT, words
from mailbridge.model.slot import Fingerprint
from mailbridge.reading.read import Source, opened
from mailbridge.reading.whole_text import whole_text
from tests.papers.papers import paper


def _laid(folder: Path, *octets: bytes, kind: str = "application/pdf") -> tuple[File, ...]:
    files = []
    for number, each in enumerate(octets, 1):
        (folder / f"f{number}").write_bytes(each)
        files.append(
            File(str(number), "a", "a", 1, Fingerprint("0"), kind, kind, stored=f"f{number}")
        )
    return tuple(files)


def _read(
    files: tuple[File, ...], folder: Path, texts: Sequence[Text] = (), main: str | None = None
) -> str:
    with opened(Source(files, str(folder), (), "", None, Limits())) as pages:
        return whole_text(pages, texts, main)


def _pdf(summary: str) -> bytes:
    return pdf(Paper("123", "CV/VPTU", date(2026, 11, 24), summary))


def test_the_main_file_comes_before_the_others_and_the_cover_last(tmp_path: Path) -> None:
    files = _laid(tmp_path, _pdf("tóm tắt phụ lục"), _pdf("triển khai điện tử"))
    text = _read(files, tmp_path, [Text("", "text/plain", "Kính gửi thư ngỏ")], "2")
    said = words(text)
    assert said.index("trien") < said.index("phu") < said.index("ngo")


def test_all_pages_are_there(tmp_path: Path) -> None:
    known = next(p for p in (paper("build", n) for n in range(60)) if "1" in str(p))
    files = _laid(tmp_path, known.pdf)
    assert len(words(_read(files, tmp_path))) > 30


def test_what_cannot_be_read_gives_nothing(tmp_path: Path) -> None:
    files = _laid(tmp_path, b"%PDF-1.4 junk", b"") + _laid(tmp_path, b"x", kind="text/plain")
    assert _read(files, tmp_path) == ""


def test_no_more_is_given_than_is_kept(tmp_path: Path) -> None:
    texts = [Text(str(n), "text/plain", "chữ " * 10_000) for n in range(9)]
    assert TEXT - 10 <= len(whole_text({}, texts, None)) <= TEXT
