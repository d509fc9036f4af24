"""A prosecutor hands what she or he has on a case to a colleague of the Area, with a line on where it stands.

Her or his own alone: everybody else's is given to somebody else by the Area's legal manager, who is told of this.
"""

from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.services.changing import Changing, changing
from cases.services.handover import move_role
from cases.services.passing_on import pass_on
from cases.services.roles import current, tell_new_owner
from core.exceptions import NotPossible
from prosecution import permissions as p
from prosecution.choosing import HELD, chosen
from prosecution.models import AdviceState, EarlyAdvice, Referral
from prosecution.services.item_answers import said
from prosecution.services.whom import managers, tell_all

LONGEST = 1_000
"""The longest note (characters), as for any handover."""


def may_be_handed_on(case: m.Case) -> None:
    """A policy: only what is with an Area and open passes to a colleague there. Raises NotPossible."""
    if not case.brought:
        raise NotPossible("This case has not been brought to the CPS.")
    if not case.open:
        raise NotPossible("This case is closed, so there is nothing to hand over.")


def hand_on(*, actor: User, case_id: UUID, prosecutor_id: UUID, note: str, version: int | None = None) -> User:
    """Hand the own role of prosecutor, and the open requests and referrals that name one, to a colleague; returns her or him.

    Raises NotAllowed, NotPossible (nothing here is the actor's own, to herself or himself, nobody of this Area, no note), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(p.HAND_ON)
        may_be_handed_on(change.case)
        own = current(change.case).filter(role=m.CaseRole.PROSECUTOR, user=actor).select_related("user").first()
        if own is None and not _names(change, actor):
            raise NotPossible("Nothing on this case is yours. The Area’s legal manager gives it to somebody else.")
        person = chosen(change.case, actor, prosecutor_id)
        if person.pk == actor.pk:
            raise NotPossible("Choose somebody else", field="prosecutor_id")
        words = said(note, "Enter where it stands and what comes next", "note")
        if len(words) > LONGEST:
            raise NotPossible(f"A note has {LONGEST:,} characters or fewer", field="note")
        if own is not None:
            move_role(change, own, person.pk, words)
        else:
            pass_on(change, m.CaseRole.PROSECUTOR, actor.pk, person)
            change.put_in_timeline("handed_over", text=f"What {actor.name} had of it: to {person.name}. {words}")
        tell_new_owner(change, person)
        tell_all(change, managers(change), "prosecutor_handed_on", change.case.pk)
        return person


def _names(change: Changing, actor: User) -> bool:
    """Say whether an open referral or request names somebody as its prosecutor."""
    mine = {"case": change.case, "prosecutor": actor}
    return (
        Referral.objects.filter(**mine, state__in=HELD).exists() or EarlyAdvice.objects.filter(**mine, state=AdviceState.ACCEPTED).exists()
    )
