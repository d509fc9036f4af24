"""A row of a desk: the case, what it asks for, when that is due, who has it, what stands beside it, and its acts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from cases import models as m
from cases.acts import On
from cases.back import PARAMETER
from cases.derive.clocks import Kind
from cases.derive.due import DueWords, in_words, when
from cases.pages.buttons import Button
from cases.pages.needs import DEADLINE_ACTS, Finder
from core import clock
from core.components import day_text, days_text, london_text
from core.words import inside
from prosecution.desk.loading import Key, Loaded
from prosecution.desk.look import Look
from prosecution.desk.of_case import of_case
from prosecution.desk.prepared import in_words as in_words_of_prepared
from prosecution.desk.prepared import still_to_prepare
from prosecution.desk.sources import PLAN_DAYS
from prosecution.models import (
    ActionItem,
    ActionPlan,
    ChargingDecision,
    EarlyAdvice,
    PlanState,
    ProposedDecision,
    Referral,
    RefusalChallenge,
    ReviewType,
    Submission,
)
from prosecution.pages.places import place

SHOWN = 3
"""How many acts stand in a row at once; the others open under "More"."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `who`: whose it is; blank where the queue says so already. `href`: the page of what it is about."""

    key: str
    case: m.Case
    text: str
    href: str
    due: DueWords | None
    custody: bool
    who: str
    beside: list[str]
    acts: list[Button]
    more: list[Button]


@dataclass(frozen=True, slots=True)
class Said:
    """What a row of one table says, before its place on the page is known."""

    text: str
    href: str
    clock: m.Deadline | None
    who: str
    beside: list[str]
    buttons: list[Button]
    red: bool = False


def row_of(key: Key, loaded: Loaded, look: Look, back: str) -> Row:
    """Return one row in words, each act leading back to `back`."""
    found = loaded.rows[key]
    said = SAYS[key[0]](found, loaded, look)
    name = f"{key[0].lower()}-{found.pk.hex[:12]}"
    acts = [*said.buttons, *of_case(found, loaded.finders[found.case_id], look)]
    buttons = [_here(button, f"{back}#{name}") for button in _once(acts)]
    held, custody = _held(loaded.finders[found.case_id], loaded.clocks.get(found.case_id, []), look)
    due = in_words(said.clock, look.now) if said.clock else None
    beside = [words for words in [*said.beside, *held] if words]
    return Row(name, found.case, said.text, said.href, due, said.red or custody, said.who, beside, buttons[:SHOWN], buttons[SHOWN:])


def _here(button: Button, back: str) -> Button:
    return replace(button, href=f"{button.href}?{urlencode({PARAMETER: back})}")


def _once(buttons: Iterable[Button]) -> list[Button]:
    return list({(button.slug, button.target): button for button in buttons}.values())


def _first(buttons: Iterable[Button], *slugs: str) -> list[Button]:
    """Return buttons with these acts before all others: what the row is there for."""
    return sorted(buttons, key=lambda button: button.slug not in slugs)


def _held(finder: Finder, clocks: Iterable[m.Deadline], look: Look) -> tuple[list[str], bool]:
    """Return until when each suspect is on bail or in custody, and whether anybody is in custody."""
    words, custody = [], False
    for suspect in finder.suspects.values():
        number, bail = finder.number(suspect.id), suspect.live_bail()
        detention = next((one for one in clocks if one.kind == Kind.DETENTION and one.suspect_id == suspect.id), None)
        if detention is not None:
            custody = True
            words.append(f"Suspect {number}: in custody, until {when(detention, look.now)}")
        elif bail is not None and bail.suspended_since is not None:
            words.append(f"Suspect {number}: bail stands still since {day_text(clock.london_day(bail.suspended_since))}")
        elif bail is not None:
            words.append(f"Suspect {number}: bail ends {days_text(bail.ends_on(), clock.london_day(look.now))}")
    return words, custody


def _suspects(found: Iterable[m.Suspect]) -> str:
    numbers = [str(suspect.number) for suspect in found]
    if not numbers:
        return ""
    return f"suspect {numbers[0]}" if len(numbers) == 1 else f"suspects {', '.join(numbers[:-1])} and {numbers[-1]}"


def _since_first(row: Referral | EarlyAdvice | None, look: Look) -> str:
    """Return the age since the first submission, in calendar days: it never stops."""
    if row is None or row.first_submitted_at is None:
        return ""
    days = (clock.london_day(look.now) - clock.london_day(row.first_submitted_at)).days
    age = "today" if days <= 0 else f"{days:,} {'day' if days == 1 else 'days'} ago"
    return f"First submitted {london_text(row.first_submitted_at)}, {age}"


def _name(person: Any) -> str:
    if person is None:
        return "No prosecutor"
    return f"{person.name}, {person.unit.name}" if person.unit_id else str(person.name)


def _referral(row: Referral, loaded: Loaded, look: Look) -> Said:
    finder, suspects = loaded.finders[row.case_id], loaded.suspects.get(row.pk, [])
    keys = [suspect.pk for suspect in suspects]
    reviews = [one for one in loaded.clocks.get(row.case_id, []) if one.kind == Kind.CHARGING_REVIEW and one.suspect_id in keys]
    prepared = [one for suspect in suspects for one in loaded.prepared.get(suspect.pk, [])]
    offered = [button for one in reviews for button in finder.clock(one).buttons if button.slug not in DEADLINE_ACTS]
    settling = still_to_prepare(offered, prepared, look.user.pk)
    own = finder.buttons.offered(On.CHARGING_REFERRAL, row, row.pk, f"referral {row.number}")
    red = row.review_type == ReviewType.RED
    return Said(
        f"Charging decision, {_suspects(suspects) or f'referral {row.number}'}",
        place("referral", row.pk),
        loaded.clock(row.case_id, Kind.CHARGING_REVIEW, suspects=keys),
        _name(row.prosecutor),
        [str(row.get_review_type_display()), _since_first(row, look), *map(in_words_of_prepared, prepared)],
        [*settling, *own] if look.is_own(row.prosecutor_id) else _first([*settling, *own], "reallocate-referral"),
        red,
    )


def _advice(row: EarlyAdvice, loaded: Loaded, look: Look) -> Said:
    buttons = loaded.finders[row.case_id].buttons.offered(On.EARLY_ADVICE, row, row.pk, f"request {row.number}")
    return Said(
        f"Early advice, request {row.number}",
        place("early_advice", row.pk),
        loaded.clock(row.case_id, Kind.EARLY_ADVICE_RESPONSE, subject=row.pk),
        _name(row.prosecutor),
        [_since_first(row, look)],
        buttons if look.is_own(row.prosecutor_id) else _first(buttons, "reallocate-advice"),
    )


def _threshold(row: ChargingDecision, loaded: Loaded, look: Look) -> Said:
    number = row.suspect.number
    return Said(
        f"Review of a charge on the Threshold Test, suspect {number}",
        place("charging_decision", row.pk),
        loaded.clock(row.case_id, Kind.THRESHOLD_REVIEW, subject=row.pk),
        _name(row.referral.prosecutor) if row.referral else row.decided_by_name,
        [f"Charged {london_text(row.decided_at)}"],
        loaded.finders[row.case_id].buttons.offered(On.CHARGING_DECISION, row, row.pk, f"suspect {number}"),
    )


def _submission(row: Submission, loaded: Loaded, look: Look) -> Said:
    buttons = loaded.finders[row.case_id].buttons
    what: Any = row.referral or row.advice  # the database holds one of the two
    again = (
        f"Sent for the {_nth(row.number)} time, {london_text(row.at)}" if row.number > 1 else f"Sent {london_text(row.at)} by {row.by_name}"
    )
    if isinstance(what, Referral):
        text, href, on = f"Referral {what.number} for a charging decision", place("referral", what.pk), On.CHARGING_REFERRAL
        kind = str(what.get_review_type_display())
    else:
        text, href, on = f"Early advice, request {what.number}", place("early_advice", what.pk), On.EARLY_ADVICE
        kind = str(what.get_method_display())
    return Said(
        text,
        href,
        loaded.clock(row.case_id, Kind.TRIAGE, subject=row.pk),
        "",
        [kind, _since_first(what, look), again],
        buttons.offered(on, what, what.pk, inside(text)),
        row.red,
    )


def _nth(number: int) -> str:
    return {2: "second", 3: "third", 4: "fourth", 5: "fifth"}.get(number, f"{number}th")


def _challenge(row: RefusalChallenge, loaded: Loaded, look: Look) -> Said:
    advice = row.advice
    return Said(
        f"Refusal of early advice challenged, request {advice.number}",
        place("early_advice", advice.pk),
        None,
        row.created_by.name if row.created_by else "",
        [f"Challenged {london_text(row.at)}: {row.because}", _since_first(advice, look)],
        loaded.finders[row.case_id].buttons.offered(On.EARLY_ADVICE, advice, advice.pk, f"request {advice.number}"),
    )


def _proposal(row: ProposedDecision, loaded: Loaded, look: Look) -> Said:
    number = row.suspect.number
    since = f"Waiting since {london_text(row.proposed_at)}" if row.proposed_at and row.checked_at is None else ""
    note = f"Second prosecutor: {row.check_note}" if row.check_note else ""
    return Said(
        f"{row.get_decision_display() or 'Decision'}, suspect {number}: {inside(str(row.get_state_display()))}",
        place("proposed_decision", row.pk),
        loaded.clock(row.case_id, Kind.SECOND_CHECK, subject=row.pk),
        _name(row.by),
        [since, note],
        _of_proposal(row, loaded.finders[row.case_id].buttons.offered(On.PROPOSED_DECISION, row, row.pk, f"suspect {number}"), look),
    )


def _of_proposal(row: ProposedDecision, buttons: list[Button], look: Look) -> list[Button]:
    """Return the acts on a decision that is prepared: a colleague's is checked and nothing else, the own is never checked."""
    own = row.by_id == look.user.pk
    return [button for button in buttons if (button.slug == "check-decision") != own]


def _prosecutor_of(plan: ActionPlan) -> Any:
    what = plan.referral or plan.advice
    return what.prosecutor if what else None


def _plan(row: ActionPlan, loaded: Loaded, look: Look) -> Said:
    person = _prosecutor_of(row)
    second = "A second plan after a full file" if row.second else ""
    note = f"District Crown Prosecutor: {row.dcp_note}" if row.dcp_note and row.state == PlanState.DRAFT else ""
    kept = f"Kept open: {row.finalise_kept_open_because}" if row.finalise_kept_open_because else ""
    return Said(
        f"Action plan {row.number}: {inside(str(row.get_state_display()))}",
        place("action_plan", row.pk),
        loaded.clock(row.case_id, Kind.FINALISE_PROPOSED, subject=row.pk),
        person.name if person else "No prosecutor",
        [_plan_age(row, look), second, note, kept],
        loaded.finders[row.case_id].buttons.offered(On.ACTION_PLAN, row, row.pk, f"action plan {row.number}"),
    )


def _plan_age(row: ActionPlan, look: Look) -> str:
    """Return how long a plan has been with the police, and which of the ages that are told of it has passed."""
    if row.set_at is None or row.state != PlanState.SET:
        return ""
    days = (clock.london_day(look.now) - clock.london_day(row.set_at)).days
    passed = max((one for one in PLAN_DAYS if days >= one), default=0)
    return f"With the police for {days:,} {'day' if days == 1 else 'days'}" + (f": past {passed}" if passed else "")


def _item(row: ActionItem, loaded: Loaded, look: Look) -> Said:
    person = _prosecutor_of(row.plan)
    about = f", suspect {row.suspect.number}" if row.suspect else ""
    asked = f"The police ask for {day_text(row.asked_on)}: {row.asked_because}" if row.asked_on else ""
    reported = f"{row.get_state_display()} since {london_text(row.reported_at)}" if row.reported_at else str(row.get_state_display())
    said = loaded.said.get(row.pk, "")
    standing = "" if said.startswith(f"{reported}:") else reported  # what was said begins with how it stands, for instance "Challenged: …"
    return Said(
        f"Item {row.number} of action plan {row.plan.number}{about}: {row.action}",
        place("action_plan", row.plan_id),
        loaded.clock(row.case_id, Kind.ACTION_CHALLENGE, subject=row.pk),
        person.name if person else "No prosecutor",
        [standing, said, asked, f"First agreed for {day_text(row.first_agreed_on)}"],
        loaded.finders[row.case_id].buttons.offered(On.ACTION_ITEM, row, row.pk, f"item {row.number}"),
    )


SAYS: dict[str, Callable[[Any, Loaded, Look], Said]] = {
    "Referral": _referral,
    "EarlyAdvice": _advice,
    "ChargingDecision": _threshold,
    "Submission": _submission,
    "RefusalChallenge": _challenge,
    "ProposedDecision": _proposal,
    "ActionPlan": _plan,
    "ActionItem": _item,
}
"""Table → what its rows say."""


def cases_shown(rows: Iterable[Row]) -> dict[UUID, m.Case]:
    """Return the cases that rows show, for the access log."""
    return {row.case.pk: row.case for row in rows}
