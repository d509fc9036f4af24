"""What passes between police and CPS, on paper: no addresses behind links, and no item torn from its first words."""

from typing import Final

from tests.browser.conftest import Visitor
from tests.browser.passing import Passage

AFTER: Final = "links => links.map(one => getComputedStyle(one, '::after').content)"
BROKEN: Final = "one => getComputedStyle(one).breakInside"


def test_a_queue_and_a_plan_on_paper(visitor: Visitor) -> None:
    on = Passage(visitor, "52/DEMO/66").work_as("prosecutor")
    visitor.open("/prosecution/mine/")
    on.page.emulate_media(media="print")
    assert on.page.get_by_text("Printed by Rufina Ashdowner").is_visible()
    links = on.page.locator("main .rasso-row a.govuk-link")
    assert links.count() > 0
    assert set(links.evaluate_all(AFTER)) <= {"none", "normal"}, "an address inside the service says nothing on paper"
    on.page.emulate_media(media="screen")
    on.open_part("Action plan 1")
    on.page.emulate_media(media="print")
    assert on.page.locator("#item-1 > .rasso-facts").evaluate(BROKEN) == "auto", "the facts of an item flow over the end of a sheet"
    assert on.page.locator("#item-1 > .rasso-facts > div").first.evaluate(BROKEN) == "avoid", "and none of them is cut"
    on.page.emulate_media(media="screen")
