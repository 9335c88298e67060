"""What a mail shows its reader: drawn badges, hidden text and letters, readings that differ.

Nothing of it breaks a seal, and none of it may be taken for one (Điều 10.1).
"""

import re
import unicodedata

from mailbridge.model.message import Message
from mailbridge.model.parcel import Parcel
from mailbridge.model.problem import Problem
from mailbridge.provenance import html_view, look_alikes
from mailbridge.provenance.codes import Code
from mailbridge.provenance.question import Question, Record

# Words that only whoever checked a signature may say.
_CLAIM = re.compile(
    r"chữ ký(?: số| điện tử)?(?: này)? (?:là |đã |được |còn ){0,2}"
    r"(?:hợp lệ|xác thực|nguyên vẹn|tin cậy)"
    r"|chứng thư số (?:đã |được |còn )?(?:hợp lệ|hiệu lực|xác thực)"
    r"|đã (?:được )?ký số (?:bởi|lúc|ngày|hợp lệ|thành công|:)|đã (?:được )?ký số:"
    r"|(?:trạng thái|tình trạng) chữ ký"
    r"|signature (?:status |is |was )?(?:valid|verified|good|trusted)"
    r"|(?:valid|verified|trusted|good) (?:digital |electronic )?signature|digitally signed by"
    r"|signature status|(?:đã )?(?:xác thực|kiểm tra) bởi mailbridge"
)
_ALONE = {
    *("đã ký", "đã ký số", "đã được ký số", "văn bản đã ký số", "thư đã ký số", "đã xác thực"),
    *("signed", "verified", "digitally signed", "signature valid", "chữ ký số", "hợp lệ"),
}
# The visible stamp of signing programs, line by line.
_STAMP = ("người ký", "thời gian ký")
_LINE = 200
_LETTERS_ALONE = re.compile(r"[^\w\s]+")
# Shorter hidden texts are the previews of newsletters, and the numbers of their readers.
_HIDDEN = 20
_DIFFERENT = {
    Problem.TWO_SUBJECT: "hai dòng tiêu đề",
    Problem.TWO_DATE: "hai dòng ngày",
    Problem.TWO_TO: "hai dòng nơi nhận",
    Problem.DUPLICATE_CONTENT_TYPE: "kiểu nội dung khai hai lần",
    Problem.DUPLICATE_PARAMETER: "tham số khai hai lần khác nhau",
    Problem.NAMES_DIFFER: "một tệp mang hai tên",
    Problem.PARTS_AFTER_END: "có phần nằm sau dấu kết thúc",
    Problem.ENCODED_MULTIPART: "phần nhiều mảnh bị mã hóa",
    Problem.BARE_CR: "dấu xuống dòng lạ trong tiêu đề",
    Problem.NUL: "ký tự rỗng trong tiêu đề",
    Problem.UTF_7: "bảng mã UTF-7",
}


def judge(question: Question, record: Record) -> None:
    """Say what a reader of the mail should know of its looks; never weighs as a seal."""
    for text in question.parcel.texts:
        if text.type == "text/html":
            _judge_html(record, text.path, text.text)
        elif _claims_seal(text.text.split("\n")):
            record.say(Code.HTML_BADGE, path=text.path)
    hidden = _hidden_letters(question.message, question.parcel)
    if hidden:
        record.say(Code.HIDDEN_LETTERS, what=", ".join(hidden))
    problems = (*(question.message.problems if question.message else ()), *question.parcel.problems)
    different = [words for problem, words in _DIFFERENT.items() if problem in problems]
    if different:
        record.say(Code.READ_DIFFERENTLY, what=", ".join(different))


def _judge_html(record: Record, path: str, source: str) -> None:
    view = html_view.look(source)
    told = {
        Code.HTML_BADGE: _claims_seal(view.lines),
        Code.HTML_HIDDEN: len(view.hidden) >= _HIDDEN,
        Code.HTML_OVERLAY: view.overlays,
        Code.HTML_ACTIVE: view.active,
        Code.REMOTE_CONTENT: view.remote,
    }
    for code, is_so in told.items():
        if is_so:
            record.say(code, path=path)


def _claims_seal(lines: list[str]) -> bool:
    """Tell whether a line of its own claims a checked signature; a sentence may speak of one."""
    stamped = set()
    # A text of a million equal lines says what one of them says.
    for line in dict.fromkeys(lines):
        shown = unicodedata.normalize("NFKC", line[: _LINE + 1]).casefold()
        if len(shown) > _LINE:
            continue
        if _CLAIM.search(shown) or " ".join(_LETTERS_ALONE.sub(" ", shown).split()) in _ALONE:
            return True
        stamped |= {word for word in _STAMP if shown.strip().startswith(word)}
    return len(stamped) == len(_STAMP)


def _hidden_letters(message: Message | None, parcel: Parcel) -> list[str]:
    fields = (("From", "người gửi"), ("Subject", "tiêu đề")) if message else ()
    found = [
        words
        for name, words in fields
        if message and any(look_alikes.hides(value) for value in message.values(name))
    ]
    if any(look_alikes.hides(file.name_sent) for file in parcel.files):
        found.append("tên tệp")
    return found
