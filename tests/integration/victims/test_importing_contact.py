"""What an extract says of agreed contact, contacts and support services, against what was entered on screen."""

from datetime import date

import pytest

from accounts.models import Agency
from cases.importing.answers import open_disagreements
from core.scope import scope, system
from tests.factories import AVON, SERVICE, World, acting_as, ago
from tests.integration.importing.support import take
from tests.integration.victims.extracts import agree_here, answer, differences, full, keys_of
from victims.models import Contact, ContactAgreement, SupportReferral, Victim

pytestmark = pytest.mark.django_db


def latest_agreement() -> tuple[int | None, str]:
    """What is agreed now."""
    with scope(system(AVON)):
        row = ContactAgreement.objects.latest("created_at")
        return row.interval_days, row.channel


def test_no_number_of_days_is_no_agreement() -> None:
    """The channel alone agrees nothing."""
    take(full(contact_interval_days=""))
    with scope(system(AVON)):
        assert not ContactAgreement.objects.exists()
        assert Contact.objects.count() == 1


def test_a_changed_agreement_of_the_extract_follows_its_own_and_its_history_stays() -> None:
    """Both rows stand; the latest is what is agreed."""
    take(full())
    take(full(contact_interval_days="7", contact_method="via ISVA"))
    assert latest_agreement() == (7, "via_isva")
    take(full(contact_interval_days="7", contact_method="via police"))
    assert latest_agreement() == (7, "via_isva")
    with scope(system(AVON)):
        assert ContactAgreement.objects.count() == 2


@pytest.mark.parametrize(("taken", "agreed"), [(True, (7, "email")), (False, (28, "letter"))])
def test_what_was_agreed_on_screen_stands_until_the_extract_is_taken(world: World, taken: bool, agreed: tuple[int, str]) -> None:
    """Interval and channel are two questions; here is what is shown."""
    take(full())
    agree_here(world, 28, channel="letter")
    take(full(contact_interval_days="7", contact_method="email"))
    assert latest_agreement() == (28, "letter")
    with acting_as(world.supervisor):
        shown = set(open_disagreements(world.supervisor).values_list("column", "here", "extract"))
    assert shown == {("contact_interval_days", "28", "7"), ("contact_method", "Letter", "Email")}
    for column in ("contact_interval_days", "contact_method"):
        answer(world, column, take=taken)
    assert latest_agreement() == agreed


def test_an_opt_out_entered_here_is_not_undone(world: World) -> None:
    """It is a difference about the days alone."""
    take(full())
    agree_here(world, None, opted_out=True, own_reason="Her words")
    take(full(contact_interval_days="7", contact_method="email"))
    assert latest_agreement() == (None, "")
    assert differences(world).keys() == {"contact_interval_days"}


def contacts() -> list[tuple[date, bool]]:
    """The contacts that stand, in order of time, and whether an extract told of them."""
    with scope(system(AVON)):
        corrected = Contact.objects.filter(supersedes__isnull=False).values("supersedes")
        return [(row.at.date(), row.imported) for row in Contact.objects.exclude(pk__in=corrected).order_by("at")]


def test_a_later_contact_is_added_and_an_earlier_one_corrects_the_extracts_own() -> None:
    """Of a correction both rows stay."""
    take(full())
    take(full(last_contact_at="2026-11-10T09:00"))
    assert contacts() == [(date(2026, 11, 2), True), (date(2026, 11, 10), True)]
    take(full(last_contact_at="2026-11-09"))
    assert contacts() == [(date(2026, 11, 2), True), (date(2026, 11, 9), True)]
    with scope(system(AVON)):
        assert Contact.objects.count() == 3


def test_a_contact_entered_here_is_neither_doubled_nor_back_dated(world: World) -> None:
    """The one of the same day is the same; an earlier one of the extract does not move the later one."""
    take(full(last_contact_at=""))
    day = ago(days=1)
    with acting_as(world.investigator):
        Contact.objects.create(at=day, channel="telephone", reached=True, created_by=world.investigator, **keys_of())
    take(full(last_contact_at=day.strftime("%Y-%m-%d")))
    assert contacts() == [(day.date(), False)]
    take(full(last_contact_at="2026-11-01"))
    assert contacts() == [(date(2026, 11, 1), True), (day.date(), False)]
    assert differences(world) == {}


def service() -> list[tuple[int | None, str]]:
    """The services she is referred to: key or text."""
    with scope(system(AVON)):
        return list(SupportReferral.objects.order_by("created_at").values_list("service_id", "service_text"))


def test_a_service_known_here_by_exactly_this_name_is_matched_and_sees_nothing_without_consent(world: World) -> None:
    """Any other stays text. No consent comes with an extract."""
    take(full(isva_service="Test service"))
    assert service() == [(SERVICE, "")]
    with acting_as(world.isva):
        assert not SupportReferral.objects.filter(consent_given_on__isnull=False).exists()
        assert not Victim.objects.exists()
        assert not Contact.objects.exists()
    take(full(isva_service="test service "))
    assert service() == [(None, "test service")]


def test_a_referral_somebody_works_with_stands(world: World) -> None:
    """Consent was recorded to one; the extract names another: listed, and taken as a further referral."""
    with scope(system(AVON)):
        Agency.objects.create(pk=1999, kind="support", name="Other service")
    take(full(isva_service="Test service"))
    with acting_as(world.investigator):
        row = SupportReferral.objects.get()
        row.state, row.consent_given_on = "accepted", date(2026, 11, 3)
        row.save()
    take(full(isva_service="Other service"))
    assert service() == [(SERVICE, "")]
    with acting_as(world.supervisor):
        assert open_disagreements(world.supervisor).values_list("here", "extract").get() == ("Test service", "Other service")
    answer(world, "isva_service", take=True)
    assert service() == [(SERVICE, ""), (1999, "")]
