"""Text for fonts from before Unicode."""

from mailbridge.reading.rows import Word
from mailbridge.reading.scripts import modern


def words(text: str, font: str = "") -> list[Word]:
    return [Word(word, 0, 0, 0, 11, font=font) for word in text.split()]


def test_tcvn_is_turned_and_its_capitals_are_those_of_the_font() -> None:
    text = "Th¸i Nguyªn, ngµy th¸ng n¨m, vÒ viÖc triÓn khai c«ng t¸c"
    assert " ".join(word.text for word in modern(words(text))).startswith("Thái Nguyên, ngày tháng")
    loud = modern(words("quyÕt ®Þnh cña tØnh uû vÒ viÖc bæ nhiÖm", ".vntimeh"))
    assert [word.text for word in loud[:2]] == ["QUYẾT", "ĐỊNH"]
    assert all(word.old for word in loud)


def test_unicode_and_other_languages_stay_as_they_are() -> None:
    for text in ("Thái Nguyên, ngày tháng năm", "plain letters only", "Übergröße für Mädchen"):
        assert modern(words(text)) == words(text)
