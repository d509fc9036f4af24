"""Whether a corrected fact can stand beside the others of its case: nothing happens before what it follows."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cases import models as m
from core import clock
from core.exceptions import NotPossible

if TYPE_CHECKING:
    from cases.services.changing import Changing


def check(change: "Changing", table: str, row: Any) -> None:
    """Raise NotPossible, beside the field, when the row as it would now be contradicts the rest of the case."""
    rule = RULES.get(table)
    if rule is not None:
        rule(change, row)


def _case(change: "Changing", case: m.Case) -> None:
    if case.named != m.Named.YES and change.facts().suspects:
        raise NotPossible("There is a suspect on this case, so somebody has been named", field="named")


def _suspect(change: "Changing", suspect: m.Suspect) -> None:
    facts = next((facts for facts in change.facts().suspects if facts.id == suspect.pk), None)
    if facts is None:
        return
    acts = [*(arrest.at for arrest in facts.arrests if not arrest.imported), *facts.interviews]
    if acts and suspect.identified_at > min(acts):
        raise NotPossible("Enter a time before the first arrest or interview", field="identified_at")


def _offence(change: "Changing", crime: m.Offence) -> None:
    if crime.from_on and crime.to_on and crime.to_on < crime.from_on:
        raise NotPossible("The last day must be the same as or after the first", field="to_on")


def _arrest(change: "Changing", arrest: m.Arrest) -> None:
    _not_before_identified(change, arrest.suspect_id, arrest.at)
    if arrest.released_at is None and not arrest.released_to:
        others = [
            one for suspect in change.facts().suspects if suspect.id == arrest.suspect_id for one in suspect.arrests if one.id != arrest.pk
        ]
        if any(one.at > arrest.at for one in others):
            raise NotPossible("Enter a time after the arrests before this one", field="at")
    if arrest.released_at is not None and arrest.released_at < arrest.at:
        raise NotPossible("The release must come after the arrest", field="released_at")
    if arrest.released_at is not None and not arrest.released_to:
        raise NotPossible("Record the release first", field="released_at")


def _interview(change: "Changing", interview: m.Interview) -> None:
    _not_before_identified(change, interview.suspect_id, interview.at)


def _not_before_identified(change: "Changing", suspect_id: Any, at: Any) -> None:
    identified = next((facts.identified_at for facts in change.facts().suspects if facts.id == suspect_id), None)
    if identified is not None and at < identified:
        raise NotPossible("Enter a time after the suspect was identified", field="at")


def _situation(change: "Changing", situation: m.SuspectSituation) -> None:
    if situation.ended_at is not None and situation.ended_at < situation.since:
        raise NotPossible("Enter a time before it ended", field="since")


def _bail(change: "Changing", bail: m.Bail) -> None:
    arrested = m.Arrest.objects.filter(pk=bail.arrest_id).values_list("at", flat=True).first() if bail.arrest_id else None
    if arrested is not None and bail.granted_at < arrested:
        raise NotPossible("Bail is granted after the arrest", field="granted_at")
    if bail.own_end_on is not None and bail.own_end_on < clock.london_day(bail.granted_at):
        raise NotPossible("Enter a day after bail was granted", field="own_end_on")
    if bail.own_end_on is None and bail.authority == m.Authority.NOT_RECORDED:
        raise NotPossible("Without knowing who authorised bail, the day it ends must be given", field="own_end_on")


def _detention(change: "Changing", detention: m.Detention) -> None:
    arrested = m.Arrest.objects.values_list("at", flat=True).get(pk=detention.arrest_id)
    if detention.began_at < arrested:
        raise NotPossible("Detention begins after the arrest", field="began_at")


RULES: dict[str, Callable[["Changing", Any], None]] = {
    "case": _case,
    "suspect": _suspect,
    "offence": _offence,
    "arrest": _arrest,
    "interview": _interview,
    "situation": _situation,
    "bail": _bail,
    "detention": _detention,
}
