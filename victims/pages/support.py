"""Support as police and CPS see it: on the victim's page, and in a line beside the complainant on the case page.

Nothing sealed is opened here: what an ISVA wrote stands above the form that answers it, where the look is logged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

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
from core.components import day_text, london_text
from victims import sections
from victims.messages import choice_words
from victims.models import IsvaMessage, LinkMatch, SupportReferral, TellRequest
from victims.models.isva import LinkAnswer, MessageKind, ReferralState
from victims.pages.places import Returning, victim_page
from victims.sections import Section
from victims.selectors_support import away_in_words, open_messages, standing_disputes
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
    away: str
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
    buttons, label = Returning(Buttons(seen.case, user), victim_page(seen), "support-service"), f"victim {seen.complainant.label}"
    key = seen.complainant.pk
    referrals = SupportReferral.objects.filter(complainant=key).select_related("service", "isva__covered_by").order_by("-offered_at", "id")
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


def _referral(row: SupportReferral, buttons: Returning, label: str) -> ReferralCard:
    return ReferralCard(
        service=name_of(row),
        state=row.get_state_display(),
        consent=_consent(row),
        isva=row.isva.name if row.isva else "",
        away=away_in_words(row.isva),
        offered_at=row.offered_at,
        buttons=buttons.offered(On.REFERRAL, row, row.pk, label),
    )


def _consent(row: SupportReferral) -> str:
    """Return what was consented to, from when, and when it was withdrawn. Who witnessed it is sealed."""
    if row.consent_given_on is None:
        return "None recorded"
    given = f"{row.consent_scope}. Given on {day_text(row.consent_given_on)}"
    return f"{given}, withdrawn {london_text(row.consent_withdrawn_at)}" if row.consent_withdrawn_at else given


def name_of(row: SupportReferral) -> str:
    """Return the service of a referral: known here, as the extract names it, or none."""
    return row.service.name if row.service else row.service_text or "No service chosen"


def _message(row: IsvaMessage, buttons: Returning, label: str) -> MessageCard:
    return MessageCard(
        kind=row.get_kind_display(),
        words=choice_words(row.kind, row.choice, row.number),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        buttons=buttons.offered(On.MESSAGE, row, row.pk, label),
    )


def _tell(row: TellRequest, buttons: Returning, label: str) -> TellCard:
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
    """Return what the ISVA wrote about a victim, and who witnessed consent, the latest first.

    The caller has proved that the reader is shown who she or he is.
    """
    consents = SupportReferral.objects.filter(complainant=seen.complainant, consent_given_on__isnull=False).select_related("service")
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
            Written(f"Consent to {name_of(row)}", row.answered_at or row.offered_at, f"{_consent(row)}. {_witness(row)}")
            for row in consents
        ]
        found += [
            Written(f"{row.get_about_display()}: {row.get_state_display()}", row.answered_at, row.note) for row in told if row.answered_at
        ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _witness(row: SupportReferral) -> str:
    return f"Witnessed by {row.consent_witnessed_by}." if row.consent_witnessed_by else "No witness is recorded."


def _links(complainant_id: UUID, buttons: Returning, label: str) -> list[LinkCard]:
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
    return standing_disputes(IsvaMessage.objects.filter(case__in=reach.cases())).order_by("asked_at", "id")


def _dispute(finder: Finder, row: IsvaMessage) -> Need:
    return Need(
        "The ISVA says that the victim disputes the withdrawal",
        beside=["Record her or his own words. Until then no outcome can say that she or he does not support."],
        buttons=finder.buttons.offered(On.MESSAGE, row, row.pk),
    )
