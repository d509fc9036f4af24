"""The desks of prosecutor and legal manager: what stands on them, in which order, for whom, in how many queries."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from audit.models import AccessLog
from cases import models as m
from cases.services.reconcile import keys_of
from core import clock
from core.scope import Kind, Scope, scope, system
from prosecution.models import EarlyAdvice, Referral
from tests.factories import AVON, SOUTH_WEST, World, ago, make_user
from tests.integration.cases.making import arrest
from tests.integration.prosecution.making import accepted_advice, accepted_referral, asked, brought_case, fresh, sent_referral, suspect_of
from tests.integration.prosecution.passing import item_of, plan_of, proposal_of, threshold_charge

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MINE, TRIAGE, LATE = "/prosecution/mine/", "/prosecution/triage/", "/prosecution/overview/"


def parts(html: str) -> dict[str, str]:
    """Return the sections of a queue by their names."""
    found = re.split(r'<section class="rasso-section" aria-labelledby="([a-z-]+)">', html)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def references(html: str) -> list[str]:
    """Return the crime references of rows, in order."""
    return re.findall(r'<h[23] class="rasso-row__case"><a [^>]+>([^<]+)</a>', html)


def shown(browser: Client, address: str) -> dict[str, str]:
    """Return the sections of a queue as it is opened."""
    answered = browser.get(address)
    assert answered.status_code == 200
    return parts(answered.content.decode())


def case_called(world: World, name: str, **more: object) -> m.Case:
    """Return a case brought to South West under a reference of its own."""
    return brought_case(world, reference=f"52/{name}/1", **more)  # type: ignore[arg-type]


def first_sent(case: m.Case, days: float) -> None:
    """Let what was sent on a case have been submitted first so many days ago."""
    with scope(system(AVON)):
        Referral.objects.filter(case=case).update(first_submitted_at=ago(days=days))
        EarlyAdvice.objects.filter(case=case).update(first_submitted_at=ago(days=days))


def due_in(case: m.Case, kind: str, **parts: float) -> None:
    """Move the clock of a kind that runs on a case to a time from now."""
    at = clock.now() + timedelta(**parts)
    with scope(system(AVON)):
        rows = m.Deadline.objects.filter(case=case, kind=kind, met_at__isnull=True)
        assert rows.update(due_at=at, due_on=clock.london_day(at)) > 0


def test_custody_stands_on_top_and_the_rest_by_date_owed(world: World, sign_in: SignIn) -> None:
    slow, quick, advice, red = (case_called(world, name) for name in ("SLOW", "QUICK", "ADVICE", "RED"))
    accepted_referral(world, slow)
    accepted_referral(world, quick, review_type="five_days")
    accepted_advice(world, advice)
    arrest(world.investigator, red, days=0.05)
    accepted_referral(world, red, review_type="red")
    for case, days in ((slow, 20), (advice, 10), (quick, 3)):
        due_in(case, "early_advice_response" if case is advice else "charging_review", days=days)
    found = shown(sign_in(world.prosecutor), MINE)
    assert references(found["custody"]) == ["52/RED/1"]
    assert references(found["owed"]) == ["52/QUICK/1", "52/ADVICE/1", "52/SLOW/1"]
    assert "Within 5 calendar days" in found["owed"]
    assert "First submitted" in found["owed"]


def test_bail_stands_beside_the_own_date(world: World, sign_in: SignIn) -> None:
    case = case_called(world, "BAIL")
    with scope(system(AVON)):
        row = m.Arrest.objects.create(
            **keys_of(fresh(case)), suspect=suspect_of(case), at=ago(days=5), released_at=ago(days=4), released_to="bail"
        )
        m.Bail.objects.create(
            **keys_of(fresh(case)), suspect=suspect_of(case), arrest=row, granted_at=ago(days=4), authority="custody_officer"
        )
    accepted_referral(world, case)
    html = shown(sign_in(world.prosecutor), MINE)["owed"]
    assert re.search(r"Suspect 1: bail (ends|stands still since) ", html)


def test_threshold_reviews_items_checks_and_what_is_begun(world: World, sign_in: SignIn) -> None:
    case = case_called(world, "MANY", suspects=3)
    referral = accepted_referral(world, case)
    threshold_charge(case, referral, number=3)
    plan = plan_of(case, referral)
    item_of(case, plan, state="done", action="Phone downloaded", reported_at=ago(hours=2))
    item_of(case, plan, state="set", action="Camera at the corner")
    colleague = make_user(SOUTH_WEST, Role.PROSECUTOR)
    proposal_of(case, colleague)
    proposal_of(case, world.prosecutor, number=2)
    proposal_of(case, world.prosecutor, state="confirmed", number=1, checked_at=ago(hours=1), checked_by=colleague)
    found = shown(sign_in(world.prosecutor), MINE)
    assert "Review of a charge on the Threshold Test, suspect 3" in found["owed"]
    assert "Phone downloaded" in found["items"]
    assert "Camera at the corner" not in found["items"]
    assert "suspect 1" in found["checks"]
    assert "suspect 2" not in found["checks"], "nobody checks an own decision"
    assert "check-decision" in found["checks"]
    assert "discard-decision" not in found["checks"], "a colleague’s is answered, not thrown away"
    assert "suspect 1" in found["unfinished"]
    assert "suspect 2" not in found["unfinished"]


def test_only_the_own_work_and_that_of_whom_one_covers(world: World, sign_in: SignIn) -> None:
    accepted_referral(world, case_called(world, "OWN"))
    colleague = make_user(SOUTH_WEST, Role.PROSECUTOR)
    assert not references(shown(sign_in(colleague), MINE)["owed"])
    with scope(system(SOUTH_WEST)):
        User.objects.filter(pk=world.prosecutor.pk).update(away_from=clock.today(), covered_by=colleague)
    assert references(shown(sign_in(colleague), MINE)["owed"]) == ["52/OWN/1"]


def test_triage_goes_by_age_since_the_first_submission_with_custody_on_top(world: World, sign_in: SignIn) -> None:
    new, old, oldest, red = (case_called(world, name) for name in ("NEW", "OLD", "OLDEST", "RED"))
    sent_referral(world, new)
    asked(world, old)
    sent_referral(world, oldest)
    arrest(world.investigator, red, days=0.05)
    sent_referral(world, red, review_type="red")
    for case, days in ((new, 1), (old, 12), (oldest, 40)):
        first_sent(case, days)
    found = shown(sign_in(world.cps_manager), TRIAGE)
    assert references(found["custody"]) == ["52/RED/1"]
    assert references(found["waiting"]) == ["52/OLDEST/1", "52/OLD/1", "52/NEW/1"]
    assert "40 days ago" in found["waiting"]
    for slug in ("accept-advice", "return-advice", "refuse-advice", "accept-referral", "return-referral"):
        assert slug in found["waiting"], slug
    assert "back=%2Fprosecution%2Ftriage%2F%23submission-" in found["waiting"], "an act comes back to its row"


def test_the_overview_says_what_is_late_and_what_waits_for_the_manager(world: World, sign_in: SignIn) -> None:
    late, later, young, old = (case_called(world, name) for name in ("LATE", "LATER", "YOUNG", "OLD"))
    for case, days in ((late, -2), (later, 20)):
        accepted_referral(world, case)
        due_in(case, "charging_review", days=days)
    for case, days in ((young, 10), (old, 60)):
        referral = sent_referral(world, case)
        plan = plan_of(case, referral, days=days)
        item_of(case, plan, state="escalated", action=f"Disputed {days}")
    proposal_of(late, world.prosecutor)
    found = shown(sign_in(world.cps_manager), LATE)
    assert references(found["late"]) == ["52/LATE/1"]
    assert references(found["checks"]) == ["52/LATE/1"]
    assert references(found["plans"]) == ["52/OLD/1"]
    assert "With the police for 60 days: past 56" in found["plans"]
    assert set(references(found["challenges"])) == {"52/YOUNG/1", "52/OLD/1"}
    assert world.prosecutor.name in found["load"]


def test_second_plans_wait_for_the_manager_and_drafts_for_nobody(world: World, sign_in: SignIn) -> None:
    waits, draft = case_called(world, "WAITS"), case_called(world, "DRAFT")
    plan_of(waits, accepted_referral(world, waits), state="waits_for_dcp", second=True)
    plan_of(draft, accepted_referral(world, draft), state="draft")
    found = shown(sign_in(world.cps_manager), LATE)
    assert references(found["second-plans"]) == ["52/WAITS/1"]
    assert "A second plan after a full file" in found["second-plans"]


def test_a_name_opens_everything_of_one_prosecutor(world: World, sign_in: SignIn) -> None:
    case = case_called(world, "FUTURE")
    accepted_referral(world, case)
    due_in(case, "charging_review", days=25)
    browser = sign_in(world.cps_manager)
    assert not references(shown(browser, LATE)["late"])
    assert references(shown(browser, f"{LATE}?prosecutor={world.prosecutor.pk}")["late"]) == ["52/FUTURE/1"]
    everything = shown(browser, f"{LATE}?prosecutor={world.prosecutor.pk}")["late"]
    assert re.findall(r"/cases/[^/]+/([a-z-]+)/", everything)[0] == "reallocate-referral", "first: to give it to somebody else"
    assert not references(shown(browser, f"{LATE}?prosecutor={world.cps_manager.pk}")["late"])
    assert browser.get(f"{LATE}?prosecutor=everybody").status_code == 404


@pytest.mark.parametrize("address", [MINE, TRIAGE, LATE])
def test_another_area_gets_nothing_and_nothing_looks_the_same(world: World, sign_in: SignIn, address: str) -> None:
    there = make_user(world.other_area.agency_id, Role.CPS_MANAGER)
    browser = sign_in(there)
    before = len(browser.get(address).content)
    accepted_referral(world, case_called(world, "ACCEPTED"))
    sent_referral(world, case_called(world, "SENT"))
    proposal_of(case_called(world, "CHECK"), world.prosecutor)
    answered = browser.get(address)
    assert not references(answered.content.decode())
    assert abs(len(answered.content) - before) < 40, "but for what every answer draws anew"


@pytest.mark.parametrize(
    ("address", "roles"),
    [
        (MINE, {"prosecutor", "cps_manager", "cps_direct"}),
        (TRIAGE, {"cps_manager", "cps_direct"}),
        (LATE, {"cps_manager"}),
        (f"{MINE}owed/", {"prosecutor", "cps_manager", "cps_direct"}),
        (f"{TRIAGE}waiting/", {"cps_manager", "cps_direct"}),
        (f"{LATE}plans/", {"cps_manager"}),
    ],
)
def test_each_queue_is_for_its_roles_alone(world: World, sign_in: SignIn, address: str, roles: set[str]) -> None:
    everybody = ("investigator", "sergeant", "supervisor", "analyst", "auditor", "administrator", "isva", "vlo", *roles)
    for who in everybody:
        answered = sign_in(getattr(world, who)).get(address)
        assert answered.status_code == (200 if who in roles else 404), who


def test_who_is_excluded_from_a_case_finds_nothing_of_it(world: World, sign_in: SignIn) -> None:
    case = case_called(world, "KEPT")
    accepted_referral(world, case)
    with scope(system(AVON)):
        m.Exclusion.objects.create(**keys_of(fresh(case)), user=world.prosecutor, reason="Knows the family")
    assert "52/KEPT/1" not in sign_in(world.prosecutor).get(MINE).content.decode()


def test_empty_desks_say_so(world: World, sign_in: SignIn) -> None:
    html = sign_in(world.prosecutor).get(MINE).content.decode()
    assert "You owe no decision, no advice and no review." in html
    assert "No decision waits for a second prosecutor." in html
    browser = sign_in(world.cps_manager)
    assert "Nothing else waits for triage." in browser.get(TRIAGE).content.decode()
    assert "Nothing is late and nothing is due within a week." in browser.get(LATE).content.decode()


def test_a_part_of_a_queue_goes_page_by_page(world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prosecution.desk.queues.ON_A_PAGE", 2)
    for number in range(3):
        case = case_called(world, f"PAGE{number}")
        sent_referral(world, case)
        first_sent(case, 30 - number)
    browser, address = sign_in(world.cps_manager), f"{TRIAGE}waiting/"
    html = browser.get(address).content.decode()
    assert references(html) == ["52/PAGE0/1", "52/PAGE1/1"]
    following = re.search(r'href="(\?after=[^"]+)"', html)
    assert following is not None
    assert references(browser.get(address + following[1].replace("&amp;", "&")).content.decode()) == ["52/PAGE2/1"]
    assert browser.get(f"{address}?after=invented").status_code == 404
    assert browser.get(f"{TRIAGE}nothing/").status_code == 404


def test_looking_is_written_down(world: World, sign_in: SignIn) -> None:
    case = case_called(world, "LOGGED")
    accepted_referral(world, case)
    sign_in(world.prosecutor).get(MINE)
    with scope(Scope(kind=Kind.OVERSIGHT, agency_id=SOUTH_WEST)):
        row = AccessLog.objects.filter(what="queue: My queue").latest("id")
    assert (row.case_ids, row.row_count, row.actor_id) == ([case.pk], 1, world.prosecutor.pk)


@pytest.mark.parametrize(("address", "who"), [(MINE, "prosecutor"), (TRIAGE, "cps_manager"), (LATE, "cps_manager")])
def test_the_number_of_queries_does_not_grow(world: World, sign_in: SignIn, address: str, who: str) -> None:
    browser, taken, number = sign_in(getattr(world, who)), [], 0
    browser.get(address)
    for more in (1, 3):
        for _ in range(more):
            number += 1
            fill(world, number)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        taken.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert taken[0] == taken[1]
    assert taken[0] <= 50


def fill(world: World, number: int) -> None:
    """Add a case with one of everything that a desk shows."""
    case = case_called(world, f"FILL{number}", suspects=3)
    referral = accepted_referral(world, case, numbers=(1,))
    accepted_advice(world, case)
    asked(world, case)
    threshold_charge(case, referral, number=3)
    plan = plan_of(case, referral, days=40)
    item_of(case, plan, state="done", reported_at=ago(hours=1))
    item_of(case, plan, state="escalated")
    sent_referral(world, case, numbers=(2,))
    proposal_of(case, make_user(SOUTH_WEST, Role.PROSECUTOR))
    proposal_of(case, world.prosecutor, state="sent_back", number=2)


def test_cps_direct_works_as_one_team_on_what_is_red(world: World, sign_in: SignIn) -> None:
    case = case_called(world, "NIGHT")
    arrest(world.investigator, case, days=0.05)
    sent_referral(world, case, review_type="red", to="direct")
    browser = sign_in(world.cps_direct)
    assert references(shown(browser, MINE)["custody"]) == ["52/NIGHT/1"]
    assert "accept-referral" in shown(browser, TRIAGE)["custody"]
    assert "52/NIGHT/1" not in sign_in(world.cps_manager).get(TRIAGE).content.decode()
