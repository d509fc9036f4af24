"""Canaries: names, places, dates and references planted all over a case, and none of them in a pack or on a page of a member."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.components import day_text
from core.exceptions import NotPossible
from core.scope import scope, system
from prosecution.models import Pack
from prosecution.panels.services import organising, redacting
from tests.factories import AVON, World, acting_as, ago, make_unit, make_user
from tests.integration.prosecution import panelling
from tests.integration.prosecution.panelling import decided, do, member, opened, organiser, rows_of
from victims import models as v

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

NAMES = ("Quillfeather", "Ottoline", "Oakhillian", "Thistlewood", "Marigoldine")
PLACES = ("Penmorrow", "Larkhallow")
REFERENCES = ("52/CANARY/77", "77/654321Z", "52CC7654326")


def planted(world: World) -> m.Case:
    """Return a case that says who, where and when wherever it can: suspect, officer, unit, court, victim, notes, reasons, timeline."""
    who = f"Ottoline Quillfeather of Penmorrow, seen by DC Oakhillian on {day_text(clock.today())} under 52/CANARY/77"
    case = decided(world, reference=REFERENCES[0], name="Quillfeather", reasons=who[:250], why=who)
    officer = make_user(AVON, Role.INVESTIGATOR, name="DC Oakhillian", unit=make_unit(AVON, "Larkhallow Proactive"))
    with scope(system(AVON)):
        m.Suspect.objects.filter(case=case).update(forenames="Ottoline", pnc_id=REFERENCES[1])
        m.Case.objects.filter(pk=case.pk).update(urn="52CC7654326")
        m.CasePerson.objects.filter(case=case, until__isnull=True, role="officer").update(until=clock.now())
        m.CasePerson.objects.create(**keys_of(case), user=officer, role="second_officer")
        suspect = m.Suspect.objects.get(case=case)
        m.Hearing.objects.create(**keys_of(case), suspect=suspect, at=ago(days=-5), court="Penmorrow Crown Court", received_at=ago(days=1))
        m.LineOfEnquiry.objects.create(**keys_of(case), focus="suspect", what=who[:200])
        for kind in ("arrested", "interviewed", "note_added"):
            m.TimelineEvent.objects.create(
                **keys_of(case), kind=kind, happened_at=ago(days=4), text=who, actor_name="DC Oakhillian", case_version=9, suspect=suspect
            )
        m.Offence.objects.filter(case=case).update(description=who)
    with acting_as(world.investigator):
        m.Note.objects.create(**keys_of(case), text=who, author_name="DC Oakhillian")
    return case


def victim_of(world: World, case: m.Case) -> None:
    """Enter who the victim is: a name that only the room of victims knows."""
    with scope(system(AVON)):
        complainant = m.Complainant.objects.get(case=case)
        v.Victim.objects.update_or_create(
            complainant=complainant,
            defaults={**keys_of(case), "surname": "Thistlewood", "forenames": "Marigoldine", "address": "4 Cobnut Row, Penmorrow"},
        )


def test_nothing_planted_reaches_a_pack_or_a_member(world: World, sign_in: SignIn) -> None:
    case, me = planted(world), member()
    victim_of(world, case)
    panel = opened(world, me, cases=(case,))
    with scope(system(AVON)):
        said = str(Pack.objects.get(panel=panel).body)
    browser = sign_in(me)
    pack = panelling.pack_of(panel)
    addresses = ("/panels/", f"/panels/{panel.pk}/", f"/panels/packs/{pack.pk}/", f"/panels/packs/{pack.pk}/finding/")
    pages = [
        browser.get(address) for address in (*addresses, f"/panels/packs/{pack.pk}/step-back/", f"/panels/packs/{pack.pk}/conclusion/")
    ]
    assert {page.status_code for page in pages} == {200}
    for text in (said, *(page.content.decode() for page in pages)):
        for word in (*NAMES, *PLACES, *REFERENCES, str(case.pk), str(case.crime_reference)):
            assert word.casefold() not in text.casefold(), word
    for days in range(0, 30):
        day = clock.today() - timedelta(days=days)
        assert day_text(day) not in said
        assert day.isoformat() not in said
    assert "Day 10" in said, "the decision is on the tenth day after the crime was recorded"
    assert "Day 6" in pages[2].content.decode() or "Day 5" in pages[2].content.decode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Quillfeather denied it", "a name"),
        ("Ms Thistlewood rang", "a name"),
        ("marigoldine rang", "a name"),
        ("Oakhillian did not ask", "a name"),
        ("near Penmorrow", "a place"),
        ("in Cobnut Row", "a place"),
        ("the Larkhallow team", "a place"),
        ("Avon said no", "a place"),
        ("on 3 March 2026", "a date"),
        ("at 14:05", "a date"),
        ("52/CANARY/77", "a reference"),
        ("77/654321Z", "a reference"),
        ("Victim A agreed", "label"),
        ("call 07700 900123", "number"),
    ],
)
@pytest.mark.parametrize("name", ["reasons", "outcome", "summary"])
def test_a_planted_word_is_refused_beside_its_text(world: World, text: str, why: str, name: str) -> None:
    case = planted(world)
    victim_of(world, case)
    panel = panelling.chosen(world, None, case)
    row = rows_of(panel)[0]
    with pytest.raises(NotPossible, match=why) as refused:
        do(organiser(world), redacting.confirm_pack, panel, panel_case_id=row.pk, texts={name: f"It was so. {text}."})
    assert refused.value.field == name
    assert rows_of(panel)[0].pack is None, "nothing unconfirmed is kept"


def test_what_is_not_confirmed_is_not_in_the_pack(world: World) -> None:
    """Only the texts by name that the form offers; one left empty is left out; nothing of the originals."""
    panel = panelling.chosen(world, None, planted(world))
    row = rows_of(panel)[0]
    pack = do(organiser(world), redacting.confirm_pack, panel, panel_case_id=row.pk, texts={"reasons": "Consent", "unknown": "x"})
    assert pack.body["texts"] == [["Reasons", "Consent"]]
    again = do(organiser(world), redacting.confirm_pack, panel, panel_case_id=row.pk, texts={"reasons": "Consent, again"})
    assert (again.pk, again.body["texts"]) == (pack.pk, [["Reasons", "Consent, again"]])


def test_the_form_marks_what_says_something_and_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    case = planted(world)
    panel = panelling.chosen(world, None, case)
    row = rows_of(panel)[0]
    path = f"/prosecution/panels/{panel.pk}/confirm-pack/{row.pk}/"
    page = sign_in(organiser(world)).get(path).content.decode()
    for word in ("Ottoline Quillfeather", "Penmorrow", "52/CANARY/77"):
        assert f">{word}</mark>" in page, word
    typed = {"version": panel.version, "outcome": "Typed and kept, said Oakhillian", "reasons": "", "summary": "", "sure": "on"}
    answer = sign_in(organiser(world)).post(path, typed)
    assert answer.status_code == 400
    assert "“Oakhillian” is a name" in answer.content.decode()
    assert "Typed and kept" in answer.content.decode()
    assert sign_in(organiser(world)).post(path, typed | {"outcome": "Clean", "sure": ""}).status_code == 400
    assert sign_in(organiser(world)).post(path, typed | {"outcome": "Clean"}).status_code == 302


def test_a_pack_names_no_case_in_the_database_either(world: World) -> None:
    columns = {field.attname for field in Pack._meta.concrete_fields}
    assert not columns & {"case_id", "force_id", "outcome_id", "suspect_id", "cps_area_scope"}


def test_a_finding_is_due_at_the_end_of_the_tenth_working_day(world: World) -> None:
    from prosecution.panels.reading import due_on

    sent: Any = clock.day_start(clock.today().replace(year=2026, month=11, day=2))
    pack = Pack(sent_at=sent)
    assert str(due_on(pack)) == "2026-11-16", "ten working days after Monday 2 November 2026"
    assert due_on(Pack()) is None


@pytest.mark.parametrize("title", ["Panel on Quillfeather", "Panel on 52/CANARY/77"])
def test_a_title_that_names_somebody_or_a_case_keeps_the_packs_back(world: World, title: str) -> None:
    panel = panelling.chosen(world, None, planted(world))
    panelling.with_member(world, panel, member(), "chair")
    panelling.confirm(world, panel)
    do(organiser(world), organising.change_panel, panel, title=title, held_on=panel.held_on)
    with pytest.raises(NotPossible, match="title"):
        do(organiser(world), organising.send_packs, panel)
    do(organiser(world), organising.change_panel, panel, title="Panel on the autumn of 2026", held_on=panel.held_on)
    do(organiser(world), organising.send_packs, panel)
