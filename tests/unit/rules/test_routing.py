"""The first route that fits decides; else the clerk."""

from mailbridge.model.reading import Field, FieldName, Reading
from mailbridge.rules.routing import Route, may_be_given, route

READING = Reading(
    {
        FieldName.TYPE: Field("Công văn", "x", 1),
        FieldName.SUMMARY: Field("về dự toán Ngân sách năm 2027", "x", 1),
    }
)


def handler(*routes: Route) -> str:
    return route(routes, READING, "DEMO.01", "vanthu")[0]


def test_the_clerk_is_the_default() -> None:
    to, why = route((), READING, "DEMO.01", "vanthu")
    assert to == "vanthu"
    assert why.endswith(".")


def test_words_fit_without_accents_and_as_whole_words() -> None:
    assert handler(Route("ketoan", words=("ngan sach",))) == "ketoan"
    assert handler(Route("ketoan", words=("ngân",))) == "ketoan"
    assert handler(Route("ketoan", words=("sách năm 20",))) == "vanthu"


def test_all_that_is_given_must_fit() -> None:
    assert handler(Route("a", sender="demo.01", type="CÔNG VĂN", words=("dự toán",))) == "a"
    assert handler(Route("a", sender="DEMO.02", words=("dự toán",))) == "vanthu"
    assert handler(Route("a", type="Báo cáo")) == "vanthu"


def test_the_first_that_fits_decides() -> None:
    assert handler(Route("a", type="Báo cáo"), Route("b"), Route("c")) == "b"


def test_a_document_goes_to_our_people_and_to_official_mail_alone() -> None:
    def may(person: str) -> bool:
        return may_be_given(person, ("Truong@coquan.example",), ("hungyen.gov.vn",))

    assert may("a@hungyen.gov.vn")
    assert may(" truong@COQUAN.example ")
    assert not may("khac@coquan.example")
    assert not may("a@x.hungyen.gov.vn")
    assert not may("@hungyen.gov.vn")
    assert not may("")
