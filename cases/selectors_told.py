"""What a complainant was told and not told, what is planned, and the hearings that concern her or him: rows for pages, no identity."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.roles import Role
from cases import models as m
from cases.derive.facts import CaseFacts, ComplainantFacts, SuspectFacts
from cases.derive.told_rules import about_of_outcome, duties, stopped
from cases.models.telling import ToldAbout
from cases.selectors_telling import telling_facts
from cases.selectors_to_tell import ToTell, complainant_in, owed_by, to_tell


@dataclass(frozen=True, slots=True)
class Said:
    """One thing on record as told (by which way), or as not told and why; several of one conversation in one."""

    at: datetime
    words: str
    how: str
    because: str
    note: str
    by: str
    side: str
    before: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """One plan that stands: what is told, who tells, how and when."""

    id: UUID
    words: str
    teller: str
    how: str
    planned_at: datetime
    her_choice: bool
    isva_warned: bool
    letter_after: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything about telling one complainant, for her or his page."""

    owed: list[ToTell]
    said: list[Said]
    planned: list[Planned]


def telling_of(case: m.Case, complainant: m.Complainant, *, side: str) -> Telling:
    """Return it for a reader of one side, in a fixed number of queries. The caller has proved sight of the case."""
    facts = telling_facts(case)
    theirs = complainant_in(facts, complainant.pk)
    if theirs is None:
        return Telling([], [], [])
    numbers = dict(m.Suspect.objects.filter(case=case).values_list("pk", "number"))
    return Telling(
        owed=to_tell(case, facts, theirs, owes=owed_by(side)),
        said=_said(case, complainant, numbers),
        planned=_planned(case, facts, theirs, numbers),
    )


def plans_of(case: m.Case, complainant: m.Complainant) -> list[Planned]:
    """Return the plans that stand for one complainant; one query where there never was one. The caller has proved sight of the case."""
    if not m.TellingPlan.objects.filter(case=case, complainant=complainant).exists():
        return []
    facts = telling_facts(case)
    theirs = complainant_in(facts, complainant.pk)
    numbers = dict(m.Suspect.objects.filter(case=case).values_list("pk", "number"))
    return _planned(case, facts, theirs, numbers) if theirs else []


def _said(case: m.Case, complainant: m.Complainant, numbers: dict[UUID, int]) -> list[Said]:
    """Return what was said of telling, the latest first; what one conversation told stands together."""
    rows = m.Told.objects.filter(case=case, complainant=complainant, withdrawn_at__isnull=True).select_related("created_by")
    groups: dict[tuple[object, ...], list[m.Told]] = {}
    for row in rows.order_by("-at", "-created_at", "id"):
        key = (row.at, row.how, row.not_told_because, row.note, row.before_release, row.created_by_id, row.side)
        groups.setdefault(key, []).append(row)
    return [_one(these, numbers) for these in groups.values()]


def _one(these: list[m.Told], numbers: dict[UUID, int]) -> Said:
    first = these[0]
    return Said(
        at=first.at,
        words="; ".join(dict.fromkeys(_thing(row.about, row.suspect_id, numbers) for row in these)),
        how=first.get_how_display() if first.how else "",
        because=first.get_not_told_because_display() if first.not_told_because else "",
        note=first.note,
        by=first.created_by.name if first.created_by else "",
        side=_side_of(first),
        before=first.before_release,
    )


def _side_of(row: m.Told) -> str:
    """Return whose act it was: what an ISVA told, asked by the police, is hers or his, and the duty was theirs."""
    by_isva = row.created_by is not None and row.created_by.role in {Role.ISVA, Role.ISVA_MANAGER}
    return "ISVA" if by_isva else str(row.get_side_display())


def _thing(about: str, suspect_id: UUID | None, numbers: dict[UUID, int]) -> str:
    number = numbers.get(suspect_id) if suspect_id else None
    return f"{ToldAbout(about).label}{f', suspect {number}' if number else ''}"


def _planned(case: m.Case, facts: CaseFacts, theirs: ComplainantFacts, numbers: dict[UUID, int]) -> list[Planned]:
    """Return the latest plan of each decision that is still to come, or that she or he is still to be told."""
    rows = m.TellingPlan.objects.filter(case=case, complainant=theirs.id).select_related("teller").order_by("at", "created_at")
    latest = {(row.about, row.suspect_id): row for row in rows}
    waiting = {duty.fact_id for duty in duties(facts, theirs) if stopped(theirs, duty) == (None, None)}
    suspects = {one.id: one for one in facts.suspects}
    found = [
        row
        for row in latest.values()
        if (_nameless_waits(theirs, waiting) if row.suspect_id is None else _stands(row, suspects.get(row.suspect_id), waiting))
    ]
    return [_plan(row, numbers) for row in sorted(found, key=lambda row: row.planned_at)]


def _stands(row: m.TellingPlan, suspect: SuspectFacts | None, waiting: set[UUID]) -> bool:
    """Say whether a plan is still about something: no outcome yet since it was made, or the one it is about and she was not told."""
    if suspect is None:
        return False
    outcome = suspect.standing_outcome()
    if outcome is None:
        return all(one.reopened_at is None or one.reopened_at <= row.at for one in suspect.outcomes)
    return row.about == str(about_of_outcome(outcome.code)) and outcome.id in waiting


def _nameless_waits(theirs: ComplainantFacts, waiting: set[UUID]) -> bool:
    return any(crime.outcome_code is None or crime.id in waiting for crime in theirs.nameless)


def _plan(row: m.TellingPlan, numbers: dict[UUID, int]) -> Planned:
    return Planned(
        id=row.pk,
        words=_thing(row.about, row.suspect_id, numbers),
        teller=row.teller.name,
        how=row.get_how_display(),
        planned_at=row.planned_at,
        her_choice=row.her_choice,
        isva_warned=row.isva_warned,
        letter_after=row.letter_after,
    )
