"""The parts of the case page besides needs and suspects: complainants, crimes, enquiries, people, notes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cases import models as m
from cases.acts import ACTS, On
from cases.fragments import Fragment, of_complainants
from cases.pages.buttons import Button, Buttons
from cases.pages.rows import Rows
from core import clock
from core.components import day_text

LAST_WEEK = 7


@dataclass(frozen=True, slots=True)
class ComplainantCard:
    """A complainant: a label and what she or he is entitled to, never who it is."""

    label: str
    entitlement: str
    age_group: str
    needs: str
    buttons: list[Button]
    fragments: list[Fragment]
    """What the apps above show of her or him."""


@dataclass(frozen=True, slots=True)
class CrimeCard:
    """A recorded crime with the suspects it is alleged against."""

    code: str
    description: str
    complainant: str
    dates: str
    outcome: str
    against: list[tuple[str, bool]]
    buttons: list[Button]


@dataclass(frozen=True, slots=True)
class EnquiryCard:
    """A line of enquiry."""

    what: str
    focus: str
    state: str
    going_on: bool
    necessity: str
    gate: str
    expected: str
    result: str
    buttons: list[Button]


def complainant_cards(rows: Rows, buttons: Buttons) -> list[ComplainantCard]:
    """Return the complainants by label, with what the apps above serve for each."""
    served = of_complainants(rows.case, buttons.user)
    return [
        ComplainantCard(
            label=row.label,
            entitlement=row.get_entitlement_display(),
            age_group=row.get_age_group_display(),
            needs=_needs(row),
            buttons=[
                one for one in buttons.offered(On.COMPLAINANT, row, row.pk, f"complainant {row.label}") if not ACTS[one.slug].elsewhere
            ],
            fragments=served.get(row.pk, []),
        )
        for row in rows.complainants
    ]


def _needs(row: m.Complainant) -> str:
    flags = (
        ("Interpreter", row.needs_interpreter),
        ("Intermediary", row.needs_intermediary),
        ("Special measures", row.needs_special_measures),
    )
    return ", ".join(words for words, needed in flags if needed) or "None recorded"


def crime_cards(rows: Rows, buttons: Buttons) -> list[CrimeCard]:
    """Return the recorded crimes in the order in which they were added."""
    numbers = {suspect.pk: suspect.number for suspect in rows.suspects}
    cards = []
    for place, row in enumerate(rows.offences, start=1):
        against = sorted(
            (numbers[one.suspect_id], one.assumed) for one in rows.allegations if one.offence_id == row.pk and one.suspect_id in numbers
        )
        cards.append(
            CrimeCard(
                code=row.code,
                description=row.description,
                complainant=row.complainant.label,
                dates=_dates(row),
                outcome=f"Outcome {row.outcome_code}, {day_text(row.outcome_on)}" if row.outcome_on else "No outcome yet",
                against=[(f"Suspect {number}", assumed) for number, assumed in against],
                buttons=buttons.offered(On.OFFENCE, row, row.pk, f"crime {place}"),
            )
        )
    return cards


def _dates(row: m.Offence) -> str:
    if row.from_on is None or row.to_on is None or row.from_on == row.to_on:
        day = row.from_on or row.to_on
        return day_text(day) if day else "Not known"
    return f"{day_text(row.from_on)} to {day_text(row.to_on)}"


def enquiry_cards(rows: Rows, buttons: Buttons) -> list[EnquiryCard]:
    """Return the lines of enquiry, those going on first."""
    ended = {m.LineOfEnquiry.State.DONE, m.LineOfEnquiry.State.NOT_PURSUED}
    ordered = sorted(rows.enquiries, key=lambda row: row.state in ended)
    return [
        EnquiryCard(
            what=row.what,
            focus=row.get_focus_display(),
            state=row.get_state_display(),
            going_on=row.state not in ended,
            necessity=row.necessity,
            gate="" if row.gate == m.Gate.NOT_NEEDED else f"Conditions for looking at the victim: {row.get_gate_display().lower()}",
            expected=day_text(row.expected_on) if row.expected_on else "",
            result=row.result,
            buttons=buttons.offered(On.ENQUIRY, row, row.pk, row.what[:60]),
        )
        for row in ordered
    ]


def balance(rows: Rows) -> list[tuple[str, int]]:
    """Return how many lines of enquiry look at what. The suspect comes first (domain: suspect-focused investigation)."""
    counted = Counter(row.focus for row in rows.enquiries)
    return [(str(focus.label), counted[focus]) for focus in m.Focus]


@dataclass(frozen=True, slots=True)
class PersonCard:
    """Somebody with a role on the case, access to it, or excluded from it."""

    role: str
    name: str
    since: str
    buttons: list[Button]


def people_cards(rows: Rows, buttons: Buttons) -> list[PersonCard]:
    """Return who works on the case, in the order of the roles."""
    order = list(m.CaseRole.values)
    people = sorted(rows.people, key=lambda person: order.index(person.role))
    return [
        PersonCard(
            role=person.get_role_display(),
            name=person.user.name,
            since=f"Since {day_text(clock.london_day(person.since))}",
            buttons=buttons.offered(On.PERSON, person, person.pk, person.user.name),
        )
        for person in people
    ]


def access_cards(rows: Rows, buttons: Buttons) -> list[PersonCard]:
    """Return who sees the case beyond the rule, and until when; then who must never see it (for those who restrict)."""
    granted = [
        PersonCard(
            role=f"May see it: {row.purpose}",
            name=row.user.name if row.user else row.unit.name if row.unit else "",
            since=_until(row.until),
            buttons=buttons.offered(On.ACCESS, row, row.pk, row.purpose[:60]),
        )
        for row in rows.access
    ]
    excluded = [
        PersonCard(
            role=f"Must not see it: {row.reason}",
            name=row.user.name,
            since=f"Since {day_text(clock.london_day(row.created_at))}",
            buttons=buttons.offered(On.EXCLUSION, row, row.pk, row.user.name),
        )
        for row in rows.exclusions
    ]
    return granted + excluded


def _until(day: date) -> str:
    """Return until when access lasts; in its last week with the days left, afterwards that it has ended."""
    left = (day - clock.today()).days
    if left < 0:
        return f"Ended {day_text(day)}"
    if left > LAST_WEEK:
        return f"Until {day_text(day)}"
    last = "the last day" if left == 0 else f"{left} {'day' if left == 1 else 'days'} left"
    return f"Until {day_text(day)}, {last}"
