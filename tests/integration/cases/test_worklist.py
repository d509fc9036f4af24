"""The worklist: whose cases, which rows in which group, at a fixed number of queries; and the short forms in its rows."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from audit.models import AccessLog
from cases import models as m
from cases.derive.clocks import CLOCKS, Kind, Owes, Urgency, urgency
from cases.services import access, roles
from cases.services.corrections import correct_fact
from cases.services.decisions import propose_no_arrest
from cases.services.named import answer_named
from cases.settling import SETTLED_BY, settled_by, settles
from cases.worklist.ranks import Rank, of_supervisors, ranked
from core import clock
from core.calendar import due_by_end_of
from core.scope import Kind as Scoped
from core.scope import Scope, scope, system
from tests.factories import AVON, World, acting_as, ago
from tests.integration.cases.asking import live_since
from tests.integration.cases.making import arrest, do, fresh, make_case, suspect_of

SignIn = Callable[[User], Client]


@pytest.fixture
def case(world: World) -> m.Case:
    """A case of the investigator's with one suspect, whose arrest is two days late; its first review is a week late."""
    live_since(AVON, days=30)
    return make_case(world.investigator, "Quillfeather")


def text_of(client: Client, query: str = "") -> str:
    """Return the list as text."""
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def group(text: str, key: str) -> str:
    """Return one group of the list, or nothing where it is not there."""
    found = re.search(rf'<section class="rasso-section" aria-labelledby="{key}">(.*?)</section>', text, re.DOTALL)
    return found[1] if found else ""


def opens(text: str, slug: str) -> str:
    """Return the address that opens the first short form of an act."""
    found = re.search(rf'href="(/worklist/[^"#]*/{slug}/[^"#]*)#', text)
    assert found, slug
    return found[1].replace("&amp;", "&")


def test_a_row_says_what_is_needed_when_and_whose_it_is_and_names_nobody(world: World, sign_in: SignIn, case: m.Case) -> None:
    row = group(text_of(sign_in(world.investigator)), "overdue")
    late = clock.today() - timedelta(days=2)
    for words in ("52/TEST/1", "Suspect 1: arrest", f"due {late.day} ", "(2 days over)", world.investigator.name, "Record an attempt"):
        assert words in row, words
    assert "Quillfeather" not in text_of(sign_in(world.investigator))


def test_the_log_says_whose_cases_the_list_showed(world: World, sign_in: SignIn, case: m.Case) -> None:
    sign_in(world.investigator).get("/")
    with scope(Scope(kind=Scoped.OVERSIGHT, agency_id=AVON)):
        row = AccessLog.objects.filter(what="worklist").latest("id")
    assert (row.case_ids, row.row_count, row.actor_id) == ([case.pk], 1, world.investigator.pk)


@pytest.mark.parametrize(
    ("who", "view", "sees"),
    [
        ("investigator", "", True),
        ("colleague", "", False),  # of the same unit, with no role on it
        ("other_unit", "", False),
        ("sergeant", "", True),  # opens on the unit
        ("sergeant", "?view=mine", False),
        ("sergeant", "?view=all", True),  # is not offered, so it is the unit
        ("supervisor", "?view=mine", False),
        ("supervisor", "?view=all", True),
        ("supervisor2", "", False),  # opens on another unit
        ("supervisor2", "?view=all", True),
        ("kent_supervisor", "?view=all", False),
        ("prosecutor", "?view=all", False),  # not brought
    ],
)
def test_each_view_shows_its_cases(world: World, sign_in: SignIn, case: m.Case, who: str, view: str, sees: bool) -> None:
    assert ("52/TEST/1" in text_of(sign_in(getattr(world, who)), view)) is sees


@pytest.mark.parametrize("view", ["?view=mine", "?view=unit", "?view=all"])
def test_what_is_restricted_or_excluded_is_in_nobodys_list_but_the_right_ones(
    world: World, sign_in: SignIn, case: m.Case, view: str
) -> None:
    do(world.supervisor, access.exclude, case, user_id=world.sergeant.pk, reason="Knows somebody")
    assert "52/TEST/1" not in text_of(sign_in(world.sergeant), view)
    do(world.supervisor, access.restrict, case, because="Somebody involved works here")
    assert "52/TEST/1" not in text_of(sign_in(world.supervisor2), view)
    assert "52/TEST/1" in text_of(sign_in(world.investigator), view)


def test_whoever_stands_in_has_the_cases_of_the_one_who_is_away(world: World, sign_in: SignIn, case: m.Case) -> None:
    away(world.investigator, world.other_unit, days=-3, until=-1)
    assert "52/TEST/1" not in text_of(sign_in(world.other_unit))
    away(world.investigator, world.other_unit, days=-1, until=0)
    text = text_of(sign_in(world.other_unit))
    assert "52/TEST/1" in text
    assert "(you stand in)" in text
    answer = sign_in(world.other_unit).get(opens(text, "record-attempt"))
    assert answer.status_code == 200


def away(person: User, cover: User, *, days: int, until: int) -> None:
    """Let somebody be away for some days around today, and somebody else stand in."""
    today = clock.today()
    with scope(system(AVON)):
        User.objects.filter(pk=person.pk).update(
            away_from=today + timedelta(days=days), away_to=today + timedelta(days=until), covered_by=cover
        )


def _moment(kind: str, left: int) -> m.Deadline:
    due = due_by_end_of(clock.today() + timedelta(days=left))
    return m.Deadline(kind=kind, due_at=due.due_at, due_on=due.due_on)


RANK_OF = {
    Urgency.CRITICAL: Rank.CRITICAL,
    Urgency.OVERDUE: Rank.OVERDUE,
    Urgency.TODAY: Rank.TODAY,
    Urgency.SOON: Rank.SOON,
    Urgency.UPCOMING: Rank.LATER,
}


def test_the_groups_in_sql_are_those_in_python_at_every_boundary(world: World, case: m.Case) -> None:
    now, wrong = clock.now(), []
    with scope(system(AVON)):
        row = m.Deadline.objects.filter(case=case, kind=Kind.ARREST).get()
        for kind in CLOCKS:
            for left in (-9, -8, -7, -2, -1, 0, 1, 2, 3, 7, 8, 14, 15, 28, 29):
                at = _moment(kind, left)
                m.Deadline.objects.filter(pk=row.pk).update(kind=kind, due_at=at.due_at, due_on=at.due_on)
                found = ranked(now, Owes.POLICE, supervises=True).get(pk=row.pk).rank
                expected = Rank.CUSTODY if kind == Kind.DETENTION else RANK_OF[urgency(kind, at.due_at, at.due_on, now)]
                if found != expected:
                    wrong.append((kind, left, found))
    assert wrong == []


def test_somebody_in_custody_comes_before_what_is_critically_overdue(world: World, sign_in: SignIn, case: m.Case) -> None:
    with scope(system(AVON)):
        arrest, other = m.Deadline.objects.filter(case=case).order_by("kind")[:2]
        late, soon = clock.now() - timedelta(days=20), clock.now() + timedelta(hours=15)
        m.Deadline.objects.filter(pk=arrest.pk).update(kind=Kind.ARREST, due_at=late, due_on=clock.london_day(late))
        m.Deadline.objects.filter(pk=other.pk).update(kind=Kind.DETENTION, due_at=soon, due_on=clock.london_day(soon))
    text = text_of(sign_in(world.investigator))
    assert "detention" in group(text, "custody")
    assert text.index('id="custody"') < text.index('id="critical"')


def test_a_minute_decides_between_today_and_overdue(world: World, case: m.Case) -> None:
    now = clock.now()
    with scope(system(AVON)):
        row = m.Deadline.objects.filter(case=case, kind=Kind.ARREST).get()
        for due_at, rank in ((now + timedelta(minutes=1), Rank.TODAY), (now, Rank.OVERDUE), (now - timedelta(days=7), Rank.CRITICAL)):
            m.Deadline.objects.filter(pk=row.pk).update(due_at=due_at, due_on=clock.london_day(now))
            assert ranked(now, Owes.POLICE, supervises=True).get(pk=row.pk).rank == rank


def test_what_only_a_supervisor_settles_is_a_group_of_its_own_to_others(world: World, sign_in: SignIn, case: m.Case) -> None:
    assert set(of_supervisors()) >= {Kind.SUPERVISOR_REVIEW, Kind.RUI_REVIEW}
    assert "Supervisor&#x27;s review" in group(text_of(sign_in(world.investigator)), "supervisor")
    later = _moment(Kind.SUPERVISOR_REVIEW, 20)
    with scope(system(AVON)):
        review = m.Deadline.objects.filter(case=case, kind=Kind.SUPERVISOR_REVIEW)
        before = review.values("due_at", "due_on").get()
        review.update(due_at=later.due_at, due_on=later.due_on)
    text = text_of(sign_in(world.investigator))
    assert "Waiting for a supervisor" not in text, "nobody waits for what is not due soon"
    assert "Supervisor&#x27;s review" in group(text, "later")
    with scope(system(AVON)):
        review.update(**before)
    text = text_of(sign_in(world.supervisor))
    assert "Waiting for a supervisor" not in text
    assert opens(text, "review-case")


def test_what_waits_without_a_date_is_there(world: World, sign_in: SignIn, case: m.Case) -> None:
    do(world.investigator, propose_no_arrest, case, suspect_id=suspect_of(case).pk, rationale="Abroad for good", protection="Alarm")
    do(world.investigator, correct_fact, case, table="case", row_id=case.pk, field="risk", new="standard", reason="Moved away")
    named = make_case(world.investigator, reference="52/NAMED/1")
    do(world.investigator, answer_named, named, named="yes")
    loose = make_case(world.sergeant, reference="52/LOOSE/1")
    with scope(system(AVON)):
        m.CasePerson.objects.filter(case=loose).update(until=clock.now())
    text = text_of(sign_in(world.sergeant))
    answer, question = group(text, "answer"), group(text, "question")
    assert "decision not to arrest waits for a second person" in answer
    assert "Correction of the risk waits for a supervisor" in answer
    assert "/answer-no-arrest/" in answer
    assert "/answer-correction/" not in answer, "a sergeant does not answer corrections"
    assert "/answer-correction/" in group(text_of(sign_in(world.supervisor)), "answer")
    assert "Somebody has been named, but no suspect is recorded" in question
    assert "Nobody is officer in the case" in question
    assert "/assign-person/" in question


def test_nobody_is_offered_the_answer_to_an_own_proposal(world: World, sign_in: SignIn, case: m.Case) -> None:
    do(world.sergeant, propose_no_arrest, case, suspect_id=suspect_of(case).pk, rationale="Abroad for good", protection="Alarm")
    mine = group(text_of(sign_in(world.sergeant)), "answer")
    assert "somebody else answers" in mine
    assert "/answer-no-arrest/" not in mine


def test_a_passed_bail_is_asked_about(world: World, sign_in: SignIn, case: m.Case) -> None:
    passed_bail(world, case)
    text = text_of(sign_in(world.investigator))
    assert "What happened?" in group(text, "question")
    assert sign_in(world.investigator).get(opens(text, "answer-passed-bail")).status_code == 200


def passed_bail(world: World, case: m.Case) -> m.Bail:
    """Give the suspect imported bail whose date had passed."""
    keys = {"case": case, "force_id": AVON, "cps_area_scope": case.cps_area_scope, "created_by": world.investigator}
    with scope(system(AVON)):
        return m.Bail.objects.create(
            **keys, suspect=suspect_of(case), granted_at=ago(days=200), authority="not_recorded", own_end_on=ago(days=100).date(),
            imported=True, passed_at_import=True,
        )  # fmt: skip


def test_the_cps_sees_what_waits_with_the_police_and_what_has_no_prosecutor(world: World, sign_in: SignIn, case: m.Case) -> None:
    assert "Nothing is due" in text_of(sign_in(world.prosecutor))
    with scope(system(AVON)):
        m.Case.objects.filter(pk=case.pk).update(cps_area_scope=110)
    text = text_of(sign_in(world.cps_manager))
    assert "Suspect 1: arrest" in group(text, "others")
    assert "Nobody is prosecutor on this case" in group(text, "question")
    assert "/name-cps-person/" in text
    assert "/record-arrest/" not in text
    assert "Nobody is officer in the case" not in text
    assert "52/TEST/1" not in text_of(sign_in(world.prosecutor)), "not one of this prosecutor's own cases"
    do(world.cps_manager, roles.assign_person, fresh(case), user_id=world.prosecutor.pk, role="prosecutor")
    assert "52/TEST/1" in text_of(sign_in(world.prosecutor))


@pytest.mark.parametrize(
    "query", ["?after=nonsense", "?view=nothing", "?n=-1", "?n=99999999", "?row=%2F%2Fevil.example", "?only=nothing", "?changed=2"]
)
def test_an_address_that_cannot_be_read_opens_the_list_all_the_same(world: World, sign_in: SignIn, case: m.Case, query: str) -> None:
    assert sign_in(world.investigator).get(f"/{query}").status_code == 200


def test_another_app_adds_acts_that_settle_a_clock() -> None:
    before = dict(SETTLED_BY)
    try:
        settles("invented", "add-note")
        settles("invented", "add-note", "review-case")
        assert settled_by("invented") == ("add-note", "review-case")
        assert settled_by("nobody-said") == ()
    finally:
        SETTLED_BY.clear()
        SETTLED_BY.update(before)


def test_an_arrest_takes_the_row_away(world: World, sign_in: SignIn, case: m.Case) -> None:
    assert "Suspect 1: arrest" in text_of(sign_in(world.investigator))
    arrest(world.investigator, case)
    with acting_as(world.investigator):
        assert m.Deadline.objects.filter(case=case, kind=Kind.ARREST, met_at__isnull=False).exists()
    assert "Suspect 1: arrest" not in text_of(sign_in(world.investigator))
