"""The case page: what it shows, to whom, what it offers, what is the same 404 as nothing, what is logged."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from cases.acts import ACTS
from cases.pages.facts import suspect_facts
from cases.pages.needs import DEADLINE_ACTS
from cases.pages.rows import rows_of
from cases.pages.sections import SECTION_ACTS
from cases.rows import turn_words
from cases.selectors import facts_of
from cases.services.corrections import correct_fact
from cases.services.decisions import propose_no_arrest
from cases.settling import SETTLED_BY
from core.scope import scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.making import arrest, do, fresh, make_case, suspect_of
from tests.integration.cases.test_queries import _grow

SignIn = Callable[[User], Client]


def bring(case: m.Case) -> m.Case:
    """Bring the case to the CPS, as far as sight goes."""
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=110)
    return fresh(case)


def text_of(client: Client, case: m.Case) -> str:
    """Return the page as text."""
    answer = client.get(f"/cases/{case.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_where_the_case_stands_and_what_it_needs(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather", risk="high")
    text = text_of(sign_in(world.investigator), case)
    for words in (
        "1 identified, not arrested",
        "Whose turn",
        "High risk",
        "Suspect 1: arrest",
        "Overdue",
        "Record an arrest",
        "Complainant A",
        "19C",
        "logged the case",
    ):
        assert words in text, words
    assert "<title>Case - RASSO case tracker</title>" in text


def test_buttons_follow_the_facts_and_the_role(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    arrest(world.investigator, case)
    officer = text_of(sign_in(world.investigator), case)
    assert "/record-release/" in officer
    assert "/record-arrest/" not in officer
    assert "/exclude/" not in officer
    assert "/exclude/" in text_of(sign_in(world.supervisor), case)
    prosecutor = text_of(sign_in(world.prosecutor), bring(case))
    assert "/add-cps-note/" in prosecutor
    for slug in ("record-release", "add-police-note", "restrict", "assign-person"):
        assert f"/{slug}/" not in prosecutor


def test_every_act_named_on_the_page_stands_in_the_table() -> None:
    named = {slug for slugs in (*SETTLED_BY.values(), *SECTION_ACTS.values(), DEADLINE_ACTS) for slug in slugs}
    assert named <= set(ACTS)


@pytest.mark.parametrize(
    "who",
    ["other_unit", "kent", "kent_supervisor", "prosecutor", "other_area", "cps_direct", "analyst", "auditor", "administrator", "isva"],
)
def test_outside_sight_is_the_same_404_as_nothing(world: World, sign_in: SignIn, who: str) -> None:
    case = make_case(world.investigator, "Quillfeather")
    client = sign_in(getattr(world, who))
    client.get(f"/cases/{uuid4()}/")
    nothing, there = (_asked(client, key) for key in (uuid4(), case.pk))
    assert there == nothing
    assert there[0] == 404


def _asked(client: Client, key: UUID) -> tuple[int, bytes, int]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/cases/{key}/")
    return answer.status_code, answer.content, len(queries)


def test_a_prosecutor_sees_the_whole_case_but_police_notes(world: World, sign_in: SignIn) -> None:
    case = bring(make_case(world.investigator, "Quillfeather"))
    keys = {"case": case, "force_id": AVON, "cps_area_scope": 110, "author_name": "Somebody"}
    with acting_as(world.investigator):
        m.PoliceNote.objects.create(**keys, text="for the police alone")
        m.Note.objects.create(**keys, text="for both")
    with acting_as(world.prosecutor):
        m.CpsNote.objects.create(**keys, text="for the CPS alone")
    text = text_of(sign_in(world.prosecutor), case)
    assert "Quillfeather" in text
    assert ("for both" in text, "for the CPS alone" in text, "for the police alone" in text) == (True, True, False)
    text = text_of(sign_in(world.investigator), case)
    assert ("for both" in text, "for the CPS alone" in text, "for the police alone" in text) == (True, False, True)
    assert "relevant material in it must still be revealed" in text


def test_the_facts_the_page_derives_are_those_the_clocks_use(world: World) -> None:
    case = make_case(world.investigator, "Quillfeather")
    _bring_and_grow(world, case)
    with acting_as(world.supervisor):
        derived = tuple(suspect_facts(rows_of(fresh_for(case), world.supervisor, restricts=True)).values())
        assert derived == facts_of(case).suspects


def _bring_and_grow(world: World, case: m.Case) -> None:
    bring(case)
    _grow(world, case)


def fresh_for(case: m.Case) -> m.Case:
    """Return the case as read in the scope that runs."""
    found: m.Case = m.Case.objects.select_related("force", "unit").get(pk=case.pk)
    return found


def test_names_are_escaped_and_kept_apart_from_the_text_around(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "<script>alert(1)</script>")
    text = text_of(sign_in(world.investigator), case)
    assert "<script>alert" not in text
    assert "<bdi>Test &lt;script&gt;" in text


def test_a_case_without_suspect_asks_whether_anyone_was_named(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, named="not_known")
    text = text_of(sign_in(world.investigator), case)
    assert "Has anyone been named?" in text
    assert "No suspect recorded" in text


def test_with_a_suspect_on_record_nobody_is_asked_whether_anyone_was_named(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    for person in (world.investigator, world.supervisor):
        assert "Has anyone been named?" not in text_of(sign_in(person), case)


def test_whose_turn_it_is_counts_suspects_only_where_there_are_several(world: World, sign_in: SignIn) -> None:
    one = make_case(world.investigator, "Quillfeather")
    two = make_case(world.investigator, "Quillfeather", "Inkwell", reference="52/TEST/2")
    assert (turn_words(fresh(one)), turn_words(fresh(two))) == ("Police", "Police (2 suspects)")


def test_who_answers_sees_what_is_asked(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    suspect = suspect_of(case)
    key = {"suspect_id": suspect.pk}
    decision = do(world.investigator, propose_no_arrest, case, **key, rationale="Will attend", protection="An order")
    page = sign_in(world.supervisor).get(f"/cases/{case.pk}/answer-no-arrest/{decision.pk}/").content.decode()
    for words in (f"Suspect 1: {suspect.full_name}", "Will attend", "An order", f"By {world.investigator.name}"):
        assert words in page, words

    risk = {"table": "case", "row_id": case.pk, "field": "risk", "new": "standard", "reason": "Reassessed"}
    correction = do(world.investigator, correct_fact, case, **risk)
    assert correction.answer == m.FactCorrection.Answer.WAITING
    assert "Correction of the risk waits for a supervisor" in text_of(sign_in(world.investigator), case)
    page = sign_in(world.supervisor).get(f"/cases/{case.pk}/answer-correction/{correction.pk}/").content.decode()
    for words in ("Risk", "Medium", "Standard", "Reassessed"):
        assert words in page, words


def test_the_banner_says_whether_a_correction_was_made_or_waits() -> None:
    made, waits = (m.FactCorrection(answer=answer) for answer in (m.FactCorrection.Answer.MADE, m.FactCorrection.Answer.WAITING))
    assert ACTS["correct-case"].said([made]) == "Corrected."
    assert "A supervisor answers it" in ACTS["correct-case"].said([made, waits])


def test_taking_back_that_somebody_was_named_has_its_form(world: World, sign_in: SignIn) -> None:
    unnamed = make_case(world.investigator, named="yes")
    settled = make_case(world.investigator, "Quillfeather", reference="52/TEST/2")
    asked = [
        b"Whether anyone has been named" in sign_in(world.investigator).get(f"/cases/{case.pk}/correct-case/").content
        for case in (unnamed, settled)
    ]
    assert asked == [True, False]


def test_a_case_that_takes_no_changes_offers_none(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(recorded_in_error_at=ago(days=1))
    text = text_of(sign_in(world.supervisor), case)
    assert "recorded in error" in text
    assert "rasso-acts" not in text


def test_the_timeline_goes_there_and_back(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Quillfeather")
    with scope(system(AVON)):
        for number in range(45):
            m.TimelineEvent.objects.create(
                case=case,
                force_id=AVON,
                kind="note_added",
                happened_at=ago(days=1),
                created_at=ago(minutes=number),
                actor_name=f"Writer {number}",
                case_version=1,
            )
    client = sign_in(world.investigator)
    first = client.get(f"/cases/{case.pk}/timeline/")
    second = client.get(f"/cases/{case.pk}/timeline/?after={first.context['timeline'].next_cursor}")
    again = client.get(f"/cases/{case.pk}/timeline/?before={second.context['timeline'].previous_cursor}")
    assert again.context["timeline"].rows == first.context["timeline"].rows
    assert not set(map(id, first.context["timeline"].rows)) & set(map(id, second.context["timeline"].rows))
    for bad in ("after=banana", "before=%C3%A9"):
        assert client.get(f"/cases/{case.pk}/timeline/?{bad}").status_code == 400


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_not_answered(world: World, sign_in: SignIn, method: str) -> None:
    case = make_case(world.investigator)
    for address in ("/cases/", "/cases/new/", f"/cases/{case.pk}/", f"/cases/{case.pk}/add-note/"):
        assert getattr(sign_in(world.investigator), method)(address).status_code == 405


def test_head_is_answered_as_get_is(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator)
    for address in ("/cases/", "/cases/new/", f"/cases/{case.pk}/", f"/cases/{case.pk}/timeline/", f"/cases/{case.pk}/add-note/"):
        assert sign_in(world.investigator).head(address).status_code == 200
