"""Taking one folded case in: fold, compare once with what the previous extract said, write only what changed, outcome last."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from accounts.models import User
from cases import models as m
from cases import policies
from cases.extract.fold import FoldedCase
from cases.importing.fresh import facts_of_new
from cases.importing.outcomes import take_outcome
from cases.importing.people import People, remember, state_moment
from cases.importing.places import Places
from cases.importing.said import CASE, changed, said_now
from cases.importing.standing import Standing
from cases.importing.takers import TAKERS
from cases.importing.taking import Taking
from core.exceptions import NotPossible

Became = Literal["created", "updated", "unchanged"]
OFFICER: Final = frozenset({"oic_number", "oic_name"})
SUPERVISOR: Final = frozenset({"supervisor_number", "supervisor_name"})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case and the people in it."""

    case: Became
    suspects: tuple[Became, ...]
    complainants: tuple[Became, ...]


def take_in(folded: FoldedCase, *, force_id: int, places: Places, as_of: date) -> Result:
    """Take one case in, in the caller's transaction and system scope. Writes nothing when nothing changed.

    A case that was merged, recorded in error or taken over by another force stays as it is, whatever the extract says.
    """
    found = m.Case.objects.filter(force_id=force_id, crime_reference=folded.crime_reference).select_for_update(of=("self",)).first()
    if found is not None and not _takes_changes(found):
        return _untouched(folded)
    case = found or _new_case(folded, force_id, places)
    fresh = found is None
    taking = Taking(case=case, places=places, as_of=as_of, fresh=fresh)
    standing = Standing(case=case, fresh=fresh)
    said = said_now(folded, case.pk)
    entry = standing.entry()
    which = changed(said[CASE], entry.hashes if entry else {})
    people = People(taking=taking, standing=standing, folded=folded, said=said, case_changed=which)
    if fresh:
        _take_officers(taking, standing, folded, which)
        taking.happened("case_imported", at=case.recorded_at)
    elif which:
        _state_case(taking, standing, folded, which)
    people.take()
    if fresh or any(key in people.new for key in people.suspects):
        _somebody_is_named(taking, people)
    TAKERS.hand_on(taking, people.heard())
    take_outcome(people)
    remember(taking, entry, said[CASE])
    if fresh:
        taking.known = facts_of_new(taking, places.live_from)
    taking.write()
    return _result(taking, people)


def _takes_changes(case: m.Case) -> bool:
    try:
        policies.case_takes_changes(case)
    except NotPossible:
        return False
    return True


def _untouched(folded: FoldedCase) -> Result:
    same: Became = "unchanged"
    return Result(same, tuple(same for _ in folded.suspects), tuple(same for _ in folded.complainants))


def _new_case(folded: FoldedCase, force_id: int, places: Places) -> m.Case:
    facts = folded.facts
    return m.Case(
        force_id=force_id,
        unit=places.unit(folded),
        crime_reference=folded.crime_reference,
        urn=facts.urn or "",
        recorded_at=facts.recorded_at.at,
        risk=facts.risk,
        imported=True,
    )


def _somebody_is_named(taking: Taking, people: People) -> None:
    """A suspect answers "Has anyone been named?"."""
    if not people.suspects or taking.case.named == m.Named.YES:
        return
    if taking.fresh:
        taking.case.named = m.Named.YES
    else:
        taking.alter(taking.case, named=m.Named.YES)


def _state_case(taking: Taking, standing: Standing, folded: FoldedCase, which: frozenset[str]) -> None:
    facts, case = folded.facts, taking.case
    if "urn" in which:
        taking.state(case, "urn", facts.urn, column="urn")
    if "risk" in which:
        taking.state(case, "risk", facts.risk, column="risk")
    if "recorded_at" in which:
        state_moment(taking, case, "recorded_at", facts.recorded_at, column="recorded_at")
    if "unit" in which:
        unit = taking.places.unit(folded)
        by_person = case.created_by_id is not None or taking.person_did("moved_to_unit")
        if case.unit_id is None or unit is None or case.unit_id != unit.pk:
            taking.state(case, "unit", unit, column="unit", entered=by_person)
    _take_officers(taking, standing, folded, which)


def _take_officers(taking: Taking, standing: Standing, folded: FoldedCase, which: frozenset[str]) -> None:
    officer = taking.places.officer(folded)
    if officer is not None and which & OFFICER:
        _assign(taking, standing, m.CaseRole.OFFICER, officer, column="oic_number")
    supervisor = taking.places.supervisor(folded)
    if supervisor is not None and which & SUPERVISOR:
        person, role = supervisor
        _assign(taking, standing, role, person, column="supervisor_number")
        other = standing.people.get(m.CaseRole.SERGEANT if role == m.CaseRole.INSPECTOR else m.CaseRole.INSPECTOR)
        if other is not None and other.created_by_id is None:
            taking.alter(other, until=taking.now)  # the extract names one supervisor, and this was the one before


def _assign(taking: Taking, standing: Standing, role: m.CaseRole, user: User, *, column: str) -> None:
    """Give a role to whom the extract names; somebody who was given it on screen keeps it, and the difference is listed."""
    now = standing.people.get(role)
    if now is not None and now.user_id == user.pk:
        return
    if now is not None and now.created_by_id is not None:
        taking.disagree(column, here=str(now.user_id), extract=str(user.pk))
        return
    if now is not None:
        taking.alter(now, until=taking.now)
    taking.add(m.CasePerson, user=user, role=role, since=taking.now)
    if not taking.fresh:
        taking.happened("person_assigned", text=f"{m.CaseRole(role).label}: {user.name}")


def _result(taking: Taking, people: People) -> Result:
    touched = {getattr(row, "suspect_id", None) for rows in taking.added.values() for row in rows if not isinstance(row, m.ExtractEntry)}
    touched |= {row.suspect_id for row in taking.altered if isinstance(row, m.Arrest | m.Interview | m.Bail | m.SuspectOutcome)}
    touched |= {row.pk for row in taking.altered if isinstance(row, m.Suspect | m.Complainant)}
    touched |= {event["complainant"].pk for event in taking.events if "complainant" in event}  # what takers write is told there

    def became(key: str, row: m.Suspect | m.Complainant) -> Became:
        if key in people.new:
            return "created"
        return "updated" if row.pk in touched else "unchanged"

    return Result(
        case="created" if taking.fresh else "updated" if taking.changes_facts else "unchanged",
        suspects=tuple(became(one.key, people.suspects[one.key]) for one in people.folded.suspects),
        complainants=tuple(became(one.key, people.complainants[one.key]) for one in people.folded.complainants),
    )
