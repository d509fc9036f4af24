"""What stands above the forms of acts on a referral or a transfer: what it is about, and what whoever decides must have before the eyes."""

from cases.selectors import facts_of
from core import clock
from core.components import london_text
from core.scope import Kind, current
from prosecution.models import AreaTransfer, Referral, ReviewType, Submission
from prosecution.pages.advice_figures import in_days
from prosecution.pages.as_sent import as_sent_of
from prosecution.referral_words import bail_words, detention_words
from prosecution.services.referral_file import suspects_of


def about_referral(row: Referral) -> str:
    """Return what a referral is called in the line above a heading."""
    return f"Referral {row.number}"


def referral_in_view(row: Referral) -> list[tuple[str, str]]:
    """Return how soon its review is, its age, and how custody and bail of each suspect stand; nothing for one never sent.

    The CPS has before it what was sent last, as on the page of the referral.
    """
    if row.first_submitted_at is None:
        return []
    sendings = list(Submission.objects.filter(referral=row).order_by("-number")[:1])
    sent = as_sent_of(sendings, cps=current().kind is Kind.CPS)
    if sent is not None:
        sent.put_on(row)
    now, facts = clock.now(), {one.id: one for one in facts_of(row.case).suspects}
    age = in_days(now - row.first_submitted_at)
    found = [
        ("Review", str(ReviewType(row.review_type).label)),
        ("First sent", f"{london_text(row.first_submitted_at)} ({age} ago)"),
    ]
    for one in sent.suspects() if sent else suspects_of(row):
        custody = detention_words(facts.get(one.pk))
        found.append((f"{one}, {one.full_name}", ". ".join(part for part in (bail_words(facts.get(one.pk), now), custody) if part)))
    return found


def about_transfer(row: AreaTransfer) -> str:
    """Return what an offer to another Area is called in the line above a heading."""
    return f"Offer to {row.to_area.name}"


def transfer_in_view(row: AreaTransfer) -> list[tuple[str, str]]:
    """Return to whom the case is offered, when and why."""
    return [("Offered to", row.to_area.name), ("When", london_text(row.created_at)), ("Why", row.reason)]
