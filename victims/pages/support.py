"""Support as police and CPS see it: on the victim's page, and in a line beside the complainant on the case page.

Nothing sealed is opened here: what an ISVA wrote stands above the form that answers it, where the look is logged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from accounts.roles import WORKS_CASES_POLICE
from cases import fragments
from cases import models as cases
from cases.acts import On
from cases.fragments import Fragment
from cases.pages.buttons import Button, Buttons
from cases.pages.needs import Finder, Need
from cases.worklist import sources
from cases.worklist.reach import Reach
from cases.worklist.sources import ANSWER, Source
from victims import sections
from victims.messages import choice_words
from victims.models import IsvaMessage, LinkMatch, SupportReferral, TellRequest
from victims.models.isva import LinkAnswer, MessageKind, ReferralState
from victims.sections import Section
from victims.selectors_support import open_messages
from victims.services.consulting import Reason, consulting
from victims.sight import Seen

TEMPLATE: Final = "victims/support.html"
FRAGMENT: Final = "victims/support_on_case.html"
MOST: Final = 100
"""How many messages, and how many requests, one page opens."""


def register() -> None:
    """Add the section, the line beside a complainant, and the rows of the worklist."""
    sections.register(Section("support_service", 60, of_victim, TEMPLATE))
    fragments.register("support", beside)
    sources.register(Source("isva-dispute", ANSWER, "An ISVA says: the withdrawal is disputed", _disputes, _dispute))


@dataclass(frozen=True, slots=True)
class ReferralCard:
    """One referral: to whom, where it stands, consent, who the ISVA is, and what can be done."""

    service: str
    state: str
    consent: str
    isva: str
    offered_at: datetime
    buttons: Sequence[Button]


@dataclass(frozen=True, slots=True)
class MessageCard:
    """Something an ISVA raised and nothing has settled yet."""

    kind: str
    words: str
    asked_at: datetime
    answered_at: datetime | None
    buttons: Sequence[Button]


@dataclass(frozen=True, slots=True)
class TellCard:
    """A request that the ISVA tell something."""

    about: str
    state: str
    sent_at: datetime
    read_at: datetime | None
    buttons: Sequence[Button]


@dataclass(frozen=True, slots=True)
class LinkCard:
    """A service that asks to be linked with this victim."""

    service: str
    asked_at: datetime
    buttons: Sequence[Button]


def of_victim(seen: Seen, user: User) -> Mapping[str, Any]:
    """Return what the section of a victim's page shows, in four queries; the CPS, which gets no link requests, in three."""
    buttons, label = Buttons(seen.case, user), f"victim {seen.complainant.label}"
    key = seen.complainant.pk
    referrals = SupportReferral.objects.filter(complainant=key).select_related("service", "isva").order_by("-offered_at", "id")
    tells = TellRequest.objects.filter(complainant=key).defer("words", "may_be_said", "safe_when", "note").order_by("-sent_at", "id")[:20]
    refer = buttons.offered(On.COMPLAINANT, seen.complainant, key, label, among={"refer-to-support"})
    return {
        "referrals": [_referral(row, buttons, label) for row in referrals],
        "messages": [_message(row, buttons, label) for row in open_messages(key)],
        "tells": [_tell(row, buttons, label) for row in tells],
        "links": _links(key, buttons, label) if user.role in WORKS_CASES_POLICE else [],
        "refer": refer,
        "may_read": seen.identity,
    }


def _referral(row: SupportReferral, buttons: Buttons, label: str) -> ReferralCard:
    consent = "None recorded"
    if row.consent_withdrawn_at is not None:
        consent = "Withdrawn"
    elif row.consent_given_on is not None:
        consent = row.consent_scope
    return ReferralCard(
        service=name_of(row),
        state=row.get_state_display(),
        consent=consent,
        isva=row.isva.name if row.isva else "",
        offered_at=row.offered_at,
        buttons=buttons.offered(On.REFERRAL, row, row.pk, label),
    )


def name_of(row: SupportReferral) -> str:
    """Return the service of a referral: known here, as the extract names it, or none."""
    return row.service.name if row.service else row.service_text or "No service chosen"


def _message(row: IsvaMessage, buttons: Buttons, label: str) -> MessageCard:
    return MessageCard(
        kind=row.get_kind_display(),
        words=choice_words(row.kind, row.choice, row.number),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        buttons=buttons.offered(On.MESSAGE, row, row.pk, label),
    )


def _tell(row: TellRequest, buttons: Buttons, label: str) -> TellCard:
    return TellCard(
        about=row.get_about_display(),
        state=row.get_state_display(),
        sent_at=row.sent_at,
        read_at=row.read_at,
        buttons=buttons.offered(On.TELL_REQUEST, row, row.pk, label),
    )


@dataclass(frozen=True, slots=True)
class Written:
    """Something the ISVA wrote, opened for one look: a message, or the answer to a request to tell."""

    what: str
    at: datetime
    text: str
    answer: str = ""


def words_of_isva(seen: Seen) -> list[Written]:
    """Return what the ISVA wrote about a victim, the latest first. The caller has proved that the reader is shown who she or he is."""
    said = IsvaMessage.objects.filter(complainant=seen.complainant).order_by("-asked_at")[:MOST]
    told = TellRequest.objects.filter(complainant=seen.complainant, answered_at__isnull=False).order_by("-answered_at")[:MOST]
    with consulting(seen.case, reason=Reason.REFERRAL, what="what the ISVA wrote"):
        found = [
            Written(
                ". ".join(part for part in (row.get_kind_display(), choice_words(row.kind, row.choice, row.number)) if part),
                row.asked_at,
                str(row.text),
                str(row.answer),
            )
            for row in said
        ]
        found += [
            Written(f"{row.get_about_display()}: {row.get_state_display()}", row.answered_at, row.note) for row in told if row.answered_at
        ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _links(complainant_id: UUID, buttons: Buttons, label: str) -> list[LinkCard]:
    rows = LinkMatch.objects.filter(complainant=complainant_id, answer=LinkAnswer.WAITING).select_related("request__service")
    return [
        LinkCard(row.request.service.name, row.request.asked_at, buttons.offered(On.LINK, row, row.pk, label))
        for row in rows.order_by("created_at", "id")
    ]


def beside(case: cases.Case, user: User) -> dict[UUID, Fragment]:
    """Return one line a complainant: where support stands and how much the ISVA waits for. Two queries."""
    referrals: dict[UUID, SupportReferral] = {}
    for row in SupportReferral.objects.filter(case=case).select_related("service", "isva").order_by("offered_at", "id"):
        referrals[row.complainant_id] = row
    waiting: dict[UUID, int] = {}
    open_ones = IsvaMessage.objects.filter(case=case, closed_at__isnull=True, answered_at__isnull=True)
    for key in open_ones.exclude(kind=MessageKind.HEARD_NOTHING).values_list("complainant", flat=True):
        waiting[key] = waiting.get(key, 0) + 1
    return {key: Fragment(FRAGMENT, {"words": _in_words(row), "waiting": waiting.get(key, 0)}) for key, row in referrals.items()}


def _in_words(row: SupportReferral) -> str:
    if row.consent_withdrawn_at is not None:
        return f"{name_of(row)}: consent withdrawn"
    if row.state != ReferralState.ACCEPTED:
        return f"{name_of(row)}: {row.get_state_display().lower()}"
    return f"{name_of(row)}, ISVA: {row.isva.name if row.isva else 'to be allocated'}"


def _disputes(reach: Reach) -> Any:
    words = cases.SupportChange.objects.filter(complainant=OuterRef("complainant"), at__gt=OuterRef("asked_at"))
    rows = IsvaMessage.objects.filter(case__in=reach.cases(), kind=MessageKind.DISPUTES, closed_at__isnull=True)
    return rows.exclude(Exists(words)).order_by("asked_at", "id")


def _dispute(finder: Finder, row: IsvaMessage) -> Need:
    return Need(
        "The ISVA says that the victim disputes the withdrawal",
        beside=["Record her or his own words. Until then no outcome can say that she or he does not support."],
        buttons=finder.buttons.offered(On.MESSAGE, row, row.pk),
    )
