"""What the CPS has of what the police ask: no part before it is sent, and what came back as it was sent last, until it is sent again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from cases import models as m
from cases.acts import On
from core import clock
from core.exceptions import NotPossible
from prosecution.models import AdviceQuestion, AdviceSuspect, EarlyAdvice, FileItem, Referral, ReferralOffence, ReferralSuspect, Submission
from prosecution.services import advice, direct, referral_file, referrals
from prosecution.services.advice_triage import accept_advice
from prosecution.services.referral_file import Ticked
from prosecution.services.referral_triage import accept_referral, return_referral
from prosecution.services.submissions import Reason
from tests import pdfs
from tests.authorisation.test_url_table import path_of_act
from tests.factories import World, acting_as
from tests.integration.prosecution import advising, making
from tests.integration.prosecution.answering import on
from tests.integration.prosecution.making import do, suspect_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OF_A_REFERRAL = (ReferralSuspect, ReferralOffence, FileItem)
OF_A_REQUEST = (AdviceSuspect, AdviceQuestion)
SUMMARY, UNSENT = making.FILE_TEXTS["summary"], "The victim gave a second account."


def rows(user: User, case: m.Case, *models: Any) -> list[int]:
    """Return how many rows of each table the database gives this person, asked with nothing but her or his own scope."""
    with acting_as(user):
        return [model.objects.filter(case=case).count() for model in models]


def change(world: World, case: m.Case, row: Referral, *, suspects: int = 1, **texts: Any) -> None:
    """Let the officer change a referral: its first suspects, every crime, and these texts."""
    with acting_as(world.investigator):
        crimes = making.case_crimes(case)
    people = [suspect_of(case, number + 1).pk for number in range(suspects)]
    given = making.FILE_TEXTS | {"file_sent_on": clock.today(), "review_type": "28_days"} | texts
    do(world.investigator, referrals.change_referral, case, charging_referral_id=row.pk, suspects=people, crimes=crimes, **given)


def give_back(world: World, case: m.Case, row: Referral) -> None:
    arguments = {"charging_referral_id": row.pk, "reasons": [Reason("mg3")], "respond_by": on(3)}
    do(world.cps_manager, return_referral, case, **arguments)


def send_again(world: World, case: m.Case, row: Referral) -> None:
    do(world.investigator, referrals.ready_referral, case, charging_referral_id=row.pk)
    do(world.supervisor, referrals.send_referral, case, charging_referral_id=row.pk, supervisor_comments="Read and agreed")


def tick(world: World, case: m.Case, row: Referral, *items: Ticked) -> None:
    do(world.investigator, referral_file.set_file_items, case, charging_referral_id=row.pk, items=items)


def shown(browser: Client, row: EarlyAdvice | Referral) -> str:
    return browser.get(f"/prosecution/{'advice' if isinstance(row, EarlyAdvice) else 'referrals'}/{row.pk}/").content.decode()


def test_the_cps_has_no_row_of_a_part_of_a_referral_before_it_is_sent(world: World) -> None:
    case = making.brought_case(world, suspects=2)
    row = making.ready_referral_of(world, case, numbers=(1,))
    assert rows(world.prosecutor, case, *OF_A_REFERRAL) == [0, 0, 0]
    before = rows(world.investigator, case, *OF_A_REFERRAL)
    assert before == [1, before[1], 13]
    assert before[1] > 0
    do(world.supervisor, referrals.send_referral, case, charging_referral_id=row.pk, supervisor_comments="Read and agreed")
    assert rows(world.prosecutor, case, *OF_A_REFERRAL) == before
    give_back(world, case, row)
    change(world, case, row, suspects=2)
    assert rows(world.prosecutor, case, ReferralSuspect) == [1], "put in since it was sent"
    send_again(world, case, row)
    assert rows(world.prosecutor, case, ReferralSuspect) == [2]


def test_the_cps_has_no_row_of_a_part_of_a_request_before_it_is_sent(world: World) -> None:
    case = making.brought_case(world)
    row = making.drafted_advice(world, case)
    advising.ready(world, case, row)
    assert rows(world.prosecutor, case, *OF_A_REQUEST) == [0, 0]
    advising.send(world, case, row)
    assert rows(world.prosecutor, case, *OF_A_REQUEST) == [1, 2]
    advising.give_back(world, case, row)
    ask(world, case, row, questions=[*making.QUESTIONS, UNSENT])
    assert rows(world.prosecutor, case, *OF_A_REQUEST) == [1, 2]
    advising.ready(world, case, row)
    advising.send(world, case, row)
    assert rows(world.prosecutor, case, *OF_A_REQUEST) == [1, 3]


def ask(world: World, case: m.Case, row: EarlyAdvice, *, questions: Any = making.QUESTIONS, **texts: str) -> None:
    """Let the officer change a request."""
    asked = advice.Asked(suspect_ids=[suspect_of(case).pk], texts=replace(making.ADVICE_TEXTS, **texts), questions=questions)
    do(world.investigator, advice.change_advice, case, early_advice_id=row.pk, asked=asked)


def returned(world: World) -> tuple[m.Case, Referral]:
    """Return a referral of the first of two suspects that came back and was changed in every way since."""
    case = making.police_case(world, suspects=2)
    row = making.sent_referral(world, case, numbers=(1,))
    give_back(world, case, row)
    change(world, case, row, suspects=2, summary=UNSENT, review_type="red", reference="52/FILE/2", file_sent_on=None)
    tick(world, case, row, Ticked("mg3", "not_applicable", because="None was made"))
    return case, row


def test_what_came_back_is_for_the_cps_as_it_was_sent(world: World, sign_in: SignIn) -> None:
    case, row = returned(world)
    of_cps, of_police = shown(sign_in(world.cps_manager), row), shown(sign_in(world.investigator), row)
    new = (UNSENT, "52/FILE/2", "None was made", "Suspect 2")
    assert [words for words in new if words in of_cps] == []
    assert [words for words in new if words not in of_police] == []
    assert SUMMARY in of_cps
    assert "Within 28 calendar days" in of_cps
    assert ("As sent on" in of_cps, "As sent on" in of_police) == (True, False)
    line = sign_in(world.cps_manager).get(f"/cases/{case.pk}/").content.decode()
    assert "Within 28 calendar days" in line
    assert "Red: within 3 hours" not in line
    assert "Red: within 3 hours" in sign_in(world.investigator).get(f"/cases/{case.pk}/").content.decode()


def test_what_came_back_prints_for_the_cps_as_it_was_sent(world: World, sign_in: SignIn) -> None:
    _, row = returned(world)
    printed = [
        pdfs.text_of(sign_in(person).get(f"/prosecution/referrals/{row.pk}/referral.pdf").content)
        for person in (world.cps_manager, world.investigator)
    ]
    words = [one.replace(" ", "") for one in ("As sent on", SUMMARY, UNSENT)]
    assert [[one in text for one in words] for text in printed] == [[True, True, False], [False, False, True]]


@pytest.mark.parametrize("then", ["ready", "withdrawn"])
def test_it_stays_as_it_was_sent_whatever_the_police_do_but_send_it(world: World, sign_in: SignIn, then: str) -> None:
    case, row = making.brought_case(world), None
    making.accepted_advice(world, case)  # so that the Area keeps the case
    row = making.sent_referral(world, case)
    give_back(world, case, row)
    change(world, case, row, summary=UNSENT)
    if then == "ready":
        do(world.investigator, referrals.ready_referral, case, charging_referral_id=row.pk)
    else:
        do(world.investigator, referrals.withdraw_referral, case, charging_referral_id=row.pk, reason="Not ready")
    page = shown(sign_in(world.cps_manager), row)
    assert (SUMMARY in page, UNSENT in page) == (True, False)


def test_sent_again_both_sides_see_it_and_what_differs(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    give_back(world, case, row)
    change(world, case, row, summary=UNSENT)
    tick(world, case, row, Ticked("mg3", "to_follow", on(4), "Being typed"))
    send_again(world, case, row)
    for person in (world.cps_manager, world.investigator):
        page = shown(sign_in(person), row)
        assert UNSENT in page
        assert "As sent on" not in page
        assert "Differs from the time before: Summary; File: MG3." in page


def test_what_is_ticked_of_what_came_back_is_on_no_timeline_of_the_cps(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    tick(world, case, row, Ticked("exhibits", "not_applicable", because="There are none"))
    give_back(world, case, row)
    tick(world, case, row, Ticked("mg11", "not_applicable", because="Nobody made one"))
    ticked = ("referral_file_changed", "referral_file_drafted")
    seen = {}
    for person in (world.cps_manager, world.investigator):
        with acting_as(person):
            seen[person] = m.TimelineEvent.objects.filter(case=case, kind__in=ticked).count()
    assert seen == {world.cps_manager: 1, world.investigator: 3}, "of the draft, of what the CPS had, and of what came back"


def test_what_was_ticked_while_the_cps_had_it_is_not_taken_from_it_again(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    tick(world, case, row, Ticked("exhibits", "not_applicable", because="There are none"))
    give_back(world, case, row)
    tick(world, case, row, Ticked("mg11", "not_applicable", because="Nobody made one"))
    page = shown(sign_in(world.cps_manager), row)
    assert ("There are none" in page, "Nobody made one" in page) == (True, False)


def test_a_request_that_came_back_is_for_the_cps_as_it_was_sent(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world)
    row = making.asked(world, case)
    advising.give_back(world, case, row)
    ask(world, case, row, questions=[making.QUESTIONS[0], "What of the second phone?"], issues=UNSENT)
    page = shown(sign_in(world.cps_manager), row)
    assert (UNSENT in page, "What of the second phone?" in page) == (False, False)
    assert (making.QUESTIONS[1] in page, "As sent on" in page) == (True, True)
    advising.ready(world, case, row)
    advising.send(world, case, row)
    page = shown(sign_in(world.cps_manager), row)
    assert (UNSENT in page, "As sent on" in page) == (True, False)
    assert "Differs from the time before: The issues so far; Question 2." in page


def test_nobody_is_named_in_what_is_kept_of_a_sending(world: World) -> None:
    case = making.police_case(world)
    row = making.sent_referral(world, case)
    with acting_as(world.prosecutor):
        kept: Any = Submission.objects.get(referral=row).as_sent
    assert kept["suspects"] == [str(suspect_of(case).pk)]
    assert "Smith" not in str(kept)


def test_a_refusal_does_not_say_how_far_the_police_are(world: World) -> None:
    case = making.brought_case(world)
    request, row = making.asked(world, case), making.sent_referral(world, case)
    advising.give_back(world, case, request)
    advising.ready(world, case, request)
    give_back(world, case, row)
    do(world.investigator, referrals.ready_referral, case, charging_referral_id=row.pk)
    of, to = {"charging_referral_id": row.pk}, {"prosecutor_id": world.prosecutor.pk}
    with pytest.raises(NotPossible, match="returned to the police"):
        do(world.cps_manager, accept_referral, case, **of, **to)
    with pytest.raises(NotPossible, match="returned to the police"):
        give_back(world, case, row)
    with pytest.raises(NotPossible, match="returned to the police"):
        do(world.cps_manager, accept_advice, case, early_advice_id=request.pk, **to)
    with pytest.raises(NotPossible, match="returned to the police"):
        advising.give_back(world, case, request)


def test_cps_direct_gives_back_what_it_saw(world: World, sign_in: SignIn) -> None:
    case = making.police_case(world, suspects=2)
    row = making.sent_referral(world, case, review_type="red", to="direct", numbers=(1,))
    arguments = {"charging_referral_id": row.pk, "reasons": [Reason("mg3")], "respond_by": on(3)}
    do(world.cps_direct, return_referral, case, **arguments)
    change(world, case, row, suspects=2, review_type="five_days")
    form = sign_in(world.cps_direct).get(path_of_act(On.CHARGING_REFERRAL, case.pk, "return-to-area", row.pk)).content.decode()
    assert "Red: within 3 hours" in form
    assert "Suspect 2" not in form
    do(world.cps_direct, direct.return_to_area, case, charging_referral_id=row.pk, reason="It is morning")
