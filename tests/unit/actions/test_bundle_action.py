"""A document leaves whole and proven, and never when it is impounded or withheld."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest

from mailbridge.actions.also_received import also_received
from mailbridge.actions.bundle import CannotBundleError, bundle
from mailbridge.actions.house import House
from mailbridge.model.document import Document
from mailbridge.model.paper import AlsoBy, Channel
from mailbridge.model.reading import Reading
from mailbridge.model.records import EXPORTED
from mailbridge.registry import documents, journal
from tests.unit.actions.conftest import Lead
from tests.unit.provenance.samples import NOW, mail_with, sealed


def _entered(house: House) -> Document:
    with house.database.reading() as tx:
        (one,) = documents.entered(tx)
    return one


def _bundled(house: House, document: Document) -> bytes:
    out = io.BytesIO()
    bundle(house, document, out, "văn thư", NOW)
    return out.getvalue()


def test_the_mail_its_files_its_proof_and_its_history_are_there(house: House, lead: Lead) -> None:
    mail = mail_with(sealed())
    lead(mail)
    with zipfile.ZipFile(io.BytesIO(_bundled(house, _entered(house)))) as opened:
        assert opened.read("thu-goc.eml") == mail
        (file,) = (name for name in opened.namelist() if name.startswith("tep/"))
        digest = hashlib.sha256(opened.read(file)).hexdigest()
        assert digest == _entered(house).files[0].sha256
        proof = json.loads(opened.read("kiem-tra/001.json"))
        assert proof["opened"]["evidence"]["verdict"] == "legal"
        lines = [json.loads(line) for line in opened.read("nhat-ky.jsonl").splitlines()]
        assert {line["subject"] for line in lines} <= {"mail:1", "document:1"}
        assert lines


def test_who_took_it_is_journalled_and_the_bundle_stays_the_same(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    first = _bundled(house, _entered(house))
    assert _bundled(house, _entered(house)) == first
    with house.database.reading() as tx:
        (line, _) = journal.lines(tx, "DEMO.02.07", 2)
    assert (line.event, line.data) == (EXPORTED, {"by": "văn thư"})


def test_what_is_marked_or_recalled_never_leaves(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    document = _entered(house)
    for withheld in (
        replace(document, reading=Reading(secrecy="MẬT")),
        replace(document, status="15"),
        replace(document, status="xoa"),
    ):
        out = io.BytesIO()
        with pytest.raises(CannotBundleError):
            bundle(house, withheld, out, "văn thư", NOW)
        assert out.getvalue() == b""


def test_a_blob_that_was_changed_is_never_passed_off_as_the_file(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    document = _entered(house)
    house.blobs.path(document.files[0].sha256).write_bytes(b"another")
    with pytest.raises(CannotBundleError, match="thay đổi"):
        _bundled(house, document)
    house.blobs.path(document.files[0].sha256).unlink()
    with pytest.raises(CannotBundleError, match="không còn"):
        _bundled(house, document)


def test_other_ways_by_which_it_came_leave_with_it(house: House, lead: Lead) -> None:
    lead(mail_with(sealed()))
    also_received(house, 1, AlsoBy(1, Channel.PAPER, "EA1", NOW, "A", NOW))
    with zipfile.ZipFile(io.BytesIO(_bundled(house, _entered(house)))) as opened:
        (way,) = map(json.loads, opened.read("cung-nhan-qua.jsonl").splitlines())
        assert (way["channel"], way["reference"]) == ("giay", "EA1")
        assert opened.read("ban-giay.jsonl") == b""
