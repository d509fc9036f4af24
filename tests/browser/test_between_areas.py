"""A case goes to another CPS Area, a decision of CPS Direct is entered, and the record is printed for the disclosure officer."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from core import clock
from tests.browser.conftest import Visitor
from tests.browser.passing import Passage
from tests.browser.test_journeys import fill_moment

OTHER_MANAGER = """
from accounts import demonstration as d
from accounts.models import Agency, User
from accounts.roles import Role
from audit import context
from core.scope import Kind, Scope, scope
with context.acting_as_system(reason="browser test"):
    with scope(Scope(kind=Kind.SYSTEM, force_id=d.FORCE, agency_id=d.FORCE)):
        grade = d.Grade.DISTRICT_CROWN_PROSECUTOR
        person = d.SignIn("other-manager", "Maud Fennimore-Lyle", Role.CPS_MANAGER, d.OTHER_AREA, d.CPS_OTHER, grade)
        d.make_person(person, Agency.objects.get(pk=d.OTHER_AREA))
    same = User.objects.get(email="cps-manager@demo.example").password
    User.objects.filter(email=person.email).update(password=same)
"""


def test_a_case_is_offered_to_another_area_and_accepted(visitor: Visitor, in_site: Callable[[str], None]) -> None:
    in_site(OTHER_MANAGER)
    on = Passage(visitor, "52/DEMO/61").work_as("cps-manager").open_case()
    on.page.get_by_text("More for this case").click()
    on.act("Offer to another CPS Area")
    on.page.locator("[name=area_id]").select_option("109")
    area = on.page.locator("[name=area_id] option:checked").inner_text()
    on.fill(reason="The suspect’s other cases are with that Area.")
    on.picture("offer-to-area")
    on.save("Offered")
    on.visitor.open("/prosecution/transfers/")
    on.says("52/DEMO/61", area)
    on.work_as("other-manager")
    on.visitor.open("/prosecution/transfers/")
    on.follow(on.page.get_by_role("link", name="52/DEMO/61").first)
    on.says("Nothing else of the case shows before you accept it")
    expect(on.page.locator("main")).not_to_contain_text("Mapplewick")
    expect(on.page.locator("main")).not_to_contain_text("12:00am")  # a day is a day
    on.picture("transfer")
    on.page.locator("[name=prosecutor_id]").select_option(index=1)
    on.follow(on.page.get_by_role("button", name="Accept and take over"))
    on.says("52/DEMO/61", "Police and CPS")
    on.work_as("cps-manager")
    on.page.goto(f"{visitor.site}/cases/")
    on.page.locator("[name=terms]").fill("52/DEMO/61")
    on.page.get_by_role("button", name="Search").click()
    assert on.page.locator("main h3 a[href^='/cases/']").count() == 0, "theirs now"


def test_a_decision_of_cps_direct_is_entered_in_one_form(visitor: Visitor) -> None:
    on = Passage(visitor, "52/DEMO/64").work_as("investigator").open_case()
    on.act("CPS Direct decided")
    on.fill(decided_by="The prosecutor on duty")
    on.choose(decision="charge", test="threshold")
    on.tick("charges", "19C")
    on.day("review_on", 14)
    for name, ago in (("decided_at", 10), ("told_at", 1)):
        then = (clock.now() - timedelta(minutes=ago)).astimezone(clock.LONDON)
        fill_moment(on.page, name, then.day, then.month, then.year, f"{then:%H:%M}")
    on.page.locator("[name=how]").select_option("telephone")
    on.picture("direct-decided")
    on.save("Recorded")
    on.says("Charged")


def test_the_record_is_printed_for_the_disclosure_officer(visitor: Visitor) -> None:
    on = Passage(visitor, "52/DEMO/72").work_as("investigator").open_case()
    on.follow(on.page.get_by_role("link", name="Print for the disclosure officer"))
    on.says("Schedule item", "Relevant material must be revealed")
    on.picture("disclosure-print")
