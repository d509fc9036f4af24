"""What an extract says of who victims are: filled once, sealed, and never over what was entered on screen."""

from datetime import date
from typing import Any

import pytest

from cases import models as m
from core.blindindex import blind_indexes
from core.scope import scope, system
from tests.factories import AVON, World
from tests.integration.importing.support import mentions, take
from tests.integration.importing.test_again import every_table
from tests.integration.importing.test_on_screen import logged
from tests.integration.importing.test_pages import SignIn
from tests.integration.victims.extracts import WHO, agree_here, answer, change_here, differences, full, who
from victims.indexes import born_text, keys_to_find
from victims.models import Contact, ContactAgreement, SupportReferral, Victim

pytestmark = pytest.mark.django_db


def test_everything_is_stored_where_it_belongs_and_who_she_is_is_readable_nowhere() -> None:
    """One victim behind the label, an agreement, a contact that reached her, a service as text; no plain text of a name."""
    take(full())
    assert who() == {
        "surname": "Canarywharf",
        "forenames": "Ottilie",
        "date_of_birth": date(1991, 2, 3),
        "home_telephone": "",
        "mobile_telephone": "07700 900417",
        "email": "ottilie.canarywharf@example.org",
    }
    with scope(system(AVON)):
        agreement, contact, referral = ContactAgreement.objects.get(), Contact.objects.get(), SupportReferral.objects.get()
        assert (agreement.interval_days, agreement.channel, agreement.starts_on, agreement.imported) == (
            14,
            "telephone",
            date(2026, 10, 1),
            True,
        )
        assert (contact.at.isoformat(), contact.reached, contact.imported) == ("2026-11-02T14:05:00+00:00", True, True)
        assert (referral.service, referral.service_text, referral.consent_given_on) == (None, "Unmatched Centre", None)
        assert {row.complainant_id for row in (agreement, contact, referral)} == {m.Complainant.objects.get().pk}
    for text in ("Canarywharf", "Ottilie", "900417", "ottilie"):
        assert mentions(text) == []


def test_she_is_found_by_the_blind_indexes_of_the_import() -> None:
    """By whole values, in her own force."""
    take(full())
    with scope(system(AVON)):
        row = Victim.objects.get()
    asked = {
        "name_key": "ottilie canarywharf",
        "surname_key": "CANARYWHARF",
        "born_key": born_text("Canarywharf", date(1991, 2, 3)),
        "mobile_key": "07700900417",
        "email_key": "ottilie.canarywharf@example.org",
    }
    for column, text in asked.items():
        assert getattr(row, column) in keys_to_find(column, text, force_id=AVON)
        assert getattr(row, column) not in blind_indexes(text, column=column, force_id=46)
    assert row.home_key == ""


def test_a_database_imported_before_this_app_is_filled_by_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once: afterwards the file changes nothing in any table."""
    from cases.importing.takers import TAKERS

    with monkeypatch.context() as before:
        before.setattr(TAKERS, "by_name", {})
        take(full(), full(victim_nominal="V2"))
    with scope(system(AVON)):
        assert not Victim.objects.exists()
    tally = take(full(), full(victim_nominal="V2"))
    assert (tally.cases.updated, tally.complainants.updated, tally.suspects.unchanged) == (1, 2, 1)
    with scope(system(AVON)):
        counted = [model.objects.count() for model in (Victim, ContactAgreement, Contact, SupportReferral, m.SupportChange)]
    assert counted == [2, 2, 2, 2, 2]
    tables = every_table()
    assert take(full(), full(victim_nominal="V2")).cases.unchanged == 1
    assert every_table() == tables


def test_a_changed_value_of_the_extract_is_written_over_its_own() -> None:
    """With its indexes; the timeline says what changed and not to what. A mobile number after a landline is her only one."""
    take(full(victim_phone="0117 496 0231"))
    take(full(victim_surname="Canarysound", victim_dob="1991-03-02"))
    found = who()
    assert (found["surname"], found["date_of_birth"]) == ("Canarysound", date(1991, 3, 2))
    assert (found["home_telephone"], found["mobile_telephone"]) == ("", "07700 900417")
    with scope(system(AVON)):
        row = Victim.objects.get()
        assert row.surname_key in keys_to_find("surname_key", "Canarysound", force_id=AVON)
        assert (row.home_key, row.mobile_key != "") == ("", True)
        texts = set(m.TimelineEvent.objects.filter(kind="extract_changed").values_list("text", flat=True))
        assert texts == {"Victim’s surname", "Victim’s date of birth", "Victim’s telephone"}
        assert not m.FactCorrection.objects.exists()


def test_the_same_number_and_address_written_otherwise_are_no_change() -> None:
    """Spaces, +44, capitals."""
    take(full())
    tally = take(full(victim_phone="+44 7700 900 417", victim_email="Ottilie.Canarywharf@Example.org"))
    assert (tally.cases.unchanged, tally.complainants.unchanged) == (1, 1)
    assert who()["mobile_telephone"] == "07700 900417"


def test_who_she_is_as_entered_on_screen_stands_and_the_difference_names_no_value(world: World) -> None:
    """The same file is silent; a changed one is listed. Kept, it is not asked again."""
    take(full())
    change_here(world.investigator, surname="Entered", mobile_telephone="07700 900555")
    take(full())
    assert differences(world) == {}
    take(full(victim_surname="Thirdname", victim_phone="07700 900666"))
    assert (who()["surname"], who()["mobile_telephone"]) == ("Entered", "07700 900555")
    assert differences(world).keys() == {"victim_surname", "victim_phone"}
    for text in ("Thirdname", "Entered", "900666", "900555"):
        assert mentions(text) == []
    answer(world, "victim_surname", take=False)
    take(full(victim_surname="Thirdname", victim_phone="07700 900666"))
    assert differences(world).keys() == {"victim_phone"}
    assert who()["surname"] == "Entered"


@pytest.mark.parametrize(
    ("column", "name", "here", "said"),
    [
        ("victim_surname", "surname", "Entered", "Thirdname"),
        ("victim_forenames", "forenames", "Entered", "Thirdname"),
        ("victim_dob", "date_of_birth", date(1990, 1, 1), "1992-01-01"),
        ("victim_email", "email", "here@example.org", "third@example.org"),
        ("victim_phone", "mobile_telephone", "07700 900555", "07700 900666"),
    ],
)
def test_what_is_taken_is_written_by_the_next_extract(world: World, column: str, name: str, here: Any, said: str) -> None:
    """No value is kept until then; what was entered afterwards on screen stands again."""
    take(full())
    change_here(world.investigator, **{name: here, "home_telephone": "0117 496 0888"})
    take(full(**{column: said}))
    answer(world, column, take=True)
    assert who()[name] == here
    take(full(**{column: said}))
    assert str(who()[name]) == said
    assert who()["home_telephone"] == "0117 496 0888"
    assert differences(world) == {}
    change_here(world.investigator, **{name: here})
    take(full(**{column: said}))
    assert who()[name] == here


def test_the_page_says_that_taking_waits_for_the_next_extract(world: World, sign_in: SignIn) -> None:
    """Before the answer and after it; a difference that stands with its values says nothing of the sort."""
    take(full())
    change_here(world.investigator, surname="Entered")
    agree_here(world, 28, channel="telephone")
    take(full(victim_surname="Thirdname", contact_interval_days="7"))
    keys, client = differences(world), sign_in(world.supervisor)
    address = f"/imports/disagreements/{keys['victim_surname']}/"
    waits = "when the next extract of this case is imported"
    assert waits in client.get(address).content.decode()
    assert waits not in client.get(f"/imports/disagreements/{keys['contact_interval_days']}/").content.decode()
    answered = client.post(address, {"answer": "take", "note": "Her passport"}, follow=True).content.decode()
    assert "will be written when it is imported next" in answered
    assert "Thirdname" not in answered
    assert "Entered" not in answered


def test_a_blank_here_is_filled_and_a_blank_there_erases_nothing(world: World) -> None:
    """In either direction nothing is lost."""
    take(full(victim_email="", victim_dob=""))
    take(full(victim_surname="", victim_phone=""))
    assert (who()["surname"], who()["email"], who()["date_of_birth"]) == ("Canarywharf", WHO["victim_email"], date(1991, 2, 3))
    assert differences(world) == {}


def test_the_age_group_is_filled_where_nobody_recorded_one(world: World) -> None:
    """With a new complainant, and later with a correction; what was recorded here stands. The birthday itself stays sealed."""
    take(full(victim_dob="2011-05-06"))
    take(full(victim_nominal="V2", victim_dob=""))
    take(full(victim_nominal="V2", victim_dob="1991-02-03"))
    with scope(system(AVON)):
        assert list(m.Complainant.objects.order_by("label").values_list("age_group", flat=True)) == ["13_to_17", "adult"]
        assert m.FactCorrection.objects.values_list("field", "old", "new").get() == ("age_group", "not_known", "adult")
    take(full(victim_nominal="V2", victim_dob="2012-02-03"))
    with scope(system(AVON)):
        assert m.Complainant.objects.get(label="B").age_group == "adult"
    assert mentions("1991-02-03") == mentions("2011-05-06") == []


def test_a_victim_of_a_case_known_here_comes_with_an_entry_on_the_timeline(world: World) -> None:
    """Which says that it was entered, and nothing more."""
    case = logged(world)
    tally = take(full(contact_interval_days="", last_contact_at="", isva_service="", supports_prosecution=""))
    assert tally.complainants.updated == 1
    with scope(system(AVON)):
        event = m.TimelineEvent.objects.get(case=case, kind="identity_entered")
        assert (event.complainant_id, event.text) == (m.Complainant.objects.get().pk, "")


def test_what_cannot_be_let_through_says_so(world: World) -> None:
    """The memory of the extract is gone: nothing is promised."""
    from core.exceptions import NotPossible

    take(full())
    change_here(world.investigator, surname="Entered")
    take(full(victim_surname="Thirdname"))
    with scope(system(AVON)):
        m.ExtractEntry.objects.filter(complainant__isnull=False).update(complainant=None, suspect_id=m.Case.objects.get().pk)
    with pytest.raises(NotPossible, match="any longer"):
        answer(world, "victim_surname", take=True)
    assert "victim_surname" in differences(world)
