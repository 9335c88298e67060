"""Whom we tell, and when, if the settings say nothing."""

import pytest
from pydantic import ValidationError

from mailbridge.settings.schema_of_telling import Notices, Route


def test_an_urgent_document_is_repeated_the_sooner_the_more_urgent_it_is() -> None:
    made = Notices()
    assert made.repeat_khan > made.repeat_thuong_khan > made.repeat_hoa_toc


def test_a_route_leads_somewhere() -> None:
    assert Route(to="B@hungyen.gov.vn").to == "b@hungyen.gov.vn"
    with pytest.raises(ValidationError):
        Route.model_validate({"sender": "A"})
