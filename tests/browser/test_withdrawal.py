"""Support that ended: a supervisor speaks with her or him; who supports again goes on where it was left; both are counted."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.passing import Passage

NEED = "A supervisor speaks with Victim A before an outcome says that she or he does not support the prosecution"


def test_a_supervisor_speaks_with_her(visitor: Visitor) -> None:
    """From the need on the case to the talk, what is wrong said beside its field and nothing lost."""
    journey = Passage(visitor, "52/DEMO/11").work_as("investigator").open_case()
    journey.says(NEED)
    expect(journey.page.get_by_role("link", name="Speak with Victim A")).to_have_count(0)
    journey.work_as("supervisor").open_case()
    journey.says(NEED)
    journey.act("Speak with Victim A")
    journey.picture("withdrawal-talk")
    journey.choose(spoke_with="her", supports="does_not", statement="no")
    journey.pick("how", "In person")
    journey.tick("reasons", "fear")
    journey.save()
    journey.refused("her or his safety")
    expect(journey.page.locator("[name=reasons][value=fear]")).to_be_checked()
    journey.fill(note="An alarm was fitted, and patrols know.")
    journey.save("Recorded. Contact and every duty to tell go on.")
    expect(journey.page.locator("main")).not_to_contain_text(NEED)


def test_she_supports_again_and_it_is_counted_apart(visitor: Visitor) -> None:
    """What ended without her support is open again, at the stage it was left; the report counts it apart."""
    journey = Passage(visitor, "52/DEMO/39").work_as("supervisor").open_case()
    journey.act("She supports again")
    journey.says("opened again, at the stage it was left", "no review of a decision")
    journey.picture("supports-again")
    journey.save("open again, at the stage it was left")
    journey.says("Investigating")
    journey.page.goto(f"{visitor.site}/reports/attrition/")
    journey.says("Support it again, counted apart: 1.", "Investigations of suspects opened again because of it: 1.")
    journey.picture("attrition-report-again")
