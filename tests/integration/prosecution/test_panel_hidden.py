"""A finding is hidden until the own one is submitted: from members by page, count and timing; from organisers; by the database itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.scope import scope, system
from notifications.models import Notice
from prosecution.models import Finding, Panel, SharedFinding
from prosecution.panels import selectors
from prosecution.panels.services import concluding, finding
from tests.factories import AVON, World, acting_as, make_user
from tests.integration.prosecution import panelling
from tests.integration.prosecution.panelling import as_member, do, member, opened, organiser, reads, submit

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SECRET = "Wording of somebody else"


def shown(browser: Client, panel: Panel) -> list[str]:
    """Return every page that a member reads of a panel, without what changes with each request."""
    pack = panelling.pack_of(panel)
    addresses = ("/panels/", f"/panels/{panel.pk}/", f"/panels/packs/{pack.pk}/", f"/panels/packs/{pack.pk}/finding/", "/inbox/")
    return [_without_token(browser.get(address).content.decode()) for address in addresses]


def _without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_a_member_s_pages_are_the_same_whether_anybody_submitted_or_not(world: World, sign_in: SignIn) -> None:
    me, others = member(name="Reads First"), [member() for _ in range(3)]
    panel = opened(world, me, *others)
    before = shown(sign_in(me), panel)
    for person in others:
        submit(person, panel, enquiries=SECRET)
    assert shown(sign_in(me), panel) == before, "by no word, no count, no order"
    assert all(SECRET not in page for page in before)
    submit(me, panel)
    after = sign_in(me).get(f"/panels/packs/{panelling.pack_of(panel).pk}/").content.decode()
    assert after.count(SECRET) == 3
    assert all(person.name in after for person in others)


def test_the_same_queries_are_asked_whether_anybody_submitted_or_not(world: World, sign_in: SignIn) -> None:
    """What takes as long tells nothing: the very statements are the same, before the own finding."""
    me, others = member(), [member() for _ in range(3)]
    panel = opened(world, me, *others)
    path = f"/panels/packs/{panelling.pack_of(panel).pk}/"
    browser = sign_in(me)
    browser.get(path)

    def asked() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(path)
        return [one["sql"][:200] for one in queries.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    before = asked()
    for person in others:
        submit(person, panel)
    assert asked() == before
    assert not any("prosecution_sharedfinding" in one for one in before), "before the own finding the table is not even asked"


def test_submitting_changes_no_version_no_moment_and_tells_nobody(world: World) -> None:
    me, other = member(), member()
    panel = opened(world, me, other)
    submit(other, panel)
    after = panelling.again(panel)
    assert (after.version, after.changed_at, after.changed_by_name) == (panel.version, panel.changed_at, panel.changed_by_name)
    with scope(system(AVON)):
        assert not Notice.objects.exists()


def test_the_database_shows_no_finding_of_others_before_the_own(world: World) -> None:
    me, other = member(), member()
    panel = opened(world, me, other)
    submit(other, panel, enquiries=SECRET)
    as_member(me, finding.keep_finding, pack_id=panelling.pack_of(panel).pk, texts={"enquiries": "mine"}, view="agree")
    with acting_as(me), reads(me):
        assert SharedFinding.objects.count() == 0
        assert [row.texts for row in Finding.objects.all()] == [{"enquiries": "mine"}]
    submit(me, panel)
    with acting_as(me), reads(me):
        assert SharedFinding.objects.count() == 2
        assert Finding.objects.count() == 1, "and never what somebody else keeps for later"


def test_what_is_kept_is_nobody_else_s_not_the_organiser_s_either(world: World) -> None:
    me = member()
    panel = opened(world, me)
    as_member(me, finding.keep_finding, pack_id=panelling.pack_of(panel).pk, texts={"enquiries": SECRET})
    with acting_as(organiser(world)):
        from django.db import ProgrammingError, transaction

        with pytest.raises(ProgrammingError), transaction.atomic():
            Finding.objects.count()


@pytest.mark.parametrize("submitted", [0, 1, 2])
def test_an_organiser_reads_nothing_and_no_count_before_all_have_submitted(world: World, sign_in: SignIn, submitted: int) -> None:
    people = [member() for _ in range(3)]
    panel = opened(world, *people)
    row = panelling.rows_of(panel)[0]
    path = f"/prosecution/panels/{panel.pk}/cases/{row.pk}/"
    before = _without_token(sign_in(organiser(world)).get(path).content.decode())
    for person in people[:submitted]:
        submit(person, panel, enquiries=SECRET)
    assert _without_token(sign_in(organiser(world)).get(path).content.decode()) == before
    for person in people[submitted:]:
        submit(person, panel, enquiries=SECRET)
    assert sign_in(organiser(world)).get(path).content.decode().count(SECRET) == 3


def test_an_organiser_who_is_a_member_submits_first(world: World, sign_in: SignIn) -> None:
    me, other = organiser(world), member()
    panel = opened(world, me, other)
    panelling.hold_today(panel)
    submit(other, panel, enquiries=SECRET)
    row = panelling.rows_of(panel)[0]
    path = f"/prosecution/panels/{panel.pk}/cases/{row.pk}/"
    third = make_user(AVON, Role.SUPERVISOR)
    do(third, concluding.conclude, panel, panel_case_id=row.pk, conclusion="learning", note="Concluded by another")
    for address in (path, f"/prosecution/panels/{panel.pk}/"):
        page = sign_in(me).get(address).content.decode()
        assert SECRET not in page
        assert "Agree, with learning" not in page
        assert "Concluded by another" not in page
    submit(me, panel)
    page = sign_in(me).get(path).content.decode()
    assert SECRET in page
    assert "Concluded by another" in page


@pytest.mark.parametrize(("days", "seen"), [(1, False), (0, True)])
def test_from_the_day_of_the_meeting_an_organiser_reads_what_there_is(world: World, days: int, seen: bool) -> None:
    one, two = member(), member()
    panel = opened(world, one, two)
    submit(one, panel, enquiries=SECRET)
    panelling.hold_today(panel, clock.today() + timedelta(days=days))
    with acting_as(organiser(world)):
        found = selectors.findings_of(panelling.pack_of(panel), panelling.again(panel), organiser(world))
    assert bool(found.rows) is seen


def test_the_year_counts_nothing_that_is_not_concluded(world: World) -> None:
    one, two = member(), member()
    panel = opened(world, one, two)

    def year() -> Any:
        with acting_as(organiser(world)):
            return selectors.year_of(organiser(world), panel.held_on.year)

    before = year()
    submit(one, panel)
    assert year() == before
    submit(two, panel)
    assert year() == before
