"""Mail stands in for the network only on the grounds of Điều 5.3."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailbridge.model.directory import Agency, AgencyKind
from mailbridge.model.incident import Incident
from mailbridge.rules.channel import GROUNDS, Channel, MailReason, Rule, channel

AT = datetime(2026, 11, 24, tzinfo=UTC)
ON = Agency("A", "A", has_party_wan=True)
OFF = Agency("B", "B")
DOWN = Incident(7, "", "đứt cáp", AT - timedelta(hours=1), "An")


def test_without_a_link_on_either_side_mail_is_the_way() -> None:
    assert channel(OFF, ON, (), AT) == Channel(Rule.INTERNET, MailReason.NO_WAN_SENDER)
    assert channel(ON, OFF, (), AT) == Channel(Rule.INTERNET, MailReason.NO_WAN_RECIPIENT)


def test_where_both_have_the_network_a_person_must_say_why() -> None:
    assert channel(ON, replace(ON, code="C"), (), AT) == Channel(Rule.WAN, None)


def test_an_open_incident_permits_mail_and_is_named() -> None:
    assert channel(ON, ON, (DOWN,), AT) == Channel(Rule.WAN, MailReason.INCIDENT, 7)


def test_an_incident_permits_nothing_before_it_after_it_or_elsewhere() -> None:
    closed = replace(DOWN, closed_at=AT)
    for incident in (closed, replace(DOWN, agency="Z"), replace(DOWN, opened_at=AT + timedelta(1))):
        assert channel(ON, ON, (incident,), AT).ground is None


def test_the_words_of_a_person_are_a_ground_where_there_is_no_other() -> None:
    told = channel(ON, ON, (), AT, "  máy chủ\nbảo trì ")
    assert (told.ground, told.said) == (MailReason.OTHER, "máy chủ bảo trì")
    assert told.why == "lý do khác: máy chủ bảo trì (KHAC)"
    assert channel(ON, ON, (), AT, " \n").ground is None
    assert channel(ON, ON, (DOWN,), AT, "khác").ground is MailReason.INCIDENT


def test_every_ground_is_told_in_the_words_of_the_regulation() -> None:
    assert set(GROUNDS) == set(MailReason)
    assert channel(ON, ON, (DOWN,), AT).why.endswith("sự cố kỹ thuật số 7 (SU_CO_MANG)")
    assert channel(ON, ON, (), AT).why == ""


def test_with_the_state_the_axis_is_the_rule() -> None:
    state = replace(ON, kind=AgencyKind.STATE)
    assert channel(state, ON, (), AT).rule is Rule.AXIS
    assert channel(ON, state, (), AT) == Channel(Rule.AXIS, MailReason.OUTSIDE_PARTY)


def test_others_are_outside_the_party() -> None:
    mass = replace(ON, kind=AgencyKind.MASS)
    assert channel(mass, ON, (), AT) == Channel(Rule.INTERNET, MailReason.OUTSIDE_PARTY)
