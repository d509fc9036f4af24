"""The right to review in the browser: her ISVA passes on that she asks, and the review unit works on it."""

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.passing import Passage
from tests.browser.test_screens import both_widths

REVIEWED = "52/DEMO/72"


def test_the_review_unit_gives_a_request_to_a_reviewer_who_decides(visitor: Visitor) -> None:
    """Acknowledged already: given to somebody who took no part, who upholds the decision with reasons for the victim."""
    journey = Passage(visitor, REVIEWED).work_as("cps-reviewer")
    journey.page.goto(f"{visitor.site}/prosecution/reviews/")
    journey.follow(journey.page.locator("main h2 a", has_text=REVIEWED).first)
    journey.says("Nobody who took part in the case sees it.", "Please look at it again.")
    journey.picture("review-request")
    journey.act("Give it to a reviewer")
    journey.picture("review-allocate")
    journey.pick("reviewer_id", "Ottilie Greymarsh")
    journey.save("Given to the reviewer.")
    journey.act("Uphold or overturn")
    journey.choose(result="upheld")
    journey.fill(result_note="The neighbour was asked, and heard nothing.")
    journey.save()
    journey.refused("the reasons for the victim")
    journey.fill(reasons_for_victim="We spoke to your neighbour. What we heard does not change what a court would need.")
    journey.save("Recorded. Both sides see the result.")


def test_an_isva_passes_on_that_her_client_asks(visitor: Visitor) -> None:
    page = visitor.sign_in("isva").open("/clients/").page
    page.locator("#clients > li").first.locator("h2 a").first.click()
    page.locator("main a[href^='/client-reviews/']").first.click()
    both_widths(visitor, "client-review")
    expect(page.locator("main")).to_contain_text("review")


def test_an_officer_takes_a_request(visitor: Visitor) -> None:
    journey = Passage(visitor, REVIEWED).work_as("investigator").open_case()
    journey.act("She or he asks for a review")
    journey.picture("review-lodge")
