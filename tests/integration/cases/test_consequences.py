"""What somebody reads before confirming an act on who sees a case, and whether that is what then happens."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from accounts.models import User
from accounts.roles import Role
from cases import models as m
from cases.acts import ACTS
from cases.consequences import FOLLOWS, consequences
from cases.services.access import exclude, grant_access, restrict
from cases.services.notes import add_cps_note, add_note, add_police_note
from cases.services.roles import move_to_unit
from cases.services.sharing import bring_to_area
from core import clock
from core.scope import scope, system
from notifications.models import Notice
from tests.factories import AVON, World, acting_as, make_user
from tests.integration.cases.making import do, fresh, make_case, sees

SignIn = Callable[[User], Client]


def said(actor: User, case: m.Case, slug: str) -> dict[str, list[str]]:
    """Return what stands above an act's form."""
    with acting_as(actor):
        return dict(consequences(ACTS[slug], m.Case.objects.select_related("unit", "force").get(pk=case.pk), actor))


def test_every_row_is_an_act() -> None:
    assert set(FOLLOWS) <= set(ACTS)


def test_who_will_still_see_a_restricted_case_is_who_then_sees_it(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    do(world.supervisor, grant_access, case, user_id=world.other_unit.pk, purpose="Helps", until=clock.today())
    do(world.supervisor, exclude, case, user_id=world.sergeant.pk, reason="Knows the suspect")
    cover = make_user(AVON, Role.INVESTIGATOR, unit=world.south)
    with scope(system(AVON)):
        away = {"away_from": clock.today(), "away_to": clock.today() + timedelta(days=1), "covered_by": cover}
        User.objects.filter(pk=world.investigator.pk).update(**away)
    names = " ".join(said(world.supervisor, case, "restrict")["Who will still see it"])
    people = (world.investigator, world.colleague, world.other_unit, world.sergeant, world.supervisor, world.supervisor2, cover)
    do(world.supervisor, restrict, case, because="Somebody is known")
    # "Investigator 1" is in "Investigator 12": a name counts where a comma or a bracket follows it.
    named = {person.pk for person in people if f"{person.name}," in names or f"{person.name} (" in names}
    assert named == {person.pk for person in people if sees(person, case)}


def test_who_loses_sight_when_a_case_goes_to_another_unit_and_who_is_told(world: World) -> None:
    case, there = make_case(world.investigator, "Invented"), make_user(AVON, Role.SERGEANT, unit=world.south)
    lost = said(world.supervisor, case, "move-to-unit")["Who will no longer see it"]
    do(world.supervisor, move_to_unit, case, unit_id=world.south.pk)
    assert set(lost) == {one.name for one in (world.colleague, world.sergeant) if not sees(one, case)}
    assert len(lost) == 2
    with scope(system(AVON)):
        assert list(Notice.objects.values_list("user", "subject", "case_id")) == [(there.pk, "case_handed_over", case.pk)]


def test_the_clocks_that_end_are_named(world: World) -> None:
    case = make_case(world.investigator, "Invented")
    clocks = said(world.supervisor, case, "recorded-in-error")["Clocks that end"]
    with scope(system(AVON)):
        running = m.Deadline.objects.filter(case=case, met_at=None, ended_at=None, cancelled=False).count()
    assert len(clocks) == running
    assert any(words.startswith("Suspect 1: arrest, due ") for words in clocks)


def test_two_cases_are_shown_side_by_side_before_one_is_merged(world: World, sign_in: SignIn) -> None:
    stays = make_case(world.investigator, "Doubleday", "Onlyhere", reference="52/TEST/2")
    case = make_case(world.investigator, "Doubleday", risk="standard")
    browser, address = sign_in(world.supervisor), f"/cases/{case.pk}/merge/"
    first = browser.post(address, {"version": "1", "into_reference": "52/test/2", "reason": "Reported twice"})
    assert first.status_code == 200
    assert fresh(case).merged_into_id is None
    page = first.content.decode()
    assert page.count("On both") == 2
    assert "Onlyhere" in page
    # Another reference than the one compared is compared first.
    third = make_case(world.investigator, "Else", reference="52/TEST/3")
    other = browser.post(address, {"version": "1", "into_reference": third.crime_reference, "reason": "x", "compared": str(stays.pk)})
    assert other.status_code == 200
    nowhere = browser.post(address, {"version": "1", "into_reference": "52/NONE/1", "reason": "x"})
    assert nowhere.status_code == 400
    done = browser.post(address, {"version": "1", "into_reference": "52/TEST/2", "reason": "Reported twice", "compared": str(stays.pk)})
    assert done.status_code == 302
    assert fresh(case).merged_into_id == stays.pk


# -- notes -----------------------------------------------------------------------------------------------------------


def test_all_notes_are_on_their_page_by_pages_and_by_kind(world: World, sign_in: SignIn) -> None:
    case = make_case(world.investigator, "Invented")
    for number in range(25):
        do(world.investigator, add_note if number % 2 else add_police_note, case, text=f"Note number {number:02}.")
    browser = sign_in(world.investigator)
    first = browser.get(f"/cases/{case.pk}/notes/")
    assert [note.text for note in first.context["notes"].rows] == [f"Note number {number:02}." for number in range(24, 4, -1)]
    second = browser.get(f"/cases/{case.pk}/notes/", {"after": first.context["notes"].next_cursor})
    assert [note.text for note in second.context["notes"].rows] == [f"Note number {number:02}." for number in range(4, -1, -1)]
    back = browser.get(f"/cases/{case.pk}/notes/", {"before": second.context["notes"].previous_cursor})
    assert [note.text for note in back.context["notes"].rows] == [note.text for note in first.context["notes"].rows]
    own = browser.get(f"/cases/{case.pk}/notes/", {"kind": "own"}).context["notes"].rows
    assert {note.readers for note in own} == {"Only the police read this"}
    assert len(own) == 13
    assert len(browser.get(f"/cases/{case.pk}/notes/print/").context["notes"]) == 25
    for wrong in ({"kind": "cps"}, {"after": "x"}, {"before": first.context["notes"].next_cursor + "x"}):
        assert browser.get(f"/cases/{case.pk}/notes/", wrong).status_code == 400


def test_a_private_note_of_the_other_agency_shows_nowhere(world: World, sign_in: SignIn) -> None:
    """Neither on a page, nor in a count, a time or a version: what the other side sees is letter for letter the same."""
    case = make_case(world.investigator, "Invented")
    do(world.investigator, bring_to_area, case)
    do(world.investigator, add_note, case, text="For both")
    pages = (
        f"/cases/{case.pk}/notes/",
        f"/cases/{case.pk}/notes/?kind=own",
        f"/cases/{case.pk}/timeline/",
        f"/cases/{case.pk}/",
        "/cases/",
    )
    for reader, writer, service in (
        (world.investigator, world.prosecutor, add_cps_note),
        (world.prosecutor, world.investigator, add_police_note),
    ):
        browser = sign_in(reader)
        for path in pages:
            browser.get(path)
        before, version = [_main(browser, path) for path in pages], fresh(case).version
        do(writer, service, case, text="Nobody of the other side reads this")
        assert [_main(browser, path) for path in pages] == before
        assert fresh(case).version == version


def _main(browser: Client, path: str) -> str:
    """Return what a page says between its header and its footer, tokens of forms left out."""
    text = browser.get(path).content.decode().split("<main", 1)[1].split("</main", 1)[0]
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
