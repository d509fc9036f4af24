"""What can happen on a case of the demonstration: short words for calls of the services. Numbers are days before now."""

from datetime import timedelta

from cases import models as m
from cases import twice
from cases.demonstration import Step, Told
from cases.demonstration.telling import plan
from cases.services.access import exclude, grant_access
from cases.services.arrests import record_arrest, record_attempt, record_interview, record_release, write_arrest
from cases.services.bails import extend_bail
from cases.services.changing import Extract, changing
from cases.services.complainants import change_needs
from cases.services.corrections import correct_fact
from cases.services.decisions import answer_no_arrest, propose_no_arrest
from cases.services.detention import enter_detention
from cases.services.enquiries import end_enquiry, open_enquiry
from cases.services.notes import add_cps_note, add_note, add_police_note
from cases.services.outcomes import Ending, end_crime, give_to_crimes, record_crime_outcome, record_outcome, write_outcome
from cases.services.overrides import cannot_be_met
from cases.services.plans import plan_arrest, record_delay
from cases.services.reviews import review_case, review_suspect
from cases.services.roles import assign_person
from cases.services.sharing import bring_to_area
from cases.services.situations import begin_situation
from core import clock
from core.scope import scope, system

CONDITIONS = "Not to contact the complainant directly or indirectly; to live at an address known to the police."


def arrested(number: int, days: float) -> Step:
    """The suspect was arrested."""
    return lambda told: told.to(number, "", record_arrest, at=told.ago(days))


def held(number: int, hours: float) -> Step:
    """The suspect was arrested hours ago, is in custody, and the detention clock runs."""

    def step(told: Told) -> None:
        told.to(number, "", record_arrest, at=told.ago(hours / 24))
        told.to(number, "", enter_detention, began_at=told.ago((hours - 1) / 24))

    return step


def bailed(number: int, days: float, *, ends_in: int | None = None) -> Step:
    """The suspect was arrested and bailed eight hours later: for three months, or until a day counted from today."""

    def step(told: Told) -> None:
        own = clock.today(told.now) + timedelta(days=ends_in) if ends_in is not None else None
        told.to(number, "", record_arrest, at=told.ago(days))
        told.to(number, "", record_interview, at=told.ago(days - 0.2), manner="after_arrest")
        told.to(
            number,
            "",
            record_release,
            at=told.ago(days - 0.34),
            to="bail",
            authority="custody_officer",
            conditions=CONDITIONS,
            victim_views_sought=True,
            own_end_on=own,
        )

    return step


def extended(number: int, days: float) -> Step:
    """An inspector extended the bail to six months."""

    def step(told: Told) -> None:
        with scope(system(told.case.force_id)):
            bail = m.Bail.objects.get(case=told.case, suspect=told.suspects[number - 1])
        told.do(
            "supervisor",
            extend_bail,
            bail_id=bail.pk,
            at=told.ago(days),
            authority="inspector",
            months=6,
            conditions_met=True,
            representations="The solicitor was invited and said nothing.",
        )

    return step


def under_investigation(number: int, days: float) -> Step:
    """The suspect was arrested, interviewed and released under investigation."""

    def step(told: Told) -> None:
        told.to(number, "", record_arrest, at=told.ago(days))
        told.to(number, "", record_interview, at=told.ago(days - 0.2), manner="after_arrest")
        told.to(number, "", record_release, at=told.ago(days - 0.4), to="under_investigation")

    return step


def interviewed(number: int, days: float) -> Step:
    """The suspect came to an interview by arrangement."""
    return lambda told: told.to(
        number, "", record_interview, at=told.ago(days), manner="voluntary", protection="Safeguarding plan agreed with the local authority."
    )


def cannot_be_arrested(number: int, kind: str, days: float, note: str) -> Step:
    """A supervisor put on record that the suspect is wanted, abroad or in prison elsewhere."""
    return lambda told: told.to(number, "supervisor", begin_situation, kind=kind, since=told.ago(days), note=note)


def late_because(number: int, reason: str, note: str = "") -> Step:
    """The officer said why the arrest is late."""
    return lambda told: told.to(number, "", record_delay, reason=reason, note=note)


def attempted(number: int, days: float, what: str) -> Step:
    """Officers went and could not."""
    return lambda told: told.to(number, "", record_attempt, at=told.ago(days), what_happened=what)


def planned(number: int, in_days: float) -> Step:
    """An arrest is planned."""
    return lambda told: told.to(number, "", plan_arrest, planned_for=clock.day_start(clock.today(told.now)) + timedelta(days=in_days))


def no_arrest(number: int, *, approved: bool) -> Step:
    """The officer proposed not to arrest; the inspector approved it, or has yet to answer."""

    def step(told: Told) -> None:
        row = told.to(
            number,
            "",
            propose_no_arrest,
            rationale="Elderly and in hospital; will attend with a solicitor.",
            protection="No contact is possible.",
        )
        if approved:
            told.do("supervisor", answer_no_arrest, decision_id=row.pk, approve=True)

    return step


def ended(number: int, code: int, days: float, reasons: str = "", *, crimes: bool = True) -> Step:
    """The suspect's part ended with an outcome, its telling planned, and the crimes alleged against nobody else with it."""

    def step(told: Told) -> None:
        plan(told, number, code)
        on = clock.london_day(told.ago(days))
        if code in twice.codes_of(told.case.force_id):
            _looked_at(told, number, Ending(code, on, reasons=reasons), crimes)
        else:
            told.to(number, "", record_outcome, code=code, on=on, reasons=reasons, also_crimes=crimes)

    return step


def _looked_at(told: Told, number: int, ending: Ending, crimes: bool) -> None:
    """A second person looked at it in those days: written as an extract gives what was decided long since."""
    suspect = told.suspects[number - 1]
    with scope(system(told.case.force_id)), changing(told.case.pk, actor=Extract(told.case.force_id)) as change:
        row, facts = change.suspect(suspect.pk)
        write_outcome(change, row, facts, ending)
        if crimes:
            give_to_crimes(change, row, ending)


def crimes_ended(code: int, days: float, reasons: str) -> Step:
    """Every recorded crime without an outcome got one."""

    def step(told: Told) -> None:
        with scope(system(told.case.force_id)):
            left = list(m.Offence.objects.filter(case=told.case, outcome_code__isnull=True))
        plan(told, 0, code)
        on = clock.london_day(told.ago(days))
        for crime in left:
            if code in twice.codes_of(told.case.force_id):
                with scope(system(told.case.force_id)), changing(told.case.pk, actor=Extract(told.case.force_id)) as change:
                    end_crime(change, change.get(m.Offence, crime.pk), Ending(code, on, reasons=reasons))
            else:
                told.do("", record_crime_outcome, offence_id=crime.pk, code=code, on=on, reasons=reasons)

    return step


def imported(number: int, days: float, *, bail_passed: float | None = None) -> Step:
    """An extract gave an arrest without its release, and perhaps a bail whose date had passed."""

    def step(told: Told) -> None:
        suspect = told.suspects[number - 1]
        with scope(system(told.case.force_id)), changing(told.case.pk, actor=Extract(told.case.force_id)) as change:
            arrest = write_arrest(change, suspect, at=told.ago(days), imported=True)
            if bail_passed is not None:
                change.add(
                    m.Bail,
                    suspect=suspect,
                    arrest=arrest,
                    granted_at=told.ago(days),
                    authority=m.Authority.NOT_RECORDED,
                    own_end_on=clock.london_day(told.ago(bail_passed)),
                    imported=True,
                    passed_at_import=True,
                )

    return step


def reviewed(direction: str) -> Step:
    """The inspector reviewed the case."""
    return lambda told: told.do("supervisor", review_case, direction=direction)


def suspect_reviewed(number: int, direction: str) -> Step:
    """The inspector reviewed a suspect who cannot be arrested or is released under investigation."""
    return lambda told: told.to(number, "supervisor", review_suspect, direction=direction)


def noted(text: str) -> Step:
    """Somebody added a note both agencies read."""
    return lambda told: told.do("", add_note, text=text)


def police_noted(text: str) -> Step:
    """Somebody added a note the police alone read."""
    return lambda told: told.do("", add_police_note, text=text)


def brought(*, prosecutor: str = "", liaison: str = "", note: str = "") -> Step:
    """The case was brought to the CPS, and its manager named people."""

    def step(told: Told) -> None:
        told.do("", bring_to_area)
        for key, role in ((prosecutor, m.CaseRole.PROSECUTOR), (liaison, m.CaseRole.VICTIM_LIAISON)):
            if key:
                told.do("cps-manager", assign_person, user_id=told.people[key].pk, role=role)
        if note:
            told.do(prosecutor or "other-area", add_cps_note, text=note)

    return step


def looked_at(focus: str, what: str, *, necessity: str = "", result: str = "") -> Step:
    """A line of enquiry was opened, and ended where there is a result."""

    def step(told: Told) -> None:
        row = told.do("", open_enquiry, focus=focus, what=what, necessity=necessity)
        if result:
            told.do("", end_enquiry, enquiry_id=row.pk, state="done", result=result)

    return step


def risk_asked_lower() -> Step:
    """The officer asked for a lower risk: it waits for a supervisor."""
    return lambda told: told.do(
        "", correct_fact, table="case", row_id=told.case.pk, field="risk", new="standard", reason="The suspect has moved away."
    )


def needs_interpreter() -> Step:
    """The first complainant needs an interpreter."""

    def step(told: Told) -> None:
        with scope(system(told.case.force_id)):
            row = m.Complainant.objects.get(case=told.case, label="A")
        told.do("", change_needs, complainant_id=row.pk, needs_interpreter=True, needs_intermediary=False, needs_special_measures=True)

    return step


def due_cannot_be_met(because: str) -> Step:
    """The officer said why the arrest cannot be made in time."""

    def step(told: Told) -> None:
        with scope(system(told.case.force_id)):
            row = m.Deadline.objects.filter(case=told.case, kind="arrest", met_at__isnull=True, ended_at__isnull=True).first()
        if row is not None:
            told.do("", cannot_be_met, deadline_id=row.pk, because=because)

    return step


def widened(key: str, purpose: str) -> Step:
    """Somebody of another unit was let in for a while."""
    return lambda told: told.do(
        "supervisor", grant_access, user_id=told.people[key].pk, purpose=purpose, until=clock.today(told.now) + timedelta(days=60)
    )


def excluded(key: str, reason: str) -> Step:
    """Somebody must never see the case."""
    return lambda told: told.do("supervisor", exclude, user_id=told.people[key].pk, reason=reason)
