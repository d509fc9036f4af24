"""A case with one row in every case table, for tests of row-level security alone: through the ORM, under the kinds that may."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from accounts.models import Agency, User
from cases import models as m
from core import clock
from core.scope import Kind, Scope, scope, system
from reports.models import DailyRun
from tests.architecture.filled_prosecution import fill_prosecution
from tests.architecture.filled_victims import fill_victim
from tests.factories import ago


@dataclass(frozen=True, slots=True)
class Filled:
    """A case and the first suspect on it."""

    case: m.Case
    suspect: m.Suspect


def fill(*, force_id: int, area: int, officer: User, supervisor: User, prosecutor: User | None, reference: str) -> Filled:
    """Make a case of a force, brought to an Area (0: not brought), with a row in every table that a case can have."""
    with scope(system(force_id)):
        case = m.Case.objects.create(
            force_id=force_id, cps_area_scope=area, crime_reference=reference, recorded_at=ago(days=40), risk="medium"
        )
        keys = {"case": case, "force_id": force_id, "cps_area_scope": area, "created_by": officer}
        person = m.Person.objects.create(force_id=force_id, nominal=reference)
        suspect = m.Suspect.objects.create(**keys, number=1, person=person, surname="Invented", identified_at=ago(days=39))
        complainant = m.Complainant.objects.create(**keys, label="A")
        _work(keys, suspect, complainant, supervisor)
        _arrest(keys, suspect, officer, supervisor)
        _telling(keys, suspect, complainant, officer)
        _derived(keys, suspect)
        _offered(keys, officer)
        _forces_own(force_id)
    with scope(Scope(kind=Kind.POLICE, force_id=force_id, agency_id=force_id)):
        m.Note.objects.create(**keys, text="shared", author_name="x")
        m.PoliceNote.objects.create(**keys, text="police", author_name="x")
        _abstraction(keys, suspect, officer)
    fill_victim(keys, complainant, officer)
    fill_prosecution(keys, suspect, officer, prosecutor)
    if prosecutor is not None:
        with scope(Scope(kind=Kind.CPS, cps_area_id=area, agency_id=area)):
            m.CpsNote.objects.create(**{**keys, "created_by": prosecutor}, text="CPS", author_name="x")
    return Filled(case, suspect)


def _work(keys: dict[str, object], suspect: m.Suspect, complainant: m.Complainant, supervisor: User) -> None:
    offence = m.Offence.objects.create(**keys, complainant=complainant, code="19C")
    m.Allegation.objects.create(**keys, offence=offence, suspect=suspect)
    m.CasePerson.objects.create(**keys, user=supervisor, role="inspector")
    m.CaseAccess.objects.create(**keys, user=supervisor, purpose="x", until=clock.today())
    m.Exclusion.objects.create(**keys, user=supervisor, reason="x", lifted_at=clock.now())
    m.LineOfEnquiry.objects.create(**keys, focus="suspect", what="x")
    m.SupervisorReview.objects.create(**keys, of="case", at=ago(days=1), direction="x")
    m.FactCorrection.objects.create(**keys, table="cases_case", row_id=uuid4(), field="risk", reason="x", made_at=clock.now())
    m.TimelineEvent.objects.create(**keys, kind="case_logged", happened_at=ago(days=40), actor_name="x", case_version=1)
    m.StatusChange.objects.create(**keys, sequence=1, from_state="", to_state="recorded", reason="x", actor_name="x")


def _arrest(keys: dict[str, object], suspect: m.Suspect, officer: User, supervisor: User) -> None:
    arrest = m.Arrest.objects.create(**keys, suspect=suspect, at=ago(days=30))
    m.Detention.objects.create(**keys, arrest=arrest, began_at=ago(days=30), hours=24)
    m.ArrestAttempt.objects.create(**keys, suspect=suspect, at=ago(days=31), what_happened="x")
    m.ArrestDecision.objects.create(**keys, suspect=suspect, proposed_at=ago(days=32), rationale="x")
    m.ArrestDelay.objects.create(**keys, suspect=suspect, at=ago(days=32), reason="forensic")
    m.Interview.objects.create(**keys, suspect=suspect, at=ago(days=30), manner="after_arrest")
    bail = m.Bail.objects.create(**keys, suspect=suspect, arrest=arrest, granted_at=ago(days=29), authority="inspector")
    m.BailEvent.objects.create(**keys, bail=bail, kind="varied", at=ago(days=20))
    m.SuspectSituation.objects.create(**keys, suspect=suspect, kind="abroad", since=ago(days=10), note="x")
    m.SuspectOutcome.objects.create(**keys, suspect=suspect, code=15, on=date(2026, 1, 5), side="police")
    m.CpsPosition.objects.create(**keys, suspect=suspect, position="with_cps", since=ago(days=5))
    m.PlannedArrest.objects.create(**keys, suspect=suspect, planned_for=ago(days=33), officer=officer)


def _telling(keys: dict[str, object], suspect: m.Suspect, complainant: m.Complainant, officer: User) -> None:
    about = {"complainant": complainant, "suspect": suspect}
    outcome = m.SuspectOutcome.objects.get(suspect=suspect)
    m.Told.objects.create(**keys, **about, about="told_arrest", fact_id=uuid4(), told_at=ago(days=1), how="telephone")
    m.TellingPlan.objects.create(**keys, **about, about="told_nfa", teller=officer, how="telephone", planned_at=ago(days=1))
    m.SuspectTold.objects.create(**keys, suspect=suspect, outcome=outcome, at=ago(days=1))
    change = m.SupportChange.objects.create(**keys, complainant=complainant, supports="supports", at=ago(days=1))
    talk = {"support_change": change, "by": officer, "spoke_with": "her", "still_ends": False, "statement": False}
    m.WithdrawalTalk.objects.create(**keys, complainant=complainant, at=ago(days=1), stage="x", **talk)
    reached = {"fact_id": outcome.pk, "reached_on": clock.today(), "how": "letter", "side": "police", "known_by": "x"}
    m.WrittenReasons.objects.create(**keys, complainant=complainant, **reached)
    m.Hearing.objects.create(**keys, suspect=suspect, at=ago(days=-9), court="x", received_at=ago(days=1))


def _derived(keys: dict[str, object], suspect: m.Suspect) -> None:
    when = {
        "started_at": ago(days=9),
        "due_at": ago(days=2),
        "due_on": date(2026, 1, 1),
        "first_due_at": ago(days=2),
        "first_due_on": date(2026, 1, 1),
    }
    m.Deadline.objects.create(**keys, kind="arrest", subject_id=suspect.pk, suspect=suspect, owes="police", setting_version=1, **when)
    m.DeadlineOverride.objects.create(**keys, kind="arrest", subject_id=suspect.pk, cannot_be_met_because="x")
    owner = {name: keys[name] for name in ("case", "force_id", "cps_area_scope")}
    m.SuspectNameKey.objects.create(**owner, suspect=suspect, key="invented")
    m.ExtractEntry.objects.create(**keys, suspect=suspect)
    m.Disagreement.objects.create(**keys, suspect=suspect, column="surname")


def _offered(keys: dict[str, object], officer: User) -> None:
    force_id = int(str(keys["force_id"]))
    other = Agency.objects.exclude(pk=force_id).filter(kind="police").order_by("pk")[0]
    m.CaseOffer.objects.create(**keys, to_force=other, reason="x")
    m.CaseLink.objects.create(**keys, way="from", other_force=other, other_reference="x", since=ago(days=3))
    m.IncomingOffer.objects.create(
        id=uuid4(),
        force_id=force_id,
        from_force=other,
        crime_reference="x",
        risk="high",
        recorded_at=ago(days=4),
        reason="x",
        offered_by_name="x",
    )
    access = m.EmergencyAccess.objects.create(**keys, user=officer, reason="x", until=clock.now() + timedelta(hours=4))
    m.EmergencyReview.objects.create(**keys, access=access, answer="justified", note="x")


def _forces_own(force_id: int) -> None:
    DailyRun.objects.get_or_create(force_id=force_id, day=clock.today(), defaults={"counts": {}, "deadline_ids": []})
    m.ImportRun.objects.create(force_id=force_id, state="done", file_digest="x", forget_at=clock.now())


def _abstraction(keys: dict[str, object], suspect: m.Suspect, officer: User) -> None:
    away = m.Abstraction.objects.create(
        force_id=int(str(keys["force_id"])), event="x", starts_at=ago(days=34), ends_at=ago(days=32), created_by=officer
    )
    m.AbstractionOfficer.objects.create(force_id=int(str(keys["force_id"])), abstraction=away, user=officer)
    m.AbstractionAnswer.objects.create(**keys, abstraction=away, plan=m.PlannedArrest.objects.get(suspect=suspect), answer="kept")
