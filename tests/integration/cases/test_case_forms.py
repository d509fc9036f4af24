"""The forms of logging and of acts on the case: what they give the service, and where they say what is missing."""

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from cases import models as m
from cases.acts import ACTS, On
from cases.forms.case import NewCase
from cases.forms.corrections import CorrectSuspectForm
from cases.forms.work import ChangeEnquiryForm
from cases.services.corrections import correct_rows
from cases.services.enquiries import open_enquiry
from cases.services.logging import log_case
from core import clock
from tests.factories import World, acting_as, ago
from tests.integration.cases.making import arrest, do, make_case, suspect_of


def moment(name: str, days: float) -> dict[str, str]:
    return typed(name, ago(days=days))


def typed(name: str, at: datetime) -> dict[str, str]:
    local = at.astimezone(clock.LONDON)
    return {
        f"{name}_day": str(local.day),
        f"{name}_month": str(local.month),
        f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }


def sent(**more: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(
        {
            "crime_reference": "52/form/1",
            "risk": "high",
            "named": "yes",
            "works_in_justice": "no",
            "complainant_0-code": "19C",
            **moment("recorded_at", 3),
            **more,
        }
    )
    return data


def test_a_case_is_logged_from_its_form(world: World) -> None:
    with acting_as(world.investigator):
        form = NewCase(
            sent(
                **{
                    "suspects_shown": "2",
                    "suspect_1-surname": "Invented",
                    **moment("suspect_1-identified_at", 2),
                    "complainant_0-age_group": "adult",
                }
            ),
            user=world.investigator,
        )
        assert form.is_valid(), form.errors
        case = log_case(actor=world.investigator, **form.service_arguments())
        assert case.crime_reference == "52/FORM/1"
        assert m.Suspect.objects.get(case=case).surname == "Invented"
        assert m.Complainant.objects.get(case=case).age_group == "adult"


def test_another_part_is_added_and_nothing_is_lost(world: World) -> None:
    with acting_as(world.investigator):
        form = NewCase(sent(**{"add_suspect": "1", "suspect_0-surname": "Invented", "crime_reference": ""}), user=world.investigator)
        assert not form.is_valid()
        assert not form.errors
        titles = [section.title for section in form.sections()]
        assert titles[-2:] == ["Suspect 1, if anyone has been named", "Suspect 2, if anyone has been named"]
        assert form["suspect_0-surname"].value() == "Invented"
        assert form["suspects_shown"].value() == "2"


@pytest.mark.parametrize("shown", ["", "0", "99", "-1", "x", "1e9", "٣"])
def test_a_page_of_nonsense_size_is_held_within_bounds(world: World, shown: str) -> None:
    with acting_as(world.investigator):
        form = NewCase(sent(suspects_shown=shown), user=world.investigator)
        assert 1 <= form.suspects <= 10
        assert form.is_valid()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"complainant_0-code": ""}, "complainant_0-code"),
        ({"complainants_shown": "2", "complainant_1-age_group": "adult"}, "complainant_1-code"),
        ({"suspect_0-forenames": "Only"}, "suspect_0-surname"),
        ({"suspect_0-surname": "Invented"}, "suspect_0-identified_at"),
        ({"works_in_justice": ""}, "works_in_justice"),
        ({"named": ""}, "named"),
        ({"risk": "enormous"}, "risk"),
        ({"officer_id": "nobody"}, "officer_id"),
        ({"crime_reference": "a\x00b"}, "crime_reference"),
        ({"recorded_at_year": "9999"}, "recorded_at"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(world: World, more: dict[str, str], field: str) -> None:
    with acting_as(world.investigator):
        form = NewCase(sent(**more), user=world.investigator)
        assert not form.is_valid()
        assert next(iter(form.errors)) == field


def test_days_in_the_wrong_order_are_said_beside_the_last(world: World) -> None:
    days: dict[str, str] = {}
    for name, year in (("from_on", "2025"), ("to_on", "2024")):
        days |= {f"complainant_0-{name}_day": "1", f"complainant_0-{name}_month": "1", f"complainant_0-{name}_year": year}
    with acting_as(world.investigator):
        form = NewCase(sent(**days), user=world.investigator)
        assert not form.is_valid()
        assert list(form.errors) == ["complainant_0-to_on"]


def test_every_act_on_the_case_has_a_form_that_can_be_drawn(world: World) -> None:
    case = make_case(world.supervisor, "Invented")
    with acting_as(world.supervisor):
        for act in ACTS.values():
            if act.on is On.CASE:
                form: Any = act.form(initial={"version": case.version}, case=case, target=None, user=world.supervisor)
                assert form.as_p()


def test_only_what_was_typed_over_is_corrected(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    arrest(world.investigator, case, days=2)
    suspect = suspect_of(case)
    with acting_as(world.investigator):
        empty = CorrectSuspectForm(initial={"version": 2}, case=case, target=suspect, user=world.investigator)
        shown: dict[str, Any] = {
            "version": "2",
            "reason": "Custody record",
            "surname": "Rightly",
            "forenames": "Test",
            "relationship": "",
            "pnc_id": "",
        }
        shown |= typed("identified_at", suspect.identified_at) | moment("arrest_1_at", 1)
        form = CorrectSuspectForm(shown, case=case, target=suspect, user=world.investigator)
        assert "arrest_1_at" in empty.fields
        assert "arrest_1_released_at" not in empty.fields
        assert form.is_valid(), form.errors
        made = correct_rows(actor=world.investigator, case_id=case.pk, version=2, suspect_id=suspect.pk, **form.service_arguments())
    assert sorted((one.table, one.field) for one in made) == [("arrest", "at"), ("suspect", "surname")]


def test_nobody_ticks_that_the_conditions_for_looking_at_the_victim_are_met(world: World) -> None:
    case = make_case(world.investigator)
    victim = do(world.investigator, open_enquiry, case, focus="victim", what="Messages", necessity="No other way")
    with acting_as(world.investigator):
        form = ChangeEnquiryForm(case=case, target=victim, user=world.investigator)
    assert set(form.fields) == {"what", "necessity", "state", "expected_on", "version"}
    assert form.initial["necessity"] == "No other way"
