"""What an act is done to: the row of the case, and its facts for the policy that says whether the act is possible now."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.models import User
from cases import models as m
from cases.acts import Act, On
from cases.derive.facts import CaseFacts
from cases.selectors import facts_of

MODELS: dict[On, type[m.CaseRow]] = {
    On.SUSPECT: m.Suspect,
    On.BAIL: m.Bail,
    On.COMPLAINANT: m.Complainant,
    On.OFFENCE: m.Offence,
    On.ENQUIRY: m.LineOfEnquiry,
    On.DECISION: m.ArrestDecision,
    On.CORRECTION: m.FactCorrection,
    On.PLAN: m.PlannedArrest,
    On.DEADLINE: m.Deadline,
    On.PERSON: m.CasePerson,
    On.ACCESS: m.CaseAccess,
    On.EXCLUSION: m.Exclusion,
    On.OFFER: m.CaseOffer,
}
"""The table each kind of target lies in. An act on the case has the case itself."""


SEEN_BY: dict[On, Callable[[User, Any], bool]] = {}
"""Kinds of target that not everybody sees who sees the case: whether a person sees this row."""


def register(on: On, model: type[m.CaseRow], seen_by: Callable[[User, Any], bool] | None = None) -> None:
    """Say in which table of an app above a kind of target lies, and who sees one, if not everybody. Called from AppConfig.ready()."""
    MODELS[on] = model
    if seen_by is not None:
        SEEN_BY[on] = seen_by


def load_seen(case: m.Case, act: Act, target_id: UUID | None, user: User) -> Any:
    """Return the row that an act is done to, as `load`. Raises Http404 for one that this person does not see too."""
    row = load(case, act, target_id)
    if act.on in SEEN_BY and not SEEN_BY[act.on](user, row):
        raise Http404
    return row


def load(case: m.Case, act: Act, target_id: UUID | None) -> Any:
    """Return the row that an act is done to, None for the case itself. Raises Http404 for a row of another case."""
    if (act.on is On.CASE) != (target_id is None):
        raise Http404
    if target_id is None:
        return None
    row: Any = MODELS[act.on]._default_manager.filter(case=case, pk=target_id).first()
    if row is None or (isinstance(row, m.Suspect) and row.recorded_in_error_at is not None):
        raise Http404
    return row


def facts_for(case: m.Case, act: Act, row: Any) -> Any:
    """Return what the act's policy reads: the facts of the case, the suspect or the bail; for everything else its row.

    Raises Http404 for a suspect or bail that is none of the case's any longer.
    """
    if act.on not in {On.CASE, On.SUSPECT, On.BAIL}:
        return row
    facts = facts_of(case)
    if act.on is On.CASE:
        offered = m.CaseOffer.objects.filter(case=case, state=m.OfferState.OFFERED).exists()
        return replace(facts, offered=offered)
    return _within(facts, act.on, row.pk)


def _within(facts: CaseFacts, on: On, key: UUID) -> Any:
    found = facts.suspects if on is On.SUSPECT else [bail for suspect in facts.suspects for bail in suspect.bails]
    for one in found:
        if one.id == key:
            return one
    raise Http404
