"""What the clocks of support are derived from, as plain values, and how it is read for one case."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from victims.models import Contact, IsvaMessage, LinkMatch, SupportReferral, TellRequest
from victims.models.isva import LinkAnswer, MessageKind, TellState
from victims.selectors_support import reaching

NAME = "support"


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """A referral to support: when it was offered and answered, whether declined."""

    id: UUID
    complainant_id: UUID
    offered_at: datetime
    answered_at: datetime | None = None
    declined: bool = False


@dataclass(frozen=True, slots=True)
class MessageFact:
    """Something an ISVA raised. `gone_at`: when the service's consent ended, after which nobody owes it an answer."""

    id: UUID
    complainant_id: UUID
    kind: str
    asked_at: datetime
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TellFact:
    """A request that an ISVA tell one thing. `answered_at`: when the ISVA told it, or answered that it could not be told;

    `over_at`: when it came back, was taken back, or consent ended.
    """

    id: UUID
    complainant_id: UUID
    about: str
    fact_id: UUID
    sent_at: datetime
    answered_at: datetime | None = None
    over_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A request to be linked, as the case got it: its first match, since when, and when the last complainant was answered for."""

    id: UUID
    since: datetime
    answered_at: datetime | None = None
    complainant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """All of one case. `reached`: by complainant, when police or CPS reached her or him, in order."""

    referrals: tuple[ReferralFact, ...] = ()
    messages: tuple[MessageFact, ...] = ()
    tells: tuple[TellFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    reached: Mapping[UUID, tuple[datetime, ...]] | None = None


def load(case: Any) -> SupportFacts:
    """Read the facts of a case: two queries where nobody was ever referred, at most five. Called in the system scope."""
    referrals = list(SupportReferral.objects.filter(case=case).order_by("offered_at", "created_at"))
    links = _links(case)
    if not referrals:
        return SupportFacts(links=links)
    gone = {
        (row.complainant_id, row.service_id): row.consent_withdrawn_at for row in referrals if row.service_id is not None
    }  # the latest referral to a service says whether it is still there
    messages = [_message(row, gone) for row in IsvaMessage.objects.filter(case=case).order_by("asked_at", "id")]
    reached = _reached(case) if any(one.kind == MessageKind.HEARD_NOTHING for one in messages) else {}
    return SupportFacts(tuple(_referral(row) for row in referrals), tuple(messages), tuple(_tells(case, referrals)), links, reached)


def _referral(row: SupportReferral) -> ReferralFact:
    return ReferralFact(row.pk, row.complainant_id, row.offered_at, row.answered_at, row.state == "declined")


def _message(row: IsvaMessage, gone: Mapping[tuple[UUID, int], datetime | None]) -> MessageFact:
    ended = gone.get((row.complainant_id, row.service_id))
    return MessageFact(row.pk, row.complainant_id, row.kind, row.asked_at, row.answered_at, row.closed_at, ended)


def _tells(case: Any, referrals: list[SupportReferral]) -> list[TellFact]:
    gone = {row.pk: row.consent_withdrawn_at for row in referrals}
    found = []
    for row in TellRequest.objects.filter(case=case).order_by("sent_at", "id"):
        came_back = row.state in {TellState.RETURNED, TellState.TAKEN_BACK, TellState.WITHDRAWN}
        over = row.answered_at if came_back else gone.get(row.referral_id)
        answered = None if came_back else row.told_at or row.answered_at
        found.append(TellFact(row.pk, row.complainant_id, row.about, row.fact_id, row.sent_at, answered, over))
    return found


def _links(case: Any) -> tuple[LinkFact, ...]:
    by_request: dict[UUID, list[LinkMatch]] = defaultdict(list)
    for row in LinkMatch.objects.filter(case=case).order_by("created_at", "id"):
        by_request[row.request_id].append(row)
    return tuple(_link(rows) for rows in by_request.values())


def _link(rows: list[LinkMatch]) -> LinkFact:
    waiting = any(row.answer == LinkAnswer.WAITING for row in rows)
    answered = None if waiting else max((row.answered_at for row in rows if row.answered_at), default=None)
    return LinkFact(rows[0].pk, rows[0].created_at, answered, rows[0].complainant_id if len(rows) == 1 else None)


def _reached(case: Any) -> dict[UUID, tuple[datetime, ...]]:
    found: dict[UUID, list[datetime]] = defaultdict(list)
    rows = reaching(Contact.objects.filter(case=case)).order_by("at").values_list("complainant_id", "at")
    for key, at in rows:
        found[key].append(at)
    return {key: tuple(times) for key, times in found.items()}
