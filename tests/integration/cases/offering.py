"""Offers between forces for tests: made, and looked at from both sides. Names here are invented."""

from typing import Any

from accounts.models import Unit, User
from accounts.roles import Grade, Role
from cases import models as m
from cases.services.offers import offer_to_force
from cases.services.taking_over import Accepted, accept_offer
from core.scope import scope, system
from tests.factories import KENT, World, acting_as, make_unit, make_user
from tests.integration.cases.making import do

REFERENCE = "46/TAKEN/1"
FACTS = (
    "kind", "sequence", "owes", "started_at", "due_at", "due_on", "first_due_at", "first_due_on", "eased_at", "paused_since", "met_at",
    "ended_at", "setting_version",
)  # fmt: skip
"""What a clock is, its keys left out."""


def kent_unit() -> Unit:
    """Return the unit of Kent that cases arrive in."""
    with scope(system(KENT)):
        found = Unit.objects.filter(agency_id=KENT, name="Test Kent").first()
    return found or make_unit(KENT, "Test Kent")


def second_of_kent() -> User:
    """Make another supervisor of Kent."""
    return make_user(KENT, Role.SUPERVISOR, grade=Grade.INSPECTOR)


def offer(world: World, case: m.Case, **arguments: Any) -> m.CaseOffer:
    """Offer the case to Kent."""
    return do(world.supervisor, offer_to_force, case, **{"force_id": KENT, "reason": "It happened in Kent", **arguments})


def accept(actor: User, offered: m.CaseOffer, officer: User, **arguments: Any) -> Accepted:
    """Accept an offer with a reference of the receiver's own."""
    given = {"crime_reference": REFERENCE, "officer_id": officer.pk, "unit_id": None, **arguments}
    with acting_as(actor):
        return accept_offer(actor=actor, offer_id=offered.offer_key, **given)


def clocks(case: m.Case) -> list[tuple[Any, ...]]:
    """Return every clock that facts ask for, told apart by suspect number and kind but not by key.

    That she or he has a new officer is to be told after a case was taken over, and not before: `new_officer` returns that.
    """
    with scope(system(case.force_id)):
        rows = m.Deadline.objects.filter(case=case, cancelled=False).exclude(kind="told_new_officer")
        ordered = rows.order_by("kind", "suspect__number", "started_at", "sequence")
        return list(ordered.values_list("suspect__number", *FACTS))


def new_officer(case: m.Case) -> list[str]:
    """Return the labels of the complainants who are to be told of a new officer."""
    with scope(system(case.force_id)):
        rows = m.Deadline.objects.filter(case=case, kind="told_new_officer", cancelled=False, met_at=None, ended_at=None)
        return list(rows.values_list("complainant__label", flat=True))


def states(offered: m.CaseOffer) -> tuple[str, str]:
    """Return where the offer stands, on the sender's row and on the receiver's."""
    with scope(system(offered.force_id)):
        there = m.CaseOffer.objects.get(pk=offered.pk).state
    with scope(system(offered.to_force_id)):
        return there, m.IncomingOffer.objects.get(pk=offered.offer_key).state
