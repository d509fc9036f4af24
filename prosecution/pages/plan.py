"""The page of an action plan, which both sides work on: whose move each item is, what is late, what changed, every item with its history.

What counts as done by time counts so here from that moment on, written down or not.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from accounts.models import User
from cases import models as m
from cases.acts import On
from cases.back import PARAMETER
from cases.derive.clocks import Kind
from cases.listing import is_cps
from cases.pages.buttons import Button, Buttons
from cases.selectors import working_days_of
from cases.services.looking import VISIT
from core import clock
from core.calendar import WorkingDays
from core.components import day_text
from prosecution.derive.item_standing import CHASERS, Move, chased_on, counts_from, days_late, marks, state_at, whose_move
from prosecution.models import ActionItem, ActionPlan, Finalisation, ItemEvent
from prosecution.models import ItemState as I
from prosecution.models import PlanState as P
from prosecution.pages.item_gate import gate_of
from prosecution.selectors_plan import items_of, suspects_of
from prosecution.services.item_moves import answers, asks
from prosecution.states import ENDED_ITEMS

COLOURS: Final[dict[str, str]] = {
    I.DRAFT: "grey", I.SET: "blue", I.ACCEPTED: "blue", I.CHALLENGED: "orange", I.INSISTED: "orange", I.ESCALATED: "red",
    I.DONE: "teal", I.CANNOT: "orange", I.SETTLED: "green", I.DROPPED: "grey",
    P.DRAFT: "grey", P.WAITS_FOR_DCP: "orange", P.SET: "blue",
    P.ANSWERED: "green", P.ENDED: "grey", P.FINALISED: "grey", P.DISCARDED: "grey",
}  # fmt: skip
WAS_FINALISED = "Plan finalised"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an item. `fresh`: somebody else did it since the reader last looked."""

    at: datetime
    words: str
    by: str
    text: str
    dates: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One item as the page shows it."""

    row: ActionItem
    state: str
    colour: str
    move: str
    late: int
    later: str
    asked: str
    marks: Sequence[str]
    gate: str
    counts: str
    events: Sequence[Happened]
    buttons: Sequence[Button]

    @property
    def late_words(self) -> str:
        """Return how late it is in words; nothing when it is not."""
        return f"{self.late} day{'' if self.late == 1 else 's'} late" if self.late else ""

    @property
    def fresh(self) -> bool:
        """Say whether anything happened to it since the reader last looked."""
        return any(one.fresh for one in self.events)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the page shows."""

    row: ActionPlan
    of: str
    of_address: str
    state: str
    colour: str
    sent: bool
    turn: str
    late: int
    suspects: Sequence[m.Suspect]
    days: int | None
    chasers: Sequence[tuple[str, bool]]
    proposed: date | None
    cards: Sequence[ItemCard]
    changed: Sequence[tuple[int, Happened]]
    finalisations: Sequence[tuple[Finalisation, Sequence[Button]]]
    buttons: Sequence[Button]


def plan_or_404(user: User, key: UUID) -> ActionPlan:
    """Return a plan of a case that this person sees, in one query. Raises Http404 for none, and for the police before it was sent."""
    rows = ActionPlan.objects.filter(pk=key, case__in=m.Case.objects.visible_to(user))
    if not is_cps(user):
        rows = rows.filter(set_at__isnull=False)
    row: ActionPlan | None = rows.select_related("referral", "advice").first()
    if row is None:
        raise Http404
    return row


def plan_page(case: m.Case, user: User, plan: ActionPlan) -> PlanPage:
    """Return the page for one reader who has been proved to see the case. Nine queries at most, whatever the plan holds."""
    now, working, since = clock.now(), working_days_of(plan.force_id), looked_at(case, user)
    items, events = items_of(plan), _events(plan, user, since)
    for item in items:
        item.plan, item.state = plan, state_at(item, now, working)
    if plan.state == P.SET and items and all(item.state in ENDED_ITEMS for item in items):
        plan.state = P.ANSWERED
    back = _Back(Buttons(case, user), reverse("action_plan", args=[plan.pk]))
    cards = [_card(plan, item, events.get(item.pk, []), _buttons(back, user, item), now, working) for item in items]
    return PlanPage(
        row=plan,
        of=_of(plan),
        of_address=_address(plan),
        state=str(P(plan.state).label),
        colour=COLOURS[plan.state],
        sent=plan.set_at is not None,
        turn=_turn(items) if plan.state == P.SET else "",
        late=sum(1 for card in cards if card.late and card.row.state not in ENDED_ITEMS) if plan.state == P.SET else 0,
        suspects=suspects_of(plan),
        days=(clock.london_day(now) - clock.london_day(plan.set_at)).days if plan.set_at and plan.state == P.SET else None,
        chasers=_chasers(plan, now),
        proposed=_proposed(case, plan),
        cards=cards,
        changed=[(card.row.number, one) for card in cards for one in card.events if one.fresh],
        finalisations=_finalisations(plan, back),
        buttons=back.offered(On.ACTION_PLAN, plan, plan.pk, "", "plan"),
    )


@dataclass(frozen=True, slots=True)
class _Back:
    """Buttons that come back to a part of the plan's page."""

    buttons: Buttons
    address: str

    def offered(self, on: On, row: object, key: UUID, about: str, part: str, without: Collection[str] = ()) -> list[Button]:
        back = urlencode({PARAMETER: f"{self.address}#{part}"}, quote_via=quote)
        offered = self.buttons.offered(on, row, key, about)
        return [replace(one, href=f"{one.href}?{back}") for one in offered if one.slug not in without]


def _buttons(back: _Back, user: User, item: ActionItem) -> list[Button]:
    """Return what this person may do with an item; a later date is answered by the other side alone."""
    without = [slug for slug, may in (("answer-move", answers), ("move-item", asks)) if not may(user, item)]
    return back.offered(On.ACTION_ITEM, item, item.pk, f"item {item.number}", f"item-{item.number}", without)


def looked_at(case: m.Case, user: User) -> datetime | None:
    """Return up to when this person had seen the case before this visit; None on the first. One query.

    Reading the plan alone is no look at the case: what else changed there stays to be told.
    """
    look = m.CaseLook.objects.filter(user=user, case=case).first()
    if look is None:
        return None
    return look.at if clock.now() - look.at >= VISIT else look.before_at or look.created_at


def _events(plan: ActionPlan, user: User, since: datetime | None) -> dict[UUID, list[Happened]]:
    """Return what happened to each item, in order. How a draft came about is no part of what was sent."""
    rows = ItemEvent.objects.filter(item__plan=plan).order_by("at", "created_at")
    if plan.set_at is not None:
        rows = rows.exclude(what=ItemEvent.What.SAID)
    found: dict[UUID, list[Happened]] = {}
    for row in rows:
        fresh = since is not None and row.created_at > since and row.created_by_id != user.pk
        said = row.what == ItemEvent.What.SAID and row.text != ""
        words, text = (row.text, "") if said else (row.get_what_display(), row.text)
        one = Happened(row.at, words, row.by_name, text, _dates(row), fresh)
        found.setdefault(row.item_id, []).append(one)
    return found


def _dates(event: ItemEvent) -> str:
    if event.from_on and event.to_on:
        return f"from {day_text(event.from_on)} to {day_text(event.to_on)}"
    return f"by {day_text(event.to_on)}" if event.to_on else ""


def _card(
    plan: ActionPlan, item: ActionItem, events: list[Happened], buttons: list[Button], now: datetime, working: WorkingDays
) -> ItemCard:
    running, left = plan.state == P.SET, plan.state == P.FINALISED and item.state not in ENDED_ITEMS
    return ItemCard(
        row=item,
        state=WAS_FINALISED if left else str(I(item.state).label),
        colour="grey" if left else COLOURS[item.state],
        move=str(whose_move(item.state).label) if running else "",
        late=days_late(item, now) if running or item.state in ENDED_ITEMS else 0,
        later=day_text(item.agreed_on) if item.agreed_on != item.first_agreed_on else "",
        asked=_asked(item),
        marks=marks(item, plan.set_at, now) if running else [],
        gate=gate_of(item),
        counts=counts_from(item, working) if running else "",
        events=events,
        buttons=buttons,
    )


def _asked(item: ActionItem) -> str:
    if item.asked_on is None:
        return ""
    who = "the CPS asks" if item.asked_side == m.Side.CPS else "the police ask"
    return f"{day_text(item.asked_on)}, {who}: {item.asked_because}"


def _turn(items: Sequence[ActionItem]) -> str:
    """Return whose move it is as counts: "Police (3 items), CPS (1 item)"."""
    counted = Counter(whose_move(item.state) for item in items)
    return ", ".join(
        f"{move.label} ({counted[move]} item{'' if counted[move] == 1 else 's'})"
        for move in Move
        if move is not Move.NOBODY and counted[move]
    )


def _chasers(plan: ActionPlan, now: datetime) -> list[tuple[str, bool]]:
    """Return the days on which an open plan is chased, and whether each has come."""
    if plan.set_at is None or plan.state != P.SET:
        return []
    days = [(months, chased_on(plan.set_at, months)) for months in CHASERS]
    return [(f"{months} month{'' if months == 1 else 's'}: {day_text(day)}", clock.london_day(now) >= day) for months, day in days]


def _proposed(case: m.Case, plan: ActionPlan) -> date | None:
    rows = m.Deadline.objects.filter(
        case=case, kind=Kind.FINALISE_PROPOSED, subject_id=plan.pk, met_at__isnull=True, ended_at__isnull=True, cancelled=False
    )
    found: date | None = rows.order_by("-sequence").values_list("due_on", flat=True).first() if plan.state == P.SET else None
    return found


def _finalisations(plan: ActionPlan, back: _Back) -> list[tuple[Finalisation, Sequence[Button]]]:
    if plan.referral_id is None or plan.set_at is None:
        return []
    rows = Finalisation.objects.filter(plan=plan).select_related("police_owner").order_by("at")
    return [(row, back.offered(On.FINALISATION, row, row.pk, "", "finalisation")) for row in rows]


def _of(plan: ActionPlan) -> str:
    return f"Referral {plan.referral.number}" if plan.referral else f"Early advice {plan.advice.number}" if plan.advice else ""


def _address(plan: ActionPlan) -> str:
    return reverse("referral", args=[plan.referral_id]) if plan.referral_id else reverse("early_advice", args=[plan.advice_id])


def about_item(row: ActionItem) -> str:
    """Return what an item is called in a few words."""
    return f"Item {row.number} of action plan {row.plan.number}"


def about_plan(row: ActionPlan) -> str:
    """Return what a plan is called in a few words."""
    return f"Action plan {row.number}"


def item_in_view(row: ActionItem) -> list[tuple[str, str]]:
    """Return what stands above a form about an item: what is asked, by when, and what the other side said last."""
    last = ItemEvent.objects.filter(item=row).exclude(what=ItemEvent.What.SAID).exclude(text="").order_by("-at", "-created_at").first()
    lines = [("What is to be done", row.action), ("First agreed for", day_text(row.first_agreed_on))]
    if row.agreed_on != row.first_agreed_on:
        lines.append(("Now agreed for", day_text(row.agreed_on)))
    return [*lines, (f"{last.get_what_display()}, by {last.by_name}", last.text)] if last else lines


def plan_in_view(row: ActionPlan) -> list[tuple[str, str]]:
    """Return what stands above a form about a plan: its items."""
    return [(f"Item {item.number}, by {day_text(item.agreed_on)}", item.action) for item in items_of(row)]


def finalisation_in_view(row: Finalisation) -> list[tuple[str, str]]:
    """Return what stands above a form about a finalisation."""
    return [("Why it was finalised", row.because), ("Bail", row.bail_reviewed), ("Owner at the police", row.police_owner.name)]
