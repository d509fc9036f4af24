"""The safe-contact card, and the inspector's review while there is no safe channel. Rows are only added; the latest card stands."""

from collections.abc import Sequence
from uuid import UUID

from accounts.models import User
from cases import models as m
from cases.models.telling import Channel
from cases.permissions import SUPERVISE
from cases.services.changing import changing
from core.exceptions import NotPossible
from victims import permissions
from victims.models import SafeChannelReview, SafeContact, SupportReferral
from victims.models.contact import Voicemail
from victims.selectors_contact import latest_card
from victims.services.identity import check_shown


def keep_safe_contact(
    *,
    actor: User,
    case_id: UUID,
    complainant_id: UUID,
    no_safe_channel: bool,
    channels: Sequence[str] = (),
    never: str = "",
    times: str = "",
    code_word: str = "",
    voicemail: str = Voicemail.NO,
    who_may_pick_up: str = "",
    safe_route_for_letters: str = "",
    version: int | None = None,
) -> SafeContact:
    """Write the card anew. "No safe channel" takes the place of the contact clock by an inspector's review every 7 days.

    Raises NotAllowed for who is not shown identity, NotPossible (a channel beside "no safe channel", none at all), Conflict.
    """
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(permissions.CONTACT)
        complainant = change.get(m.Complainant, complainant_id)
        check_shown(change)
        _check(no_safe_channel, channels, voicemail)
        before = latest_card(complainant)
        row = change.add(
            SafeContact,
            complainant=complainant,
            no_safe_channel=no_safe_channel,
            channels=list(channels),
            never=never,
            times=times,
            code_word=code_word,
            voicemail=voicemail,
            who_may_pick_up=who_may_pick_up,
            safe_route_for_letters=safe_route_for_letters,
            at=change.now,
        )
        changed = no_safe_channel != (before is not None and before.no_safe_channel)
        kind = "safe_contact_changed" if not changed else "no_safe_channel" if no_safe_channel else "safe_channel_found"
        change.put_in_timeline(kind, complainant=complainant)
        return row


def _check(no_safe_channel: bool, channels: Sequence[str], voicemail: str) -> None:
    if voicemail not in Voicemail.values:
        raise NotPossible("Select what to do when voicemail answers", field="voicemail")
    if not set(channels) <= set(Channel.values):
        raise NotPossible("Select which channels are safe", field="channels")
    if no_safe_channel and channels:
        raise NotPossible("Untick every channel, or untick “No safe way”", field="channels")
    if not no_safe_channel and not channels:
        raise NotPossible("Select at least one safe channel, or tick “No safe way”", field="channels")


def review_safe_channel(
    *, actor: User, case_id: UUID, complainant_id: UUID, isva_route_tried: bool, decision: str, version: int | None = None
) -> SafeChannelReview:
    """Record an inspector's review while there is no safe channel. Raises NotAllowed, NotPossible, Conflict, Http404."""
    with changing(case_id, actor=actor, version=version) as change:
        change.allow(SUPERVISE)
        complainant = change.get(m.Complainant, complainant_id)
        card = latest_card(complainant)
        if card is None or not card.no_safe_channel:
            raise NotPossible("There is a safe channel now: contact her or him by it")
        if not isva_route_tried and SupportReferral.objects.live().filter(complainant=complainant).exists():
            raise NotPossible("Try the way through the ISVA first: she or he has one", field="isva_route_tried")
        if not decision.strip():
            raise NotPossible("Enter what was decided", field="decision")
        row = change.add(
            SafeChannelReview, complainant=complainant, isva_route_tried=isva_route_tried, decision=decision.strip(), at=change.now
        )
        change.put_in_timeline("safe_channel_reviewed", complainant=complainant, text="" if isva_route_tried else "ISVA route not tried")
        return row
