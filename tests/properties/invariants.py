"""What holds of every case after every act, whatever was done and by whom."""

from uuid import UUID

from django.db import connection

from accounts.models import User
from accounts.scopes import scope_of
from cases import models as m
from cases.derive.clocks import wanted
from cases.derive.facts import CaseFacts
from cases.derive.states import case_stage, standing, suspect_status, turns
from cases.selectors import editions_of
from cases.selectors_telling import everything_of
from cases.services.reconcile import WRITTEN
from core import clock
from core.scope import scope, system

AS_DERIVED = ("owes", "suspect_id", "complainant_id", "started_at", "eased_at", "paused_since", "met_at", "ended_at", "setting_version")


def holds(case_id: UUID, force_id: int) -> None:
    """Assert everything that holds of one case, seen by the system."""
    with scope(system(force_id)):
        case = m.Case.objects.get(pk=case_id)
        facts = everything_of(case)
        projections_follow(case, facts)
        deadlines_follow(case, facts)
        status_changes_follow(case)
        timeline_follows(case)


def projections_follow(case: m.Case, facts: CaseFacts) -> None:
    """Stage, words, turns, next due and every suspect's status are what the facts give."""
    now = clock.now()
    assert case.stage == case_stage(facts, now)
    assert case.standing == standing(facts, now)[:250]
    assert (case.turn_police, case.turn_cps) == turns(facts, now)
    by_key = dict(m.Suspect.objects.filter(case=case, recorded_in_error_at__isnull=True).values_list("pk", "status"))
    assert by_key == {suspect.id: str(suspect_status(suspect, now)) for suspect in facts.suspects}
    running = m.Deadline.objects.filter(case=case, cancelled=False, met_at__isnull=True, ended_at__isnull=True, paused_since__isnull=True)
    assert case.next_due_police == min(running.filter(owes="police").values_list("due_at", flat=True), default=m.NOTHING_DUE)
    assert case.next_due_cps == min(running.filter(owes="cps").values_list("due_at", flat=True), default=m.NOTHING_DUE)


def deadlines_follow(case: m.Case, facts: CaseFacts) -> None:
    """The deadlines that stand equal those made from nothing, and none was met before it began but by its own facts."""
    found = wanted(facts, editions_of(case.force_id))
    standing_rows = {(row.kind, row.subject_id, row.sequence): row for row in m.Deadline.objects.filter(case=case, cancelled=False)}
    assert set(standing_rows) == set(found)
    for key, row in standing_rows.items():
        one = found[key]
        first = one.first_due or one.due
        derived = {
            **{name: getattr(one, name) for name in AS_DERIVED},
            "due_at": one.due.due_at,
            "due_on": one.due.due_on,
            "first_due_at": first.due_at,
            "first_due_on": first.due_on,
            "cancelled": False,
        }
        assert {name: getattr(row, name) for name in WRITTEN} == derived, key
        assert row.first_due_at <= row.due_at, key
        assert not (row.met_at and row.ended_at), key


def status_changes_follow(case: m.Case) -> None:
    """Changes of status are numbered without a gap, each takes up where the one before ended, the last is what stands."""
    rows = list(m.StatusChange.objects.filter(case=case).order_by("sequence"))
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    reached: dict[object, str] = {}
    for row in rows:
        assert row.from_state == reached.get(row.suspect_id, row.from_state)
        reached[row.suspect_id] = row.to_state
    if None in reached:
        assert reached[None] == case.stage


def timeline_follows(case: m.Case) -> None:
    """Every event belongs to a version the case has had, and no version from the first lacks one."""
    versions = set(m.TimelineEvent.objects.filter(case=case).values_list("case_version", flat=True))
    assert versions <= set(range(1, case.version + 1))


def alterations(auditor: User, case_id: UUID) -> int:
    """Return how many alterations of a case the force's log holds: the auditor's own view of it."""
    with scope(scope_of(auditor)), connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_accesslog where act = 'alteration' and %s = any(case_ids)", [str(case_id)])
        return int(cursor.fetchone()[0])


def unseen_by(outsider: User, case_ids: list[UUID]) -> None:
    """Assert that a person of elsewhere sees none of the cases, by either belt."""
    with scope(scope_of(outsider)):
        assert not m.Case.objects.visible_to(outsider).filter(pk__in=case_ids).exists()
        if outsider.agency_id < 100:
            assert not m.Case.objects.filter(pk__in=case_ids).exists()
