"""Linking a client who came to a service another way: asked by the service, found by the system, confirmed by the officer.

What the service is answered is the same whatever exists, because its request finds nothing: it writes one row and rings a
worker. `match_links` looks for the case afterwards, in the system scope; the service never reads what it found.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

import audit.services
from accounts.models import Agency, User
from accounts.roles import AgencyKind
from audit.acts import Act
from cases import models as cases
from cases.services.changing import Extract, changing
from core import clock
from core.exceptions import NotPossible
from core.scope import scope, system
from victims import permissions
from victims.models import LinkMatch, LinkRequest, SupportReferral
from victims.models.base import WORDS
from victims.models.isva import CameBy, LinkAnswer, ReferralState
from victims.services.notices import tell_managers, tell_officer
from victims.services.referrals import one_live
from victims.states import LINK, step

LOOKED_FOR: Final = timedelta(days=28)
"""How long a case is looked for: one that is recorded some days after the request is still found."""
NOT_NOW: Final = "You have sent as many requests as one person can in a day. Try again tomorrow, or ask a colleague."


def ask_for_link(
    *,
    actor: User,
    force_id: int,
    crime_reference: str,
    client_name: str,
    consent_scope: str,
    consent_given_on: date,
    consent_signed: bool,
) -> LinkRequest:
    """Ask a force to be linked to a client. Nothing is looked for here, so nothing can be told by the answer or its time.

    Raises NotAllowed, NotPossible (no such force, no reference, name or consent, too many today).
    """
    permissions.SEE_CLIENTS.check(actor)
    if not Agency.objects.filter(pk=force_id, kind=AgencyKind.POLICE).exists():
        raise NotPossible("Select the police force", field="force_id")
    _check(crime_reference, client_name, consent_scope, consent_given_on, consent_signed)
    with transaction.atomic():
        today = LinkRequest.objects.filter(service_id=actor.agency_id, asked_by=actor, asked_at__gte=clock.day_start(clock.today()))
        if today.count() >= settings.LINK_REQUESTS_A_DAY:
            raise NotPossible(NOT_NOW)
        row = LinkRequest(
            service_id=actor.agency_id,
            force_id=force_id,
            crime_reference=crime_reference.strip().upper(),
            consent_scope=consent_scope.strip()[:WORDS],
            consent_given_on=consent_given_on,
            consent_signed=True,
            asked_by=actor,
        )
        row.client_name = client_name.strip()
        row.save(force_insert=True)
        audit.services.record(act=Act.COLLECTION, what="link to a client asked for", owners=[force_id])
        transaction.on_commit(lambda: _ring(force_id), robust=True)
    return row


def _check(crime_reference: str, client_name: str, consent_scope: str, given_on: date, signed: bool) -> None:
    if not crime_reference.strip():
        raise NotPossible("Enter the crime reference", field="crime_reference")
    if not client_name.strip():
        raise NotPossible("Enter your client’s name", field="client_name")
    if not consent_scope.strip():
        raise NotPossible("Enter what your client agreed to", field="consent_scope")
    if given_on > clock.today():
        raise NotPossible("The day of consent must be today or in the past", field="consent_given_on")
    if not signed:
        raise NotPossible("Link a client only with her or his signed consent", field="consent_signed")


def _ring(force_id: int) -> None:
    """Tell a worker to look for the case. When nobody hears it, the sweep of the next minute does."""
    from victims.tasks import match_links as task  # the task calls this module

    task.delay(force_id)


def match_links(force_id: int) -> int:
    """Find the cases that requests of the last 28 days are about, and return how many new matches there are. Safe to run again.

    A restricted case is found as any other: its own officer is asked. A merged one leads to the case it was merged into.
    """
    with scope(system(force_id)):
        found = _found(force_id)
    return sum(_match_one(force_id, case_id, requests) for case_id, requests in found.items())


def _found(force_id: int) -> dict[UUID, list[UUID]]:
    """Return the cases that requests without a match are about, with the requests."""
    matched = LinkMatch.objects.filter(force_id=force_id).values("request")
    open_ones = LinkRequest.objects.filter(force_id=force_id, asked_at__gte=clock.now() - LOOKED_FOR).exclude(pk__in=matched)
    asked: dict[str, list[UUID]] = defaultdict(list)
    for key, reference in open_ones.values_list("pk", "crime_reference"):
        asked[reference].append(key)
    rows = cases.Case.objects.filter(force_id=force_id, recorded_in_error_at__isnull=True, crime_reference__in=asked)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for case in rows.only("pk", "crime_reference", "merged_into"):
        found[case.merged_into_id or case.pk] += asked[case.crime_reference]
    return found


def _match_one(force_id: int, case_id: UUID, requests: Iterable[UUID]) -> int:
    """Write a match of each request with each complainant of the case, and tell the officer. A case without any waits for one."""
    with scope(system(force_id)):
        complainants = list(cases.Complainant.objects.filter(case=case_id))
    if not complainants:
        return 0
    with scope(system(force_id)), changing(case_id, actor=Extract(force_id, name="Case tracker")) as change:
        for request_id in requests:
            rows = [LinkMatch(**change.keys(), complainant=one, request_id=request_id) for one in complainants]
            LinkMatch.objects.bulk_create(rows, ignore_conflicts=True)
            change.put_in_timeline("link_asked")
            tell_officer(change.case, "isva_link", request_id, done_by=None)
    return len(complainants)


def confirm_link(
    *, actor: User, case_id: UUID, link_id: UUID, complainant_id: UUID, asked_victim: bool, version: int | None = None
) -> SupportReferral:
    """Confirm, after asking the victim, which complainant is the service's client: the referral begins with the consent given.

    Raises NotAllowed, Conflict, NotPossible (not asked, answered already, a complainant who was not matched, a live referral).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REFER)
        match = change.get(LinkMatch, link_id)
        waits(match)
        if not asked_victim:
            raise NotPossible("Ask the victim first whether she or he wants this", field="asked_victim")
        rows = list(LinkMatch.objects.filter(case=change.case, request=match.request_id).select_related("complainant"))
        chosen = next((row for row in rows if row.complainant_id == complainant_id), None)
        if chosen is None:
            raise NotPossible("Select which complainant this is", field="complainant_id")
        for row in rows:
            _answer(row, LinkAnswer.CONFIRMED if row is chosen else LinkAnswer.DECLINED, actor, change.now)
        asked = match.request
        referral = SupportReferral(
            **change.keys(),
            complainant=chosen.complainant,
            state=ReferralState.ACCEPTED,
            came_by=CameBy.LINK,
            service_id=asked.service_id,
            offered_at=change.now,
            answered_at=change.now,
            consent_scope=asked.consent_scope,
            consent_given_on=asked.consent_given_on,
            crime_reference=asked.crime_reference,
        )
        with one_live():
            referral.save(force_insert=True)
        change.put_in_timeline("link_confirmed", complainant=chosen.complainant)
        tell_managers(asked.service_id, "client_new", referral.pk, done_by=actor)
        return referral


def decline_link(*, actor: User, case_id: UUID, link_id: UUID, version: int | None = None) -> LinkMatch:
    """Decline a link: no complainant here, or she or he does not want it. The service is not told which.

    Raises NotAllowed, Conflict, NotPossible (answered already).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REFER)
        match = change.get(LinkMatch, link_id)
        waits(match)
        for row in LinkMatch.objects.filter(case=change.case, request=match.request_id, answer=LinkAnswer.WAITING):
            _answer(row, LinkAnswer.DECLINED, actor, change.now)
        change.put_in_timeline("link_declined")
        return match


def waits(match: LinkMatch) -> None:
    """A policy: a link is answered once. Raises NotPossible."""
    step(LINK, match.answer, LinkAnswer.DECLINED)


def _answer(row: LinkMatch, answer: str, actor: User, now: datetime) -> None:
    row.answer = step(LINK, row.answer, answer).after
    row.answered_at, row.answered_by = now, actor
    row.save(update_fields=["answer", "answered_at", "answered_by"])
