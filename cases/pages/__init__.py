"""The case page: one case read once, in a fixed number of queries, and put into words for one reader."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from cases import identity, permissions
from cases import models as m
from cases.acts import ACTS, On
from cases.derive.clocks import CLOCKS, Clock
from cases.derive.facts import CaseFacts, SuspectFacts
from cases.derive.states import Stage
from cases.derive.turn_spells import held, spells_of
from cases.fragments import Fragment, of_case
from cases.offers import Tie
from cases.pages.buttons import Button, Buttons
from cases.pages.facts import stays_of, suspect_facts
from cases.pages.needs import Finder, Need
from cases.pages.notes import ShownNote, readers_of
from cases.pages.parts import (
    ComplainantCard,
    CrimeCard,
    EnquiryCard,
    PersonCard,
    access_cards,
    balance,
    complainant_cards,
    crime_cards,
    enquiry_cards,
    people_cards,
)
from cases.pages.rows import NOTES_SHOWN, Rows, rows_of
from cases.pages.sections import FIRST_ACTS, SECTION_ACTS
from cases.pages.suspects import Entry, SuspectCard, case_reviews, suspect_cards
from cases.pages.timeline import Event, timeline_page
from cases.querysets import standing_in_for
from cases.rows import RISK_COLOURS, held_words, turn_words
from core import clock
from core.keyset import Page


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page shows."""

    case: m.Case
    stage: str
    is_open: bool
    turn: str
    held: str
    """Who holds it since when and how long each side did, in words; nothing for a case that never went to the CPS."""
    risk: str
    risk_colour: str
    officer: str
    prosecutor: str
    first: list[Button]
    needs: list[Need]
    passage: list[Fragment]
    """What the apps above show of what passes between police and CPS."""
    suspects: list[SuspectCard]
    complainants: list[ComplainantCard]
    crimes: list[CrimeCard]
    enquiries: list[EnquiryCard]
    balance: list[tuple[str, int]]
    people: list[PersonCard]
    access: list[PersonCard]
    reviews: list[Entry]
    notes: list[ShownNote]
    notes_cut: bool
    timeline: Page[Event]
    sections: dict[str, list[Button]]
    clocks: list[Clock]
    ties: list[Tie]
    tie_buttons: list[Button]


def case_page(case: m.Case, user: User) -> CasePage:
    """Return the page of a case this person has been proved to see; `force` and `unit` are loaded with it."""
    now = clock.now()
    rows = rows_of(case, user, restricts=permissions.RESTRICT.holds(user))
    suspects = suspect_facts(rows)
    buttons = _buttons(case, user, rows)
    facts = case_facts(rows, tuple(suspects.values()))
    stage = Stage(case.stage)
    return CasePage(
        case=case,
        stage=str(stage.label),
        is_open=stage.is_open,
        turn=turn_words(case),
        held=_held(rows, facts, now),
        risk=f"{case.get_risk_display()} risk",
        risk_colour=RISK_COLOURS[case.risk],
        officer=_holder(rows, m.CaseRole.OFFICER),
        prosecutor=_holder(rows, m.CaseRole.PROSECUTOR),
        first=[one for row in rows.complainants for one in buttons.offered(On.COMPLAINANT, row, row.pk, among=FIRST_ACTS)],
        needs=Finder(rows, facts, suspects, buttons, now).needs(),
        passage=of_case(case, user),
        suspects=suspect_cards(rows, suspects, buttons, now),
        complainants=complainant_cards(rows, buttons),
        crimes=crime_cards(rows, buttons),
        enquiries=enquiry_cards(rows, buttons),
        balance=balance(rows),
        people=people_cards(rows, buttons),
        access=access_cards(rows, buttons),
        reviews=case_reviews(rows),
        notes=[ShownNote(at, author, text, bool(own), readers_of(user, bool(own))) for own, at, author, text in rows.notes],
        notes_cut=len(rows.notes) == NOTES_SHOWN,
        timeline=timeline_page(case, user),
        sections=_sections(buttons.offered(On.CASE, facts)),
        ties=rows.ties,
        tie_buttons=[one for tie in rows.ties if tie.stands for one in buttons.offered(On.OFFER, tie, tie.pk, tie.force)],
        clocks=[CLOCKS[kind] for kind in dict.fromkeys(row.kind for row in rows.deadlines)],
    )


def _buttons(case: m.Case, user: User, rows: Rows) -> Buttons:
    """Return what makes this person's buttons, with the roles she or he acts under on the case. One query."""
    acting = frozenset(standing_in_for(user).values_list("pk", flat=True))
    return Buttons(
        case,
        user,
        went_on=any(tie.state == m.CaseLink.Way.TO for tie in rows.ties),
        shown=identity.shown(user, case, rows.roles_of(acting)),
        back=reverse("case_page", args=[case.pk]),
    )


def _held(rows: Rows, facts: CaseFacts, now: datetime) -> str:
    stays = stays_of(rows)
    return held_words(held(spells_of(facts, stays, now), now)) if stays or rows.case.brought else ""


def _holder(rows: Rows, role: str) -> str:
    return next((person.user.name for person in rows.people if person.role == role), "")


def _sections(offered: list[Button]) -> dict[str, list[Button]]:
    """Return the acts on the case by the part of the page where they stand."""
    placed = {name: [button for slug in slugs for button in offered if button.slug == slug] for name, slugs in SECTION_ACTS.items()}
    elsewhere = {slug for slugs in SECTION_ACTS.values() for slug in slugs}
    return {**placed, "more": [button for button in offered if button.slug not in elsewhere and not ACTS[button.slug].elsewhere]}


def case_facts(rows: Rows, suspects: tuple[SuspectFacts, ...]) -> CaseFacts:
    """Return the facts that acts on a case ask about: without reviews, corrections and moved dates, which only clocks read."""
    case = rows.case
    closed = [row.outcome_on for row in rows.offences if row.outcome_on is not None]
    return CaseFacts(
        id=case.pk,
        force_id=case.force_id,
        recorded_at=case.recorded_at,
        risk=case.risk,
        live_from=case.force.live_from,
        suspects=suspects,
        offences=tuple(row.outcome_code for row in rows.offences),
        offences_closed_on=max(closed, default=None),
        has_enquiries=bool(rows.enquiries),
        recorded_in_error=case.recorded_in_error_at is not None,
        merged=case.merged_into_id is not None,
        brought=case.brought,
        restricted=case.restricted,
        offered=any(tie.stands for tie in rows.ties),
    )
