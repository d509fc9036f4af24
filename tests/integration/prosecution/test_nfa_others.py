"""Other cases of the same suspect: the own force in full, what is not seen and whom to ask, other forces by a keyed hash."""

import pytest
from django.urls import reverse

from audit.models import AccessLog
from cases import models as m
from cases.services.access import exclude
from cases.services.corrections import correct_fact
from cases.services.known import keys_of
from cases.services.refresh import refresh_force
from cases.services.suspects import add_suspect, mark_suspect_in_error
from core.scope import Kind, Scope, scope, system
from prosecution.pages.nfa_others import Others, others_of
from tests.factories import AVON, KENT, World, acting_as
from tests.integration.cases.making import do, fresh, make_case, suspect_of

pytestmark = pytest.mark.django_db
PNC = "12/345678A"


def case_with(actor: object, reference: str, pnc_id: str = PNC, name: str = "Invented") -> m.Case:
    """Return a case whose only suspect has this PNC id."""
    case = make_case(actor, reference=reference)  # type: ignore[arg-type]
    do(actor, add_suspect, case, surname=name, pnc_id=pnc_id)  # type: ignore[arg-type]
    return case


def seen_by(person: object, case: m.Case) -> Others:
    with acting_as(person):  # type: ignore[arg-type]
        return others_of(fresh(case), suspect_of(case), person)  # type: ignore[arg-type]


def known() -> set[tuple[str, int]]:
    with scope(system(AVON)):
        return set(m.KnownSuspect.objects.values_list("key", "agency"))


def test_the_own_force_is_shown_in_full_and_the_look_is_recorded(world: World) -> None:
    case = case_with(world.investigator, "52/A/1")
    other = case_with(world.colleague, "52/A/2", name="Spelled differently")
    case_with(world.colleague, "52/A/3", pnc_id="99/1B")
    found = seen_by(world.investigator, case)
    assert [(one.reference, one.address) for one in found.seen] == [("52/A/2", reverse("case_page", args=[other.pk]))]
    assert (found.unseen, found.forces) == ([], [])
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=AVON)):
        (row,) = [one for one in AccessLog.objects.of_agency(AVON) if one.act == "combination"]
    assert (row.what, row.case_ids) == ("other cases of a suspect", [other.pk])


def test_what_is_not_seen_says_whom_to_ask_and_nothing_else(world: World) -> None:
    case = case_with(world.investigator, "52/A/1")
    case_with(world.other_unit, "52/SECRET/2")
    found = seen_by(world.investigator, case)
    assert found.seen == []
    (one,) = found.unseen
    assert one.words == "1 case that you do not see"
    assert world.supervisor2.name in one.ask
    assert "SECRET" not in repr(found)


def test_whoever_is_excluded_or_outside_a_restricted_case_learns_nothing(world: World) -> None:
    case = case_with(world.investigator, "52/A/1")
    excluded, restricted = case_with(world.other_unit, "52/A/2"), case_with(world.other_unit, "52/A/3")
    do(world.supervisor, exclude, excluded, user_id=world.investigator.pk, reason="A relative")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=restricted.pk).update(restricted=True)
    found = seen_by(world.investigator, case)
    assert (found.seen, found.unseen) == ([], [])


def test_another_force_is_named_with_whom_to_ask(world: World) -> None:
    case = case_with(world.investigator, "52/A/1")
    case_with(world.kent_supervisor, "46/SECRET/1", pnc_id="12/345678a ")
    (one,) = seen_by(world.investigator, case).forces
    assert "Kent" in one.words
    assert world.kent_supervisor.name in one.ask
    assert "SECRET" not in repr(one)


def test_without_a_link_or_a_pnc_id_there_is_nothing_to_look_by(world: World) -> None:
    assert not seen_by(world.investigator, make_case(world.investigator, "Invented")).asked


def test_the_table_follows_the_suspects(world: World) -> None:
    key, other = keys_of(PNC)[0], keys_of("99/1B")[0]
    case = case_with(world.investigator, "52/A/1")
    second = case_with(world.investigator, "52/A/2")
    assert known() == {(key, AVON)}
    suspect = suspect_of(case)
    do(world.investigator, correct_fact, case, table="suspect", row_id=suspect.pk, field="pnc_id", new="99/1B", reason="Misread")
    assert known() == {(key, AVON), (other, AVON)}
    do(world.supervisor, mark_suspect_in_error, second, suspect_id=suspect_of(second).pk, reason="Nobody")
    assert known() == {(other, AVON)}
    assert PNC not in repr(known())


def test_a_force_that_had_suspects_before_the_table_is_filled_by_night(world: World) -> None:
    case_with(world.investigator, "52/A/1")
    with scope(system(AVON)):
        m.KnownSuspect.objects.all().delete()
    refresh_force(AVON)
    assert known() == {(keys_of(PNC)[0], AVON)}


def test_the_key_is_the_same_in_every_force_and_names_nobody() -> None:
    assert keys_of(PNC) == keys_of(" 12/345678a")
    assert keys_of("") == ()
    assert KENT != AVON
