"""No further action looked at twice: what is asked for, what a confirmation writes, what is refused, who sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.services.arrests import record_arrest, record_release
from cases.services.corrections import correct_fact
from cases.services.outcomes import record_crime_outcome, record_outcome
from cases.services.suspects import add_suspect
from core import clock
from core.exceptions import NotAllowed, NotPossible
from core.scope import scope, system
from prosecution.models import NfaState as N
from prosecution.models import ProposedNfa
from prosecution.nfa_setting import NFA_CODES
from prosecution.services.nfa_checks import check_nfa, propose_nfa
from tests.factories import World, ago
from tests.integration.cases.asking import deadline, refused, status, texts
from tests.integration.cases.making import do, fresh, make_case, plan_tellings, suspect_of
from tests.integration.prosecution import proposing
from tests.integration.prosecution.making import brought_case, police_case
from tests.integration.prosecution.proposing import SAID, act, again, drafted, proposed

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    return proposing.open_case(world)


def crime_of(case: m.Case) -> m.Offence:
    with scope(system(case.force_id)):
        return m.Offence.objects.get(case=case)


@pytest.mark.parametrize("code", sorted(NFA_CODES - {14, 18}))
def test_nobody_records_it_on_a_suspect_at_once(world: World, case: m.Case, code: int) -> None:
    for person in (world.investigator, world.supervisor):
        with refused("Propose it instead", "code"):
            do(person, record_outcome, case, suspect_id=suspect_of(case).pk, code=code, on=clock.today(), reasons="Tested")


@pytest.mark.parametrize("code", [14, 18, 10, 21])
def test_nor_on_a_recorded_crime(world: World, code: int) -> None:
    case = make_case(world.investigator)
    plan_tellings(case)
    with refused("Propose it instead", "code"):
        do(world.supervisor, record_crime_outcome, case, offence_id=crime_of(case).pk, code=code, on=clock.today(), reasons="Tested")


def test_nor_with_a_release(world: World, case: m.Case) -> None:
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=5))
    with refused("Propose it instead", "code"):
        do(
            world.investigator, record_release, case, suspect_id=suspect_of(case).pk, at=ago(hours=1), to="outcome", code=15,
            reasons="Tested",
        )  # fmt: skip


def test_a_force_may_record_it_at_once(world: World, case: m.Case, settings: Any) -> None:
    settings.NFA_CHECK = ["inspector", f"{case.force_id}=none"]
    do(world.investigator, record_outcome, case, suspect_id=suspect_of(case).pk, code=15, on=clock.today(), reasons="Tested")
    assert status(case) == "no_further_action"
    with pytest.raises(NotPossible):
        drafted(world, make_case(world.investigator, "Other", reference="52/TEST/2"))


def test_a_force_may_ask_for_another_rank(world: World, case: m.Case, settings: Any) -> None:
    row = proposed(world, case)
    settings.NFA_CHECK = [f"{case.force_id}=chief_inspector"]
    with pytest.raises(NotAllowed, match="chief inspector"):
        act(world.supervisor, check_nfa, case, row, confirm=True)
    settings.NFA_CHECK = [f"{case.force_id}=sergeant"]
    act(world.sergeant, check_nfa, case, row, confirm=True)
    assert again(row).state == N.CONFIRMED


def test_until_it_is_confirmed_nothing_moves(world: World, case: m.Case) -> None:
    before = fresh(case).version
    row = proposed(world, case)
    assert (fresh(case).version, status(case)) == (before, "identified")
    assert deadline(case, "nfa_check").met_at is None
    act(world.supervisor, check_nfa, case, row, confirm=True)
    row = again(row)
    assert row.outcome is not None
    assert (status(case), row.outcome.code, row.outcome.side, row.outcome.on) == ("no_further_action", 15, "police", clock.today())
    assert row.outcome.reasons == SAID["reasons"]
    assert crime_of(case).outcome_code == 15, "the crime alleged against this suspect alone ends alike"
    assert deadline(case, "nfa_check").met_at == row.checked_at
    assert deadline(case, "told_nfa").ended_at is None
    assert deadline(case, "written_reasons").owes == "police"
    assert texts(case, "nfa_confirmed")


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("reasons", "Enter the reasons"),
        ("reasons_for_victim", "plain words"),
        ("enquiries_not_done", "enquiries"),
        ("alternatives", "alternatives"),
        ("alternatives_note", "alternatives"),
        ("others_considered", "other cases"),
    ],
)
def test_it_is_put_forward_complete(world: World, case: m.Case, left_out: str, words: str) -> None:
    row = drafted(world, case, **{left_out: type(SAID[left_out])()})
    with refused(words):
        act(world.investigator, propose_nfa, case, row)
    assert again(row).state == N.DRAFT


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({"code": None}, "Select an outcome", "code"),
        ({"code": 1}, "Select an outcome", "code"),
        ({"code": 9}, "Select an outcome", "code"),
        ({"code": 20}, "Select an outcome", "code"),
        ({"code": 18}, "no suspect was identified", "code"),
        ({"alternatives": ["none_fits", "disruption"]}, "alone", "alternatives"),
        ({"alternatives": ["poem"]}, "from the list", "alternatives"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(world: World, case: m.Case, more: dict[str, Any], words: str, field: str) -> None:
    with refused(words, field):
        drafted(world, case, **more)


def test_a_crime_that_names_nobody_ends_the_same_way(world: World) -> None:
    case = make_case(world.investigator)
    plan_tellings(case)
    row = proposing.drafted_crime(world, case)
    act(world.investigator, propose_nfa, case, row)
    act(world.supervisor, check_nfa, case, row, confirm=True)
    assert crime_of(case).outcome_code == 18
    assert again(row).outcome is None


def test_codes_that_the_crimes_suspects_contradict_are_not_confirmed(world: World, case: m.Case) -> None:
    row = proposing.drafted_crime(world, case)
    act(world.investigator, propose_nfa, case, row)
    with refused("alleged against one", "code"):
        act(world.supervisor, check_nfa, case, row, confirm=True)
    assert again(row).state == N.WAITS


def test_telling_is_planned_before_it_is_confirmed(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    row = proposed(world, case)
    with refused("Victim A", "code"):
        act(world.supervisor, check_nfa, case, row, confirm=True)
    plan_tellings(case)
    act(world.supervisor, check_nfa, case, row, confirm=True)


def test_nobody_in_custody_gets_it(world: World, case: m.Case) -> None:
    do(world.investigator, record_arrest, case, suspect_id=suspect_of(case).pk, at=ago(hours=5))
    row = proposed(world, case)
    with refused("in custody"):
        act(world.supervisor, check_nfa, case, row, confirm=True)


def test_what_was_read_is_what_is_confirmed(world: World, case: m.Case) -> None:
    row = proposed(world, case)
    seen = row.proposed_at.isoformat() if row.proposed_at else ""
    proposing.change(world.investigator, case, row)
    act(world.investigator, propose_nfa, case, row)
    with refused("Read it again"):
        act(world.supervisor, check_nfa, case, row, confirm=True, seen=seen)


def test_two_at_once_one_wins_and_the_other_is_told_who(world: World, case: m.Case) -> None:
    row = proposed(world, case)
    act(world.supervisor, check_nfa, case, row, confirm=True)
    with refused(f"{world.supervisor.name} confirmed this first"):
        act(world.supervisor2, check_nfa, case, row, confirm=True)


def test_one_lives_at_a_time(world: World, case: m.Case) -> None:
    drafted(world, case)
    with refused("proposed already"):
        drafted(world, case, by=world.colleague)


def test_sent_back_needs_a_note_and_comes_again(world: World, case: m.Case) -> None:
    row = proposed(world, case)
    with refused("why you send it back", "note"):
        act(world.supervisor, check_nfa, case, row, confirm=False, note=" ")
    act(world.supervisor, check_nfa, case, row, confirm=False, note="Ask the neighbour")
    first = deadline(case, "nfa_check")
    assert first.met_at is not None
    act(world.investigator, propose_nfa, case, row)
    assert (deadline(case, "nfa_check").sequence, deadline(case, "nfa_check").met_at) == (first.sequence + 1, None)


def test_the_cps_learns_of_nothing_proposed(world: World, sign_in: SignIn) -> None:
    case = brought_case(world)
    plan_tellings(case)
    row = proposed(world, case)
    address, page = reverse("proposed_nfa", args=[row.pk]), reverse("case_page", args=[case.pk])
    shown = sign_in(world.supervisor).get(address).content.decode()
    for words in (SAID["reasons"], "Confirm or send back", "Other cases of the same suspect", "Victim A"):
        assert words in shown
    assert "proposed by the police" in sign_in(world.investigator).get(page).content.decode()
    for person in (world.prosecutor, world.cps_manager, world.vlo, world.kent, world.isva):
        assert sign_in(person).get(address).status_code == 404
    client = sign_in(world.prosecutor)
    text = client.get(page).content.decode()
    assert "proposed by the police" not in text
    assert "second check of no further action" not in text.lower()


def test_its_page_takes_a_fixed_number_of_queries(world: World, sign_in: SignIn) -> None:
    """However many other cases there are, crimes, and proposals before it."""
    first = proposing.open_case(world, "Invented")
    do(world.investigator, correct_fact, first, table="suspect", row_id=suspect_of(first).pk, field="pnc_id", new="12/1A", reason="Known")
    row, client = proposed(world, first), sign_in(world.supervisor)
    address = reverse("proposed_nfa", args=[row.pk])
    _another(world, 2)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(3, 7):
        _another(world, number)
    with CaptureQueriesContext(connection) as many:
        assert "52/TEST/6" in client.get(address).content.decode()
    assert len(many) == len(one)
    assert len(one) < 60


def _another(world: World, number: int) -> None:
    case = make_case(world.colleague, reference=f"52/TEST/{number}")
    do(world.colleague, add_suspect, case, surname="Invented", pnc_id="12/1A")


def test_the_journey_by_its_forms(world: World, case: m.Case, sign_in: SignIn) -> None:
    """Bad input stands beside its field and loses nothing; then drafted, put forward, confirmed."""
    key = suspect_of(case).pk
    form = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "draft-nfa", "target_id": key})
    client = sign_in(world.investigator)
    typed = {"version": fresh(case).version, **{name: value for name, value in SAID.items() if value}}
    answer = client.post(form, {**typed, "code": ""})
    assert answer.status_code in {200, 400, 422}
    assert SAID["reasons"] in answer.content.decode()
    answer = client.post(form, typed)
    assert answer.status_code == 302
    with scope(system(case.force_id)):
        row = ProposedNfa.objects.get(case=case)
    assert answer["Location"] == reverse("proposed_nfa", args=[row.pk])
    put = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "propose-nfa", "target_id": row.pk})
    assert client.post(put, {"version": fresh(case).version}).status_code == 302
    check = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "check-nfa", "target_id": row.pk})
    checker = sign_in(world.supervisor)
    assert SAID["reasons"] in checker.get(check).content.decode()
    assert checker.post(check, {"version": fresh(case).version, "confirm": "yes"}).status_code == 302
    assert status(case) == "no_further_action"


def test_what_waits_stands_in_the_supervisors_worklist(world: World, sign_in: SignIn) -> None:
    case = police_case(world)
    proposed(world, case)
    shown = sign_in(world.supervisor).get(reverse("home")).content.decode()
    assert "second check of no further action" in shown
    assert "Confirm or send back" in shown


def test_the_form_of_an_outcome_leads_to_the_proposal(world: World, case: m.Case, sign_in: SignIn) -> None:
    form = reverse("case_act_on", kwargs={"case_id": case.pk, "slug": "record-outcome", "target_id": suspect_of(case).pk})
    shown = sign_in(world.investigator).get(form).content.decode()
    assert "To take no further action: propose it" in shown
    assert "15 Evidential" not in shown
    answer = sign_in(world.investigator).post(form, {"version": fresh(case).version, "code": "15", "reasons": "Tested"})
    assert "looked at twice" in answer.content.decode()
