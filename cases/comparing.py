"""Two cases side by side, for whoever decides whether they are one: the same few facts of each, and who is on both."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases import models as m
from core.components import day_text

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Someone:
    """A suspect, and whether one of the same name is on the other case too."""

    words: str
    on_both: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One of the two cases. `stays` is the one that goes on."""

    case: m.Case
    stays: bool
    officer: str
    suspects: list[Someone]
    complainants: list[str]
    crimes: list[str]


def compared(leaves: m.Case, stays: m.Case) -> list[Column]:
    """Return both, in five queries. The caller has proved sight of both."""
    keys = (leaves.pk, stays.pk)
    suspects = list(m.Suspect.objects.filter(case__in=keys, recorded_in_error_at__isnull=True).order_by("number"))
    names: dict[UUID, set[Key]] = {key: {_key(one) for one in suspects if one.case_id == key} for key in keys}
    both = names[leaves.pk] & names[stays.pk]
    complainants = list(m.Complainant.objects.filter(case__in=keys).order_by("label"))
    crimes = list(m.Offence.objects.filter(case__in=keys).select_related("complainant").order_by("created_at", "id"))
    officers = m.CasePerson.objects.filter(case__in=keys, role=m.CaseRole.OFFICER, until__isnull=True)
    held = dict(officers.values_list("case_id", "user__name"))
    return [
        Column(
            case=case,
            stays=case is stays,
            officer=held.get(case.pk, ""),
            suspects=[Someone(_suspect(one), _key(one) in both) for one in suspects if one.case_id == case.pk],
            complainants=[f"{one.label}: {one.get_age_group_display()}" for one in complainants if one.case_id == case.pk],
            crimes=[_crime(one) for one in crimes if one.case_id == case.pk],
        )
        for case in (leaves, stays)
    ]


def _key(suspect: m.Suspect) -> Key:
    return suspect.surname.casefold(), suspect.forenames.casefold()


def _suspect(suspect: m.Suspect) -> str:
    born = f", born {day_text(suspect.date_of_birth)}" if suspect.date_of_birth else ""
    return f"Suspect {suspect.number}: {suspect.full_name}{born}"


def _crime(crime: m.Offence) -> str:
    days: list[date] = [day for day in (crime.from_on, crime.to_on) if day is not None]
    when = " to ".join(dict.fromkeys(day_text(day) for day in days)) or "day not known"
    return f"{crime.code}, complainant {crime.complainant.label}, {when}"
