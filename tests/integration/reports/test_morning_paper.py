"""The morning with something in every part: its paper, and how many queries it takes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases import models as m
from core import clock
from core.scope import scope, system
from prosecution.models import ActionItem, ActionPlan, EarlyAdvice, ItemEvent, Referral
from reports.morning.look import Look
from reports.morning.page import morning_of
from reports.morning.paper import LINES, fitted
from reports.morning.sections import SECTIONS
from tests.factories import AVON, SOUTH_WEST, World, acting_as, ago
from tests.integration.reports.making import add, add_suspect, overdue_suspect
from tests.integration.reports.test_morning import PRINT, TODAY, held, quiet

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def released_without_a_word(world: World) -> None:
    """Release a suspect of whom the victim was not told."""
    case = quiet(unit=world.north, officer=world.investigator)
    suspect = add_suspect(case, "2026-01-01 12:00", surname="Quill")
    she = add(case, m.Complainant, label="A")
    add(case, m.Allegation, offence=add(case, m.Offence, complainant=she, code="19C"), suspect=suspect)
    arrest = add(case, m.Arrest, suspect=suspect, at=ago(hours=0.8), released_at=ago(hours=0.5), released_to="under_investigation")
    about = {"about": "told_release", "fact_id": arrest.pk, "not_told_because": "tried", "how": "telephone", "before_release": True}
    add(case, m.Told, complainant=she, suspect=suspect, note="Quill", **about)


def between_police_and_cps(world: World) -> None:
    """Let a request and a referral wait to be signed, and an item be with inspector and District Crown Prosecutor."""
    case = quiet(unit=world.north, officer=world.investigator, cps_area_scope=SOUTH_WEST)
    ready = {"number": 1, "state": "ready", "ready_at": ago(days=1), "ready_by": world.investigator, "summary": "Quill"}
    add(case, EarlyAdvice, **ready)
    add(case, Referral, **ready)
    sent = add(case, Referral, number=2, state="on_plan", first_submitted_at=ago(days=9), prosecutor=world.prosecutor)
    plan = add(case, ActionPlan, number=1, referral=sent, state="set", set_at=ago(days=8))
    texts = dict.fromkeys(("action", "justification", "reasonable_because", "proportionate_because"), "Quill")
    agreed = dict.fromkeys(("first_agreed_on", "agreed_on"), clock.today())
    item = add(case, ActionItem, plan=plan, number=1, state="escalated", weight="essential", **texts, **agreed)
    add(case, ItemEvent, item=item, what="escalated", at=ago(days=3), side="police", by_name=world.supervisor.name)


def everything(world: World, times: int) -> None:
    """Put so many rows into every part."""
    for _ in range(times):
        held(quiet(unit=world.north, officer=world.investigator))
        suspect = overdue_suspect("2026-01-01 12:00", unit=world.north, officer=world.investigator, surname="Quill")
        add(
            suspect.case, m.ArrestDecision, suspect=suspect, rationale="Quill again", proposed_at=ago(days=2), created_by=world.investigator
        )
        add(
            suspect.case,
            m.FactCorrection,
            table="suspect",
            row_id=suspect.pk,
            field="identified_at",
            old="x",
            new="y",
            reason="Quill",
            answer="waiting",
        )
        for days, imported in ((-3, False), (6, False), (-30, True)):
            case = quiet(unit=world.north, officer=world.investigator)
            one = add_suspect(case, "2026-01-01 12:00", surname="Quill")
            add(case, m.Arrest, suspect=one, at=ago(days=60), released_at=ago(days=59), released_to="bail")
            facts = {"granted_at": ago(days=59), "authority": "custody_officer", "conditions": "Not to go near Quill"}
            ends = clock.today() + timedelta(days=days)
            add(case, m.Bail, suspect=one, imported=imported, passed_at_import=imported, own_end_on=ends, **facts)
        released_without_a_word(world)
        between_police_and_cps(world)
        case = quiet(unit=world.north, named="yes")
        with scope(system(AVON)):
            access = m.EmergencyAccess(
                case=case, force_id=AVON, user=world.other_unit, reason="Quill", until=clock.now() + timedelta(hours=4)
            )
            access.save(force_insert=True)
    with scope(system(AVON)):
        User.objects.filter(pk=world.investigator.pk).update(away_from=date(2026, 1, 1))


def test_paper_holds_references_and_initials_counts_the_rest_and_is_a_disclosure(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[dict[str, Any]] = []
    monkeypatch.setattr("reports.views.audit.services.record", lambda **facts: written.append(facts))
    everything(world, 7)
    html = sign_in(world.supervisor).get(PRINT).content.decode()
    for hidden in ("Quill", "Abel"):
        assert hidden not in html
    assert "A.Q." in html
    assert f"by <bdi>{world.supervisor.name}</bdi>" in html
    assert "and " in html
    assert html.count("rasso-sheet__who") - html.count('<col class="rasso-sheet__who"') <= LINES
    assert len(SECTIONS) == html.count('<section class="rasso-sheet"')
    (entry,) = written
    assert (entry["act"], entry["recipients"], entry["owners"]) == ("disclosure", world.supervisor.name, {52})
    assert entry["case_ids"]
    written.clear()
    assert "Abel Quill" in sign_in(world.supervisor).get(TODAY).content.decode()
    assert [one["act"] for one in written] == ["consultation"]


def test_paper_gives_every_part_a_row_before_any_a_second_and_never_more_than_fit(world: World) -> None:
    everything(world, 6)
    with acting_as(world.supervisor):
        full = morning_of(Look.of(world.supervisor), rows=12)
    each_two = 2 * sum(part.count > 0 for part in full)
    for lines in (each_two, 34, LINES, 200):
        shown = fitted(full, lines)
        used = sum(len(part.entries) + (part.more > 0) for part in shown)
        assert used <= lines
        assert all(part.entries for part in shown)
        assert [part.count for part in shown] == [part.count for part in full if part.count]
    assert sum(part.more for part in fitted(full, 34)) > sum(part.more for part in fitted(full, LINES)) > 0


@pytest.mark.parametrize("address", [TODAY, PRINT, "/today/bail-fortnight/", "/today/away/"])
@pytest.mark.parametrize("who", ["sergeant", "supervisor"])
def test_the_number_of_queries_stays_the_same_while_rows_grow(world: World, sign_in: SignIn, who: str, address: str) -> None:
    browser = sign_in(getattr(world, who))

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    browser.get(address)
    everything(world, 1)
    few = counted()
    everything(world, 2)
    assert counted() == few <= 29
