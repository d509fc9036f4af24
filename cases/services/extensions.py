"""What the law asks of an extension of pre-charge bail: the next step, its end, conditions A to D, who may decide it.

Sources: the Police and Criminal Evidence Act 1984 ss.47ZC (conditions A to D), 47ZD to 47ZF (who, and that the suspect
or the solicitor is told and heard first); domain.md section 8.
"""

from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE, Grade
from cases.derive import pace
from cases.derive.bail_facts import BailFact
from core.exceptions import NotPossible

CONDITIONS: dict[str, str] = {
    "A": "there are reasonable grounds for suspecting the suspect to be guilty of the offence",
    "B": "there are reasonable grounds for believing that further investigation, or further time to decide whether to charge, is needed",
    "C": "there are reasonable grounds for believing that the investigation, or the decision whether to charge, "
    "is being conducted or made diligently and expeditiously",
    "D": "there are reasonable grounds for believing that release on bail is necessary and proportionate in all the circumstances, "
    "having regard in particular to any conditions of bail",
}
"""Conditions A to D of PACE s.47ZC, each confirmed by itself."""

NOT_A_DAY_LATE = "Bail is extended before it ends: enter when it was decided"


def step_of(fact: BailFact, at: datetime, authority: str, months: int | None) -> pace.Step:
    """Return the step this extension takes: of the next authority, to the months given or its first. Raises NotPossible."""
    if at >= fact.due().due_at:
        raise NotPossible(NOT_A_DAY_LATE, field="at")
    steps = pace.steps_open(fact)
    if authority != steps[0].authority:
        raise NotPossible(f"The next extension is to {steps[0].words}", field="authority")
    step = next((one for one in steps if months in {None, one.months}), None)
    if step is None:
        raise NotPossible(f"Select {' or '.join(str(one.months) for one in steps)} months", field="months")
    return step


def until(fact: BailFact, step: pace.Step, own_end_on: date | None) -> date:
    """Return the last day of the bail as extended: the step's, or an earlier one of its own. Raises NotPossible."""
    latest = pace.end_of(fact, step.months)
    if own_end_on is not None and not fact.ends_on() < own_end_on <= latest:
        raise NotPossible(f"Enter a day after {pace.in_words(fact.ends_on())} and not after {pace.in_words(latest)}", field="own_end_on")
    return own_end_on or latest


def check_lawful(conditions_met: bool, representations: str) -> None:
    """Raise NotPossible unless conditions A to D all hold, and the suspect or solicitor was told and heard."""
    if not conditions_met:
        raise NotPossible("Bail is extended only when conditions A to D are all met", field="conditions_met")
    if not representations.strip():
        raise NotPossible("Enter what the suspect or solicitor said, or that they were invited and said nothing", field="representations")


def may_authorise(actor: User, step: pace.Step) -> list[User]:
    """Return the people of the actor's force who hold the rank of this step, by name; nobody for a court."""
    if step.rank is None:
        return []
    people = User.objects.visible_to(actor).active().filter(role__in=WORKS_CASES_POLICE).order_by("name", "id")
    return [person for person in people if pace.has_rank(person.grade, step)]


def authorised(actor: User, step: pace.Step, authoriser_id: UUID | None, authorised_by: str) -> str:
    """Return who authorised the step, in words: the person chosen, who was typed, or the person acting, who holds the rank.

    Somebody known here, chosen or typed by name, must hold the rank that the law asks for; whoever this service does not
    know is taken at the typed word. Raises NotPossible.
    """
    if authoriser_id is not None:
        person = User.objects.visible_to(actor).active().filter(pk=authoriser_id).first()
        if person is None or not pace.has_rank(person.grade, step):
            raise NotPossible(_too_low(step), field="authoriser_id")
        return _with_rank(person)
    typed = authorised_by.strip()
    if typed:
        known = list(User.objects.visible_to(actor).active().filter(name__iexact=typed))
        if known and not any(pace.has_rank(person.grade, step) for person in known):
            raise NotPossible(_too_low(step), field="authorised_by")
        return typed
    if not pace.has_rank(actor.grade, step):
        raise NotPossible("Enter who authorised it: name and rank, or the court", field="authorised_by")
    return actor.name


def _with_rank(person: User) -> str:
    return f"{person.name} ({person.get_grade_display().lower()})"


def _too_low(step: pace.Step) -> str:
    if step.rank is None:
        return f"{step.words[:1].upper()}{step.words[1:]}: nobody of the force can authorise this"
    rank = Grade(step.rank)
    named = "Only an" if rank is Grade.INSPECTOR else "Only a"
    return f"{named} {rank.label.lower()} or above can authorise this (PACE {step.source})"
