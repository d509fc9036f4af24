"""What is drafted between police and CPS works without a script: every question stands there, what is typed is kept, the draft opens.

With one, a question waits for the answer it belongs to.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visitor
from tests.browser.passing import Passage


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Passage]:
    """A window that runs no script, on a case of the demonstration."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB", timezone_id="Europe/London")
    yield Passage(Visitor(context.new_page(), site), "52/DEMO/51")
    context.close()


def test_a_request_for_early_advice(plain: Passage) -> None:
    plain.work_as("investigator").open_case()
    plain.act("Ask for early advice")
    plain.fill(summary="Reported the day after.", questions="Which telephone first?")
    plain.save("Draft kept")
    plain.says("Missing", "Which telephone first?")
    plain.act("Fill in or change")
    expect(plain.page.locator("[name=summary]")).to_have_value("Reported the day after.")


def test_a_referral_and_its_tick_list(plain: Passage) -> None:
    plain.reference = "52/DEMO/59"
    plain.work_as("investigator").open_part("Referral 1")
    plain.act("Tick what was sent")
    expect(plain.page.locator("[name=mg3_because]")).to_be_visible()
    plain.choose(mg3_state="to_follow")
    plain.save()
    plain.refused("There is a problem")
    plain.fill(mg3_because="It is signed today.")
    plain.day("mg3_follows_on", 2)
    plain.save()
    plain.says("It is signed today.")


def test_an_item_of_an_action_plan(plain: Passage) -> None:
    plain.reference = "52/DEMO/70"
    plain.work_as("cps-manager").open_part("Referral 1")
    plain.act("Draft an action plan")
    expect(plain.page.locator("[name=effect_on_victim]")).to_be_visible()
    plain.fill(
        action="Cameras of the street", justification="They show who came.", reasonable_because="Near.", proportionate_because="A day."
    )
    plain.choose(weight="essential", looks_at_victim="no")
    plain.day("agreed_on", 10)
    plain.save("Kept as a draft")
    plain.act("Discard the draft")
    plain.save("Draft discarded")


def test_a_decision(plain: Passage) -> None:
    plain.reference = "52/DEMO/63"
    plain.work_as("prosecutor2").open_case()
    plain.act("Prepare a decision")
    expect(plain.page.locator("[name=condition_1]")).to_be_visible()
    plain.choose(test="full_code", decision="nfa_public_interest")
    plain.save("Draft kept")
    plain.says("Still missing")
    plain.act("Discard")
    plain.save("Discarded")


def test_with_a_script_a_question_waits_for_its_answer_and_nothing_typed_is_hidden(visitor: Visitor) -> None:
    on = Passage(visitor, "52/DEMO/52").work_as("investigator").open_case()
    on.act("Draft a referral")
    on.save("Draft kept")
    on.act("Tick what was sent")
    because = on.page.locator("[name=exhibits_because]")
    expect(because).to_be_hidden()
    on.choose(exhibits_state="to_follow")
    expect(because).to_be_visible()
    expect(on.page.locator("[name=exhibits_follows_on_day]")).to_be_visible()
    on.fill(exhibits_because="They are photographed first.")
    on.choose(exhibits_state="sent")
    expect(on.page.locator("[name=exhibits_follows_on_day]")).to_be_hidden()
    expect(because).to_be_visible()
    on.visitor.check()
