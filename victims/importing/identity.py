"""Who a complainant is, from the extract: sealed here, told nowhere else. What was entered on screen stands.

Whether a value was entered on screen is told by the previous extract's keyed hash: what stands and is not what that one
said was. A difference says that there is one; its values are kept nowhere. Taking it lets the next extract write it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from cases import models as m
from cases.extract.values import canonical
from cases.importing.said import came_from_extract, let_next_extract_overwrite
from cases.importing.takers import Column, Heard
from cases.importing.taking import Taking
from cases.importing.words import label_of_column
from cases.services.changing import Changing
from core import clock
from core.blindindex import normal_email, normal_telephone
from core.sealedfield import opening
from victims.indexes import indexes_of
from victims.models import Victim
from victims.services.identity import age_group

REASON: Final = "compared with the force’s extract"
HOME, MOBILE = "home_telephone", "mobile_telephone"
FIELDS: Final[Mapping[str, str]] = {
    "victim_surname": "surname",
    "victim_forenames": "forenames",
    "victim_dob": "date_of_birth",
    "victim_email": "email",
}
"""Columns of which each has one field; a telephone number has its own of two."""

SAME: Final = {"victim_phone": normal_telephone, "victim_email": normal_email}
"""Columns of which differently written values can be the same."""

COLUMNS: Final[Mapping[str, Column]] = {
    "victim_surname": Column("Victim’s surname"),
    "victim_forenames": Column("Victim’s forenames"),
    "victim_dob": Column("Victim’s date of birth"),
    "victim_phone": Column("Victim’s telephone"),
    "victim_email": Column("Victim’s email"),
}


def telephone_field(number: str) -> str:
    """Return which telephone a number is: one that begins 07 is a mobile in the national numbering plan, every other is not."""
    return MOBILE if normal_telephone(number).startswith("07") else HOME


def values_of(heard: Heard) -> dict[str, str | date]:
    """Return what the file says of her or him, by field; what it leaves blank is not there."""
    said = {name: getattr(heard.facts, column) for column, name in FIELDS.items()}
    if heard.facts.victim_phone:
        said[telephone_field(heard.facts.victim_phone)] = heard.facts.victim_phone
    return {name: value for name, value in said.items() if value is not None}


def take_identity(taking: Taking, heard: Heard, victim: Victim | None) -> None:
    """Add the person behind the label, or state what changed; of a person who stands here the sealed values are opened to compare."""
    if victim is None:
        _add(taking, heard)
        return
    if not heard.changed & COLUMNS.keys():
        return
    with opening(REASON):
        altered = {name for column in FIELDS if column in heard.changed for name in _state(taking, heard, victim, column, FIELDS[column])}
        if "victim_phone" in heard.changed:
            altered |= set(_state_telephone(taking, heard, victim))
        if "date_of_birth" in altered:
            _fill_age_group(taking, heard)
        if altered:
            taking.alter(victim, **{name: getattr(victim, name) for name in altered}, **indexes_of(victim))


def _add(taking: Taking, heard: Heard) -> None:
    values = values_of(heard)
    victim = taking.add(Victim, complainant=heard.complainant, imported=True, **values)
    with opening(REASON):
        for column, key in indexes_of(victim).items():
            setattr(victim, column, key)
    if values and not taking.fresh:
        taking.happened("identity_entered", complainant=heard.complainant)
    _fill_age_group(taking, heard)


def _fill_age_group(taking: Taking, heard: Heard) -> None:
    """Say how old she or he was when the crime was recorded, where nobody has: which group, and nothing nearer, leaves here."""
    complainant, born = heard.complainant, heard.facts.victim_dob
    if born is None or complainant.age_group != m.AgeGroup.NOT_KNOWN:
        return
    group = age_group(born, clock.london_day(taking.case.recorded_at))
    if not heard.new:
        old = str(complainant.age_group)
        correction = {"table": "complainant", "row_id": complainant.pk, "field": "age_group", "old": old, "new": str(group)}
        taking.add(m.FactCorrection, **correction, reason="As the force’s extract says", made_at=taking.now)
    taking.alter(complainant, age_group=group)


def _state(taking: Taking, heard: Heard, victim: Victim, column: str, name: str) -> list[str]:
    """Set one field and return its name; where what stands was entered on screen, list the difference and return nothing."""
    here, said = getattr(victim, name), values_of(heard)[name]
    same = SAME.get(column, str)
    if same(canonical(here)) == same(canonical(said)):
        return []
    if here and not any(came_from_extract(heard, column, text) for text in (canonical(here), _stands(victim, column))):
        taking.disagree(column, complainant=heard.complainant)
        return []
    setattr(victim, name, said)
    taking.happened("extract_changed", complainant=heard.complainant, text=label_of_column(column))
    return [name]


def _state_telephone(taking: Taking, heard: Heard, victim: Victim) -> list[str]:
    """As above; a number of the other sort that the previous extract gave is not hers any longer and goes."""
    name = telephone_field(heard.facts.victim_phone or "")
    altered = _state(taking, heard, victim, "victim_phone", name)
    other = HOME if name == MOBILE else MOBILE
    if getattr(victim, other) and came_from_extract(heard, "victim_phone", getattr(victim, other)):
        setattr(victim, other, "")
        altered.append(other)
        if len(altered) == 1:
            taking.happened("extract_changed", complainant=heard.complainant, text=label_of_column("victim_phone"))
    return altered


def answer_identity(change: Changing, row: m.Disagreement, take: bool) -> None:
    """Let the next extract write what this one says, where it is taken; what stands is left alone where it is kept."""
    if not take or row.complainant is None:
        return
    victim = Victim.objects.filter(complainant=row.complainant).first()
    with opening(REASON):
        here = _stands(victim, row.column) if victim is not None else ""
    let_next_extract_overwrite(change, row.complainant.pk, row.column, here)


def _stands(victim: Victim, column: str) -> str:
    """What stands of a column as one text; of telephones both."""
    if column == "victim_phone":
        return "\x1f".join((victim.home_telephone, victim.mobile_telephone))
    return canonical(getattr(victim, FIELDS[column]))
