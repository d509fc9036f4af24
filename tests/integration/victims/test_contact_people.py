"""Contact persons: who may be told what, and never somebody near a suspect without an inspector's recorded decision."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.services.suspects import add_suspect
from core.exceptions import Conflict, NotAllowed, NotPossible
from core.scope import scope, system
from core.sealedfield import NotOpened, opening
from tests.factories import AVON, World, ago
from tests.integration.cases.making import do, fresh, make_case, timeline
from tests.integration.victims.knowing import complainant_of, known_case, person_of
from victims.identity_page import HIDDEN_NEVER
from victims.models import ContactPerson
from victims.near_suspect import DOUBTFUL, SuspectNames
from victims.services.people import SAME_NAME, change_contact_person, end_contact_person

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db
GIVEN = {"kind": "carer", "name": "Wilfred Invented", "may_be_told": "arrangements", "near_suspect": "no"}


def stands(case: m.Case) -> list[tuple[str, bool, str, Any]]:
    """Return name, nearness, decision and who decided, of each contact person in order."""
    with scope(system(AVON)), opening("test"):
        rows = ContactPerson.objects.filter(case=case).order_by("created_at")
        return [(row.name, row.near_suspect, row.near_suspect_decision, row.near_suspect_decided_by_id) for row in rows]


def test_a_contact_person_is_sealed_and_the_timeline_does_not_name_her(world: World) -> None:
    case, _ = known_case(world)
    row = person_of(case, world.investigator, never_tell="That she moved")
    for name in ("name", "telephone", "never_tell"):
        with scope(system(AVON)), pytest.raises(NotOpened):
            getattr(ContactPerson.objects.get(pk=row.pk), name)
    with scope(system(AVON)):
        assert m.TimelineEvent.objects.get(case=case, kind="contact_person_added").text == "Parent"


def test_somebody_near_a_suspect_needs_an_inspectors_decision(world: World) -> None:
    case, _ = known_case(world)
    with pytest.raises(NotPossible) as refused:
        person_of(case, world.investigator, near_suspect=True, decision="I think so")
    assert refused.value.field == "near_suspect"
    assert "inspector" in refused.value.reason
    with pytest.raises(NotPossible) as unsaid:
        person_of(case, world.supervisor, near_suspect=True)
    assert unsaid.value.field == "decision"
    person_of(case, world.supervisor, near_suspect=True, decision="Separated, and she asks for her mother")
    assert stands(case) == [("Wilfred Quillfeather-Test", True, "Separated, and she asks for her mother", world.supervisor.pk)]


def test_an_inspectors_decision_stands_when_somebody_else_changes_the_rest(world: World) -> None:
    case, _ = known_case(world)
    row = person_of(case, world.supervisor, near_suspect=True, decision="Decided")
    facts: dict[str, Any] = {"contact_person_id": row.pk, "kind": "parent", "name": "Wilfred Changed"}
    do(world.investigator, change_contact_person, case, near_suspect=True, **facts)
    assert stands(case) == [("Wilfred Changed", True, "Decided", world.supervisor.pk)]
    for near, decision in ((False, ""), (True, "Mine")):
        with pytest.raises(NotPossible) as refused:
            do(world.investigator, change_contact_person, case, near_suspect=near, decision=decision, **facts)
        assert refused.value.field == "near_suspect"
    do(world.supervisor, change_contact_person, case, near_suspect=False, **facts)
    assert stands(case) == [("Wilfred Changed", False, "", None)]


def test_an_officer_makes_nobody_near_a_suspect_later_either(world: World) -> None:
    case, _ = known_case(world)
    row = person_of(case, world.investigator)
    facts: dict[str, Any] = {"contact_person_id": row.pk, "kind": "parent", "name": "Wilfred", "near_suspect": True, "decision": "x"}
    with pytest.raises(NotPossible, match="inspector"):
        do(world.investigator, change_contact_person, case, **facts)
    do(world.supervisor, change_contact_person, case, **facts)
    assert stands(case)[0][1:] == (True, "x", world.supervisor.pk)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Test Marrowdale", True), ("MARROWDALE, Test", True), ("Tést Márrowdale", True), ("Marrowdale", False),
        ("Ann Marrowdale", False), ("Test", False), ("Marrow Dale", False), ("", False),
    ],
)  # fmt: skip
def test_the_name_of_a_suspect_is_known_however_it_is_written(world: World, name: str, same: bool) -> None:
    case = make_case(world.investigator, "Marrowdale")
    with scope(system(AVON)):
        assert SuspectNames.of(case).has(name) is same


def test_who_bears_a_suspects_name_is_asked_about(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    browser, address = sign_in(world.investigator), f"/victims/{complainant.pk}/people/new/"
    question = "It is somebody else who has the same name as a suspect"
    assert question not in browser.get(address).content.decode()
    sent = {**GIVEN, "name": "Test Marrowdale", "version": str(fresh(case).version)}
    answer = browser.post(address, sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert SAME_NAME in text
    assert question in text
    assert stands(case) == []
    assert browser.post(address, {**sent, "another_person": "on"}).status_code == 302
    assert [name for name, *_ in stands(case)] == ["Test Marrowdale"]
    with pytest.raises(NotPossible, match="same person"):
        person_of(case, world.investigator, name="Test Marrowdale")


def test_who_turns_out_to_bear_a_suspects_name_is_told_nothing_until_it_is_settled(world: World, sign_in: SignIn) -> None:
    """The suspect is recorded after the contact person: nobody is asked then, so the pages say it until somebody answers."""
    case, complainant = known_case(world)
    row = person_of(case, world.investigator, name="Wilfred Marrowdale", never_tell="Where she lives", may_be_told="everything")
    browser, page = sign_in(world.investigator), f"/victims/{complainant.pk}/"
    assert DOUBTFUL not in browser.get(page).content.decode()
    do(world.investigator, add_suspect, case, surname="Marrowdale", forenames="Wilfred", identified_at=ago(days=1))
    for text in (browser.get(page).content.decode(), browser.get(f"{page}contact/").content.decode()):
        assert f"{DOUBTFUL}. Where she lives" in text
        assert "nothing yet" in text.lower()
    hidden = sign_in(world.colleague).get(page).content.decode()
    assert HIDDEN_NEVER in hidden
    assert "same name" not in hidden, "that would say what the contact person is called"
    browser = sign_in(world.investigator)
    form = browser.get(f"{page}people/{row.pk}/").content.decode()
    assert "It is somebody else who has the same name as a suspect" in form
    sent = {**GIVEN, "name": "Wilfred Marrowdale", "another_person": "on", "version": str(fresh(case).version)}
    assert browser.post(f"{page}people/{row.pk}/", sent).status_code == 302
    assert DOUBTFUL not in browser.get(page).content.decode()
    box = re.search(r'<input[^>]*name="another_person"[^>]*>', browser.get(f"{page}people/{row.pk}/").content.decode())
    assert box is not None
    assert "checked" in box[0], "what was answered stands"


def test_an_inspectors_decision_settles_who_bears_a_suspects_name(world: World) -> None:
    case, _ = known_case(world)
    person_of(case, world.investigator, name="Wilfred Marrowdale")
    row = person_of(case, world.supervisor, name="Wilfred Otherwise", near_suspect=True, decision="Her mother, separated")
    for forenames, surname in (("Wilfred", "Marrowdale"), ("Wilfred", "Otherwise")):
        do(world.investigator, add_suspect, case, surname=surname, forenames=forenames, identified_at=ago(days=1))
    with scope(system(AVON)), opening("test"):
        names = SuspectNames.of(case)
        assert {person.name: names.leave_in_doubt(person) for person in ContactPerson.objects.filter(case=case)} == {
            "Wilfred Marrowdale": True,
            "Wilfred Otherwise": False,
        }
    facts: dict[str, Any] = {"contact_person_id": row.pk, "kind": "parent", "name": "Wilfred Otherwise"}
    with pytest.raises(NotPossible, match="same person"):
        do(world.supervisor, change_contact_person, case, near_suspect=False, **facts)


def test_the_error_stands_beside_the_field_and_nothing_is_lost(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    sent = {**GIVEN, "never_tell": "Kept words", "near_suspect": "yes", "decision": "x", "version": str(fresh(case).version)}
    answer = sign_in(world.investigator).post(f"/victims/{complainant.pk}/people/new/", sent)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Ask an inspector to record this decision" in text
    assert 'href="#id_near_suspect_0"' in text
    assert "Kept words" in text
    assert stands(case) == []


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "Enter name"),
        ({"kind": "suspect"}, "Select who it is to the victim"),
        ({"may_be_told": ""}, "Select what this person may be told"),
        ({"near_suspect": ""}, "Select yes if this person is a suspect or lives with one"),
        ({"telephone": "x"}, "Enter a telephone number"),
        ({"email": "x@"}, "Enter an email address in the correct format"),
        ({"never_tell": "a" * 251}, "must be 250 characters or fewer"),
        ({"name": "a\u202eb"}, "contains a character that cannot be stored"),
        ({"version": "-1"}, "This page was not complete"),
    ],
    ids=["no name", "kind", "told", "near", "telephone", "email", "long", "bidi", "version"],
)
def test_bad_input_is_answered(world: World, sign_in: SignIn, sent: dict[str, str], words: str) -> None:
    case, complainant = known_case(world)
    given = {**GIVEN, "version": str(fresh(case).version), **sent}
    answer = sign_in(world.investigator).post(f"/victims/{complainant.pk}/people/new/", given)
    assert answer.status_code == 400
    assert words.lower() in answer.content.decode().lower()
    assert stands(case) == []


def test_a_contact_person_is_changed_from_what_stands(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    row = person_of(case, world.investigator, never_tell="That she moved")
    browser, address = sign_in(world.investigator), f"/victims/{complainant.pk}/people/{row.pk}/"
    text = browser.get(address).content.decode()
    assert "That she moved" in text
    assert "Wilfred Quillfeather-Test" in text
    assert browser.post(address, {**GIVEN, "version": str(fresh(case).version)}).status_code == 302
    assert [name for name, *_ in stands(case)] == ["Wilfred Invented"]
    with pytest.raises(Conflict):
        do(world.supervisor, change_contact_person, case, contact_person_id=row.pk, kind="carer", name="x", near_suspect=False, version=1)


def test_who_has_ended_stays_on_record_and_takes_no_change(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    row = person_of(case, world.investigator)
    answer = sign_in(world.investigator).post(
        f"/cases/{case.pk}/end-contact-person/{row.pk}/", {"because": "asked", "version": str(fresh(case).version)}
    )
    assert answer.status_code == 302
    assert timeline(case)[-1] == "contact_person_ended"
    page = sign_in(world.investigator).get(f"/victims/{complainant.pk}/").content.decode()
    assert "The victim asked for it" in page
    assert f"/people/{row.pk}/" not in page
    assert sign_in(world.investigator).get(f"/victims/{complainant.pk}/people/{row.pk}/").status_code == 404
    with pytest.raises(NotPossible, match="no longer a contact person"):
        do(world.investigator, end_contact_person, case, contact_person_id=row.pk, because="asked")


def test_only_who_is_shown_identity_writes_and_only_on_the_own_case(world: World, sign_in: SignIn) -> None:
    case, complainant = known_case(world)
    other = make_case(world.investigator, reference="52/TEST/2")
    row = person_of(case, world.investigator)
    with pytest.raises(NotAllowed):
        do(world.colleague, end_contact_person, case, contact_person_id=row.pk, because="asked")
    with pytest.raises(NotAllowed):
        person_of(case, world.colleague)
    with pytest.raises(Http404):
        do(world.investigator, end_contact_person, other, contact_person_id=row.pk, because="asked")
    foreign = f"/victims/{complainant_of(other).pk}/people/{row.pk}/"
    assert sign_in(world.investigator).get(foreign).status_code == 404
    assert complainant.pk != complainant_of(other).pk
