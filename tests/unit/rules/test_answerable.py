"""Who may act on a document by reply: whoever handles it, clerk and head, while it is there."""

from dataclasses import replace

import pytest

from mailbridge.model.document import DocumentState
from mailbridge.rules.answerable import Hold, hold
from tests.unit.letters.sample import DOCUMENT

WHO = "an@x.vn"
REGISTERED = replace(DOCUMENT, state=DocumentState.REGISTERED, handler=WHO)


def test_its_handler_and_the_clerk_act_on_it_and_nobody_else() -> None:
    assert hold(REGISTERED, WHO.upper(), leads=False) is Hold.ACTS
    assert hold(REGISTERED, "binh@x.vn", leads=True) is Hold.ACTS
    assert hold(REGISTERED, "binh@x.vn", leads=False) is Hold.PASSED_ON
    assert hold(replace(REGISTERED, handler=None), WHO, leads=False) is Hold.PASSED_ON


@pytest.mark.parametrize("state", [one for one in DocumentState if one.value != "registered"])
def test_what_is_not_in_the_register_is_nobodys(state: DocumentState) -> None:
    assert hold(replace(REGISTERED, state=state), WHO, leads=True) is Hold.GONE
    assert hold(None, WHO, leads=True) is Hold.GONE
