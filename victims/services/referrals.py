"""Referral to support, by the police: offered, accepted with consent, declined, matched to a service, consent withdrawn.

Victims' Code 2020, Right 4: within 2 working days of the report. Asking again after 28 days is local policy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Agency, User
from accounts.roles import AgencyKind
from cases import models as cases
from cases.models.base import LINE
from cases.services.changing import Changing, changing
from core import clock
from core.exceptions import NotPossible
from victims import permissions
from victims.models import SupportReferral, TellRequest
from victims.models.isva import ReferralState, TellState
from victims.services.notices import tell_isva, tell_managers
from victims.states import REFERRAL, TELL, step

TWICE = "There is a referral to this service already"


def refer_to_support(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    answer: str,
    service_id: int | None = None,
    consent_scope: str = "",
    consent_given_on: date | None = None,
    consent_witnessed_by: str = "",
    version: int | None = None,
) -> SupportReferral:
    """Offer support, and record the answer where she or he gave it at once.

    Raises NotAllowed, Conflict, NotPossible (no answer, accepted without service or consent, a live referral to the service).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REFER)
        complainant = change.get(cases.Complainant, complainant_id)
        if answer not in VERBS:
            raise NotPossible("Select what she or he said", field="answer")
        step(REFERRAL, None, answer)
        service = service_called(service_id)
        row = SupportReferral(
            **change.keys(), complainant=complainant, offered_at=change.now, service=service, crime_reference=change.case.crime_reference
        )
        _answer(change, row, answer, consent_scope, consent_given_on, consent_witnessed_by)
        if service is not None and SupportReferral.objects.live().filter(complainant=complainant, service=service).exists():
            raise NotPossible(TWICE, field="service_id")
        with one_live():
            row.save(force_insert=True)
        _say(change, row)
        return row


def answer_referral(
    *,
    actor: User,
    case_id: UUID,
    referral_id: UUID,
    answer: str,
    service_id: int | None = None,
    consent_scope: str = "",
    consent_given_on: date | None = None,
    consent_witnessed_by: str = "",
    version: int | None = None,
) -> SupportReferral:
    """Record what she or he answered to an offer: accepted with consent, or declined. Raises as `refer_to_support`."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REFER)
        row = change.get(SupportReferral, referral_id)
        if answer not in {ReferralState.ACCEPTED, ReferralState.DECLINED}:
            raise NotPossible("Select what she or he said", field="answer")
        step(REFERRAL, row.state, answer)
        if service_id is not None:
            row.service = service_called(service_id)
        _answer(change, row, answer, consent_scope, consent_given_on, consent_witnessed_by)
        with one_live():
            row.save()
        _say(change, row)
        return row


def match_service(*, actor: User, case_id: UUID, referral_id: UUID, service_id: int | None, version: int | None = None) -> SupportReferral:
    """Say which service known here the extract names. Consent is not part of it: the service sees nothing yet.

    Raises NotAllowed, Conflict, NotPossible (matched already, no service, a live referral to it).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REFER)
        row = change.get(SupportReferral, referral_id)
        unmatched(row)
        row.service = service_called(service_id)
        if row.service is None:
            raise NotPossible("Select the service", field="service_id")
        with one_live():
            row.save()
        change.put_in_timeline("support_service_matched", complainant=row.complainant)
        return row


def withdraw_consent(*, actor: User, case_id: UUID, referral_id: UUID, version: int | None = None) -> SupportReferral:
    """Record that she or he withdrew consent: the service sees nothing from its next request on. The ISVA is told that alone.

    Raises NotAllowed, Conflict, NotPossible (no consent stands).
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.REFER)
        row = change.get(SupportReferral, referral_id)
        consent_stands(row)
        end(row, change)
        change.put_in_timeline("consent_withdrawn", complainant=row.complainant)
        tell_isva(row, "client_consent_ended", row.pk, done_by=actor)
        return row


def end(row: SupportReferral, change: Changing) -> None:
    """Write that consent ended, inside a change by the police or, for the service's own people, in the system scope.

    What the service is still asked to tell goes back to the officer, who may then ask another service.
    """
    step(REFERRAL, row.state, ReferralState.ENDED)
    row.state, row.consent_withdrawn_at = ReferralState.ENDED, change.now
    row.save(update_fields=["state", "consent_withdrawn_at"])
    for request in TellRequest.objects.filter(referral=row, state__in=(TellState.SENT, TellState.READ)):
        request.state, request.answered_at = step(TELL, request.state, TellState.WITHDRAWN).after, change.now
        request.save(update_fields=["state", "answered_at"])
        change.put_in_timeline("tell_request_returned", complainant=row.complainant)


def waits_for_answer(row: SupportReferral) -> None:
    """A policy: an offer is answered once. Raises NotPossible."""
    if row.state != ReferralState.OFFERED:
        raise NotPossible("This referral has been answered already.")


def unmatched(row: SupportReferral) -> None:
    """A policy: only a service that the extract names in words of its own is matched. Raises NotPossible."""
    if row.service_id is not None or row.state != ReferralState.OFFERED:
        raise NotPossible("The service of this referral is known.")


def consent_stands(row: SupportReferral) -> None:
    """A policy: only consent that stands is withdrawn. Raises NotPossible."""
    if row.state != ReferralState.ACCEPTED or row.consent_withdrawn_at is not None:
        raise NotPossible("No consent to this service stands.")


def service_called(service_id: int | None) -> Agency | None:
    """Return a support service by number, None for none. Raises NotPossible for what is no support service."""
    if service_id is None:
        return None
    service = Agency.objects.filter(pk=service_id, kind=AgencyKind.SUPPORT).first()
    if service is None:
        raise NotPossible("Select the service", field="service_id")
    return service


def check_consent(change: Changing, given_on: date | None, scope: str) -> None:
    """Raise NotPossible for consent that says not what to, has no day, or a day still to come."""
    if not scope.strip():
        raise NotPossible("Enter what she or he agreed to", field="consent_scope")
    if given_on is None:
        raise NotPossible("Enter the day on which consent was given", field="consent_given_on")
    if given_on > clock.today(change.now):
        raise NotPossible("The day of consent must be today or in the past", field="consent_given_on")


def _answer(change: Changing, row: SupportReferral, answer: str, scope: str, given_on: date | None, witness: str) -> None:
    row.state = answer
    row.answered_at = None if answer == ReferralState.OFFERED else change.now
    if answer != ReferralState.ACCEPTED:
        return
    if row.service is None:
        raise NotPossible("Select the service that she or he agreed to", field="service_id")
    check_consent(change, given_on, scope)
    row.consent_scope, row.consent_given_on, row.consent_witnessed_by = scope.strip()[:LINE], given_on, witness.strip()


@contextmanager
def one_live() -> Iterator[None]:
    """Run the block in a savepoint; a second live referral to one service is refused in words. Raises NotPossible."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "one_live_referral_to_a_service" not in str(error):
            raise
        raise NotPossible(TWICE, field="service_id") from error


VERBS = {
    ReferralState.OFFERED: "support_offered",
    ReferralState.ACCEPTED: "support_accepted",
    ReferralState.DECLINED: "support_declined",
}


def _say(change: Changing, row: SupportReferral) -> None:
    change.put_in_timeline(VERBS[ReferralState(row.state)], complainant=row.complainant)
    if row.state == ReferralState.ACCEPTED:
        tell_managers(row.service_id, "client_new", row.pk, done_by=change.user)
