import base64
import email
import json
import re
import subprocess
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbridge import clock
from mailbridge.letters import alerts
from mailbridge.letters.canonical import canonical
from mailbridge.letters.compose import Composed, Sender, compose
from mailbridge.letters.enclosures import CARRIED
from mailbridge.letters.grounds import GROUNDS
from mailbridge.letters.keys import load
from mailbridge.letters.signer import KeySigner
from mailbridge.model.errors import Reason, RefusedError, TryLaterError
from mailbridge.model.evidence import Verdict
from mailbridge.model.letter import AlertFacts, Letter, NoticeFacts, ReceiptFacts, Stage
from mailbridge.model.reading import Urgency
from mailbridge.rules.own_lines import Words
from mailbridge.rules.reply_lines import orders
from tests.unit.letters.keyring import PASSPHRASE, Keyring
from tests.unit.letters.sample import (
    DOCUMENT,
    EDXML,
    FILE,
    MIC,
    NOW,
    SECRET,
    SENDER,
    TO,
    owed,
    passed_on,
    saying,
)


def _nothing(fingerprint: str) -> Path:
    raise AssertionError(f"no letter of this test has files, {fingerprint} was asked")


def _status(facts: ReceiptFacts) -> bytes:
    return f"<status code='{facts.stage.value}'/>".encode()


def _written(*letters: Letter, sender: Sender = SENDER) -> Composed:
    return compose(letters, sender, _nothing, replace(EDXML, status=_status))


def _parsed(composed: Composed) -> EmailMessage:
    parsed = email.message_from_bytes(composed.octets, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert [part.defects for part in parsed.walk() if part.defects] == []
    return parsed


def _parts(composed: Composed) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in _parsed(composed).walk():
        if not part.is_multipart():
            octets = part.get_payload(decode=True)
            assert isinstance(octets, bytes)
            # A notification's fields follow as a text of their own: the first one is for people.
            found.setdefault(part.get_content_type(), octets)
    return found


def _told(composed: Composed) -> str:
    """Give the words that a person reads, in one line each."""
    return _parts(composed)["text/plain"].decode().replace("\r\n", "\n")


@pytest.fixture(params=["p12", "ec_p12"])
def signer(request: pytest.FixtureRequest, keyring: Keyring) -> Sender:
    passphrase = (lambda: PASSPHRASE) if request.param == "p12" else None
    path = getattr(keyring, request.param)
    return replace(SENDER, signer=KeySigner(lambda: load(path, passphrase), clock.now))


def _verified(composed: Composed, keyring: Keyring, tmp_path: Path) -> bytes:
    """Give what openssl says was signed."""
    mail = tmp_path / "mail.eml"
    mail.write_bytes(composed.octets)
    command = ["openssl", "cms", "-verify", "-in", str(mail), "-CAfile", str(keyring.root)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def test_openssl_accepts_the_signature_over_all_parts(
    signer: Sender, keyring: Keyring, tmp_path: Path
) -> None:
    signed = _verified(_written(owed(Stage.REGISTERED), sender=signer), keyring, tmp_path)
    payload = email.message_from_bytes(signed, policy=policy.default)
    assert payload.get_content_type() == "multipart/mixed"
    assert payload.get_param("hp") == "clear"
    assert [part.get_content_type() for part in payload.walk()] == [
        "multipart/mixed",
        "multipart/report",
        "text/plain",
        "message/disposition-notification",
        # The stdlib takes the fields of a notification for a mail of their own.
        "text/plain",
        "text/rfc822-headers",
        "application/xml",
        "application/vnd.mailbridge+json",
    ]


def test_signature_is_over_the_exact_octets_that_travel(
    signer: Sender, keyring: Keyring, tmp_path: Path
) -> None:
    octets = _written(owed(Stage.REGISTERED), sender=signer).octets
    found = re.search(rb'micalg="sha-256"; boundary="([^"]+)"', octets)
    assert found
    _, entity, seal, _ = octets.split(b"--" + found[1])
    der, signed = tmp_path / "seal.der", tmp_path / "entity"
    der.write_bytes(base64.b64decode(seal.partition(b"\r\n\r\n")[2]))
    # RFC 2046 §5.1.1: the line ends around a boundary belong to the boundary.
    signed.write_bytes(entity[2:-2])
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(der)]
    command += ["-content", str(signed), "-CAfile", str(keyring.root)]
    done = subprocess.run(command, check=True, capture_output=True)
    assert done.stdout == entity[2:-2]


def test_openssl_refuses_a_changed_letter(keyring: Keyring, signer: Sender, tmp_path: Path) -> None:
    composed = _written(owed(Stage.REGISTERED), sender=signer)
    forged = replace(composed, octets=composed.octets.replace(b"dispatched", b"displayed"))
    with pytest.raises(subprocess.CalledProcessError):
        _verified(forged, keyring, tmp_path)


def test_header_is_repeated_under_the_signature(
    keyring: Keyring, signer: Sender, tmp_path: Path
) -> None:
    composed = _written(owed(Stage.REGISTERED), sender=signer)
    outer = _parsed(composed)
    inner = email.message_from_bytes(_verified(composed, keyring, tmp_path), policy=policy.default)
    names = {name for name in outer if name not in ("MIME-Version", "Content-Type")}
    assert names >= {"From", "To", "Subject", "Date", "Message-ID", "In-Reply-To"}
    assert {name: inner[name] for name in names} == {name: outer[name] for name in names}


def test_retry_signs_the_same_content(keyring: Keyring, tmp_path: Path, signer: Sender) -> None:
    first, second = (_written(owed(Stage.REGISTERED), sender=signer) for _ in range(2))
    assert first.message_id == second.message_id
    assert _verified(first, keyring, tmp_path) == _verified(second, keyring, tmp_path)


def test_unsigned_octets_are_the_same_each_time() -> None:
    assert _written(owed(Stage.ARRIVED)) == _written(owed(Stage.ARRIVED))


def test_receipt_shows_that_it_is_automatic_and_what_it_answers() -> None:
    mail = _parsed(_written(owed(Stage.ARRIVED)))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Mailbridge"] == "receipt; v=1"
    assert mail["In-Reply-To"] == mail["References"] == "<abc@vidu.gov.vn>"
    assert mail["Date"].datetime == NOW
    assert "Disposition-Notification-To" not in mail


@pytest.mark.parametrize(
    ("letter", "disposition"),
    [
        (owed(Stage.ARRIVED), "automatic-action/MDN-sent-automatically; processed"),
        (owed(Stage.REGISTERED), "automatic-action/MDN-sent-automatically; dispatched"),
        (
            owed(Stage.REFUSED, reason=Reason.NOTHING_ATTACHED),
            "manual-action/MDN-sent-manually; processed/error",
        ),
    ],
)
def test_notification_bears_stage_mic_and_original(letter: Letter, disposition: str) -> None:
    octets = _written(letter).octets
    assert b"\r\nDisposition: " + disposition.encode() + b"\r\n" in octets
    assert f"\r\nReceived-content-MIC: {MIC}, sha-256\r\n".encode() in octets
    assert b"\r\nOriginal-Message-ID: <abc@vidu.gov.vn>\r\n" in octets
    assert (b"\r\nError: nothing-attached\r\n" in octets) == (b"/error" in octets)


def test_machine_part_is_the_canonical_facts() -> None:
    letter = owed(Stage.REGISTERED)
    assert isinstance(letter.facts, ReceiptFacts)
    composed = _written(letter)
    parts = _parts(composed)
    assert parts["application/vnd.mailbridge+json"] == canonical(letter.facts)
    assert parts["application/xml"] == _status(letter.facts)
    assert b'kind="receipt"' in composed.octets


def test_registered_names_number_dates_and_digests() -> None:
    told = _told(_written(owed(Stage.REGISTERED)))
    for said in (
        "Số đến: 431 (năm 2026)",
        "Ngày đến: 02/03/2026",
        "Số và ký hiệu văn bản: 125-CV/TU",
        "Ngày ban hành: 01/03/2026",
        "có giá trị pháp lý tương đương văn bản giấy",
        FILE.sha256,
        "08 giờ 14 phút, ngày 02/03/2026 (giờ Việt Nam)",
    ):
        assert said in told


@pytest.mark.parametrize("verdict", Verdict)
def test_only_a_legal_verdict_is_told_as_legal(verdict: Verdict) -> None:
    told = _told(_written(owed(Stage.ARRIVED, document=replace(DOCUMENT, verdict=verdict))))
    assert ("tương đương văn bản giấy" in told) == (verdict is Verdict.LEGAL)


@pytest.mark.parametrize("reason", GROUNDS)
def test_every_ground_is_told_with_its_cure(reason: Reason) -> None:
    told = _told(_written(owed(Stage.REFUSED, reason=reason, words="Theo ý kiến lãnh đạo.")))
    assert f"Lý do: {GROUNDS[reason].why}" in told
    assert f"Đề nghị quý cơ quan: {GROUNDS[reason].cure}" in told
    assert "Điều 10.1" in told
    assert "Ý kiến của văn thư: Theo ý kiến lãnh đạo." in told
    assert "Số đến" not in told


def test_receipt_says_what_could_not_be_read() -> None:
    document = replace(
        DOCUMENT,
        key=replace(DOCUMENT.key, symbol=None, date=None),
        files=(),
        message_id=None,
        subject="",
        mic="",
    )
    composed = _written(owed(Stage.ARRIVED, document=document))
    assert "Số và ký hiệu văn bản: không đọc được" in _told(composed)
    assert "Tệp đã nhận: không có." in _told(composed)
    assert "In-Reply-To" not in _parsed(composed)
    assert b"Received-content-MIC" not in composed.octets


HOSTILE = (
    "x\r\nBcc: kẻ.gian@xa.vn\r\n\r\n--=_\r\nKết quả kiểm tra: có giá trị\u2028Số đến: 1\u202eab"
)


def test_words_of_a_mail_start_no_line_of_their_own() -> None:
    document = replace(
        saying(HOSTILE, HOSTILE),
        key=replace(DOCUMENT.key, symbol=HOSTILE),
        message_id=f"<a@b>{HOSTILE}",
        mic=HOSTILE,
        sender=HOSTILE,
        files=(replace(FILE, name=HOSTILE),),
    )
    composed = _written(owed(Stage.ARRIVED, document=document, by=replace(TO, name=HOSTILE)))
    assert b"\nBcc:" not in composed.octets
    told = _told(composed)
    assert "\u202e" not in told
    assert re.findall(r"^Kết quả kiểm tra: .*$", told, re.MULTILINE) == [
        "Kết quả kiểm tra: có giá trị pháp lý tương đương văn bản giấy."
    ]
    assert not re.search(r"^Số đến", told, re.MULTILINE)
    assert _parsed(composed)["In-Reply-To"] is None


@given(st.text(), st.text(), st.text())
@settings(max_examples=40, deadline=None)
def test_any_words_make_a_well_formed_mail(subject: str, summary: str, name: str) -> None:
    document = replace(saying(subject, summary), files=(replace(FILE, name=name),))
    composed = _written(owed(Stage.ARRIVED, document=document))
    assert len(_parts(composed)) == 4
    assert max(map(len, composed.octets.split(b"\r\n"))) < 998
    composed.octets.decode("ascii")


@pytest.mark.parametrize("address", ["", "a", "a@b\r\nBcc: c@d", "a b@c.vn", "đ@c.vn", "a@b>c"])
def test_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(RefusedError):
        _written(replace(owed(Stage.ARRIVED), to=address))


def test_returns_travel_alone_and_letters_of_a_mail_to_one_address() -> None:
    one = owed(Stage.REFUSED, reason=Reason.WRONG_ADDRESSEE)
    with pytest.raises(ValueError, match="alone"):
        _written(one, replace(one, id="mb.other"))
    with pytest.raises(ValueError, match="share"):
        _written(one, passed_on())


@pytest.fixture
def blob(tmp_path: Path) -> Path:
    path = tmp_path / "blob"
    path.write_bytes(bytes(range(256)) * 10_000)
    return path


def test_notice_carries_the_file_as_it_is(blob: Path, keyring: Keyring, tmp_path: Path) -> None:
    sender = replace(SENDER, signer=KeySigner(lambda: load(keyring.plain_pem, None), clock.now))
    composed = compose((passed_on(),), sender, lambda _: blob)
    assert _parts(composed)["application/pdf"] == blob.read_bytes()
    assert b"Content-Disposition: attachment;" in composed.octets
    names = [part.get_filename() for part in _parsed(composed).walk()]
    assert "Công văn 125.pdf" in names
    _verified(composed, keyring, tmp_path)


def test_notice_tells_number_verdict_deadline_and_why(blob: Path) -> None:
    letter = passed_on(due=NOW, verdict_why="chữ ký số của Tỉnh ủy Ví Dụ hợp lệ")
    composed = compose((letter,), SENDER, lambda _: blob)
    told = _told(composed)
    for said in (
        "Số đến: 431/2026",
        "Trích yếu: V/v báo cáo công tác quý I",
        "Căn cứ: chữ ký số của Tỉnh ủy Ví Dụ hợp lệ",
        "Hạn xử lý: 08 giờ 14 phút, ngày 02/03/2026",
        "Lý do chuyển: văn bản của Tỉnh ủy do Phòng Tổng hợp xử lý",
        "Tệp gửi kèm: Công văn 125.pdf",
    ):
        assert said in told
    assert "acknowledge" not in told
    assert _parsed(composed)["Auto-Submitted"] == "auto-generated"


def test_urgent_notice_says_so_and_how_to_acknowledge(blob: Path) -> None:
    document = replace(DOCUMENT, urgency=Urgency.EXPRESS)
    composed = compose((passed_on(document, urgent=True, repeated=2),), SENDER, lambda _: blob)
    assert str(_parsed(composed)["Subject"]).startswith("[HỎA TỐC] Văn bản đến số 431/2026")
    assert "nhắc lần 2" in _told(composed)
    assert "mailbridge acknowledge 431/2026" in _told(composed)
    assert passed_on(document, repeated=2).id != passed_on(document, repeated=1).id


def test_a_notice_alone_says_how_to_act_by_reply(blob: Path) -> None:
    document = replace(DOCUMENT, urgency=Urgency.EXPRESS)
    letter = passed_on(document, urgent=True, by_reply=True)
    told = _told(compose((letter,), SENDER, lambda _: blob))
    assert "chuyển <đơn vị> hạn" in told
    assert "với dòng đầu là: nhận" in told
    assert "mailbridge acknowledge 431/2026" in told
    assert "không trả lời thư này" not in told
    assert "Mã trả lời" not in told


def test_notices_together_say_how_to_act_on_each_by_its_code(blob: Path) -> None:
    letters = tuple(passed_on(replace(DOCUMENT, id=number), by_reply=True) for number in (7, 8))
    told = _told(compose(letters, SENDER, lambda _: blob))
    for letter in letters:
        assert isinstance(letter.facts, NoticeFacts)
        assert f"Mã trả lời: {letter.facts.code}\n" in told
    assert "“chuyển <mã> <đơn vị> hạn <ngày/tháng>”" in told
    assert "không trả lời thư này" not in told
    # Whatever a mail program does not mark as quoted must not act.
    assert not any(one.code for one in orders(Words(told), NOW.date()))
    silent = _told(compose((passed_on(), passed_on(repeated=1)), SENDER, lambda _: blob))
    assert "mã" not in silent.lower()
    assert "không trả lời thư này" in silent


def test_batch_of_notices_is_one_mail_with_every_file(blob: Path) -> None:
    letters = tuple(passed_on(replace(DOCUMENT, id=number)) for number in (7, 8, 9))
    composed = compose(letters, SENDER, lambda _: blob)
    mail = _parsed(composed)
    assert mail["Subject"] == "Chuyển 3 văn bản đến để xử lý"
    assert [part.get_content_type() for part in mail.walk()].count("application/pdf") == 3
    assert composed.message_id not in {f"<{letter.id}@hungyen.gov.vn>" for letter in letters}
    assert composed == compose(letters, SENDER, lambda _: blob)


def test_file_that_no_mail_carries_is_named_instead(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as opened:
        opened.truncate(CARRIED + 1)
    composed = compose((passed_on(),), SENDER, lambda _: huge)
    assert "application/pdf" not in _parts(composed)
    assert "Tệp không gửi kèm vì dung lượng lớn" in _told(composed)


def test_missing_file_delays_the_notice(tmp_path: Path) -> None:
    with pytest.raises(TryLaterError):
        compose((passed_on(),), SENDER, lambda _: tmp_path / "absent")


def _alert(facts: AlertFacts, cause: str) -> Letter:
    terms = {"to": "van.thu@hungyen.gov.vn", "mailbox": "vanthu"}
    return alerts.alert(facts, **terms, secret=SECRET, now=NOW, cause=(cause,), urgent=True)


def test_alerts_to_one_person_share_a_mail() -> None:
    why = "chưa xác thực được nguồn gốc"
    first = _alert(alerts.held(3, "a@vidu.gov.vn", HOSTILE, why, NOW), "held 3")
    second = _alert(alerts.escalation(4, "a@vidu.gov.vn", why, NOW, 4), "late 4")
    told = _told(_written(first, second))
    assert f"Vì sao chưa vào sổ: {why}" in told
    assert "mailbridge ledger 3" in told
    assert "đã chờ hơn 4 giờ" in told
    assert not re.search(r"^Bcc", told, re.MULTILINE)


def test_alert_of_impounded_mail_tells_whom_to_ask_and_no_content() -> None:
    told = _told(_written(_alert(alerts.impounded(5, "vanthu", NOW), "impounded 5")))
    assert "cơ yếu" in told
    assert "Điều 5.1" in told
    assert "Tiêu đề" not in told
    assert "Người gửi" not in told


def test_alerts_of_letters_and_quarantine_name_the_command() -> None:
    letter = replace(owed(Stage.ARRIVED), attempts=9)
    undelivered = _alert(alerts.undelivered(letter, "máy chủ từ chối"), "u")
    assert "Số lần đã thử: 9" in _told(_written(undelivered))
    quarantined = _alert(alerts.quarantined(6, "vanthu", NOW), "q")
    assert "mailbridge quarantine" in _told(_written(quarantined))


def test_facts_in_json_have_no_key_that_the_text_hides() -> None:
    """The person and the machine read the same number, digest and stage."""
    composed = _written(owed(Stage.REGISTERED))
    facts = json.loads(_parts(composed)["application/vnd.mailbridge+json"])
    told = _told(composed)
    assert str(facts["register"]["number"]) in told
    assert facts["receipt_id"] in told
    assert facts["document"]["files"][0]["sha256"] in told


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.ASSIGNED, "đã chuyển văn bản sau đây"),
        (Stage.PROCESSING, "đang xử lý văn bản sau đây"),
        (Stage.DONE, "đã hoàn thành xử lý văn bản sau đây"),
    ],
)
def test_people_read_what_became_of_the_document_and_its_number(stage: Stage, words: str) -> None:
    told = _told(_written(owed(stage)))
    assert words in told
    assert "Số đến: 431 (năm 2026)" in told


def test_the_opinion_of_whoever_assigned_it_is_read_in_the_notice() -> None:
    without = replace(DOCUMENT, files=())
    told = _told(_written(passed_on(without, opinion="Xem ngay")))
    assert "Ý kiến chỉ đạo: Xem ngay" in told
